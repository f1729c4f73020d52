package schema

import (
	"slices"
	"strings"
	"unicode"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// Decoder turns rows of one file into records and checks them. It is for one
// goroutine.
type Decoder struct {
	dictionary *Dictionary
	list       *limited
	columns    []column // one a field that is read
	unique     map[int]map[string]int
}

// column is a field, its place in the file and its look-up tables.
type column struct {
	field  int
	at     int
	codes  map[string]int   // category text to index
	kinds  map[string]State // texts that are a kind of nothing
	format *dateFormat
	wanted bool
}

// Decoder finds the dictionary's columns in a file's header. A column that is
// missing or there twice is an error; columns that the dictionary does not name
// are left alone. The error's position is the field's, in dataset.toml.
func (d *Dictionary) Decoder(header []string, l *diag.List) (*Decoder, bool) {
	dec := &Decoder{dictionary: d, list: &limited{list: l}, unique: map[int]map[string]int{}}
	ok := true
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Role == RolePersonal {
			continue
		}
		at, found := findColumn(f, header, l)
		if !found {
			ok = false
			continue
		}
		dec.columns = append(dec.columns, d.column(f, i, at))
		if f.Constraint.Unique {
			dec.unique[i] = map[string]int{}
		}
	}
	return dec, ok
}

func findColumn(f *Field, header []string, l *diag.List) (at int, ok bool) {
	want := headerText(f.Column)
	at = slices.Index(header, want)
	if at < 0 {
		l.Add(diag.Diagnostic{Code: "schema.column_missing", Pos: f.Pos, Hint: diag.DidYouMean(want, header),
			Message: diag.T("文件里没有列 %q（字段 %q）", "the file has no column %q (field %q)", want, f.Name)})
		return at, false
	}
	if again := slices.Index(header[at+1:], want); again >= 0 {
		l.Add(diag.Diagnostic{Code: "schema.column_repeated", Pos: f.Pos,
			Message: diag.T("列 %q 在表头里出现两次（第 %d 列和第 %d 列）", "column %q is in the header twice (columns %d and %d)", want, at+1, at+again+2),
			Hint:    diag.T("给其中一列改名", "rename one of them")})
		return at, false
	}
	return at, true
}

// headerText brings a column name to the form in which package dataset gives headers.
func headerText(s string) string { return strings.Join(strings.Fields(s), " ") }

func (d *Dictionary) column(f *Field, i, at int) column {
	c := column{field: i, at: at, wanted: true, codes: map[string]int{}, kinds: map[string]State{"": Blank}}
	for j, cat := range f.Categories {
		c.codes[clean(cat.Value)] = j
	}
	for _, set := range []struct {
		texts []string
		state State
	}{{d.Missing, Blank}, {f.Missing, Blank}, {d.Skipped, NotAsked}, {f.Skipped, NotAsked}, {d.Refused, Refused}} {
		for _, text := range set.texts {
			c.kinds[clean(text)] = set.state
		}
	}
	if f.dated() {
		c.format = newDateFormat(f.Format)
	}
	return c
}

// Use limits decoding to the named fields; without it all are decoded. Names
// that are no fields are ignored: whoever holds them reports them with a place.
func (dec *Decoder) Use(fields ...string) {
	for i := range dec.columns {
		name := dec.dictionary.Fields[dec.columns[i].field].Name
		dec.columns[i].wanted = slices.Contains(fields, name)
	}
}

// Decode fills rec from a row; rec and its slices are used again at the next
// call. What is wrong with a cell goes to the list and makes its value Invalid.
func (dec *Decoder) Decode(row dataset.Row, rec *Record) {
	rec.reset(row.Line, len(dec.dictionary.Fields))
	for i := range dec.columns {
		c := &dec.columns[i]
		if !c.wanted || c.at >= len(row.Values) {
			continue
		}
		f := &dec.dictionary.Fields[c.field]
		v := &rec.Values[c.field]
		cell := cell{f, c, row, dec.list}
		cell.decode(v)
		if seen := dec.unique[c.field]; seen != nil && v.State == Present {
			cell.once(seen)
		}
	}
}

// clean trims a cell: white space of every kind, line ends, and marks that
// cannot be seen.
func clean(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060'
	})
}
