package preview

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
)

// corpus is a project of n texts of some 1,600 characters each.
func corpus(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("benchbook.toml", "title = \"千页\"\nedition = \"2026\"\n")
	put("content/index.md", "封面。\n")
	for i := range n {
		put(textName(i), textOf(i, "原文"))
	}
	return dir
}

func textName(i int) string { return fmt.Sprintf("content/notes/n%04d.md", i) }

func textOf(i int, mark string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = \"第 %d 页\"\nsummary = \"第 %[1]d 页的摘要。\"\n+++\n\n%s%04[1]d。\n\n", i, mark)
	for h := range 8 {
		fmt.Fprintf(&b, "## 小节 %d\n\n", h+1)
		for p := range 4 {
			b.WriteString(strings.Repeat(fmt.Sprintf("第 %d 页第 %d 节第 %d 段，讲引流、承接、转化与复购怎样衔接。", i, h, p), 2) + "\n\n")
		}
	}
	return b.String()
}

// seen waits in the page until a frame with the text has been painted, and gives
// the moment in milliseconds since 1970.
func seen(p *browsertest.Page, text string) float64 {
	return browsertest.Eval[float64](p, fmt.Sprintf(`new Promise(done => {
		const look = () => document.body.textContent.includes(%q) ? requestAnimationFrame(() => done(performance.timeOrigin + performance.now())) : requestAnimationFrame(look)
		look()
	})`, text))
}

// edit writes a text and gives how long it took until the page showed it.
func edit(t testing.TB, p *browsertest.Page, dir string, i int, mark string) time.Duration {
	t.Helper()
	wrote := make(chan time.Time, 1)
	go func() {
		time.Sleep(50 * time.Millisecond) // the page looks by then
		wrote <- time.Now()
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(textName(i))), []byte(textOf(i, mark)), 0o644); err != nil {
			t.Error(err)
		}
	}()
	at := seen(p, fmt.Sprintf("%s%04d", mark, i))
	return time.UnixMicro(int64(at * 1000)).Sub(<-wrote)
}

// TestAnEditIsSeen: an open page shows a change, keeps its scroll, is left alone
// when another text changes, shows a mistake with its place over what was there,
// and recovers.
func TestAnEditIsSeen(t *testing.T) {
	browser := browsertest.Start(t)
	dir := corpus(t, 30)
	base := start(t, dir)
	p := browser.Page(t)
	p.Size(1024, 700)
	p.Open(base + "/notes/n0003.html")
	browsertest.Eval[bool](p, `scrollTo({top: 900, behavior: "instant"}); window.same = true`)
	edit(t, p, dir, 3, "改过一次")
	if at := browsertest.Eval[float64](p, `scrollY`); at != 900 {
		t.Errorf("the page scrolled to %v", at)
	}
	if !browsertest.Eval[bool](p, `window.same === true`) {
		t.Error("the page was loaded again for a change of its text")
	}
	mark := browsertest.Eval[string](p, `document.documentElement.dataset.benchbookMark`)
	write(t, dir, textName(4), textOf(4, "另一页"))
	time.Sleep(2 * settle)
	if now := browsertest.Eval[string](p, `document.documentElement.dataset.benchbookMark`); now != mark {
		t.Error("a change of another page reached this one")
	}
	write(t, dir, textName(3), textOf(3, "坏了")+"\n[1%](stat:no/where)\n")
	if !p.Wait(`!!document.querySelector(".benchbook-findings a")`, 20*time.Second) {
		t.Fatal("no finding in the page")
	}
	finding := browsertest.Eval[string](p, `document.querySelector(".benchbook-findings a").textContent + " " + document.querySelector(".benchbook-findings a").href`)
	if !strings.HasPrefix(finding, textName(3)+":") || !strings.Contains(finding, "vscode://file/") {
		t.Errorf("the finding is %q", finding)
	}
	if !browsertest.Eval[bool](p, `document.body.textContent.includes("改过一次")`) {
		t.Error("the last good page is not under the finding")
	}
	edit(t, p, dir, 3, "好了")
	if !p.Wait(`!document.querySelector(".benchbook-findings")`, 10*time.Second) {
		t.Error("the finding stays")
	}
	if troubles := slices.DeleteFunc(p.Troubles(), func(s string) bool { return strings.Contains(s, "500") }); len(troubles) > 0 {
		t.Error(troubles)
	}
}

// BenchmarkEditToSeen is the time from a saved text to the painted frame that
// shows it, on 1,000 pages, in Chromium.
func BenchmarkEditToSeen(b *testing.B) {
	browser := browsertest.Start(b)
	dir := corpus(b, 1000)
	base := start(b, dir)
	get(b, base+"/", "") // which waits for the first build
	p := browser.Page(b)
	p.Size(1024, 700)
	p.Open(base + "/notes/n0500.html")
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		took = append(took, edit(b, p, dir, 500, fmt.Sprintf("第%d次", n)))
		if n%10 == 9 {
			time.Sleep(4 * settle) // and a build of the whole site in between
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
	b.ReportMetric(float64(took[len(took)*9/10].Microseconds())/1000, "ms/p90")
}
