package indicator

import (
	"slices"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Query is one question from the command: a column, how to cut it and which
// rows to take.
type Query struct {
	Column       string
	Indicator    *Indicator // of the catalogue, in place of a column; nil = the column's own
	By           []string
	Where        []Condition
	Weight, Base string // "" = the dictionary's weight, answered
}

// Problem says why a query cannot be answered.
type Problem struct{ Message, Hint diag.Text }

// Plan makes the plan of a query on a dataset that is public already: the table
// asked for and its margins, over the rows that the conditions keep. The problem
// is nil when it can be answered. For protected data see Lattice.
func (q Query) Plan(d *schema.Dictionary) (*Plan, *Problem) {
	ind, problem := q.indicator(d)
	if problem != nil {
		return nil, problem
	}
	if problem := checkWhere(d, q.Where); problem != nil {
		return nil, problem
	}
	c := &Catalogue{tasks: map[string][]Task{}, asked: map[string]bool{}}
	c.want(ind, nil)
	var by []string
	for _, entry := range q.By {
		fields, message, hint := cut(d, entry)
		if !message.IsZero() {
			return nil, &Problem{message, hint}
		}
		by = append(by, fields...)
	}
	if slices.Contains(by, q.Column) || len(by) > maxCut {
		return nil, &Problem{diag.T("最多按 %d 个字段分组，且不能按被统计的列分组", "cut by %d fields at most, and not by the column itself", maxCut), diag.Text{}}
	}
	c.want(ind, by)
	return &Plan{Dictionary: d, Tasks: c.tasks[d.Name], Where: q.Where}, nil
}

// indicator is what is computed of the column.
func (q Query) indicator(d *schema.Dictionary) (*Indicator, *Problem) {
	ind, ok := Implied(d, q.Column)
	if q.Indicator != nil {
		own := *q.Indicator
		ind, ok = &own, true
	}
	if !ok {
		return nil, unknownColumn(d, q.Column)
	}
	if q.Base != "" {
		ind.Base = Base(q.Base)
		if !slices.Contains([]Base{Answered, Asked, All}, ind.Base) {
			return nil, &Problem{diag.T("base 只能是 all、asked 或 answered", "the base is all, asked or answered"), diag.Text{}}
		}
	}
	return ind, q.weigh(d, ind)
}

func unknownColumn(d *schema.Dictionary, column string) *Problem {
	if f, ok := d.Field(column); ok {
		return &Problem{diag.T("字段 %q 不能统计：它是 %s 类型，没有选项", "field %q cannot be tabulated: it is a %s without categories", f.Name, string(f.Type)),
			diag.T("自由文本与编号不发布；需要统计时在数据字典里写出 categories", "free text and ids are not published; list categories in the dictionary to tabulate it")}
	}
	return &Problem{diag.T("数据集 %[2]q 没有字段 %[1]q", "there is no field %q in dataset %q", column, d.Name), diag.DidYouMean(column, d.FieldNames())}
}

func (q Query) weigh(d *schema.Dictionary, ind *Indicator) *Problem {
	switch q.Weight {
	case "":
		return nil
	case noWeight:
		ind.Weight = ""
		ind.Rule = defaultRule(d, "")
		return nil
	}
	if f, ok := d.Field(q.Weight); !ok || !isNumber(f) {
		return &Problem{diag.T("没有数值字段 %q 可作权重", "there is no number field %q to weigh by", q.Weight), diag.DidYouMean(q.Weight, d.FieldNames())}
	}
	ind.Weight = q.Weight
	ind.Rule = defaultRule(d, q.Weight)
	return nil
}

func checkWhere(d *schema.Dictionary, where []Condition) *Problem {
	for _, w := range where {
		f, ok := d.Field(w.Field)
		if !ok {
			return &Problem{diag.T("数据集 %[2]q 没有字段 %[1]q", "there is no field %q in dataset %q", w.Field, d.Name), diag.DidYouMean(w.Field, d.FieldNames())}
		}
		if !Cuttable(d, f) {
			return &Problem{diag.T("不能按字段 %q 筛选", "cannot filter by field %q", w.Field), diag.Text{}}
		}
		options := listed(f)
		if len(options) > 0 && !slices.ContainsFunc(options, func(o Option) bool { return o.Value == w.Value || o.Label == w.Value }) {
			return &Problem{diag.T("字段 %[2]q 没有选项 %[1]q", "%q is no category of field %q", w.Value, w.Field), diag.DidYouMean(w.Value, optionNames(options))}
		}
	}
	return nil
}
