package seal_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/seal"
	"benchbook/internal/site"

	"golang.org/x/net/html"
)

const password = "梅雨-纸鹤-灯塔-七十二"

// sample builds a small site with chapters, figures, a procedure and search, and
// adds a page with a picture and a style sheet that loads another.
func sample(t *testing.T) map[string][]byte {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "cmd", "benchbook", "testdata", "site"))
	if err != nil {
		t.Fatal(err)
	}
	l, sink := &diag.List{}, output.NewMemory()
	s, err := site.Open(dir, l)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := build.Run(t.Context(), s, build.Options{}, sink, l); err != nil || l.HasErrors() {
		t.Fatal(err, l.Sorted())
	}
	files := map[string][]byte{}
	for _, e := range sink.Manifest("", "").Files {
		files[e.Path], _ = sink.File(e.Path)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 31, 17))); err != nil {
		t.Fatal(err)
	}
	files["图集/花间 集.html"] = []byte(`<!doctype html><html lang="zh-CN"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'"><title>花间集</title>
		<link rel="stylesheet" href="a.css"><main id="main"><h1>花间集</h1><img alt="" src="../图集/点.png"><p id="说明">看<a id="back" href="../index.html">封面</a>，<a id="out" href="https://example.cn/">外站</a></p></main>`)
	files["图集/点.png"], files["图集/a.css"], files["图集/b.css"] = picture.Bytes(), []byte(`@import "b.css"; h1 { color: rgb(1, 2, 3) }`), []byte(`h1 { background: url("点.png"); letter-spacing: 7px }`)
	return files
}

