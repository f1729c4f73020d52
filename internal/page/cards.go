package page

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/document"
	"benchbook/internal/release"
)

// keyFigure makes a card of a key figure: never a bare percentage.
func (c *composer) keyFigure(k document.LabelledRef) (KeyFigure, bool) {
	if k.Ref.Kind == document.Fact {
		return c.quotedFigure(k)
	}
	cell, ok := c.cell(k.Ref)
	if !ok {
		return KeyFigure{}, false
	}
	card := KeyFigure{Value: cell.Text(), Label: cmp.Or(k.Label, cell.Title()), Base: caveated(cell), Spread: c.spread(cell), Sample: cell.Sample(), Change: c.sinceBefore(cell)}
	card.Spoken = strings.Join([]string{card.Label, card.Value, "基数 " + cell.BaseText()}, "，")
	if f := c.shows[cell.Dataset()+"/"+cell.Indicator()]; f != nil {
		card.Figure = Link{Title: f.Spec.Number, Path: f.home() + "#fig-" + f.ID}
	}
	return card, true
}

// caveated is a number's base with its caveats, where there is no room for footnotes.
func caveated(cell *release.Cell) string {
	out := cell.NText()
	for _, w := range cell.Warnings() {
		out += "；" + strings.TrimSuffix(w.Text, "。")
	}
	return out
}

// sinceBefore is how far a number has moved since the edition before, and what
// its test allows to be said of it.
func (c *composer) sinceBefore(cell *release.Cell) string {
	change, ok := c.Registry.Change(cell)
	if !ok {
		return "首次发布"
	}
	if change.Suppressed() {
		return "与上一版之差不公布"
	}
	if slices.ContainsFunc(change.Warnings(), func(w release.Warning) bool { return w.Code == "definition_changed" }) {
		return "口径变更，不可直接比较"
	}
	words := map[release.Direction]string{release.Higher: "高于上一版", release.Lower: "低于上一版", release.Alike: "差别可能出于抽样误差"}
	return strings.Join(slices.DeleteFunc([]string{"较上一版 " + change.Text(), words[change.Direction()]}, func(s string) bool { return s == "" }), "，")
}

// spread is P25–P75 where the indicator has them, else the interval.
func (c *composer) spread(cell *release.Cell) string {
	if cell.Stat() == "p50" {
		low, err1 := c.Registry.Lookup(withStat(cell.ID(), "p25"))
		high, err2 := c.Registry.Lookup(withStat(cell.ID(), "p75"))
		if err1 == nil && err2 == nil && !low.Suppressed() && !high.Suppressed() {
			from := low.Text()
			if !low.Percent() {
				from = low.Bare()
			}
			return "P25–P75：" + from + "–" + high.Text()
		}
	}
	if t := cell.IntervalText(); t != "" {
		return "95% 区间 " + t
	}
	return ""
}

// withStat is a cell's reference with another statistic.
func withStat(id, stat string) string {
	return strings.Replace(id, "stat=p50", "stat="+stat, 1)
}

func (c *composer) quotedFigure(k document.LabelledRef) (KeyFigure, bool) {
	f, _, ok := c.Facts.Lookup(k.Ref.Target)
	if !ok {
		c.fact(c.named("index.md"), k.Ref, "")
		return KeyFigure{}, false
	}
	card := KeyFigure{Value: f.Text(), Label: cmp.Or(k.Label, f.Statement), Base: f.Base, Quoted: "引自 " + strings.Trim(f.Source+"，"+f.AsOf, "，"),
		Figure: Link{Title: "出处", Path: "facts.html#" + f.ID}}
	card.Spoken = strings.Join([]string{card.Label, card.Value, card.Base, card.Quoted}, "，")
	return card, true
}

// benchmark is a procedure's live number.
func (c *composer) benchmark(b document.LabelledRef) (SOPBenchmark, bool) {
	if b.Ref.Kind == document.Fact {
		f, _, ok := c.Facts.Lookup(b.Ref.Target)
		return SOPBenchmark{Label: cmp.Or(b.Label, f.Statement), Value: f.Text(), Base: f.Base, Figure: Link{Path: "facts.html#" + f.ID}}, ok
	}
	cell, ok := c.cell(b.Ref)
	if !ok {
		return SOPBenchmark{}, false
	}
	out := SOPBenchmark{Label: cmp.Or(b.Label, cell.Title()), Value: cell.Text(), Base: caveated(cell), Sample: cell.Sample(), Figure: Link{Path: c.edition("methodology.html")}}
	if f := c.shows[cell.Dataset()+"/"+cell.Indicator()]; f != nil {
		out.Figure.Path = f.home() + "#fig-" + f.ID
	}
	return out, true
}
