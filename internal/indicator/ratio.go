package indicator

import (
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// ratioKind is one sum over another (导流率 = 新增好友 ÷ 曝光用户): pooled over
// contributors, and spread over their own rates.
var ratioKind = Kind{
	Name: "ratio", Title: diag.T("比率（总和之比）", "ratio of sums"),
	keys:  []string{"numerator", "denominator", "quantiles", "band", "gap_name", "interval", "rule", "box", "simultaneous", "shrink", "adjust", "compare", "paired"},
	check: func(c *checker) { c.ratio() },
	reads: func(ind *Indicator) []string { return []string{ind.Numerator, ind.Denominator} },
	start: startRatio,
	pairs: func(ind *Indicator) []schema.Pair { return []schema.Pair{{A: ind.Numerator, B: ind.Denominator}} },
}

func (c *checker) ratio() {
	number := diag.T("数值", "a number")
	num := c.field("numerator", c.raw.Numerator, isNumber, number)
	den := c.field("denominator", c.raw.Denominator, isNumber, number)
	if num == nil || den == nil {
		return
	}
	c.summable("numerator", num)
	c.summable("denominator", den)
	c.ind.Numerator, c.ind.Denominator = num.Name, den.Name
	c.ind.Percent = c.ind.Unit == percentUnit
	c.quantiles()
	c.bands()
	c.spreadChoices()
	c.option("interval", c.raw.Interval, &c.ind.Interval, []string{"jackknife", "linearised"})
	c.correction()
	c.shrink()
}

// summable refuses what must not be added up: rates, and, where rows repeat over
// time, stocks, which would count everybody again in every period.
func (c *checker) summable(key string, f *schema.Field) {
	if f.Measure != "ratio" && (f.Measure != "stock" || c.dict.Period == "") {
		return
	}
	c.ok = false
	pos, width := c.src.Value("indicator", c.at, key)
	c.l.Add(diag.Diagnostic{
		Code: "indicator.summed", Pos: pos, Width: width,
		Message: diag.T("%s 字段 %q 不能相加", "field %[2]q is a %[1]s and cannot be added up", f.Measure, f.Name),
		Hint:    diag.T("存量取期末一天，比率用它的分子分母；若其实是流量，在数据字典里写 measure = \"flow\"", "take a stock at the end of the period, and a ratio by its parts; if it is a flow, write measure = \"flow\" in the dictionary"),
		Notes:   []diag.Note{{Pos: f.Pos, Text: diag.T("measure 写在这里", "its measure is set here")}},
	})
}

func startRatio(ind *Indicator, cols *columns) observer {
	num, _ := cols.of(ind.Numerator)
	den, _ := cols.of(ind.Denominator)
	add := func(d Datum, rec *schema.Record, weight float64) {
		d.(*Sums).take(&rec.Values[num], &rec.Values[den], weight)
	}
	var room []Sums // made many at a time, so that they lie together
	fresh := func() Datum {
		if len(room) == 0 {
			room = make([]Sums, 256)
		}
		s := &room[0]
		room = room[1:]
		return s
	}
	pair := schema.Pair{A: ind.Numerator, B: ind.Denominator}
	return observer{fresh: fresh, add: add, total: func(d Datum, rec *schema.Record, weight float64) bool {
		t := rec.Total(pair)
		return t != nil && d.(*Sums).add(t, weight)
	}}
}

// take adds one row. A side that is missing is not 0, and something of nothing
// is no rate; such rows are counted and left out.
func (s *Sums) take(num, den *schema.Value, weight float64) {
	s.Rows++
	s.Weight = max(s.Weight, weight)
	switch {
	case num.State != schema.Present || den.State != schema.Present:
		s.Missing++
	case num.Number < 0 || den.Number < 0 || den.Number == 0 && num.Number > 0:
		s.Invalid++
	default:
		s.Num.take(num)
		s.Den.take(den)
	}
}

// add takes the sums over many rows.
func (s *Sums) add(t *schema.Total, weight float64) bool {
	s.Rows += t.Rows
	s.Missing += t.Missing
	s.Invalid += t.Invalid
	s.Weight = max(s.Weight, weight)
	return s.Num.AddText(t.A) && s.Den.AddText(t.B)
}

// take adds a value as its source wrote it.
func (s *Sum) take(v *schema.Value) {
	if v.Exact {
		s.AddDecimal(v.Digits, int(v.Places))
		return
	}
	s.Add(v.Number)
}
