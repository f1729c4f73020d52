package chart

import (
	"regexp"
	"strconv"
	"time"
)

// quarterKey is a quarter as a category: 2025-Q1, 2025Q1.
var quarterKey = regexp.MustCompile(`^(\d{4})-?Q([1-4])$`)

// when reads a category as a point in time; the day decides only where it stands on the axis.
func when(key string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, key); err == nil {
			return t, true
		}
	}
	m := quarterKey.FindStringSubmatch(key)
	if m == nil {
		return time.Time{}, false
	}
	year, _ := strconv.Atoi(m[1])
	quarter, _ := strconv.Atoi(m[2])
	return time.Date(year, time.Month(quarter*3-2), 1, 0, 0, 0, 0, time.UTC), true
}

// placesOf spreads categories between two positions: by time when all are points in time that rise, else evenly.
func placesOf(keys []string, from, to float64) []float64 {
	out := make([]float64, len(keys))
	if len(keys) == 1 {
		out[0] = (from + to) / 2
		return out
	}
	times, ok := rising(keys)
	for i := range keys {
		share := float64(i) / float64(len(keys)-1)
		if ok {
			share = float64(times[i].Unix()-times[0].Unix()) / float64(times[len(times)-1].Unix()-times[0].Unix())
		}
		out[i] = from + share*(to-from)
	}
	return out
}

// rising reads all categories as times and reports whether they rise.
func rising(keys []string) ([]time.Time, bool) {
	times := make([]time.Time, len(keys))
	for i, key := range keys {
		t, ok := when(key)
		if !ok || i > 0 && !t.After(times[i-1]) {
			return nil, false
		}
		times[i] = t
	}
	return times, true
}
