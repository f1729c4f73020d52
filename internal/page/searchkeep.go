package page

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"benchbook/internal/hanzi"
)

// SearchState is what one edition's index leaves for the next build, beside its
// grams: enough to change only the files that a changed page moves.
type SearchState struct {
	Paths  [sha256.Size]byte // of the numbered pages, in order
	Blocks []SearchBlock
	Shards [][sha256.Size]byte // of the files of grams
}

// SearchBlock is the files of texts of one block.
type SearchBlock struct {
	Firsts []int32
	Sums   [][sha256.Size]byte
}

// state is what to keep of a finished index.
func (s *searcher) state() SearchState {
	out := SearchState{Paths: s.paths, Shards: s.shards}
	for i := range s.blocks {
		out.Blocks = append(out.Blocks, SearchBlock{s.blocks[i].firsts, s.blocks[i].sums})
	}
	return out
}

// resume prepares to change the index of the build before. It refuses one of
// other pages, whose numbers are others; then all of it is made again.
func (s *searcher) resume(before SearchState, grams func() []byte) {
	if before.Paths == s.paths && len(before.Blocks) == len(s.blocks) {
		s.before, s.oldGrams = &before, grams
	}
}

// keep notes that the page i is as it was.
func (s *searcher) keep(i int, p Page) []File {
	n := s.numbers[i]
	if n < 0 {
		return nil
	}
	if s.before == nil {
		return s.enter(n, newEntry(p, string(s.old(s.folder+p.Path))))
	}
	b := &s.blocks[n/blockPages]
	b.kept.Add(1)
	return s.finish(b, n)
}

// finish gives the files of a block when its last page has come.
func (s *searcher) finish(b *block, n int32) (files []File) {
	if b.left.Add(-1) > 0 {
		return nil
	}
	first := n - n%blockPages
	if size := min(blockPages, int32(len(s.pages))-first); b.kept.Load() == size {
		was := s.before.Blocks[first/blockPages]
		b.firsts, b.sums = was.Firsts, was.Sums
		for _, f := range b.firsts {
			files = append(files, File{Path: s.scriptPath(textsName(f)), Kept: true})
		}
		return files
	}
	for i := first; i < min(first+blockPages, int32(len(s.pages))); i++ {
		if b.entries[i-first] == nil {
			b.entries[i-first] = newEntry(s.pages[i], string(s.old(s.folder+s.pages[i].Path)))
		}
	}
	return s.texts(b, first)
}

// patch changes the grams of the build before where pages changed.
type patch struct {
	*searcher
	g     *grams
	many  int32
	was   map[hanzi.Gram]int32 // on how many pages a gram stood before, where that changed
	dirty map[hanzi.Gram]bool
}

// patched gives the grams of this build, and which of them changed. A pair that
// has become frequent, or no longer is, changes the threes of all its pages.
func (s *searcher) patched() (grams, map[hanzi.Gram]bool, bool) {
	g, ok := decodeGrams(s.oldGrams())
	if !ok {
		return g, nil, false
	}
	p := &patch{s, &g, frequent(len(s.pages)), map[hanzi.Gram]int32{}, map[hanzi.Gram]bool{}}
	old, now := map[int32]folded{}, map[int32]folded{}
	for n := range s.folded {
		if s.folded[n].title != nil {
			page := int32(n)
			before := newEntry(s.pages[n], string(s.old(s.folder+s.pages[n].Path)))
			old[page], now[page] = folded{fold(before.title), fold(before.text)}, s.folded[n]
			p.exchange(page, old[page], now[page], plainGrams, plainGrams)
		}
	}
	for page := range p.turned() {
		if _, changed := now[page]; !changed {
			e := newEntry(s.pages[page], string(s.old(s.folder+s.pages[page].Path)))
			now[page] = folded{fold(e.title), fold(e.text)}
			old[page] = now[page]
		}
	}
	for page, text := range now {
		p.exchange(page, old[page], text, threesWhere(p.oldFrequent), threesWhere(p.frequent))
	}
	return g, p.dirty, true
}

type cutter func(text []uint16, each func(hanzi.Gram))

func everyRune(rune) bool { return true }

func plainGrams(text []uint16, each func(hanzi.Gram)) { hanzi.Grams(text, everyRune, each) }

func threesWhere(frequent func(a, b rune) bool) cutter {
	return func(text []uint16, each func(hanzi.Gram)) { hanzi.Threes(text, frequent, everyRune, each) }
}

func (p *patch) frequent(a, b rune) bool { return p.g.pages(hanzi.Pair(a, b)) >= p.many }

func (p *patch) oldFrequent(a, b rune) bool {
	if n, changed := p.was[hanzi.Pair(a, b)]; changed {
		return n >= p.many
	}
	return p.frequent(a, b)
}