// lay seals files into a folder and gives its addresses from disk and from a server.
func lay(t *testing.T, files map[string][]byte, o seal.Options) (dir string, lock *seal.Lock, addresses []string) {
	t.Helper()
	o.Salt = []byte("0123456789abcdef")
	lock, err := seal.NewLock(o)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	err = lock.Seal(inOrder(files), func(name string, data []byte) error {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return dir, lock, []string{"file://" + filepath.ToSlash(dir) + "/index.html", server.URL + "/"}
}

func inOrder(files map[string][]byte) func(func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		var names []string
		for name := range files {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if !yield(name, files[name]) {
				return
			}
		}
	}
}

// TestNoPlainWordOfASite is TestNoPlainWord for everything that a built site has.
func TestNoPlainWordOfASite(t *testing.T) {
	l, err := seal.NewLock(seal.Options{Password: password, Salt: []byte("0123456789abcdef")})
	if err != nil {
		t.Fatal(err)
	}
	files := sample(t)
	delete(files, "manifest.json")
	delete(files, "_headers")
	grams := map[string]bool{}
	seal.Scan(files, func(_, g string) { grams[g] = true })
	tree := func(files map[string][]byte) map[string][]byte {
		out := map[string][]byte{}
		if err := l.Seal(inOrder(files), func(name string, data []byte) error { out[name] = data; return nil }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	seal.Scan(tree(map[string][]byte{"index.html": nil}), func(_, g string) { delete(grams, g) })
	for g := range grams { // what surrounds every part and its name, which colours in style sheets can be like
		if strings.Trim(g, `bcdf(",)`+"\n") == "" {
			delete(grams, g)
		}
	}
	if len(grams) < 50_000 {
		t.Errorf("only %d pieces of text", len(grams))
	}
	seal.Scan(tree(files), func(name, g string) {
		if grams[g] {
			t.Errorf("%s holds %q", name, g)
		}
	})
}

const (
	locked   = `document.getElementById("unlock") !== null && document.body.innerText.includes("密码不对")`
	unlocked = `document.getElementById("unlock") === null`
)

func wait(t *testing.T, p *browsertest.Page, what, script string) {
	t.Helper()
	if !p.Wait(script, 15*time.Second) {
		t.Fatalf("%s: not seen; the page says %.300q, at %s, troubles %q", what, browsertest.Eval[string](p, `document.body.innerText`),
			browsertest.Eval[string](p, `location.href`), p.Troubles())
	}
}

// TestUnlock types a wrong and the right password on the keyboard, from disk
// and from a server, and reads every page of the site by its links.
func TestUnlock(t *testing.T) {
	browser := browsertest.Start(t)
	files := sample(t)
	_, _, addresses := lay(t, files, seal.Options{Password: password, Hint: "第一次见面的那句话"})
	for _, address := range addresses {
		p := browser.Page(t)
		p.Open(address)
		wantForm(t, p)
		p.Press("wrong-but-long-enough\r")
		wait(t, p, "a wrong password", locked)
		if got := browsertest.Eval[string](p, `document.activeElement.id + " " + document.activeElement.getAttribute("aria-invalid")`); got != "password true" {
			t.Errorf("after a wrong password the focus is on %q", got)
		}
		p.Press(password + "\r")
		wait(t, p, "the right password", unlocked)
		if got := browsertest.Eval[string](p, `document.activeElement.id + " " + document.title`); got != "main "+title(t, files["index.html"]) {
			t.Errorf("after unlocking, focus and title are %q", got)
		}
		readAll(t, p, files)
		wantQuiet(t, p, address)
	}
}

// wantForm holds what a reader meets first, also on a small phone.
func wantForm(t *testing.T, p *browsertest.Page) {
	t.Helper()
	for _, width := range []int64{320, 360, 1440} {
		p.Size(width, 700)
		if got := browsertest.Eval[int64](p, `document.scrollingElement.scrollWidth`); got > width {
			t.Errorf("the form is %d px wide at %d", got, width)
		}
	}
	got := browsertest.Eval[string](p, `[document.activeElement.id, document.querySelector("label").htmlFor, document.activeElement.getAttribute("aria-describedby"),
		document.getElementById("hint").textContent, document.querySelectorAll("h1").length, document.documentElement.lang].join("|")`)
	if want := "password|password|hint said|提示：第一次见面的那句话|1|zh-CN"; got != want {
		t.Errorf("the form is %q, want %q", got, want)
	}
	small := browsertest.Eval[int](p, `[...document.querySelectorAll("button, input:not([hidden])")].filter(e => e.getBoundingClientRect().height < 44).length`)
	if small > 0 {
		t.Errorf("%d targets are too small for a thumb", small)
	}
}

// readAll follows links until every page that can be reached was shown, and
// holds each to its source: title, text, style, and links that lead somewhere.
func readAll(t *testing.T, p *browsertest.Page, files map[string][]byte) {
	t.Helper()
	titles := map[string]bool{}
	first, _, _ := strings.Cut(browsertest.Eval[string](p, `document.querySelector("a.skip").getAttribute("href")`), "/main")
	queue, seen := []string{first}, map[string]bool{}
	for len(queue) > 0 {
		route := queue[0]
		if queue = queue[1:]; seen[route] {
			continue
		}
		seen[route] = true
		p.Reset()
		if route != first { // which is open already
			browsertest.Eval[bool](p, fmt.Sprintf(`(document.body.dataset.old = "1", location.hash = %q, true)`, route))
			wait(t, p, route, `!("old" in document.body.dataset)`)
		}
		titles[browsertest.Eval[string](p, `document.title`)] = true
		queue = append(queue, browsertest.Eval[[]string](p, `[...document.querySelectorAll("a[href^='#/']:not([download])")].map(a => a.getAttribute("href").split("/").slice(0, 2).join("/"))`)...)
		if bad := browsertest.Eval[[]string](p, `[...document.querySelectorAll("a[href]")].map(a => a.getAttribute("href")).filter(h => !/^(#\/|https?:|mailto:|tel:)/.test(h))`); len(bad) > 0 {
			t.Errorf("%s: links that lead nowhere: %q", browsertest.Eval[string](p, `document.title`), bad)
		}
		if got := browsertest.Eval[string](p, `getComputedStyle(document.body).borderTopWidth + document.styleSheets.length`); got != "3px1" && got != "3px2" && got != "3px3" {
			t.Errorf("%s: the style sheet is not there: %s", route, got)
		}
		if got := p.Troubles(); len(got) > 0 {
			t.Errorf("%s: %q", route, got)
		}
	}
	for name, data := range files {
		if path.Ext(name) == ".html" && name != "404.html" && !strings.HasPrefix(name, "图集") && !titles[title(t, data)] {
			t.Errorf("%s was not reached", name)
		}
	}
	if len(titles) < 10 {
		t.Errorf("only %d pages", len(titles))
	}
}

func title(t *testing.T, page []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" && n.FirstChild != nil {
			return strings.Join(strings.Fields(n.FirstChild.Data), " ")
		}
	}
	return ""
}

// wantQuiet holds that nothing was asked of another host and nothing went wrong.
func wantQuiet(t *testing.T, p *browsertest.Page, address string) {
	t.Helper()
	if got := p.Foreign(strings.TrimSuffix(address, "index.html")); len(got) > 0 {
		t.Errorf("asked for %q", got)
	}
	for _, r := range p.Requests() {
		if u, err := url.Parse(r); err == nil && u.Scheme != "blob" && u.RawQuery != "" {
			t.Errorf("a request tells %q", u.RawQuery)
		}
	}
	if got := p.Troubles(); len(got) > 0 {
		t.Errorf("troubles: %q", got)
	}
}
