package page

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
	"benchbook/internal/hanzi"
)

// searchPage is the least page that search.js needs, under the policy of the real one.
const searchPage = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src data:">
<form class="find"><input id="q"></form><p id="found"></p><ol id="results"></ol><button id="more-results" hidden></button><div id="all-pages"></div>
<script src="search.js" data-root="" data-index="search/index.js"></script>`

// serve offers a search page and an index from memory.
func serve(t *testing.T, files []File) string {
	t.Helper()
	program, err := os.ReadFile(filepath.Join("..", "..", "templates", "assets", "search.js"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"/search.html": []byte(searchPage), "/search.js": program}
	for _, f := range files {
		all["/"+f.Path] = f.Bytes
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind := "text/javascript"
		if strings.HasSuffix(r.URL.Path, ".html") {
			kind = "text/html"
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(all[r.URL.Path])
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// holds tells which pages have every word of a query, looked up in the texts themselves.
func holds(entries []*entry, query string) []string {
	var found []string
	for _, e := range entries {
		if !slices.ContainsFunc(strings.Fields(query), func(word string) bool {
			w := hanzi.Searchable(word)
			return !strings.Contains(hanzi.Searchable(e.title), w) && !strings.Contains(hanzi.Searchable(e.text), w)
		}) {
			found = append(found, e.path)
		}
	}
	slices.Sort(found)
	return found
}

// substring is a random piece of 1 to 8 characters of a page's text.
func substring(r *rand.Rand, e *entry) string {
	text := []rune(e.text)
	for {
		n := 1 + r.IntN(8)
		from := r.IntN(len(text) - n)
		if s := strings.TrimSpace(string(text[from : from+n])); s != "" {
			return s
		}
	}
}

func entriesOf(pages []Page, made [][]byte) []*entry {
	entries := make([]*entry, len(pages))
	for i, p := range pages {
		entries[i] = newEntry(p, string(made[i]))
	}
	return entries
}

// TestSearchFindsAllAndNothingElse asks the real script for pieces of the texts
// of 1,000 pages, and holds its answers against the texts themselves.
func TestSearchFindsAllAndNothingElse(t *testing.T) {
	p := browsertest.Start(t).Page(t)
	pages, made := corpus(1000)
	entries := entriesOf(pages, made)
	address := serve(t, SearchFiles("", pages, func(i int) []byte { return made[i] }))
	r := rand.New(rand.NewPCG(1, 2))
	queries := []string{"企業微信", "ＳＣＲＭ", "導流率中位數", "Customer  JOURNEY", "團隊 回本", "59.5%", "p50 私域", "r j", "没有这样的话", "_", "constructor", "a\u00adb"}
	for i := 0; len(queries) < 160; i++ {
		queries = append(queries, substring(r, entries[i*37%len(entries)]))
	}
	p.Open(address + "/search.html")
	p.Reset()
	var answers [][]string
	for part := range slices.Chunk(queries, 50) {
		asked, _ := json.Marshal(part)
		answers = append(answers, browsertest.Eval[[][]string](p, `(async () => {
			const out = []; for (const q of `+string(asked)+`) out.push((await benchbookSearch.find(q, 1e9)).sort()); return out; })()`)...)
	}
	for i, q := range queries {
		slices.Sort(answers[i])
		if want := holds(entries, q); !slices.Equal(answers[i], want) {
			t.Errorf("%q: %d pages, wants %d", q, len(answers[i]), len(want))
		}
	}
	if troubles := p.Troubles(); len(troubles) > 0 {
		t.Errorf("%q", troubles)
	}
}

// TestSearchMovesLittle counts the bytes of a first search, compressed as hosts do.
func TestSearchMovesLittle(t *testing.T) {
	p := browsertest.Start(t).Page(t)
	sizes := []struct{ pages, most int }{{1000, 100_000}}
	if os.Getenv("BENCHBOOK_NO_SKIP") != "" { // takes a quarter of a minute
		sizes = append(sizes, struct{ pages, most int }{10000, 300_000})
	}
	for _, c := range sizes {
		pages, made := corpus(c.pages)
		files := SearchFiles("", pages, func(i int) []byte { return made[i] })
		content := map[string][]byte{}
		for _, f := range files {
			content[f.Path] = f.Bytes
		}
		address := serve(t, files)
		r := rand.New(rand.NewPCG(3, 4))
		queries := []string{"私域", "导流率中位数", "customer journey", "私域 团队 回本", "率", "企业微信私域导流率"}
		for len(queries) < 10 {
			queries = append(queries, substring(r, newEntry(pages[0], string(made[r.IntN(len(made))]))))
		}
		for _, q := range queries {
			p.Open("about:blank")
			p.Reset()
			p.Open(address + "/search.html?q=" + q)
			if !p.Wait(`document.getElementById("found").textContent !== ""`, 10*time.Second) {
				t.Fatalf("%q: no answer", q)
			}
			raw, packed := 0, 0
			for _, request := range p.Requests() {
				path, _, _ := strings.Cut(strings.TrimPrefix(request, address+"/"), "?")
				raw, packed = raw+len(content[path]), packed+zipped(t, content[path])
			}
			if raw == 0 || packed > c.most {
				t.Errorf("%q on %d pages moves %d bytes, compressed %d", q, c.pages, raw, packed)
			}
			t.Logf("%q: %d bytes, compressed %d", q, raw, packed)
		}
		t.Logf("%d pages: %d files", c.pages, len(files))
	}
}

func zipped(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestReadTakesWhatReadersSee(t *testing.T) {
	got := read(`<!doctype html><title>x</title><header>站</header><main id="main"><nav>首页</nav><h1><span>第 1 章</span> 现状
		&amp; 预算</h1><p title="a > b">六成<b>企业</b>&lt;b&gt;</p><!-- not > this --><h2 id="二">二 <a class="anchor" href="#二">#</a></h2>
		<svg><title>画</title><text>31%</text></svg><table><tr><td>甲</td><td>乙</td></tr></table><br>𠮷<section id="s"></section><p>e&#769;</p><footer>引用</footer><script>x</script></main><footer>脚</footer>`)
	want := shown{title: "第 1 章 现状 & 预算", text: "六成企业<b>\n二\n甲\n乙\n𠮷\né\n", marks: []mark{{0, "main"}, {8, "二"}, {17, "s"}}}
	if got.title != want.title || got.text != want.text || !slices.Equal(got.marks, want.marks) {
		t.Errorf("got %+v\nwants %+v", got, want)
	}
}

