package stat

// Rank is the place of a value among peers: the share of them below it, half of the equal ones included.
type Rank struct {
	N, Below, Equal int
	Rank            float64 // fraction of 1; NaN without peers
	Interval                // Wilson
}

// PercentileRank places a value among peers (NaN: missing); whoever the value belongs to must not be among them.
func PercentileRank(peers []float64, value, level float64) Rank {
	values := Sorted(peers)
	out := Rank{N: len(values)}
	for _, x := range values {
		out.Below += count(x < value)
		out.Equal += count(x == value)
	}
	x, n := float64(out.Below)+float64(out.Equal)/2, float64(out.N)
	out.Rank, out.Interval = ratioOf(x, n), Wilson(x, n, level)
	return out
}
