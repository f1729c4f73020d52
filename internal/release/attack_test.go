package release

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// outsider knows what cells show and how tables add up, and narrows every
// number by that, again and again: no linear program, no basis, only one
// equation at a time. What it finds is true, though not always all there is.
type outsider struct {
	lo, hi  map[string]float64
	shown   map[string]bool
	sums    [][]string // a total, then its parts
	members map[string][]string
}

// look writes down the numbers of all tables of an indicator: for a group and an
// option, "" being the base.
func look(reg *Registry) *outsider {
	o := &outsider{lo: map[string]float64{}, hi: map[string]float64{}, shown: map[string]bool{}}
	lines := map[string][]string{}
	for _, t := range reg.Tables() {
		for _, row := range t.Rows {
			at := spot(t, row, -1)
			base := name(at, "")
			options := []string{base}
			o.see(base, 0, false)
			for _, c := range row.Cells {
				value, _ := c.Option()
				n := name(at, value)
				o.see(n, c.N(), !c.Suppressed())
				if !c.Suppressed() {
					o.see(base, c.Base(), true)
				}
				options = append(options, n)
				for d := range t.By {
					lines[name(spot(t, row, d), value)] = append(lines[name(spot(t, row, d), value)], n)
				}
			}
			for d := range t.By {
				lines[name(spot(t, row, d), "")] = append(lines[name(spot(t, row, d), "")], base)
			}
			o.sums = append(o.sums, options)
		}
	}
	for total, parts := range lines {
		byField := map[string][]string{}
		for _, p := range parts {
			key := fieldsOf(p)
			byField[key] = append(byField[key], p)
		}
		for _, p := range byField {
			o.sums = append(o.sums, append([]string{total}, p...))
		}
	}
	return o
}

func (o *outsider) see(n string, count int, shown bool) {
	if shown {
		o.lo[n], o.hi[n], o.shown[n] = float64(count), float64(count), true
	} else if !o.shown[n] {
		o.lo[n], o.hi[n] = 0, math.Inf(1)
	}
}

// spot is a row's place without its d-th field.
func spot(t *Table, row Row, d int) string {
	var parts []string
	for i, c := range t.By {
		if i != d {
			parts = append(parts, c.Field+"="+row.Values[i])
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

func name(at, option string) string { return at + "|" + option }

func fieldsOf(n string) string {
	at, _, _ := strings.Cut(n, "|")
	var fields []string
	for _, p := range strings.Split(at, ",") {
		f, _, _ := strings.Cut(p, "=")
		fields = append(fields, f)
	}
	return strings.Join(fields, ",")
}

// narrow goes over the sums until nothing changes.
func (o *outsider) narrow() {
	for changed, rounds := true, 0; changed && rounds < 200; rounds++ {
		changed = false
		for _, s := range o.sums {
			var lo, hi float64
			for _, p := range s[1:] {
				lo, hi = lo+o.lo[p], hi+o.hi[p]
			}
			changed = o.cut(s[0], lo, hi) || changed
			for _, p := range s[1:] {
				rest := hi - o.hi[p]
				if math.IsInf(o.hi[p], 1) {
					rest = 0
					for _, q := range s[1:] {
						if q != p {
							rest += o.hi[q]
						}
					}
				}
				changed = o.cut(p, o.lo[s[0]]-rest, o.hi[s[0]]-(lo-o.lo[p])) || changed
			}
		}
	}
}

func (o *outsider) cut(n string, lo, hi float64) (changed bool) {
	if _, known := o.lo[n]; !known {
		return false
	}
	if lo > o.lo[n] {
		o.lo[n], changed = lo, true
	}
	if hi < o.hi[n] {
		o.hi[n], changed = hi, true
	}
	return changed
}

// attack fails when a count below the minimum is shown, or when one that is not
// shown is narrowed to below the minimum or to itself.
func attack(t testing.TB, truth any, reg *Registry) {
	t.Helper()
	if found := reg.Exposed(); len(found) > 0 {
		t.Fatalf("%v: the audit finds %v", truth, found)
	}
	o := look(reg)
	for n := range o.shown {
		if o.lo[n] > 0 && o.lo[n] < 5 {
			t.Fatalf("%v: %s shows %v", truth, n, o.lo[n])
		}
	}
	o.narrow()
	for n := range o.lo {
		switch {
		case o.shown[n] || o.hi[n] == 0:
		case o.hi[n] < 5:
			t.Fatalf("%v: %s is %v to %v", truth, n, o.lo[n], o.hi[n])
		case o.hi[n] == o.lo[n]:
			t.Fatalf("%v: %s is %v", truth, n, o.lo[n])
		}
	}
}
