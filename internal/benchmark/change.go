package benchmark

import (
	"math"
	"slices"
	"strings"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// Change is how far an estimate has moved since the edition before: now minus
// before, in their unit. P is unadjusted, NaN where nothing was tested.
type Change struct {
	Now          int // index into Table.Estimates
	Earlier      *Table
	Before       int // index into Earlier.Estimates
	Diff, Lo, Hi float64
	P            float64
	Panel        []int // of a paired share: distinct owners that kept it, gained it, lost it, have it in neither; of a paired number: all of them
	Base         int   // of a paired comparison: contributors that were compared; else 0
	Method       Method
	Warnings     []Warning
}

// Changes compares every table whose indicator names an edition before with
// the table of that edition that is cut in the same way. All tables of the site
// have to be there.
func Changes(tables []*Table) {
	for _, t := range tables {
		if t.Indicator.Compare == nil {
			continue
		}
		i := slices.IndexFunc(tables, func(o *Table) bool { return o.Indicator == t.Indicator.Compare && sameCut(o, t) })
		if i < 0 {
			continue
		}
		changed := t.redefined(tables[i])
		for at := range t.Estimates {
			if before := t.counterpart(at, tables[i]); before >= 0 {
				t.Changes = append(t.Changes, t.change(at, tables[i], before, changed))
			}
		}
	}
	for _, t := range tables {
		t.panel = nil
	}
}

func sameCut(a, b *Table) bool {
	return slices.EqualFunc(a.By, b.By, func(x, y *indicator.Segment) bool { return x.Field == y.Field })
}

// counterpart is the estimate of the same thing of the same group in the edition before; -1 = none.
func (t *Table) counterpart(at int, earlier *Table) int {
	e := &t.Estimates[at]
	if !e.comparable() || t.Groups[e.Group].Rest {
		return -1
	}
	return slices.IndexFunc(earlier.Estimates, func(o Estimate) bool {
		return o.Stat == e.Stat && o.comparable() && slices.Equal(earlier.Groups[o.Group].Values, t.Groups[e.Group].Values) && earlier.option(&o) == t.option(e)
	})
}

// option is the value of an estimate's option; "" = it is about the whole.
func (t *Table) option(e *Estimate) string {
	if e.Option < 0 {
		return ""
	}
	return t.Options[e.Option].Value
}

func (t *Table) change(at int, earlier *Table, before int, changed []string) Change {
	now, then := &t.Estimates[at], &earlier.Estimates[before]
	nan := math.NaN()
	out := Change{Now: at, Earlier: earlier, Before: before, Diff: now.Value - then.Value, Lo: nan, Hi: nan, P: nan, Method: PlainChange}
	if len(changed) > 0 {
		out.Warnings = []Warning{{"definition_changed", "两版口径不同（" + strings.Join(changed, "、") + "），只列差值，不作检验。"}}
		return out
	}
	if t.Indicator.Paired {
		t.paired(&out, now, then)
		return out
	}
	var d stat.Difference
	d, out.Method = t.difference(then, now)
	out.take(d)
	if t.shared(now, earlier, then) {
		out.Warnings = append(out.Warnings, unpaired)
	}
	return out
}

func (c *Change) take(d stat.Difference) { c.Diff, c.Lo, c.Hi, c.P = d.Diff, d.Lo, d.Hi, d.P }

// redefined names what the two editions do not define alike.
func (t *Table) redefined(earlier *Table) (changed []string) {
	a, b := t.Indicator, earlier.Indicator
	for _, part := range []struct {
		name string
		same bool
	}{
		{"定义", words(a.Definition) == words(b.Definition) || a.Definition == "" || b.Definition == ""},
		{"公式", words(a.Formula) == words(b.Formula) || a.Formula == "" || b.Formula == ""},
		{"取值", slices.Equal(slices.Sorted(slices.Values(a.Is)), slices.Sorted(slices.Values(b.Is)))},
		{"选项", slices.EqualFunc(t.Options, earlier.Options, func(x, y indicator.Option) bool { return x.Value == y.Value })},
		{"基数", a.Base == b.Base && a.Per == b.Per},
		{"加权", (a.Weight == "") == (b.Weight == "")},
		{"分位数规则", a.Rule == b.Rule},
		{"单位", a.Unit == b.Unit},
		{"观测单位", t.Dataset.Unit == earlier.Dataset.Unit},
	} {
		if !part.same {
			changed = append(changed, part.name)
		}
	}
	return changed
}

func words(s string) string { return strings.Join(strings.Fields(s), "") }

// AdjustChanges corrects the p-values of the changes that may be told for being
// many; NaN for the others.
func (t *Table) AdjustChanges(use func(change int) bool) []float64 {
	p := make([]float64, len(t.Changes))
	for i := range p {
		if p[i] = math.NaN(); use(i) {
			p[i] = t.Changes[i].P
		}
	}
	return t.adjust(p)
}
