package kpi

import (
	"math/big"
	"slices"
	"strconv"
)

// Stretch is a part of a KPI's scale: a named line with what belongs to it, or
// a gap that nobody has decided about. Bounds are in the unit the KPI is printed
// in; nil is open.
type Stretch struct {
	Name                 string
	From, To             *float64
	FromClosed, ToClosed bool
	Gap                  bool
	Implied              bool   // follows from its neighbour; nobody wrote it
	Level                string // where it was agreed: 全行业, 类目 …; "" = implied
}

// Scale is the lines of a KPI as they hold for somebody, from the lowest values to
// the highest. It covers every number.
type Scale struct {
	Stretches []Stretch
	Unset     []string // lines that have a name and no number, such as 超额线
	Lower     bool     // lower values are better
	Sources   []string
}

// None says that no line has a number.
func (s Scale) None() bool { return len(s.Stretches) == 0 }

// Of finds the stretch of an exact number. Bounds are the decimals that were
// written, so that nothing is decided by rounding.
func (s Scale) Of(x *big.Rat) (Stretch, bool) {
	for _, st := range s.Stretches {
		above, below := st.From == nil, st.To == nil
		if st.From != nil {
			c := x.Cmp(exact(*st.From))
			above = c > 0 || c == 0 && st.FromClosed
		}
		if st.To != nil {
			c := x.Cmp(exact(*st.To))
			below = c < 0 || c == 0 && st.ToClosed
		}
		if above && below {
			return st, true
		}
	}
	return Stretch{}, false
}

// exact is the decimal that prints as x.
func exact(x float64) *big.Rat {
	r, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'f', -1, 64))
	return r
}

// level is what one level (a contract, a category, the whole trade) says.
type level struct {
	name, source, gap string
	bands             []band
}

// band is a line as it is written, seen along the direction in which values get
// better: enter is where it begins, leave where it ends before the next begins.
type band struct {
	name                     string
	enter, leave             *float64
	enterClosed, leaveClosed *bool
	level                    string
}

// resolve lays levels over each other, the most specific first. A line that a level
// does not speak of is inherited; whoever moves a line decides anew about the end of
// those that are inherited.
func resolve(levels []level, names []string, lower bool) Scale {
	s := Scale{Lower: lower}
	merged := map[string]band{}
	gap := ""
	moved := false
	for _, lv := range levels {
		for _, b := range lv.bands {
			b.level = lv.name
			if _, set := merged[b.name]; set {
				continue
			}
			if moved {
				b.leave, b.leaveClosed = nil, nil
			}
			merged[b.name] = b
		}
		moved = moved || len(lv.bands) > 0
		if gap == "" {
			gap = lv.gap
		}
		if lv.source != "" {
			s.Sources = append(s.Sources, lv.source)
		}
	}
	var bands []band
	for _, name := range names {
		b, ok := merged[name]
		switch {
		case ok && (b.enter != nil || b.leave != nil):
			bands = append(bands, b)
		case ok || len(merged) > 0 && name != names[0]:
			s.Unset = append(s.Unset, name)
		}
	}
	s.Stretches = lay(bands, names[0], gap, lower)
	return s
}

// lay puts bands end to end so that they cover every number.
func lay(bands []band, fail, gap string, lower bool) []Stretch {
	if len(bands) == 0 {
		return nil
	}
	sign := func(x *float64) float64 {
		if lower {
			return -*x
		}
		return *x
	}
	slices.SortStableFunc(bands, func(a, b band) int {
		switch {
		case a.enter == nil || b.enter == nil:
			return boolCompare(a.enter != nil, b.enter != nil)
		default:
			return cmpFloat(sign(a.enter), sign(b.enter))
		}
	})
	var out []Stretch
	if first := bands[0]; first.enter != nil {
		out = append(out, Stretch{Name: fail, To: first.enter, ToClosed: !entered(first), Implied: true})
	}
	for i, b := range bands {
		st := Stretch{Name: b.name, From: b.enter, FromClosed: entered(b), To: b.leave, ToClosed: b.leaveClosed != nil && *b.leaveClosed, Level: b.level}
		if i+1 == len(bands) {
			out = append(out, st)
			continue
		}
		next := bands[i+1]
		if b.leave == nil {
			st.To, st.ToClosed = next.enter, !entered(next)
		}
		out = append(out, st)
		if st.To != nil && next.enter != nil && (sign(st.To) < sign(next.enter) || *st.To == *next.enter && !st.ToClosed && !entered(next)) {
			out = append(out, Stretch{Name: gap, From: st.To, FromClosed: !st.ToClosed, To: next.enter, ToClosed: !entered(next), Gap: true})
		}
	}
	if last := out[len(out)-1]; last.To != nil {
		out = append(out, Stretch{Name: gap, From: last.To, FromClosed: !last.ToClosed, Gap: true})
	}
	if lower {
		flip(out)
	}
	return out
}

// entered says whether a line holds the value that it begins with; it does
// unless the opposite is written.
func entered(b band) bool { return b.enterClosed == nil || *b.enterClosed }

// flip turns stretches that run from worse to better into ones that run from low to high.
func flip(s []Stretch) {
	for i := range s {
		st := &s[i]
		st.From, st.To, st.FromClosed, st.ToClosed = st.To, st.From, st.ToClosed, st.FromClosed
	}
	slices.Reverse(s)
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
