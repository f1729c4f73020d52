package build

import (
	"path"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/browsertest"
)

// kinds are the sample's pages to be looked at closely: one of every layout,
// and one of each folder of articles.
func kinds(t *testing.T, m made) []string {
	t.Helper()
	taken, out := map[string]bool{}, []string{}
	var names []string
	for name := range m.files {
		if strings.HasSuffix(name, ".html") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		_, class, _ := strings.Cut(m.text(t, name), `<body class="`)
		kind, _, _ := strings.Cut(class, `"`)
		folder, _, _ := strings.Cut(name, "/")
		if kind == "is-article" {
			kind += folder
		}
		if !taken[kind] {
			out = append(out, name)
		}
		taken[kind] = true
	}
	return out
}

// looks are how readers see a page.
var looks = []struct {
	scheme string
	width  int64
}{{"light", 1440}, {"dark", 1440}, {"light", 360}}

// TestAxe holds every kind of page to the automatic rules of accessibility,
// best practices included, in both schemes and on a phone.
func TestAxe(t *testing.T) {
	axe := browsertest.LoadAxe(t)
	browser := browsertest.Start(t)
	m, _ := makeOnce(t, sample)
	site := publish(t, m)
	p := browser.Page(t)
	pages := kinds(t, m)
	if len(pages) < 20 {
		t.Fatalf("only %q", pages)
	}
	wantNoticed(t, axe, p)
	for _, page := range pages {
		for _, look := range looks {
			if path.Base(page) == "print.html" && look != looks[0] {
				continue // made for paper, and larger than all others together
			}
			p.Scheme(look.scheme)
			p.Size(look.width, 800)
			p.Open(address(site.fromWeb, page))
			for _, v := range axe.Violations(p) {
				t.Errorf("%s, %s at %d: %s", page, look.scheme, look.width, v)
			}
		}
	}
}

// wantNoticed holds that axe works: it sees what is wrong with a broken page.
func wantNoticed(t *testing.T, axe browsertest.Axe, p *browsertest.Page) {
	t.Helper()
	p.Open("about:blank")
	browsertest.Eval[bool](p, `document.body.innerHTML = "<img src=x><p style='color:#bbb;background:#fff'>灰字</p>", true`)
	got := strings.Join(axe.Violations(p), "\n")
	for _, rule := range []string{"image-alt", "color-contrast", "document-title", "landmark-one-main"} {
		if !strings.Contains(got, rule+" (") {
			t.Errorf("axe does not see %s: %s", rule, got)
		}
	}
}
