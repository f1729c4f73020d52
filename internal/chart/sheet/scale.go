package sheet

import (
	"math"
	"strconv"
	"strings"
)

// Scale maps values to positions on a line.
type Scale struct {
	Min, Max float64 // ends of the axis, in values
	From, To float64 // the same ends, in pixels
	Step     float64 // distance of ticks, in values; always 1, 2 or 5 times a power of ten
}

// At is the position of a value; outside values are drawn at the end of the axis.
func (s Scale) At(v float64) float64 {
	v = math.Min(math.Max(v, s.Min), s.Max)
	return s.From + (v-s.Min)/(s.Max-s.Min)*(s.To-s.From)
}

// Reach makes a scale with about ticks steps whose ends are ticks, wide enough for lo and hi. Values that are all the
// same still get an axis.
func Reach(lo, hi float64, ticks int) Scale {
	if !(hi > lo) {
		if lo == 0 {
			hi = 1
		} else {
			lo, hi = lo-math.Abs(lo)/2, hi+math.Abs(hi)/2
		}
	}
	step := goodStep((hi/2 - lo/2) / float64(max(ticks, 1)) * 2)
	return Scale{Min: math.Floor(lo/step+1e-9) * step, Max: math.Ceil(hi/step-1e-9) * step, Step: step}
}

// goodStep is the smallest of 1, 2, 5 × 10^k that is not below raw.
func goodStep(raw float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= raw*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// Over places the scale on pixels.
func (s Scale) Over(from, to float64) Scale {
	s.From, s.To = from, to
	return s
}

// Ticks are the multiples of the step from Min to Max.
func (s Scale) Ticks() []float64 {
	var out []float64
	first := math.Ceil(s.Min/s.Step - 1e-6)
	for i := 0.0; i <= 100; i++ { // the step is never so small that more are needed
		v := (first + i) * s.Step
		if v > s.Max+s.Step*1e-6 {
			break
		}
		if math.Abs(v) < s.Step/1e6 {
			v = 0
		}
		out = append(out, v)
	}
	return out
}

// Label prints a tick: with as many decimals as the step needs, thousands by comma, and as a percentage when asked.
func (s Scale) Label(v float64, percent bool) string {
	step, unit := s.Step, ""
	if percent {
		v, step, unit = v*100, step*100, "%"
	}
	decimals := 0
	for ; decimals < 9 && math.Abs(step-math.Round(step)) > 1e-6*step; decimals++ {
		step *= 10
	}
	if math.Abs(v) >= 1e15 {
		return strconv.FormatFloat(v, 'g', 4, 64) + unit
	}
	return thousands(strconv.FormatFloat(v, 'f', decimals, 64)) + unit
}

// thousands puts commas into a decimal number and a minus sign in place of a hyphen.
func thousands(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, fraction, dot := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		whole += "." + fraction
	}
	return sign + whole
}
