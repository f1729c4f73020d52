package stat

import (
	le "encoding/binary"
	"math"
	"testing"
)

// floats reads numbers out of bytes: small whole ones, quarters, and any bit pattern that is finite.
func floats(data []byte) (out []float64) {
	for len(data) >= 3 {
		kind, v := data[0]%4, float64(int16(le.LittleEndian.Uint16(data[1:3])))
		data = data[3:]
		switch {
		case kind == 0:
			v = math.Abs(v)
		case kind == 1:
			v /= 4
		case kind == 2 && len(data) >= 8:
			if x := math.Float64frombits(le.LittleEndian.Uint64(data)); !math.IsNaN(x) && math.Abs(x) < 1e150 {
				v = x
			}
			data = data[8:]
		}
		out = append(out, v)
	}
	return out
}

func seeds(f *testing.F) {
	for _, s := range []string{"", "\x00\x01\x00", "\x00\x01\x00\x01\x05\x00\x00\x01\x00\x02\x09\x00\x00\x00\x00\x00\x00\x00\xf0\x3f\x03\xff\xff", "\x00\x02\x00\x00\x02\x00\x00\x07\x00\x01\x09\x01"} {
		f.Add([]byte(s), uint16(500), uint8(95))
	}
}

// Quantiles of every type rise with the probability and stay among the values; intervals hold them.
func FuzzQuantiles(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, share uint16, percent uint8) {
		x := Sorted(floats(data))
		p, level := float64(share%1001)/1000, float64(percent%99+1)/100
		if len(x) == 0 {
			return
		}
		w := make([]float64, len(x))
		for i := range w {
			w[i] = math.Abs(math.Mod(x[len(x)-1-i], 7)) + 0.25
		}
		weighted, err := NewWeighted(x, w)
		if err != nil {
			t.Fatal(err)
		}
		for kind, at := range map[string]func(p float64) float64{
			"1": func(p float64) float64 { return QuantileOfType(x, p, 1) }, "2": func(p float64) float64 { return QuantileOfType(x, p, 2) },
			"5": func(p float64) float64 { return QuantileOfType(x, p, 5) }, "6": func(p float64) float64 { return QuantileOfType(x, p, 6) },
			"7": func(p float64) float64 { return Quantile(x, p) }, "8": func(p float64) float64 { return QuantileOfType(x, p, 8) },
			"school": func(p float64) float64 { return weighted.Quantile(p, School) }, "math": func(p float64) float64 { return weighted.Quantile(p, Math) },
		} {
			here, next := at(p), at(math.Min(1, p+0.01))
			if !(here <= next) || here < x[0] || here > x[len(x)-1] {
				t.Errorf("%s: %v at %v, then %v, of %v … %v", kind, here, p, next, x[0], x[len(x)-1])
			}
		}
		if q := QuantileCI(x, p, level); q.Lo > q.Hi || q.Coverage < level-1e-9 || level >= 0.9 && (q.Lo > q.Q || q.Hi < q.Q) {
			t.Errorf("interval %+v of level %v", q, level)
		}
		if q := weighted.CI(p, level); q.Lo > q.Hi {
			t.Errorf("weighted interval %+v", q)
		}
	})
}

// Shares lie within their intervals whatever the weights, and scaling these changes nothing.
func FuzzWeightedShares(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, scale uint16, percent uint8) {
		w := floats(data)
		y, scaledW := make([]float64, len(w)), make([]float64, len(w))
		for i := range w {
			w[i] = math.Abs(w[i])
			y[i], scaledW[i] = float64(count(i%3 == 0)), w[i]*math.Ldexp(1, int(scale%64))
		}
		o := ShareOptions{Weight: w, Level: float64(percent%99+1) / 100}
		s, err := WeightedShare(y, o)
		o.Weight = scaledW
		again, err2 := WeightedShare(y, o)
		if err != err2 {
			t.Fatalf("%v, scaled %v", err, err2)
		}
		if err != nil || s.N == 0 {
			return
		}
		if s.Lo > s.P+1e-12 || s.Hi < s.P-1e-12 || s.P < 0 || s.P > 1 || s.NEff > float64(s.N)*(1+1e-12) {
			t.Errorf("%+v", s)
		}
		if s.P != again.P || s.Interval != again.Interval && !math.IsNaN(s.Lo) {
			t.Errorf("scaled weights: %+v and %+v", s, again)
		}
	})
}

// Every rate is in exactly one band of a partition, and shares of bands add up.
func FuzzBands(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, edge uint16, _ uint8) {
		v := floats(data)
		half := len(v) / 2
		num, den := v[:half], v[half:2*half]
		a, b := float64(edge%500)/1000, float64(edge%500)/1000+0.1
		nan := math.NaN()
		table, err := Bands(num, den, []Band{{"low", nan, a, false, false}, {"mid", a, b, true, true}, {"high", b, nan, false, false}}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		n, sum := 0, 0.0
		for _, band := range table.Bands {
			n += band.N
			sum += band.Share
		}
		if n != table.N || table.N+table.Excluded != half || table.N > 0 && math.Abs(sum-1) > 1e-12 {
			t.Errorf("%+v", table)
		}
	})
}

// Forecasts are refused or exact: months add up to the total, floors are not above targets rounded up.
func FuzzForecast(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, rate uint16, floor uint8) {
		var months []Plan
		for i, v := range floats(data) {
			months = append(months, Plan{Committed: v, Rate: int64(rate), Actual: math.Floor(math.Abs(v) * float64(i%3) / 2), Achieved: v / 7})
		}
		out, err := Forecasted(months, int64(floor))
		if _, _, err2 := AdjustMonthly(months, int64(floor)); err2 != err {
			t.Fatalf("%v and %v", err, err2)
		}
		if err != nil {
			return
		}
		sum := int64(0)
		for i, v := range out.TargetInt {
			sum += v
			if math.Abs(float64(v)-out.Target[i]) > 1 || floor <= 100 && float64(out.FloorInt[i]) >= out.Target[i]+1 {
				t.Errorf("month %d: %v of %v, floor %v", i, v, out.Target[i], out.FloorInt[i])
			}
		}
		if sum != out.TargetTotalInt {
			t.Errorf("months add up to %d, total %d", sum, out.TargetTotalInt)
		}
	})
}
