package templates_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"benchbook/internal/browsertest"
)

// watch notes every breach of the page's policy and every error of a script.
const watch = `window.broken = [];
addEventListener("securitypolicyviolation", e => broken.push(e.violatedDirective + " " + e.blockedURI));
addEventListener("error", e => broken.push(e.message || "not loaded: " + (e.target.src || e.target.href)), true);`

// open gives a page of the example site in a real browser, from disk.
func open(t *testing.T) (context.Context, func(layout string, width, height int64)) {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser with -short")
	}
	if !hasBrowser() {
		browsertest.Missing(t, "no Chromium is installed: what readers see in a browser is not tested")
	}
	dir := t.TempDir()
	writeSite(t, dir)
	ctx, stop := browser()
	t.Cleanup(stop)
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	must(t, chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	got(chromedp.Call(ctx, cdp.AddScriptToEvaluateOnNewDocument, cdp.AddScriptToEvaluateOnNewDocumentParams{Source: watch}))(t)
	return ctx, func(layout string, width, height int64) {
		t.Helper()
		address := "file://" + filepath.ToSlash(filepath.Join(dir, "2026", layout+".html"))
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, height), chromedp.Navigate(address)))
	}
}

func hasBrowser() bool {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if _, err := exec.LookPath(name); err == nil {
			return true
		}
	}
	return false
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	return got(chromedp.Run(ctx, chromedp.Evaluate[T](script)))(t)
}

// TestPagesFit opens every layout at every width: nothing scrolls sideways,
// nothing breaks the policy, and what a thumb must hit is large enough.
func TestPagesFit(t *testing.T) {
	ctx, show := open(t)
	const small = `[...document.querySelectorAll(".site a, .site button, .button, .copy, summary, .turn a")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44 && !e.matches(".site-name")).map(e => e.textContent)`
	for layout := range examples() {
		for _, width := range []int64{320, 360, 768, 1440} {
			show(layout, width, 800)
			if w := evaluate[int64](t, ctx, `document.documentElement.scrollWidth`); w > width {
				t.Errorf("%s is %d px wide at %d", layout, w, width)
			}
			if names := evaluate[[]string](t, ctx, small); len(names) > 0 {
				t.Errorf("%s at %d: lower than 44 px: %q", layout, width, names)
			}
		}
		if broken := evaluate[[]string](t, ctx, `broken`); len(broken) > 0 {
			t.Errorf("%s: %q", layout, broken)
		}
	}
}

// TestMenu opens by its button and closes by Escape, though no script runs;
// on a wide screen the links simply stand there.
func TestMenu(t *testing.T) {
	ctx, show := open(t)
	const shown = `document.querySelector(".menu a").checkVisibility()`
	show("chapter", 360, 780)
	for i, step := range []struct {
		do   chromedp.Action[chromedp.Void]
		want bool
	}{
		{chromedp.Sleep(0), false},
		{chromedp.Click(chromedp.CSS(".menu-button")), true},
		{chromedp.KeyEvent("\u001b"), false},
	} {
		must(t, chromedp.Do(ctx, step.do))
		if v := evaluate[bool](t, ctx, shown); v != step.want {
			t.Errorf("step %d: menu shown: %v", i, v)
		}
	}
	show("chapter", 1440, 900)
	if !evaluate[bool](t, ctx, shown) {
		t.Error("no menu on a wide screen")
	}
}

// TestSearch finds words inside longer strings, folds case and width, announces
// the count, and takes nothing of the index for markup.
func TestSearch(t *testing.T) {
	ctx, show := open(t)
	show("search", 360, 780)
	const ask = `(q => { const i = document.getElementById("q"); i.value = q; i.form.requestSubmit();
		return [document.getElementById("found").textContent, document.getElementById("results").textContent, document.querySelectorAll("#results b").length + ""]; })`
	for query, want := range map[string]string{
		"私域": "找到 1 页", "ABC": "找到 1 页", "wilson": "找到 1 页", "ｗｉｌｓｏｎ 区间": "找到 1 页", "<b>": "找到 1 页", "企业": "找到 2 页", "没有的词": "没有找到「没有的词」",
	} {
		answer := evaluate[[]string](t, ctx, ask+`("`+query+`")`)
		if answer[0] != want || answer[2] != "0" {
			t.Errorf("%s: %q, wants %q", query, answer, want)
		}
	}
	must(t, chromedp.Do(ctx, chromedp.Sleep(0)))
	evaluate[[]string](t, ctx, ask+`("企业")`)
	if href := evaluate[string](t, ctx, `document.activeElement.getAttribute("href")`); href != "../2026/chapter.html" && href != "../2026/sop.html" {
		t.Errorf("focus after Enter on %q", href)
	}
}

// TestChecklist keeps ticks over a reload and offers to copy 话术.
func TestChecklist(t *testing.T) {
	ctx, show := open(t)
	show("sop", 360, 780)
	must(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#task-1")), chromedp.Click(chromedp.CSS("#task-2")), chromedp.Reload()))
	if ticks := evaluate[[]bool](t, ctx, `[...document.querySelectorAll(".task input")].map(b => b.checked)`); !ticks[0] || ticks[1] {
		t.Errorf("ticks after reload: %v", ticks)
	}
	must(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS(".copy")), chromedp.Sleep(200*time.Millisecond)))
	if said := evaluate[string](t, ctx, `document.querySelector(".script [role=status]").textContent`); said != "已复制" {
		t.Errorf("copy says %q", said)
	}
	if len(evaluate[[]string](t, ctx, `broken`)) > 0 {
		t.Error("policy broken")
	}
}

// TestLibrary narrows the cards and hides groups that have none left.
func TestLibrary(t *testing.T) {
	ctx, show := open(t)
	show("sops", 1440, 900)
	count := evaluate[[]int](t, ctx, `(() => { const i = document.getElementById("narrow"); i.value = "客服 导流"; i.dispatchEvent(new Event("input"));
		return [document.querySelectorAll("[data-tags]:not([hidden])").length, document.querySelectorAll("[data-tags]").length]; })()`)
	if count[0] != 2 || count[1] != 6 {
		t.Errorf("%d of %d cards shown", count[0], count[1])
	}
}

// TestFigurePage draws the interactive figure when a reader asks for it, within
// the page's policy.
func TestFigurePage(t *testing.T) {
	ctx, show := open(t)
	show("figure", 1440, 900)
	must(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS(".chart-switch"))))
	drawn := false
	for range 50 {
		if drawn = evaluate[bool](t, ctx, `document.querySelectorAll(".fig-draw svg:not(.chart-svg) path").length > 3`); drawn {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if broken := evaluate[[]string](t, ctx, `broken`); !drawn || len(broken) > 0 {
		t.Errorf("drawn: %v, broken: %q", drawn, broken)
	}
}