// turned are the pages of the pairs whose frequency turned.
func (p *patch) turned() map[int32]bool {
	pages := map[int32]bool{}
	for gram, n := range p.was {
		if gram.IsPair() && (n >= p.many) != (p.g.pages(gram) >= p.many) {
			for _, page := range p.g.list(gram).numbers() {
				pages[page] = true
			}
		}
	}
	return pages
}

// exchange takes the grams of a page's old text away and gives it those of the new.
func (p *patch) exchange(page int32, old, now folded, oldCut, nowCut cutter) {
	for _, part := range []struct {
		old, now [][]uint16
		list     func(hanzi.Gram) *postings
	}{
		{[][]uint16{old.title, old.text}, [][]uint16{now.title, now.text}, p.g.list},
		{[][]uint16{old.title}, [][]uint16{now.title}, p.g.titleList},
	} {
		had, has := gramSet(part.old, oldCut), gramSet(part.now, nowCut)
		for gram := range had {
			if !has[gram] {
				p.change(gram, part.list(gram), page, false)
			}
		}
		for gram := range has {
			if !had[gram] {
				p.change(gram, part.list(gram), page, true)
			}
		}
	}
}

func gramSet(texts [][]uint16, cut cutter) map[hanzi.Gram]bool {
	set := map[hanzi.Gram]bool{}
	for _, text := range texts {
		cut(text, func(gram hanzi.Gram) { set[gram] = true })
	}
	return set
}

func (p *patch) change(gram hanzi.Gram, l *postings, page int32, on bool) {
	if _, known := p.was[gram]; !known {
		p.was[gram] = p.g.pages(gram)
	}
	p.dirty[gram] = true
	numbers := l.numbers()
	i, there := slices.BinarySearch(numbers, page)
	switch {
	case on && !there:
		numbers = slices.Insert(numbers, i, page)
	case !on && there:
		numbers = slices.Delete(numbers, i, i+1)
	}
	*l = postings{}
	for _, n := range numbers {
		l.add(n)
	}
}

// numbers are the pages of a list.
func (l *postings) numbers() []int32 {
	if l.pages == 0 {
		return nil
	}
	out := append(make([]int32, 0, l.pages), l.first)
	page, gap, shift := l.first, int32(0), 0
	for _, c := range l.code {
		d := int32(digitOf[c])
		gap |= d & 31 << shift
		shift += 5
		if d < 32 {
			page += gap
			out = append(out, page)
			gap, shift = 0, 0
		}
	}
	return out
}

// encodeGrams stores all lists that are not empty.
func encodeGrams(parts []grams) []byte {
	n, size := 0, 0
	for _, g := range parts {
		for i := range g.lists {
			n++
			size += len(g.lists[i].code) + 16
		}
	}
	out := binary.AppendUvarint(make([]byte, 0, size+size/8), uint64(n))
	for _, g := range parts {
		for _, s := range g.slots {
			if s.gram == 0 || g.lists[s.list].pages == 0 {
				continue
			}
			out = appendList(binary.AppendUvarint(out, uint64(s.gram)), &g.lists[s.list])
			title := g.titles[s.gram]
			if title == nil {
				title = &postings{}
			}
			out = appendList(out, title)
		}
	}
	return out
}

func appendList(out []byte, l *postings) []byte {
	out = binary.AppendUvarint(out, uint64(l.pages))
	if l.pages > 0 {
		out = binary.AppendUvarint(out, uint64(l.first))
	}
	if l.pages > 1 {
		out = binary.AppendUvarint(out, uint64(l.last))
		out = append(binary.AppendUvarint(out, uint64(len(l.code))), l.code...)
	}
	return out
}

// decodeGrams reads what encodeGrams stored; not ok where it did not.
func decodeGrams(src []byte) (g grams, ok bool) {
	defer func() {
		if recover() != nil { // the data end too early
			g, ok = newGrams(), false
		}
	}()
	g = newGrams()
	n, size := binary.Uvarint(src)
	if size <= 0 || n > uint64(len(src)) {
		return g, false
	}
	src = src[size:]
	slots := 1 << 10
	for 2*slots < 3*int(n) {
		slots *= 2
	}
	g.slots, g.lists = make([]slot, slots), make([]postings, 0, n+64)
	for len(src) > 0 {
		gram, size := binary.Uvarint(src)
		var l, title postings
		l, src = readList(src[size:])
		title, src = readList(src)
		*g.find(hanzi.Gram(gram)) = slot{hanzi.Gram(gram), int32(len(g.lists))}
		g.lists = append(g.lists, l)
		if title.pages > 0 {
			g.titles[hanzi.Gram(gram)] = &title
		}
	}
	return g, true
}

// readList reads one list; its code stays where it is until it is changed.
func readList(src []byte) (l postings, rest []byte) {
	next := func() int32 {
		x, size := binary.Uvarint(src)
		src = src[size:]
		return int32(x)
	}
	if l.pages = next(); l.pages > 0 {
		l.first = next()
		l.last = l.first
	}
	if l.pages > 1 {
		l.last = next()
		size := next()
		l.code, src = src[:size:size], src[size:]
	}
	return l, src
}
