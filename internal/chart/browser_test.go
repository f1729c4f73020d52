package chart

import (
	"context"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"benchbook/internal/chart/sheet"
)

// openBrowser starts a real browser, or skips the test.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "chrome"}
	there := slices.ContainsFunc(names, func(name string) bool { _, err := exec.LookPath(name); return err == nil })
	if testing.Short() || !there {
		t.Skip("no Chromium here, or -short")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	limited, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(func() { cancel(); stop(); stopAllocator() })
	return limited
}

// figurePage writes the page of a figure as the theme lays it out, under the policy of a published site.
func figurePage(t *testing.T, dir string, s Spec) string {
	t.Helper()
	var drawings strings.Builder
	for _, w := range []Width{Wide, Narrow} {
		svg, err := SVG(s, w)
		if err != nil {
			t.Fatal(err)
		}
		drawings.Write(svg)
	}
	option, err := Option(s)
	if err != nil {
		t.Fatal(err)
	}
	page := `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self'">` +
		`<title>` + html.EscapeString(s.ID) + `</title><script src="watch.js"></script><link rel="stylesheet" href="chart.css"><main><figure><div>` + drawings.String() + `</div></figure></main>` +
		`<script type="application/json" id="option">` + string(option) + `</script><script src="figure.js" data-echarts="echarts.min.js" defer></script>`
	name := filepath.Join(dir, s.ID+".html")
	if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(name)
}

// siteFolder holds the assets that a figure page loads, and a script that notes every breach of the policy.
func siteFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	assets := filepath.Dir(cssFile)
	for to, from := range map[string]string{"chart.css": cssFile, "figure.js": filepath.Join(assets, "figure.js"), "echarts.min.js": filepath.Join(engineDir, "echarts.min.js")} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const watch = `window.broken = []; window.alert = m => broken.push("alert " + m);
addEventListener("securitypolicyviolation", e => broken.push(e.violatedDirective + " " + e.blockedURI + " " + e.sourceFile + ":" + e.lineNumber + ":" + e.columnNumber));
addEventListener("error", e => broken.push(e.message || "not loaded: " + (e.target.src || e.target.href)), true);
console.error = (...m) => broken.push("console " + m.join(" "));`
	if err := os.WriteFile(filepath.Join(dir, "watch.js"), []byte(watch), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// Every kind draws interactively under a policy of only 'self', from disk, and reads out its values by keyboard; hostile
// labels run nothing.
func TestInteractiveDrawing(t *testing.T) {
	ctx := openBrowser(t)
	dir := siteFolder(t)
	all := examples()
	for i, k := range Kinds() {
		s := randomSpec(rand.New(rand.NewPCG(uint64(i), 11)), k)
		s.ID = "hostile-" + k.Name
		all = append(all, s)
	}
	for _, s := range all {
		do(t, ctx, chromedp.EmulateViewport(760, 900), chromedp.Navigate(figurePage(t, dir, s)), chromedp.Click(chromedp.CSS(".chart-switch")),
			chromedp.WaitVisible(chromedp.CSS(".chart-live svg")))
		if marks := eval[int](t, ctx, `document.querySelectorAll(".chart-live svg path, .chart-live svg text").length`); marks < 3 {
			t.Errorf("%s: only %d marks", s.ID, marks)
		}
		if eval[bool](t, ctx, `[...document.querySelectorAll(".chart-svg")].some(e => e.checkVisibility())`) {
			t.Errorf("%s: the static drawing still shows on the screen", s.ID)
		}
		do(t, ctx, chromedp.Focus(chromedp.CSS(".chart-live")), chromedp.KeyEvent(kb.ArrowRight))
		if told := eval[string](t, ctx, `document.querySelector(".chart-told").textContent`); told == "" {
			t.Errorf("%s: the arrow key tells nothing", s.ID)
		}
		if broken := eval[[]string](t, ctx, `broken`); len(broken) > 0 {
			t.Errorf("%s: %q", s.ID, broken)
		}
		if *gallery != "" {
			shot(t, ctx, s.ID)
		}
	}
}

// shot keeps a picture of the interactive drawing beside the gallery page.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(filepath.Dir(*gallery), "live-"+name+".png"), picture, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A reader without the engine keeps the static drawing and is told so.
func TestStaticDrawingStaysOnError(t *testing.T) {
	ctx := openBrowser(t)
	dir := siteFolder(t)
	if err := os.WriteFile(filepath.Join(dir, "echarts.min.js"), []byte("throw new Error('broken file')"), 0o644); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(figurePage(t, dir, bars.Example())), chromedp.Click(chromedp.CSS(".chart-switch")), chromedp.Sleep(300*time.Millisecond))
	if !eval[bool](t, ctx, `[...document.querySelectorAll(".chart-svg")].some(e => e.checkVisibility())`) {
		t.Error("no drawing is left")
	}
	if told := eval[string](t, ctx, `document.querySelector(".chart-told").textContent`); !strings.Contains(told, "静态图") {
		t.Errorf("the reader is told %q", told)
	}
}

// The width table is never far below what a browser draws, and no text of the gallery leaves its drawing.
func TestWidthTableHoldsInABrowser(t *testing.T) {
	ctx := openBrowser(t)
	dir := siteFolder(t)
	const outside = `[...document.querySelectorAll(".chart-w")].flatMap(svg => { const [x, y, w, h] = svg.getAttribute("viewBox").split(" ").map(Number);
		return [...svg.querySelectorAll("text")].filter(t => { const b = t.getBBox(); return b.x < x - 0.5 || b.x + b.width > x + w + 0.5; }).map(t => t.textContent); })`
	const wider = `[...document.querySelectorAll(".chart-w text")].map(t => t.textContent + "\t" + (t.getAttribute("font-size") || 13) + "\t" + (t.getAttribute("font-weight") ? 1 : 0) + "\t" + t.getBBox().width)`
	for _, s := range append(examples(), hardExamples()...) {
		do(t, ctx, chromedp.EmulateViewport(1000, 900), chromedp.Navigate(figurePage(t, dir, s)))
		for _, text := range eval[[]string](t, ctx, outside) {
			t.Errorf("%s: %q is cut", s.ID, text)
		}
		for _, line := range eval[[]string](t, ctx, wider) {
			checkMeasured(t, line)
		}
	}
}

// checkMeasured compares one text with the table: it may be up to 3 % wider in the browser, half a pixel for the shortest.
func checkMeasured(t *testing.T, line string) {
	t.Helper()
	f := strings.Split(line, "\t")
	var size, bold, width float64
	if _, err := fmt.Sscan(f[1], &size); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(f[2]+" "+f[3], &bold, &width); err != nil {
		t.Fatal(err)
	}
	if table := sheet.TextWidth(f[0], size, bold == 1); width > table*1.03+0.5 {
		t.Errorf("%q is %.1f px wide, the table says %.1f", f[0], width, table)
	}
}
