package hanzi

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/taiwan.txt
var taiwanText string

//go:embed data/trade.txt
var tradeText string

// Taiwan turns simplified Chinese into traditional Chinese as Taiwan writes it,
// by phrases (头发 → 頭髮, 软件 → 軟體). The words of the trade keep their own
// letters (视频号 → 視頻號, not the film 影片 of everyday words): a benchmark is
// lost on readers who cannot find its terms in the tools they use. It may be used
// by many goroutines at once.
type Taiwan struct{ terms step }

// NewTaiwan takes more terms: simplified word → how it is written, "" for its own letters.
func NewTaiwan(terms map[string]string) *Taiwan {
	t := &Taiwan{newStep()}
	for line := range strings.Lines(tradeText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			from, to, _ := strings.Cut(line, "\t")
			t.terms.add(from, to)
		}
	}
	for from, to := range terms {
		if from != "" {
			t.terms.add(from, to)
		}
	}
	return t
}

// Convert converts a text. What is no Chinese character stays as it is.
func (t *Taiwan) Convert(text string) string {
	if !strings.ContainsFunc(text, IsHan) {
		return text
	}
	var out []byte
	rest := text
	for i := 0; i < len(rest); {
		to, n, ok := t.terms.longest(rest[i:])
		if !ok {
			_, size := utf8.DecodeRuneInString(rest[i:])
			i += size
			continue
		}
		if to == "" {
			to = letters(rest[i : i+n])
		}
		out = append(append(out, words(rest[:i])...), to...)
		rest, i = rest[i+n:], 0
	}
	return string(append(out, words(rest)...))
}

// words converts running text: letters by phrase, then the words of Taiwan.
func words(s string) string {
	d := dictionaries()
	return d.words.convert(d.traditional.convert(s))
}

// letters converts a term: letters by phrase, then the forms of Taiwan.
func letters(s string) string {
	d := dictionaries()
	return d.forms.convert(d.traditional.convert(s))
}

type tables struct{ traditional, words, forms step }

// dictionaries reads the embedded tables on first use.
var dictionaries = sync.OnceValue(func() tables {
	d := tables{newStep(), newStep(), newStep()}
	into := &d.traditional
	for line := range strings.Lines(taiwanText) {
		from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "\n":
			into = &d.words
		case ok:
			into.add(from, to)
			if into == &d.words && utf8.RuneCountInString(from) == 1 {
				d.forms.add(from, to)
			}
		}
	}
	return d
})

// step is one dictionary, of which the longest entry counts at each place.
type step struct {
	entries map[string]string
	lengths map[rune]uint64 // first character → which lengths there are, in characters, one bit each
}

func newStep() step { return step{map[string]string{}, map[rune]uint64{}} }

// longestEntry bounds entries to what lengths can hold.
const longestEntry = 63

func (s step) add(from, to string) {
	first, _ := utf8.DecodeRuneInString(from)
	if n := utf8.RuneCountInString(from); n <= longestEntry {
		s.entries[from] = to
		s.lengths[first] |= 1 << n
	}
}

// longest finds the longest entry that text begins with, and its size in bytes.
func (s step) longest(text string) (to string, size int, ok bool) {
	first, end := utf8.DecodeRuneInString(text)
	for lengths := s.lengths[first] >> 1; lengths != 0; lengths >>= 1 {
		if lengths&1 == 1 {
			if found, has := s.entries[text[:end]]; has {
				to, size, ok = found, end, true
			}
		}
		if end == len(text) {
			break
		}
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
	}
	return to, size, ok
}

func (s step) convert(text string) string {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		to, n, ok := s.longest(text)
		if !ok {
			_, n = utf8.DecodeRuneInString(text)
			to = text[:n]
		}
		out = append(out, to...)
		text = text[n:]
	}
	return string(out)
}
