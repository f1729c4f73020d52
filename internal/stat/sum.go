package stat

import (
	"math"
	"slices"
)

// total is a running sum with Neumaier's compensation: its error doesn't grow with the number of terms, so weighted sums
// of large surveys keep the digits that the intervals need.
type total struct{ s, c float64 }

func (t *total) add(v float64) {
	s := t.s + v
	if math.Abs(t.s) >= math.Abs(v) {
		t.c += (t.s - s) + v
	} else {
		t.c += (v - s) + t.s
	}
	t.s = s
}

func (t *total) value() float64 {
	if math.IsInf(t.s, 0) || math.IsNaN(t.s) {
		return t.s
	}
	return t.s + t.c
}

// sum adds f(0) … f(n-1).
func sum(n int, f func(i int) float64) float64 {
	var t total
	for i := range n {
		t.add(f(i))
	}
	return t.value()
}

func sumOf(v []float64) float64 { return sum(len(v), func(i int) float64 { return v[i] }) }

// dot is Σ a·b. The product is rounded on its own, so that platforms with fused multiply-add give the same bits.
func dot(a, b []float64) float64 {
	return sum(len(a), func(i int) float64 { return float64(a[i] * b[i]) })
}

// spread is Σ (v - mean v)².
func spread(v []float64) float64 {
	m := sumOf(v) / float64(len(v))
	return sum(len(v), func(i int) float64 { return float64((v[i] - m) * (v[i] - m)) })
}

// Sorted returns the values that aren't missing, ascending.
func Sorted(x []float64) []float64 {
	out := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

// gather picks the elements at the given positions; nil stays nil.
func gather[T any](v []T, at []int) []T {
	if v == nil {
		return nil
	}
	out := make([]T, len(at))
	for i, k := range at {
		out[i] = v[k]
	}
	return out
}
