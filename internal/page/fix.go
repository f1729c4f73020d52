package page

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Fix replaces the bytes from Start to End of a file with the number that the data give.
type Fix struct {
	File       string
	Start, End int
	Text       string
}

// fixes collects the numbers to be mended, from pages made in parallel.
type fixes struct {
	mu   sync.Mutex
	list []Fix
}

func (f *fixes) add(fix Fix) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, fix)
}

// sorted gives each fix once, by file and place: a number may stand on several pages.
func (f *fixes) sorted() []Fix {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := slices.Clone(f.list)
	slices.SortFunc(out, func(a, b Fix) int { return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Start, b.Start)) })
	return slices.CompactFunc(out, func(a, b Fix) bool { return a.File == b.File && a.Start == b.Start })
}
