package page

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"benchbook/internal/hanzi"
)

// gramShard is the least size in bytes for which a file of grams is planned; with
// the size of the index the files grow too, so that there are not too many.
const gramShard = 5 << 10

// digits are those of base 64, of which both encodings of page numbers are made.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// gaps writes rising numbers as distances (the first from 0), each in base 32
// with the lowest digit first; a digit that has another after it is 32 higher.
func gaps(numbers []int32) []byte {
	var out []byte
	last := int32(0)
	for _, n := range numbers {
		out = appendGap(out, n-last)
		last = n
	}
	return out
}

func appendGap(out []byte, d int32) []byte {
	for ; d >= 32; d >>= 5 {
		out = append(out, digits[d&31|32])
	}
	return append(out, digits[d])
}

// postings are the pages of one gram, as gaps.
type postings struct {
	code []byte
	last int32
	any  bool
}

func (l *postings) add(page int32) {
	if l.any && l.last == page {
		return
	}
	l.code = appendGap(l.code, page-l.last)
	l.last, l.any = page, true
}

// shortest is the list as gaps, or as one bit a page after "!" where that is shorter.
func (l *postings) shortest(pages int) string {
	size := (pages + 5) / 6
	if len(l.code) <= size+1 {
		return string(l.code)
	}
	bits := make([]byte, size)
	page, shift, gap := 0, 0, 0
	for _, c := range l.code {
		d := slices.Index([]byte(digits), c)
		gap |= d & 31 << shift
		shift += 5
		if d < 32 {
			page += gap
			bits[page/6] |= 1 << (page % 6)
			shift, gap = 0, 0
		}
	}
	for i, b := range bits {
		bits[i] = digits[b]
	}
	return "!" + string(bits)
}

// grams is the index of one part of all grams: where each occurs, and where in a title.
type grams struct {
	at     map[hanzi.Gram]int32 // into lists
	lists  []postings
	titles map[hanzi.Gram]*postings
}

// cutGrams cuts all texts into grams, on all cores: each takes the grams of its own part.
func cutGrams(entries []*entry) []grams {
	parts := make([]grams, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i := range parts {
		group.Go(func() {
			g := grams{at: map[hanzi.Gram]int32{}, titles: map[hanzi.Gram]*postings{}}
			mine := func(each func(hanzi.Gram)) func(hanzi.Gram) {
				return func(gram hanzi.Gram) {
					if int(uint64(gram)*0x9e3779b97f4a7c15>>40)%len(parts) == i {
						each(gram)
					}
				}
			}
			for page, e := range entries {
				add := mine(func(gram hanzi.Gram) { g.add(gram, int32(page)) })
				hanzi.Grams(e.folded[0], add)
				hanzi.Grams(e.folded[1], add)
				hanzi.Grams(e.folded[0], mine(func(gram hanzi.Gram) { g.addTitle(gram, int32(page)) }))
			}
			parts[i] = g
		})
	}
	group.Wait()
	return parts
}

func (g *grams) add(gram hanzi.Gram, page int32) {
	i, ok := g.at[gram]
	if !ok {
		i = int32(len(g.lists))
		g.at[gram] = i
		g.lists = append(g.lists, postings{})
	}
	g.lists[i].add(page)
}

func (g *grams) addTitle(gram hanzi.Gram, page int32) {
	if g.titles[gram] == nil {
		g.titles[gram] = &postings{}
	}
	g.titles[gram].add(page)
}

// gramFiles spreads the grams over files. A value is the pages that have the
// gram and, after "|", those that have it in their title. Which core cut a gram
// makes no difference to the bytes.
func gramFiles(parts []grams, pages int) []File {
	size := 0
	for _, g := range parts {
		for _, l := range g.lists {
			size += min(len(l.code), pages/6+2) + 11
		}
	}
	shards := make([]map[string]string, size/(gramShard+size/2500)+1)
	for i := range shards {
		shards[i] = map[string]string{}
	}
	for _, g := range parts {
		for gram, i := range g.at {
			code := g.lists[i].shortest(pages)
			if t := g.titles[gram]; t != nil {
				code += "|" + t.shortest(pages)
			}
			shards[gram.Hash()%uint32(len(shards))][gram.String()] = code
		}
	}
	files := make([]File, len(shards))
	for i, shard := range shards {
		files[i] = script(fmt.Sprintf("grams/%d", i), shard)
	}
	return files
}
