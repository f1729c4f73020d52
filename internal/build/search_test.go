package build

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"benchbook/internal/browsertest"
	"benchbook/internal/hanzi"
)

// found is the search index of a site, read back from its files.
type found struct {
	pages []struct{ T, U, X string }
	has   map[string][]bool // gram → pages
}

func readSearch(t *testing.T, m made) found {
	t.Helper()
	f := found{has: map[string][]bool{}}
	for name := textsFile(0); m.files[name] != nil; name = textsFile(len(f.pages)) {
		var part []struct{ T, U, X string }
		readCall(t, m, strings.TrimSuffix(strings.TrimPrefix(name, "search/"), ".js"), &part)
		f.pages = append(f.pages, part...)
	}
	for i := 0; m.files[fmt.Sprintf("search/grams/%d.js", i)] != nil; i++ {
		part := map[string]string{}
		readCall(t, m, fmt.Sprintf("grams/%d", i), &part)
		for gram, code := range part {
			body, _, _ := strings.Cut(code, "|")
			f.has[gram] = readPages(body, len(f.pages))
		}
	}
	return f
}

// textsFile is the file of the texts that begin with a page.
func textsFile(page int) string { return fmt.Sprintf("search/texts/%d.js", page) }

// readCall reads what a file of the index hands to the search page.
func readCall(t *testing.T, m made, name string, into any) {
	t.Helper()
	call := string(m.files["search/"+name+".js"])
	data, ok := strings.CutPrefix(strings.TrimSuffix(call, ");\n"), fmt.Sprintf("benchbookSearch(%q,", name))
	if err := json.Unmarshal([]byte(data), into); err != nil || !ok {
		t.Fatalf("search/%s.js: %v", name, err)
	}
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// readPages reads page numbers: gaps in base 32 with the lowest digit first, or one bit a page after "!".
func readPages(code string, pages int) []bool {
	on := make([]bool, pages)
	if bits, dense := strings.CutPrefix(code, "!"); dense {
		for p := range on {
			on[p] = strings.IndexByte(digits, bits[p/6])>>(p%6)&1 == 1
		}
		return on
	}
	page, gap, shift := 0, 0, 0
	for _, c := range []byte(code) {
		d := strings.IndexByte(digits, c)
		gap, shift = gap|d&31<<shift, shift+5
		if d < 32 {
			page, gap, shift = page+gap, 0, 0
			on[page] = true
		}
	}
	return on
}

// TestEveryPieceIsFound takes every piece of 1 to 8 characters out of every page
// of the sample white paper: the index has it for that page.
func TestEveryPieceIsFound(t *testing.T) {
	m, _ := makeOnce(t, sample)
	index := readSearch(t, m)
	checked := 0
	for page, p := range index.pages {
		missing := map[string]bool{}
		text := []rune(p.T + "\n" + p.X)
		for from := range text {
			for to := from + 1; to <= min(len(text), from+8); to++ {
				checked++
				for word := range strings.FieldsSeq(string(text[from:to])) {
					hanzi.Grams(utf16.Encode([]rune(hanzi.Searchable(word))), func(rune) bool { return true }, func(g hanzi.Gram) {
						if on := index.has[g.String()]; on == nil || !on[page] {
							missing[g.String()] = true
						}
					})
				}
			}
		}
		if len(missing) > 0 {
			t.Errorf("%s: %d grams are not in the index", p.U, len(missing))
		}
	}
	t.Logf("%d pieces of %d pages", checked, len(index.pages))
}

// TestSearchFromDisk asks the search page of the sample white paper, opened from
// disk, for pieces of its pages, and holds the answers against the pages' texts.
func TestSearchFromDisk(t *testing.T) {
	p := browsertest.Start(t).Page(t)
	m, _ := makeOnce(t, sample)
	dir := t.TempDir()
	for name, data := range m.files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	index := readSearch(t, m)
	r := rand.New(rand.NewPCG(1, 2))
	queries := []string{"私域", "導流率", "企業微信", "ＳＯＰ", "回本 周期", "99.9％的人"}
	for len(queries) < 150 {
		page := index.pages[r.IntN(len(index.pages))]
		text := []rune(page.X)
		from := r.IntN(len(text))
		if q := strings.TrimSpace(string(text[from:min(len(text), from+1+r.IntN(8))])); q != "" {
			queries = append(queries, q)
		}
	}
	asked, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	p.Open("file://" + filepath.ToSlash(dir) + "/search.html")
	answers := browsertest.Eval[[][]string](p, `(async () => { const out = []; for (const q of `+string(asked)+`) out.push(await benchbookSearch.find(q, 1e9)); return out; })()`)
	for i, q := range queries {
		var want []string
		for _, page := range index.pages {
			if hasWords(page.T, page.X, q) {
				want = append(want, page.U)
			}
		}
		slices.Sort(want)
		slices.Sort(answers[i])
		if !slices.Equal(answers[i], want) {
			t.Errorf("%q: %d pages, wants %d", q, len(answers[i]), len(want))
		}
	}
	if troubles := p.Troubles(); len(troubles) > 0 {
		t.Errorf("%q", troubles)
	}
}

// hasWords looks for every word of a query in a title or text.
func hasWords(title, text, query string) bool {
	for word := range strings.FieldsSeq(query) {
		w := hanzi.Searchable(word)
		if !strings.Contains(hanzi.Searchable(title), w) && !strings.Contains(hanzi.Searchable(text), w) {
			return false
		}
	}
	return true
}
