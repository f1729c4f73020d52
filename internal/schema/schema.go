// Package schema holds the data dictionary of a dataset: data/NAME/dataset.toml
// in the terms of the Frictionless Table Schema, read strictly and with
// positions, and the checks of rows against it.
//
// In: one TOML file, and rows from package dataset. Out: a Dictionary, and rows
// whose cells are typed or known to be one of the kinds of nothing. It refuses
// statistics: it knows what a value is allowed to be, not what to make of it.
package schema

import (
	"benchbook/internal/diag"
)

// Dictionary describes one dataset.
type Dictionary struct {
	Name        string // folder name under data/
	Title       string
	Description string
	Source      string // who collected it, as printed under figures
	Licence     string
	Disclosure  string // "open": already public, never suppressed; "protected" (default)
	Embargo     string // YYYY-MM-DD: before that day nothing of it is published; "" = none
	Sample      bool   // made-up data: every figure is marked 「示例数据」
	Unit        string // unit of observation, printed after n: 家企业, 人
	Collected   Period
	Contributor string   // field that names the contributor; "" = each row is one
	Owner       string   // field that groups contributors of one owner; "" = none
	Weight      string   // weight field; "" = unweighted
	Cluster     string   // field that names the cluster that rows were drawn in; "" = none
	Stratum     string   // field that names the stratum that rows were drawn from; "" = none
	Period      string   // field that holds the period (month, day …); "" = none
	Segments    []string // fields that readers may cut by
	Resources   []Resource
	Missing     []string // cell texts that mean "no answer"
	Skipped     []string // cell texts that mean "not asked"
	Refused     []string // cell texts that mean "would not say"
	Fields      []Field
	Weighting   *Weighting // nil = the weight field as it is, or none
	Quality     *Quality   // nil = every row counts
	Warehouse   *Warehouse // nil = rows are in Resources
	Pos         diag.Pos   // of the file
}

// Period is when the data were collected; dates as YYYY-MM-DD, "" = unknown.
type Period struct{ From, To string }

// Resource is one file of rows, relative to the dataset's folder, and how to read it.
// Empty settings are recognised from the bytes.
type Resource struct {
	Path       string
	Format     string // csv, tsv, xlsx
	Encoding   string
	Delimiter  string
	Sheet      string
	HeaderRows int
	SkipRows   int
}

// FieldType is what a cell holds, in Frictionless terms.
type FieldType string

// The types. A list is a multi-choice answer: several items in one cell.
const (
	String   FieldType = "string"
	Integer  FieldType = "integer"
	Number   FieldType = "number"
	Boolean  FieldType = "boolean"
	Date     FieldType = "date"
	DateTime FieldType = "datetime"
	List     FieldType = "list"
)

// Field is one column.
type Field struct {
	Name       string // identifier used in TOML and Markdown
	Column     string // header in the file; "" = Name
	Title      string // question text or column title, as printed
	Type       FieldType
	Unit       string
	Categories []Category // in order; a choice question has them
	Ordered    bool       // the categories have an order of their own
	Separator  string     // of a list: "┋", ",", ";", or "csv" for a CSV record inside the cell
	Exclusive  string     // of a list: the category "none of these", which stands alone in a cell; "" = none
	Other      string     // label under which items that are no category are counted together; "" = that is an error
	Question   string     // id of the question that several columns share (matrix row, option column); "" = own
	Row        string     // matrix row or option label within Question
	Role       string     // "", "id", "personal" (never read further), "open" (free text: counted, never released)
	Format     string     // of a date: a Frictionless pattern such as %Y-%m-%d; of a number: "percent" (cells hold 12 or 12% for 0.12)
	Measure    string     // how numbers of days become a month's: flow (added), stock (the last day's), ratio (over what it is a ratio of), distinct (people counted once, never added); "" = flow
	Missing    []string   // in addition to the dictionary's
	Skipped    []string
	Constraint Constraints
	Pos        diag.Pos // of its table in dataset.toml
}

// Category is one allowed answer.
type Category struct {
	Value string // as in the file
	Label string // as printed; "" = Value
}

// Constraints are the checks of a field; nil bounds are open.
type Constraints struct {
	Required bool
	Unique   bool
	Minimum  *float64
	Maximum  *float64
	Pos      map[string]diag.Pos // where each was set, for notes
}

// Field finds a field by name.
func (d *Dictionary) Field(name string) (*Field, bool) {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return &d.Fields[i], true
		}
	}
	return nil, false
}

// FieldNames lists the fields' names in file order.
func (d *Dictionary) FieldNames() []string {
	names := make([]string, len(d.Fields))
	for i, f := range d.Fields {
		names[i] = f.Name
	}
	return names
}

// Open reports whether the data are already public, so that nothing is suppressed.
func (d *Dictionary) Open() bool { return d.Disclosure == "open" }
