package benchmark

import (
	"math"
	"slices"
	"strings"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// Change is how far a share has moved since the edition before: now minus
// before, in fractions of 1. P is unadjusted, NaN where nothing was tested.
type Change struct {
	Now          int // index into Table.Estimates
	Earlier      *Table
	Before       int // index into Earlier.Estimates
	Diff, Lo, Hi float64
	P            float64
	Panel        []int // of a paired comparison: distinct owners that kept it, gained it, lost it, have it in neither
	Method       Method
	Warnings     []Warning
}

// memory is what a contributor answered in one group.
type memory struct {
	owner int
	hits  []int // options that it chose; -1 for the one share of `is`
}

// remember keeps the answers by contributors' names until editions are compared.
func (t *Table) remember(cells []*cell, set *indicator.Set) {
	t.panel = make([]map[string]memory, len(cells))
	for g, c := range cells {
		t.panel[g] = map[string]memory{}
		for i := range c.people {
			p := &c.people[i]
			counts, ok := p.data.(*indicator.Counts)
			if !ok || p.anonymous() || counts.Base(t.Indicator.Base).N == 0 || set.Name(p.id) == "" {
				continue
			}
			m := memory{owner: p.owner}
			for option, tally := range counts.Options {
				if tally.N > 0 {
					m.hits = append(m.hits, option)
				}
			}
			if counts.Is.N > 0 {
				m.hits = append(m.hits, -1)
			}
			t.panel[g][set.Name(p.id)] = m
		}
	}
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

// counterpart is the estimate of the same share of the same group in the edition before; -1 = none.
func (t *Table) counterpart(at int, earlier *Table) int {
	e := &t.Estimates[at]
	if !e.Share || e.Units == 0 || t.Groups[e.Group].Rest {
		return -1
	}
	return slices.IndexFunc(earlier.Estimates, func(o Estimate) bool {
		return o.Stat == e.Stat && o.Units > 0 && slices.Equal(earlier.Groups[o.Group].Values, t.Groups[e.Group].Values) && earlier.option(&o) == t.option(e)
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
	out.Method = WeightedChange
	if now.Counted && then.Counted {
		out.Method = Newcombe
	}
	d := t.difference(then, now)
	out.Diff, out.Lo, out.Hi, out.P = d.Diff, d.Lo, d.Hi, d.P
	if t.shared(now, earlier, then) {
		out.Warnings = append(out.Warnings, unpaired)
	}
	return out
}

// paired compares contributors that answered in both editions with themselves.
func (t *Table) paired(out *Change, now, then *Estimate) {
	var count [4]float64
	var owners [4]map[int]bool
	for name, m := range t.panel[now.Group] {
		old, both := out.Earlier.panel[then.Group][name]
		if !both {
			continue
		}
		k := 0
		if has, had := slices.Contains(m.hits, now.Option), slices.Contains(old.hits, then.Option); has && !had {
			k = 1
		} else if had && !has {
			k = 2
		} else if !has {
			k = 3
		}
		if owners[k] == nil {
			owners[k] = map[int]bool{}
		}
		count[k]++
		owners[k][m.owner] = true
	}
	d := stat.DiffPaired(count[0], count[1], count[2], count[3], level)
	out.Diff, out.Lo, out.Hi, out.P, out.Method = d.Diff, d.Lo, d.Hi, d.P, PairedChange
	for _, o := range owners {
		out.Panel = append(out.Panel, len(o))
	}
}

// shared says that some contributor answered in both editions.
func (t *Table) shared(now *Estimate, earlier *Table, then *Estimate) bool {
	if t.panel == nil || earlier.panel == nil {
		return false
	}
	for name := range t.panel[now.Group] {
		if _, both := earlier.panel[then.Group][name]; both {
			return true
		}
	}
	return false
}

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
