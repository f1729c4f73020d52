package templates_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"benchbook/internal/page"
)

// TestLook draws the example pages for people to look at: it runs only when
// BENCHBOOK_LOOK names a folder, and leaves HTML, screenshots and PDFs there.
func TestLook(t *testing.T) {
	dir := os.Getenv("BENCHBOOK_LOOK")
	if dir == "" {
		t.Skip("set BENCHBOOK_LOOK to a folder to get screenshots of the example pages")
	}
	writeSite(t, dir)
	ctx, stop := browser()
	defer stop()
	for layout := range examples() {
		address := "file://" + filepath.Join(dir, "2026", layout+".html")
		for _, width := range []int64{360, 768, 1440} {
			for _, scheme := range []string{"light", "dark"} {
				if width == 768 && scheme == "dark" {
					continue
				}
				name := layout + "-" + strconv.FormatInt(width, 10) + "-" + scheme
				shoot(t, ctx, address, width, scheme, filepath.Join(dir, name))
			}
		}
		printPDF(t, ctx, address, filepath.Join(dir, layout+".pdf"))
	}
}

// writeSite writes every example page and all assets into a folder.
func writeSite(t *testing.T, dir string) {
	t.Helper()
	built := builtIn(t)
	for _, a := range built.Assets() {
		write(t, filepath.Join(dir, filepath.FromSlash(a.Path)), a.Bytes)
	}
	for layout, model := range examples() {
		write(t, filepath.Join(dir, "2026", layout+".html"), render(t, built, layout, model))
	}
	for _, f := range exampleIndex() {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Path)), f.Bytes)
	}
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// browser starts a Chromium that asks nothing of the network.
func browser() (context.Context, func()) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	return ctx, func() { stop(); stopAllocator() }
}

// shoot saves the first screen and the whole page.
func shoot(t *testing.T, ctx context.Context, address string, width int64, scheme, name string) {
	t.Helper()
	height := map[int64]int64{360: 780, 768: 1024, 1440: 900}[width]
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, height)))
	got(chromedp.Call(ctx, emulation.SetEmulatedMedia, media))(t)
	must(t, chromedp.Do(ctx, chromedp.Navigate(address)))
	if scroll := got(chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)))(t); scroll > width {
		t.Errorf("%s: %d px wide at %d", address, scroll, width)
	}
	write(t, name+".png", got(chromedp.Run(ctx, chromedp.CaptureScreenshot()))(t))
	write(t, name+"-whole.png", got(chromedp.Run(ctx, chromedp.FullScreenshot(100)))(t))
}

func printPDF(t *testing.T, ctx context.Context, address, name string) {
	t.Helper()
	must(t, chromedp.Do(ctx, chromedp.Navigate(address)))
	write(t, name, got(chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground())))(t))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func got[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// examplePages are what search finds; a page after them comes from other tests.
var examplePages = []struct{ layout, path, html string }{
	{"chapter", "2026/chapter.html", "<main><h1>现状与预算</h1><p>六成企业已有私域团队，食品行业达 90%。</p><h2 id=\"money\">预算</h2><p>年度预算中位数 80 万元。</p></main>"},
	{"sop", "2026/sop.html", "<main><h1>包裹卡导流</h1><p>让收到包裹的顾客在三天内加上企业微信。&lt;b&gt;</p></main>"},
	{"methodology", "2026/methodology.html", "<main><h1>研究方法</h1><p>分位数与 Wilson 区间，ＡＢＣ 全角，預算里的企業</p></main>"},
}

func exampleIndex() []page.File {
	var pages []page.Page
	for _, e := range examplePages {
		pages = append(pages, page.Page{Layout: e.layout, Path: e.path})
	}
	return page.SearchFiles("", pages, func(i int) []byte { return []byte(examplePages[i].html) })
}
