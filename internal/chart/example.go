package chart

import (
	"math"
	"strconv"
)

// The helpers below write the values of examples with the texts that a release would hand over with them.

func itoa(n int) string { return strconv.Itoa(n) }

// whole prints a fraction as a whole percentage.
func whole(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v*100, 'f', 0, 64) + "%"
}

// point is a share without an interval.
func point(key string, v float64) Value {
	return Value{Key: key, V: v, Lo: math.NaN(), Hi: math.NaN(), Text: whole(v)}
}

// points are shares without intervals, one a key.
func points(keys []string, shares ...float64) []Value {
	out := make([]Value, len(keys))
	for i, k := range keys {
		out[i] = point(k, shares[i])
	}
	return out
}

// amounts are numbers printed with one decimal.
func amounts(keys []string, numbers ...float64) []Value {
	out := points(keys, numbers...)
	for i, v := range numbers {
		out[i].Text = strconv.FormatFloat(v, 'f', 1, 64)
	}
	return out
}

// share is a share with its interval and base.
func share(key string, v, lo, hi float64, n int) Value {
	return Value{Key: key, V: v, Lo: lo, Hi: hi, Text: whole(v), LoText: whole(lo), HiText: whole(hi), N: n, NText: itoa(n)}
}

// hollow marks a value from few answers.
func hollow(v Value) Value {
	v.State = Hollow
	return v
}

// suppressed is a value below the least base.
func suppressed(key string, least int) Value {
	return Value{Key: key, V: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), State: Suppressed, Note: "样本不足(n<" + itoa(least) + ")"}
}
