package diag

// Nearest gives the known name that a misspelt one most likely meant, or "".
// A name qualifies when its edit distance (insertions, deletions,
// substitutions, swaps of neighbours; over characters) is at most a third of
// the longer name's length, at least 1; ties go to the earlier of known.
func Nearest(name string, known []string) string {
	best, bestDistance := "", 1<<30
	a := []rune(name)
	for _, k := range known {
		b := []rune(k)
		limit := max(max(len(a), len(b))/3, 1)
		if len(a) > 200 || len(b) > 200 || k == name {
			continue
		}
		if d := distance(a, b); d <= limit && d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// DidYouMean is the hint for a misspelt name: empty when nothing is near.
func DidYouMean(name string, known []string) Text {
	if near := Nearest(name, known); near != "" {
		return T("是不是 %q？", "did you mean %q?", near)
	}
	return Text{}
}

// distance is the optimal string alignment distance.
func distance(a, b []rune) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
