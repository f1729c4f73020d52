package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/release"
)

// quantileStats are the table's quantiles that a strip shows: five, or three.
func quantileStats(t *release.Table) []string {
	have := t.Stats()
	for _, wanted := range [][]string{{"p10", "p25", "p50", "p75", "p90"}, {"p25", "p50", "p75"}} {
		if !slices.ContainsFunc(wanted, func(s string) bool { return !slices.Contains(have, s) }) {
			return wanted
		}
	}
	return nil
}

func (b *binder) quantiles() {
	b.spec.CategoryTitle, b.spec.Ordered = b.category(), b.rowsOrdered()
	for _, stat := range quantileStats(b.t) {
		s := chart.Series{Name: strings.ToUpper(stat)}
		for _, r := range b.t.Rows {
			v := b.value(r.Label(), find(r, stat, ""))
			v.Lo, v.Hi, v.LoText, v.HiText = math.NaN(), math.NaN(), "", "" // the strip's bands are the spread, not the error
			s.Values = append(s.Values, v)
		}
		b.spec.Series = append(b.spec.Series, s)
	}
}

// gauge is the indicator's bands with the share of contributors in each, and its median.
func (b *binder) gauge() {
	b.spec.CategoryTitle, b.spec.Ordered = "档位", true
	b.lines()
	shares := chart.Series{Name: "占比"}
	row := b.firstRow()
	for _, band := range b.t.Bands {
		v := b.value(band.Name, find(row, "share", band.Name))
		shares.Values = append(shares.Values, v)
	}
	if len(shares.Values) > 0 {
		b.spec.Series = []chart.Series{shares}
	}
	if m := find(row, "p50", ""); m != nil {
		if x, ok := m.Value(); ok {
			b.spec.References = append(b.spec.References, chart.Reference{Name: "中位数", V: x, Text: m.Text()})
		}
	}
}

// lines are the indicator's bands, as settings and without their shares.
func (b *binder) lines() {
	for _, band := range b.t.Bands {
		c := chart.Band{Name: band.Name, From: orOpen(band.From), To: orOpen(band.To), FromClosed: band.FromClosed, ToClosed: band.ToClosed, Gap: band.Gap}
		c.FromText, c.ToText = b.bound(band.From), b.bound(band.To)
		b.spec.Bands = append(b.spec.Bands, c)
	}
}

func orOpen(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// bound prints an edge of a band, which is a setting and no datum.
func (b *binder) bound(x *float64) string {
	if x == nil {
		return ""
	}
	if b.t.Percent {
		return strconv.FormatFloat(math.Round(*x*1e8)/1e6, 'f', -1, 64) + "%"
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}

// histogram is the share of each bin.
func (b *binder) histogram() {
	b.spec.CategoryTitle, b.spec.Ordered, b.spec.Percent = b.t.Title, true, true
	if b.t.Unit != "" && b.t.Unit != "%" {
		b.spec.CategoryTitle += "（" + b.t.Unit + "）"
	}
	b.spec.Unit = "%"
	b.spec.Series = []chart.Series{b.ofOptions(b.firstRow(), "占比")}
}

// pair is two answers, or two groups, against each other.
func (b *binder) pair() {
	b.options("grouped")
}

// curves are the released payback curves with their numbers at risk.
func (b *binder) curves() {
	b.spec.CategoryTitle, b.spec.Ordered, b.spec.Unit, b.spec.Percent = "时间", true, "%", true
	for _, r := range b.t.Rows {
		if r.Curve == nil || len(r.Curve.Points()) == 0 {
			continue
		}
		b.spec.Series = append(b.spec.Series, curveSeries(r))
		b.spec.AtRisk = append(b.spec.AtRisk, atRisk(r))
		for _, stat := range []string{"p50", "censored", "naive_mean", "restricted_mean"} {
			if c := find(r, stat, ""); c != nil {
				b.shown = append(b.shown, c)
			}
		}
	}
}

// told says that a cell has a number.
func told(c *release.Cell) bool {
	if c == nil {
		return false
	}
	_, ok := c.Value()
	return ok
}

// censoring says of each curve how many had not paid back, and what a mean of
// the others would have made of it.
func (b *binder) censoring() (out []string) {
	biased := false
	for _, r := range b.t.Rows {
		left, naive, whole := find(r, "censored", ""), find(r, "naive_mean", ""), find(r, "restricted_mean", "")
		if r.Curve == nil || left == nil || left.Suppressed() {
			continue
		}
		text := "未回本 " + left.Text()
		if len(b.t.By) > 0 {
			text = r.Label() + "：" + text
		}
		if told(naive) && told(whole) {
			text += "；只平均已回本的得 " + naive.Text() + "，把没回本的按已等的时间算进去，平均至少 " + whole.Text()
			biased = true
		}
		out = append(out, text+"。")
	}
	if biased {
		out = append(out, "只平均已回本的偏低：慢的项目多半还没回本，正好被漏掉；剔除的越多，这个数越好看，也越不真。")
	}
	return out
}

func curveSeries(r release.Row) chart.Series {
	s := chart.Series{Name: r.Label()}
	points := r.Curve.Points()
	unit := r.Curve.Unit()
	step := func(time float64, text string, p release.CurvePoint) chart.Value {
		return chart.Value{Key: text + unit, X: time, V: p.Share, Lo: p.Lo, Hi: p.Hi, Text: p.ShareText, LoText: p.LoText, HiText: p.HiText}
	}
	if points[0].Time > 0 {
		s.Values = append(s.Values, step(0, "0", release.CurvePoint{Lo: math.NaN(), Hi: math.NaN(), ShareText: "0%"}))
	}
	for _, p := range points {
		s.Values = append(s.Values, step(p.Time, p.TimeText, p))
	}
	last := points[len(points)-1]
	if end := r.Curve.Last(); end > last.Time {
		s.Values = append(s.Values, step(end, strconv.FormatFloat(end, 'f', -1, 64), last))
	}
	return s
}

// atRisk counts who is still under observation, about six times over the curve,
// as near to round times as may be told.
func atRisk(r release.Row) chart.AtRisk {
	every := 1.0
	for _, step := range []float64{2, 3, 6, 12, 24, 60, 120} {
		if r.Curve.Last()/every > 7 {
			every = step
		}
	}
	out, next := chart.AtRisk{Series: r.Label()}, 0.0
	for _, w := range r.Curve.AtRisk() {
		if w.Time >= next {
			next = every * (math.Floor(w.Time/every) + 1)
			out.At = append(out.At, chart.Risk{X: w.Time, Key: strconv.FormatFloat(w.Time, 'f', -1, 64) + r.Curve.Unit(), Text: thousands(w.N)})
		}
	}
	return out
}
