package release

import "benchbook/internal/benchmark"

// addUp rounds the shares of a row so that they add up to 100%, where the
// definition asks for it. Where one of them is withheld none is touched: the
// rounding of the others would tell of it.
func (s *screen) addUp(g int, cells []*Cell) {
	if !s.table.Indicator.AddsUp {
		return
	}
	var counts []float64
	var shares []*Cell
	total, base := 0, 0
	for k, i := range s.cells[g] {
		if e := &s.table.Estimates[i]; e.Share && e.Option >= 0 {
			if cells[k].Suppressed() || !e.Counted {
				return
			}
			counts, shares = append(counts, float64(e.Count)), append(shares, cells[k])
			total, base = total+e.Count, e.Base
		}
	}
	if len(shares) == 0 || total != base {
		return
	}
	rounded, ok := benchmark.AddUp(counts, shares[0].decimals)
	if !ok {
		return
	}
	for k, c := range shares {
		if fixed(rounded[k]*100, c.decimals) != fixed(c.value*100, c.decimals) {
			c.rounded = &rounded[k]
		}
		c.warnings = append(c.warnings[:len(c.warnings):len(c.warnings)], benchmark.LargestRest)
	}
}

// printed is the value as it is rounded for print.
func (c *Cell) printed() float64 {
	if c.rounded != nil {
		return *c.rounded
	}
	return c.value
}
