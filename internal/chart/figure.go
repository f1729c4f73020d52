package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"benchbook/internal/chart/sheet"
)

// figure is a specification that has been cleaned, checked and put in order: what the kinds draw from. It shares no
// memory with the Spec it was made of.
type figure struct {
	Spec
	kind Kind
}

// prepare makes a figure of a specification, or says why it cannot be drawn.
func prepare(s Spec) (*figure, error) {
	kind, ok := kindOf(s.Kind)
	if !ok {
		return nil, problem("没有名为 %q 的图形；可用的有 %s", "no kind of figure is called %q; there are %s", s.Kind, kindNames())
	}
	f := &figure{Spec: cleaned(s), kind: kind}
	if err := f.validate(); err != nil {
		return nil, err
	}
	f.fillDefaults()
	f.sort()
	return f, nil
}

// attr is the value of an attribute, the default where none was given.
func (f *figure) attr(name string) string { return f.Attrs[name] }

func (f *figure) fillDefaults() {
	given := f.Attrs
	f.Attrs = make(map[string]string, len(f.kind.Attributes))
	for _, a := range f.kind.Attributes {
		f.Attrs[a.Name] = cmp.Or(given[a.Name], a.Default)
	}
}

// keys are the categories, in the order they are drawn.
func (f *figure) keys() []string {
	out := make([]string, len(f.Series[0].Values))
	for i, v := range f.Series[0].Values {
		out[i] = v.Key
	}
	return out
}

// sort orders the categories by the values of the series that the kind names, largest first, those without a value
// after them, and 「其他」 last. Equal values keep the order given.
func (f *figure) sort() {
	if f.Ordered || f.kind.order == nil {
		return
	}
	lead := f.Series[f.kind.order(f)].Values
	order := make([]int, len(lead))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(lead[a], lead[b]) })
	for i, s := range f.Series {
		sorted := make([]Value, len(order))
		for to, from := range order {
			sorted[to] = s.Values[from]
		}
		f.Series[i].Values = sorted
	}
}

// compare is negative when a is drawn before b.
func compare(a, b Value) int {
	return cmp.Or(
		cmp.Compare(one(isOther(a.Key)), one(isOther(b.Key))),
		cmp.Compare(one(!a.drawn()), one(!b.drawn())),
		cmp.Compare(b.V, a.V),
	)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isOther recognises the category that collects the rest.
func isOther(key string) bool {
	return strings.HasPrefix(key, "其他") || strings.HasPrefix(key, "其它") || strings.EqualFold(key, "other") || strings.EqualFold(key, "others")
}

// drawn reports whether the value has a position.
func (v Value) drawn() bool { return v.State == Shown || v.State == Hollow }

// print is what stands where the value would stand.
func (v Value) print() string {
	switch {
	case v.drawn():
		return v.Text
	case v.Note != "":
		return v.Note
	case v.State == Suppressed:
		return "样本不足"
	}
	return "—"
}

// low and high are the ends of the interval, the value itself where an end is open.
func (v Value) low() float64  { return math.Min(v.V, orElse(v.Lo, v.V)) }
func (v Value) high() float64 { return math.Max(v.V, orElse(v.Hi, v.V)) }

func (v Value) hasInterval() bool { return v.drawn() && !(math.IsNaN(v.Lo) && math.IsNaN(v.Hi)) }

func orElse(v, other float64) float64 {
	if math.IsNaN(v) {
		return other
	}
	return v
}

// extent is the least and greatest position drawn, intervals and references included.
func (f *figure) extent() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, s := range f.Series {
		for _, v := range s.Values {
			if v.drawn() {
				lo, hi = math.Min(lo, v.low()), math.Max(hi, v.high())
			}
		}
	}
	for _, r := range f.References {
		if !r.OnX {
			lo, hi = math.Min(lo, r.V), math.Max(hi, r.V)
		}
	}
	if lo > hi {
		return 0, 0
	}
	return lo, hi
}

// fromZero is extent with zero in it: bars start there.
func (f *figure) fromZero() (lo, hi float64) {
	lo, hi = f.extent()
	return math.Min(lo, 0), math.Max(hi, 0)
}

// colour is the role of a series: its own, else the next; grey when another one is highlighted.
func (f *figure) colour(i int) sheet.Role {
	highlighted := slices.ContainsFunc(f.Series, func(s Series) bool { return s.Highlight })
	switch s := f.Series[i]; {
	case s.Colour > 0:
		return sheet.Categories[s.Colour-1]
	case highlighted && s.Highlight:
		return sheet.Categories[0]
	case highlighted:
		return sheet.Rest
	}
	return sheet.Categories[i%len(sheet.Categories)]
}
