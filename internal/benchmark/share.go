package benchmark

import (
	"cmp"
	"math"
	"slices"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// part is one contributor's part in a share: hits of base rows, and its weight.
type part struct {
	hits, base, weight float64
	id                 int
	cluster, stratum   string
}

// proportion fills in value and interval. Rows that count once and have no
// weight are a plain proportion; otherwise each contributor's rows are one unit,
// and units of one cluster belong together.
func (t *Table) proportion(e *Estimate, parts []part, once bool) {
	if e.Base == 0 {
		return
	}
	if once && t.Indicator.Weight == "" && !t.clustered && !t.stratified {
		t.counted(e)
		return
	}
	parts = slices.DeleteFunc(parts, func(p part) bool { return !(p.weight > 0) })
	// The order of people must not touch the last digit of a sum.
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.hits/a.base, b.hits/b.base), cmp.Compare(a.stratum, b.stratum), cmp.Compare(a.cluster, b.cluster))
	})
	e.Units = len(parts)
	if !t.calibrated(e, parts) {
		t.designed(e, parts)
	}
	if !once && t.Indicator.Per == indicator.ByRow {
		e.warn(repeated)
	}
}

// counted is a share of independent rows.
func (t *Table) counted(e *Estimate) {
	x, n := float64(e.Count), float64(e.Base)
	limits := stat.Wilson(x, n, t.level(e))
	if t.Indicator.Interval == ClopperPearson.Code {
		limits, e.Method = stat.ClopperPearson(x, n, t.level(e)), ClopperPearson
	}
	e.Value, e.Lo, e.Hi, e.Units, e.Counted = x/n, limits.Lo, limits.Hi, e.Base, true
	t.together(e)
}

// designed is a share with weights, clusters or strata.
func (t *Table) designed(e *Estimate, parts []part) {
	o := stat.ShareOptions{Level: t.level(e), Method: t.shareMethod(), Weight: make([]float64, len(parts))}
	y := make([]float64, len(parts))
	for i, p := range parts {
		y[i], o.Weight[i] = math.Min(p.hits/p.base, 1), p.weight
		if t.clustered {
			o.Cluster = append(o.Cluster, p.cluster)
		}
		if t.stratified {
			o.Stratum = append(o.Stratum, p.stratum)
		}
	}
	e.Method = KornGraub
	if o.Method == stat.LogitShare {
		e.Method = LogitShares
	}
	s, err := stat.WeightedShare(y, o)
	if err != nil {
		return
	}
	e.Value, e.Lo, e.Hi, e.SE = s.P, s.Lo, s.Hi, s.SE
	if t.Indicator.Weight != "" {
		e.NEff = s.NEff
	}
	if s.Deff > bigDesign {
		e.warn(designEffect)
	}
	if e.Units > 1 && math.IsNaN(s.SE) {
		e.warn(lonely)
	}
	t.together(e)
}

// shareMethod is the interval of weighted and clustered shares.
func (t *Table) shareMethod() stat.ShareMethod {
	if t.Indicator.Interval == string(stat.LogitShare) {
		return stat.LogitShare
	}
	return stat.KornGraubard
}

// level is the confidence level of a share: of bands that are compared with
// each other, one that holds for all of them at once (Bonferroni).
func (t *Table) level(e *Estimate) float64 {
	if t.ofBand(e) {
		return 1 - (1-level)/float64(len(t.Indicator.Bands))
	}
	return level
}

func (t *Table) ofBand(e *Estimate) bool {
	return t.Indicator.Together && e.Option >= len(t.Options)-len(t.Indicator.Bands)
}

// together says that the limits hold for all bands at once.
func (t *Table) together(e *Estimate) {
	if t.ofBand(e) {
		e.Method.Code += "-simultaneous"
		e.Method.Title += "（各档同时成立）"
		e.Method.Text += "各档的区间按档数收紧置信水平（Bonferroni），可以互相比较。"
	}
}
