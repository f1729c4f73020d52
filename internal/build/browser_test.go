package build

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
)

// published is a site on disk and where it can be opened.
type published struct {
	pages   []string
	fromDir string // file:// address of its folder
	fromWeb string // address of a loopback server, without a trailing slash
}

func publish(t *testing.T, m made) published {
	t.Helper()
	dir := t.TempDir()
	m.write(t, dir)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	p := published{fromDir: "file://" + filepath.ToSlash(dir), fromWeb: server.URL}
	for name := range m.files {
		if path.Ext(name) == ".html" {
			p.pages = append(p.pages, name)
		}
	}
	slices.Sort(p.pages)
	return p
}

// address is a page's address below one of the two origins.
func address(origin, page string) string {
	return origin + (&url.URL{Path: "/" + page}).EscapedPath()
}

// TestHostileInBrowser opens every page of the hostile site in a real browser
// with its scripts on, from disk and from a server, touches everything, presses
// the button that makes a figure interactive, and holds that nothing of the
// attacker's ran and nothing was asked of another host.
func TestHostileInBrowser(t *testing.T) {
	browser := browsertest.Start(t)
	m := makeSite(t, hostileProject(t))
	site := publish(t, m)
	if len(site.pages) < 20 {
		t.Fatalf("only %d pages", len(site.pages))
	}
	pressed := 0
	for _, origin := range []string{site.fromDir, site.fromWeb} {
		p := browser.Page(t)
		p.Size(1000, 800)
		for _, page := range site.pages {
			if page == "404.html" && origin == site.fromDir {
				continue // shown by hosts only: its addresses begin at the host's root
			}
			p.Reset()
			p.Open(address(origin, page))
			touch(p)
			if pressFigure(t, p, page) {
				pressed++
			}
			wantHarmless(t, p, origin, page)
		}
	}
	if want := 2 * (len(hostileCuts) - 1); pressed != want {
		t.Errorf("%d figures became interactive, want %d", pressed, want)
	}
}

// touch does what a reader's mouse and keyboard do to each element, without following links.
func touch(p *browsertest.Page) {
	browsertest.Eval[int](p, `(() => { let n = 0;
		addEventListener("click", e => e.preventDefault(), true); addEventListener("submit", e => e.preventDefault(), true);
		for (const e of document.querySelectorAll("*")) {
			for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "load", "error", "click"]) {
				if (kind !== "click" || e.matches("main *:not(a):not(button):not(input)")) e.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
			}
			n++;
		}
		for (const d of document.querySelectorAll("details")) d.open = true;
		return n; })()`)
	for y := 50.0; y < 800; y += 150 {
		p.Hover(500, y)
	}
}

const drawn = `document.querySelector(".chart-live svg, .chart-live canvas") !== null`

// pressFigure makes a figure interactive, where the page has one, and moves over the drawing.
func pressFigure(t *testing.T, p *browsertest.Page, page string) bool {
	t.Helper()
	if !browsertest.Eval[bool](p, `document.getElementById("option") !== null`) {
		return false
	}
	if !p.Wait(`document.querySelector(".chart-switch") !== null`, 5*time.Second) {
		t.Errorf("%s: no button for the interactive figure", page)
		return false
	}
	browsertest.Eval[bool](p, `(document.querySelector(".chart-switch").click(), document.querySelector(".chart-switch").scrollIntoView(), true)`)
	if !p.Wait(drawn, 10*time.Second) {
		t.Errorf("%s: the interactive figure is not drawn", page)
		return false
	}
	for y := 50.0; y < 800; y += 75 {
		p.Hover(480, y)
		p.Hover(620, y+20)
	}
	return true
}

