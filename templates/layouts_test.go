package templates_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"benchbook/internal/diag"
	"benchbook/internal/page"
	"benchbook/internal/theme"
	"benchbook/templates"
)

func builtIn(t *testing.T) *theme.Theme {
	t.Helper()
	built, err := theme.Load(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func render(t *testing.T, built *theme.Theme, layout string, model any) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := built.Execute(&b, layout, model); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestLayoutsMatchModels type-checks every layout against its model.
func TestLayoutsMatchModels(t *testing.T) {
	var l diag.List
	builtIn(t).Check(page.Models(), &l)
	for _, d := range l.Sorted() {
		t.Errorf("%s: %s", d.Pos, d.Message.In("en"))
	}
}

// TestEveryLayoutHasAnExample keeps the other tests of this file complete.
func TestEveryLayoutHasAnExample(t *testing.T) {
	want, got := slices.Sorted(maps.Keys(page.Models())), slices.Sorted(maps.Keys(examples()))
	if !slices.Equal(want, got) {
		t.Errorf("layouts %v, examples %v", want, got)
	}
}

// TestPages holds every rendered example to what each page must be.
func TestPages(t *testing.T) {
	built := builtIn(t)
	for layout, model := range examples() {
		t.Run(layout, func(t *testing.T) {
			out := render(t, built, layout, model)
			if !bytes.Equal(out, render(t, built, layout, model)) {
				t.Error("two renderings differ")
			}
			doc, err := html.Parse(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			checkLandmarks(t, doc)
			checkHeadings(t, doc)
			checkIDs(t, doc)
			checkPolicy(t, layout, doc)
			checkAddresses(t, doc)
		})
	}
}

// elements gives all elements with one of the names, in document order.
func elements(doc *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (len(names) == 0 || slices.Contains(names, n.Data)) {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func within(n *html.Node, name string) bool {
	for a := range n.Ancestors() {
		if a.Data == name {
			return true
		}
	}
	return false
}

func checkLandmarks(t *testing.T, doc *html.Node) {
	t.Helper()
	banners, infos := 0, 0
	for _, n := range elements(doc, "header", "footer") {
		if within(n, "article") {
			continue
		}
		if n.Data == "header" {
			banners++
		} else {
			infos++
		}
	}
	if banners != 1 || infos != 1 || len(elements(doc, "main")) != 1 {
		t.Errorf("%d banners, %d mains, %d contentinfos", banners, len(elements(doc, "main")), infos)
	}
	names := map[string]bool{}
	for _, n := range elements(doc, "nav") {
		name := attr(n, "aria-label") + attr(n, "aria-labelledby")
		if name == "" || names[name] {
			t.Errorf("nav named %q: missing or twice", name)
		}
		names[name] = true
	}
	if lang := attr(elements(doc, "html")[0], "lang"); lang != "zh-CN" {
		t.Errorf("lang %q", lang)
	}
}

// checkHeadings wants one h1, inside main, and no level left out.
func checkHeadings(t *testing.T, doc *html.Node) {
	t.Helper()
	last := 0
	for _, n := range elements(doc, "h1", "h2", "h3", "h4", "h5", "h6") {
		level := int(n.Data[1] - '0')
		if level == 1 && (last != 0 || !within(n, "main")) {
			t.Error("h1 must be the only one, in main")
		}
		if level > last+1 {
			t.Errorf("h%d after h%d", level, last)
		}
		last = level
	}
	if last == 0 {
		t.Error("no heading")
	}
}

func checkIDs(t *testing.T, doc *html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for _, n := range elements(doc) {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("id %q twice", id)
			}
			ids[id] = true
		}
	}
	for _, n := range elements(doc) {
		for _, key := range []string{"aria-labelledby", "popovertarget", "for"} {
			for _, target := range strings.Fields(attr(n, key)) {
				if !ids[target] {
					t.Errorf("%s=%q leads nowhere", key, target)
				}
			}
		}
		if href := attr(n, "href"); len(href) > 1 && href[0] == '#' && !ids[href[1:]] {
			t.Errorf("link %q leads nowhere", href)
		}
	}
}

// withScript are the pages that may load scripts; all others carry none.
var withScript = []string{"decision", "figure", "search", "sop", "sops"}

// checkPolicy wants nothing that a policy of only 'self' forbids.
func checkPolicy(t *testing.T, layout string, doc *html.Node) {
	t.Helper()
	for _, n := range elements(doc) {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=…>", n.Data, a.Key)
			}
		}
		switch {
		case n.Data == "style":
			t.Error("style element")
		case n.Data == "script" && attr(n, "src") == "" && !strings.HasPrefix(attr(n, "type"), "application/"):
			t.Error("inline script")
		case n.Data == "script" && attr(n, "src") != "" && !slices.Contains(withScript, layout):
			t.Error("a reading page with a script")
		case attr(n, "http-equiv") == "Content-Security-Policy":
			policy := attr(n, "content")
			if !strings.HasPrefix(policy, "default-src 'none'; style-src 'self';") || strings.Contains(policy, "unsafe") {
				t.Errorf("policy %q", policy)
			}
			if strings.Contains(policy, "script-src") != slices.Contains(withScript, layout) {
				t.Errorf("policy %q of %s", policy, layout)
			}
		}
	}
}

// checkAddresses wants every address relative, so that the site opens from a
// folder and under any path.
func checkAddresses(t *testing.T, doc *html.Node) {
	t.Helper()
	for _, n := range elements(doc) {
		for _, key := range []string{"href", "src"} {
			if v := attr(n, key); strings.HasPrefix(v, "/") || strings.Contains(v, ":") {
				t.Errorf("<%s %s=%q>", n.Data, key, v)
			}
		}
	}
}

// TestWeights keeps what a reading page loads within the bar: the style sheet
// at 6 KB compressed, the script of a procedure at 3 KB as it stands.
func TestWeights(t *testing.T) {
	for _, a := range builtIn(t).Assets() {
		switch base := path.Base(a.Path); {
		case strings.HasPrefix(base, "style."):
			var packed bytes.Buffer
			w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
			_, err := w.Write(a.Bytes)
			if err = errors.Join(err, w.Close()); err != nil {
				t.Fatal(err)
			}
			if packed.Len() > 6*1024 {
				t.Errorf("style sheet: %d bytes compressed", packed.Len())
			}
		case strings.HasPrefix(base, "sop.") && len(a.Bytes) > 3*1024:
			t.Errorf("%s: %d bytes", a.Path, len(a.Bytes))
		}
	}
}
