package templates_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
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

// TestSearch finds words inside longer strings, folds case, width and the two
// kinds of characters, announces the count, takes nothing of the index for
// markup, and loads nothing before it is asked.
func TestSearch(t *testing.T) {
	ctx, show := open(t)
	show("search", 360, 780)
	if n := evaluate[int](t, ctx, `performance.getEntriesByType("resource").filter(e => e.name.includes("/search/")).length`); n != 0 {
		t.Errorf("%d files of the index before the first word", n)
	}
	for _, c := range []struct{ query, want, first string }{
		{"私域", "找到 1 页", "现状与预算"}, {"ABC", "找到 1 页", "研究方法"}, {"wilson", "找到 1 页", "研究方法"}, {"ｗｉｌｓｏｎ 区间", "找到 1 页", "研究方法"},
		{"<b>", "找到 1 页", "包裹卡导流"}, {"企业", "找到 3 页", "现状与预算"}, {"企業微信", "找到 1 页", "包裹卡导流"}, {"預算", "找到 2 页", "现状与预算"},
		{"卡", "找到 1 页", "包裹卡导流"}, {"企业 方法", "找到 1 页", "研究方法"}, {"业已有私域团队,", "找到 1 页", "现状与预算"},
		{"没有的词", "没有找到「没有的词」", ""}, {"区分", "没有找到「区分」", ""}, {"__proto__", "没有找到「__proto__」", ""},
	} {
		status, first := ask(t, ctx, c.query)
		if status != c.want || first != c.first {
			t.Errorf("%s: %q and %q first, wants %q and %q", c.query, status, first, c.want, c.first)
		}
	}
	if n := evaluate[int](t, ctx, `document.querySelectorAll("#results b").length`); n != 0 {
		t.Error("the index was taken for markup")
	}
	if broken := evaluate[[]string](t, ctx, `broken`); len(broken) > 0 {
		t.Errorf("%q", broken)
	}
}

// ask puts a query and waits for the answer: what is announced, and the first title.
func ask(t *testing.T, ctx context.Context, query string) (status, first string) {
	t.Helper()
	evaluate[bool](t, ctx, `(q => { const i = document.getElementById("q"); document.getElementById("found").textContent = ""; i.value = q; i.form.requestSubmit(); return true; })(`+strconv.Quote(query)+`)`)
	for range 200 {
		if status = evaluate[string](t, ctx, `document.getElementById("found").textContent`); status != "" {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return status, evaluate[string](t, ctx, `(document.querySelector("#results a") || { textContent: "" }).textContent`)
}

// TestSearchByKeyboard goes from the field to the results and back, and follows
// a result to the part of the page that has the words.
func TestSearchByKeyboard(t *testing.T) {
	ctx, show := open(t)
	show("search", 1440, 900)
	ask(t, ctx, "企业")
	const focused = `document.activeElement.getAttribute("href") || document.activeElement.id`
	key := func(name, code string) {
		evaluate[bool](t, ctx, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "`+name+`", code: "`+code+`", bubbles: true, cancelable: true }))`)
	}
	for _, step := range []struct{ key, want string }{{"", "../2026/chapter.html"}, {"ArrowDown", "../2026/sop.html"}, {"ArrowUp", "../2026/chapter.html"}, {"ArrowUp", "q"}, {"ArrowDown", "../2026/chapter.html"}, {"Escape", "q"}} {
		if step.key != "" {
			key(step.key, step.key)
		}
		if got := evaluate[string](t, ctx, focused); got != step.want {
			t.Errorf("after %q the focus is on %q, not on %q", step.key, got, step.want)
		}
	}
	key("Escape", "Escape")
	if left := evaluate[string](t, ctx, `document.getElementById("q").value + document.getElementById("results").textContent`); left != "" {
		t.Errorf("Escape leaves %q", left)
	}
	ask(t, ctx, "中位数 80 万元")
	if got := evaluate[string](t, ctx, focused); got != "../2026/chapter.html#money" {
		t.Errorf("the result leads to %q", got)
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
