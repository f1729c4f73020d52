package benchmark

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/schema"
	"benchbook/internal/stat"
)

// like is rows that weigh the same: of one cell of the margins, with one base weight.
type like struct {
	cell int
	base float64
}

// weighting is the rows of a dataset weighted to known totals: raked, trimmed,
// and raked once more.
type weighting struct {
	likes   []like // in order
	rows    []int  // how many there are of each
	final   []float64
	cells   [][]string
	factor  []float64 // by cell: of the last raking
	summary stat.WeightSummary
}

// weigh makes the weights that the data dictionary asks for. What cannot be
// weighted is reported with the reason's code. Nil: there is nothing to weigh.
func weigh(set *indicator.Set, l *diag.List) (*weighting, bool) {
	d := set.Plan.Dictionary
	counts := map[like]int{}
	for _, observations := range [][]indicator.Observation{set.Observations, set.Outside} {
		for _, o := range observations {
			if o.Cell >= 0 && o.Base > 0 {
				counts[like{o.Cell, o.Base}] += o.Members
			}
		}
	}
	if len(counts) == 0 {
		return nil, true
	}
	w := &weighting{cells: set.Margins, factor: make([]float64, len(set.Margins))}
	for k := range counts {
		w.likes = append(w.likes, k)
	}
	slices.SortFunc(w.likes, func(a, b like) int { return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.base, b.base)) })
	for _, k := range w.likes {
		w.rows, w.final = append(w.rows, counts[k]), append(w.final, k.base)
	}
	if err := w.settle(d.Weighting); err != nil {
		l.Add(w.refused(d, err))
		return nil, false
	}
	w.summary, _ = stat.SummarizeWeights(w.each())
	return w, true
}

func (w *weighting) settle(s *schema.Weighting) error {
	if err := w.rake(s); err != nil || s.Trim == 0 {
		return err
	}
	trimmed, err := stat.TrimWeights(w.each(), s.Trim)
	if err != nil {
		return err
	}
	at := 0
	for i, n := range w.rows {
		w.final[i] = trimmed.Weights[at]
		at += n
	}
	return w.rake(s)
}

// each is the weight of every row.
func (w *weighting) each() []float64 {
	var out []float64
	for i, n := range w.rows {
		out = append(out, slices.Repeat(w.final[i:i+1], n)...)
	}
	return out
}

// rake adjusts the weights to the margins, from where they are.
func (w *weighting) rake(s *schema.Weighting) error {
	together := make([]float64, len(w.likes))
	for i, n := range w.rows {
		together[i] = w.final[i] * float64(n)
	}
	for i := range w.factor {
		w.factor[i] = 1
	}
	if len(s.Margins) == 0 {
		return nil
	}
	raked, err := stat.Rake(w.margins(s), together)
	if err != nil {
		return err
	}
	for i, k := range w.likes {
		w.factor[k.cell] = raked.Weights[i] / together[i]
		w.final[i] = raked.Weights[i] / float64(w.rows[i])
	}
	return nil
}

func (w *weighting) margins(s *schema.Weighting) []stat.Margin {
	out := make([]stat.Margin, len(s.Margins))
	for m, margin := range s.Margins {
		for _, k := range w.likes {
			out[m].Category = append(out[m].Category, w.cells[k.cell][m])
		}
		for _, t := range margin.Targets {
			out[m].Targets = append(out[m].Targets, stat.Target{Category: t.Category, Total: t.Total})
		}
	}
	return out
}

// of is the final weight of a row over its base weight.
func (w *weighting) of(o *indicator.Observation) float64 {
	if w == nil || o.Cell < 0 || !(o.Base > 0) {
		return 1
	}
	i, _ := slices.BinarySearchFunc(w.likes, like{o.Cell, o.Base}, func(a, b like) int { return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.base, b.base)) })
	return w.final[i] / o.Base
}

// refused says why, at the margin that is the reason.
func (w *weighting) refused(d *schema.Dictionary, err error) diag.Diagnostic {
	var reason stat.Refusal
	errors.As(err, &reason)
	out := diag.Diagnostic{Code: "indicator.weighting", Pos: d.Weighting.Pos}
	why := diag.T("反复调整后各边际仍不能同时满足", "the margins cannot all be met, however often they are adjusted")
	switch reason {
	case stat.CannotTrim:
		why = diag.T("trim = %v 低于平均权重，截去的分不完", "trim = %v is below the mean weight, so what is cut has nowhere to go", d.Weighting.Trim)
	case stat.MissingMargin, stat.UnknownCategory, stat.EmptyCategory:
		for m, margin := range d.Weighting.Margins {
			if category, found := w.culprit(reason, m, margin); found {
				out.Pos = margin.Pos
				why = culprits[reason](margin.Field, category)
				break
			}
		}
	}
	out.Message = diag.T("数据集 "+escaped(d.Name)+" 无法加权："+escaped(why.In("zh"))+"（%s）", "dataset "+escaped(d.Name)+" cannot be weighted: "+escaped(why.In("en"))+" (%s)", string(reason))
	out.Hint = diag.T("按原因补上目标总数、合并选项，或把这些行的起始权重写成 0", "add the target, merge categories, or give these rows a base weight of 0")
	return out
}

func escaped(s string) string { return strings.ReplaceAll(s, "%", "%%") }

var culprits = map[stat.Refusal]func(field, category string) diag.Text{
	stat.MissingMargin: func(field, _ string) diag.Text { return diag.T("有的行没有填 %s", "rows have no %s", field) },
	stat.UnknownCategory: func(field, category string) diag.Text {
		return diag.T("边际 %s 的选项「%s」没有目标总数", "category %[2]q of margin %[1]s has no target", field, category)
	},
	stat.EmptyCategory: func(field, category string) diag.Text {
		return diag.T("边际 %s 的选项「%s」有目标总数，却没有一行", "category %[2]q of margin %[1]s has a target and no row", field, category)
	},
}

// culprit finds the category of a margin that is the reason.
func (w *weighting) culprit(reason stat.Refusal, m int, margin schema.Margin) (category string, found bool) {
	have := map[string]bool{}
	for _, k := range w.likes {
		have[w.cells[k.cell][m]] = true
	}
	known := map[string]bool{}
	for _, t := range margin.Targets {
		known[t.Category] = true
		if reason == stat.EmptyCategory && t.Total > 0 && !have[t.Category] {
			return t.Category, true
		}
	}
	for _, k := range w.likes {
		category = w.cells[k.cell][m]
		if reason == stat.MissingMargin && category == "" || reason == stat.UnknownCategory && !known[category] {
			return category, true
		}
	}
	return "", false
}

// note is what is printed of the weights, for readers of the methodology page.
func (w *weighting) note(d *schema.Dictionary) string {
	if w == nil {
		return ""
	}
	var titles []string
	for _, m := range d.Weighting.Margins {
		f, _ := d.Field(m.Field)
		titles = append(titles, f.Title)
	}
	text := "迭代比例加权到已知总数（" + strings.Join(titles, "、") + "）"
	if len(titles) == 0 {
		text = "按权重字段加权"
	}
	if d.Weighting.Trim > 0 {
		text += fmt.Sprintf("，权重不超过中位数的 %v 倍", d.Weighting.Trim)
		if len(titles) > 0 {
			text += "，截尾后再加权一次"
		}
	}
	s := w.summary
	return text + fmt.Sprintf("；Kish 有效样本量 %.0f，Kish 设计效应 %.2f，最大权重是平均的 %.1f 倍", s.NEff, s.Deff, s.Max/s.Mean)
}