func wantHarmless(t *testing.T, p *browsertest.Page, origin, page string) {
	t.Helper()
	if browsertest.Eval[bool](p, `"__pwned" in window`) {
		t.Errorf("%s: an attacker's code ran", page)
	}
	if got := p.Foreign(origin); len(got) > 0 {
		t.Errorf("%s: asked for %q", page, got)
	}
	if got := p.Troubles(); len(got) > 0 {
		t.Errorf("%s: %.300q", page, got)
	}
	whole := browsertest.Eval[string](p, `[document.title !== "", document.querySelectorAll("main").length, document.querySelectorAll("h1").length,
		document.querySelector("body > footer") !== null, document.querySelectorAll("body > header").length, getComputedStyle(document.body).display, location.href.split("#")[0].replace(/\/index\.html$/, "/")].join(" ")`)
	if want := "true 1 1 true 1 block " + strings.TrimSuffix(address(origin, page), "index.html"); whole != want {
		t.Errorf("%s: the page is %q, want %q", page, whole, want)
	}
}

// widths are the windows of the smallest and the usual phone, a tablet and a desk.
var widths = []int64{320, 360, 768, 1440}

// TestSampleInBrowser reads the sample white paper as readers do: on every
// width, in both schemes, with scripts and without, from disk and from a server.
func TestSampleInBrowser(t *testing.T) {
	browser := browsertest.Start(t)
	m := makeSite(t, sample)
	site := publish(t, m)
	p, quiet := browser.Page(t), browser.Page(t)
	quiet.Scripting(false)
	for i, page := range site.pages {
		origin := site.fromDir
		if page == "404.html" || i%4 == 0 {
			origin = site.fromWeb
		}
		p.Reset()
		p.Scheme([]string{"light", "dark"}[i%2])
		p.Open(address(origin, page))
		for _, width := range widths {
			p.Size(width, 800)
			if got := browsertest.Eval[int64](p, `document.scrollingElement.scrollWidth`); got > width {
				t.Errorf("%s at %d: %d px wide", page, width, got)
			}
		}
		if got := p.Foreign(origin); len(got) > 0 {
			t.Errorf("%s: asked for %q", page, got)
		}
		if got := p.Troubles(); len(got) > 0 {
			t.Errorf("%s: %q", page, got)
		}
		wantReadable(t, p, page, []string{"light", "dark"}[i%2])
		if strings.Contains(m.text(t, page), "<figure") {
			wantDrawings(t, quiet, address(site.fromDir, page), page)
		}
	}
}

// wantDrawings holds that without scripts each figure shows the one drawing
// that is made for the width, whole inside the window.
func wantDrawings(t *testing.T, p *browsertest.Page, address, page string) {
	t.Helper()
	p.Open(address)
	for _, width := range []int64{360, 1440} {
		p.Size(width, 800)
		problems := browsertest.Eval[[]string](p, fmt.Sprintf(`[...document.querySelectorAll(".fig-draw")].flatMap(d => {
			const shown = [...d.querySelectorAll(":scope > svg")].filter(s => s.checkVisibility());
			const id = d.closest("figure").id;
			if (shown.length !== 1) return [id + " shows " + shown.length + " drawings"];
			const r = shown[0].getBoundingClientRect();
			if (r.width < 200 || r.height < 40 || r.left < 0 || r.right > %d) return [id + " is " + r.width + " × " + r.height + " at " + r.left];
			return [];
		})`, width))
		if len(problems) > 0 {
			t.Errorf("%s at %d without scripts: %q", page, width, problems)
		}
	}
}

// wantReadable holds text to a contrast of 4.5 against its page and the page to the reader's scheme.
func wantReadable(t *testing.T, p *browsertest.Page, page, scheme string) {
	t.Helper()
	got := browsertest.Eval[[]float64](p, `(() => {
		const light = c => { const v = c.match(/[\d.]+/g).slice(0, 3).map(x => x / 255).map(x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
			return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
		const behind = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor).find(c => !/, 0\)/.test(c)) || "rgb(255,255,255)";
		const text = getComputedStyle(document.querySelector("main p, main li, main h1")).color;
		const [a, b] = [light(behind), light(text)];
		return [a, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; })()`)
	if dark := got[0] < 0.1; dark != (scheme == "dark") || got[1] < 4.5 {
		t.Errorf("%s, %s: lightness of the page %.2f, contrast %.1f", page, scheme, got[0], got[1])
	}
}