// TestPostings reads both encodings of page numbers back.
func TestPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, pages := range []int{1, 5, 6, 7, 100, 5000} {
		for _, share := range []float64{0, .001, .1, .5, 1} {
			var want []int32
			var l postings
			for p := range int32(pages) {
				if r.Float64() < share {
					want = append(want, p)
					l.add(p)
					l.add(p)
				}
			}
			code := l.shortest(pages)
			if got := readPages(code, pages); !slices.Equal(got, want) || len(code) > pages/6+2 {
				t.Errorf("%d of %d pages come back as %d from %d bytes", len(want), pages, len(got), len(code))
			}
		}
	}
}

// readPages reads a list as search.js does.
func readPages(code string, pages int) (out []int32) {
	if bits, dense := strings.CutPrefix(code, "!"); dense {
		for p := range pages {
			if strings.IndexByte(digits, bits[p/6])>>(p%6)&1 == 1 {
				out = append(out, int32(p))
			}
		}
		return out
	}
	last, gap, shift := 0, 0, 0
	for _, c := range []byte(code) {
		d := strings.IndexByte(digits, c)
		gap, shift = gap|d&31<<shift, shift+5
		if d < 32 {
			last, gap, shift = last+gap, 0, 0
			out = append(out, int32(last))
		}
	}
	return out
}

// TestSearchFilesAreTheSame however many cores cut the texts.
func TestSearchFilesAreTheSame(t *testing.T) {
	pages, made := corpus(60)
	first := fmt.Sprintf("%v", SearchFiles("x/", pages, func(i int) []byte { return made[i] }))
	for range 3 {
		if again := fmt.Sprintf("%v", SearchFiles("x/", pages, func(i int) []byte { return made[i] })); again != first {
			t.Fatal("another index from the same pages")
		}
	}
	if !strings.Contains(first, "x/search/index.js") || len(SearchFiles("", nil, nil)) == 0 {
		t.Error("the folder is not in the paths, or an empty site has no index")
	}
}

// BenchmarkSearchFiles makes the index of 10,000 pages of 1,500 characters.
func BenchmarkSearchFiles(b *testing.B) {
	pages, made := corpus(10000)
	for b.Loop() {
		size := 0
		for _, f := range SearchFiles("", pages, func(i int) []byte { return made[i] }) {
			size += len(f.Bytes)
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	}
}
