package seal_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/browsertest"
	"benchbook/internal/seal"
)

// open unlocks a page by its link.
func open(t *testing.T, p *browsertest.Page, address string, lock *seal.Lock) {
	t.Helper()
	p.Open(address + lock.Link())
	wait(t, p, "the link", unlocked)
}

// visit goes to the page with a title by a link on the present one.
func visit(t *testing.T, p *browsertest.Page, text string) {
	t.Helper()
	browsertest.Eval[bool](p, fmt.Sprintf(`([...document.querySelectorAll("a[href^='#/']")].find(a => a.checkVisibility() && a.textContent.includes(%q)).click(), true)`, text))
	wait(t, p, text, fmt.Sprintf(`document.title.includes(%q)`, text))
}

// TestLink opens by the key in the fragment, which then leaves the address bar;
// a wrong key says so, and the password still works after it.
func TestLink(t *testing.T) {
	browser := browsertest.Start(t)
	_, lock, addresses := lay(t, sample(t), seal.Options{Password: password})
	for _, address := range addresses {
		p := browser.Page(t)
		open(t, p, address, lock)
		if got := browsertest.Eval[string](p, `location.hash`); strings.Contains(got, "key") {
			t.Errorf("the address is still %q", got)
		}
		p.Open("about:blank")
		p.Open(address + "#key=" + strings.Repeat("A", 43))
		wait(t, p, "a wrong key", `document.body.innerText.includes("链接里的钥匙不对")`)
		p.Press(password + "\r")
		wait(t, p, "the password after it", unlocked)
		wantQuiet(t, p, address)
	}
}

// TestPagesWork holds that search, history, pictures, figures and downloads of
// a sealed site do what they do in the open one.
func TestPagesWork(t *testing.T) {
	browser := browsertest.Start(t)
	files := sample(t)
	files["index.html"] = bytes.Replace(files["index.html"], []byte("<h1"), []byte(`<p><a href="图集/花间%20集.html#说明">图集</a></p><h1`), 1)
	_, lock, addresses := lay(t, files, seal.Options{Password: password})
	for _, address := range addresses {
		p := browser.Page(t)
		p.Size(1000, 700)
		open(t, p, address, lock)
		home := browsertest.Eval[string](p, `document.title`)
		visit(t, p, "搜索")
		wait(t, p, "the search field", `!document.querySelector(".find").hidden`)
		browsertest.Eval[bool](p, `(document.getElementById("q").focus(), true)`)
		p.Press("团队")
		wait(t, p, "results", `document.querySelectorAll("#results mark").length > 0 && document.querySelector("#results a").getAttribute("href").startsWith("#/")`)
		browsertest.Eval[bool](p, `(document.querySelector("#results a").click(), true)`)
		wait(t, p, "a result's page", `document.getElementById("results") === null`)
		browsertest.Eval[bool](p, `(history.go(-2), true)`)
		wait(t, p, "the cover by going back", fmt.Sprintf(`document.title === %q`, home))
		browsertest.Eval[bool](p, `([...document.querySelectorAll("main a")].find(a => a.textContent === "图集").click(), true)`)
		wait(t, p, "the picture", `document.querySelector("img")?.naturalWidth === 31 && document.activeElement.id === "说明"`)
		if got := browsertest.Eval[string](p, `(s => [s.color, s.letterSpacing, s.backgroundImage.startsWith('url("blob:')].join())(getComputedStyle(document.querySelector("h1")))`); got != "rgb(1, 2, 3),7px,true" {
			t.Errorf("the style is %q", got)
		}
		if got := browsertest.Eval[string](p, `document.getElementById("out").getAttribute("href")`); got != "https://example.cn/" {
			t.Errorf("the link out leads to %q", got)
		}
		wantQuiet(t, p, address)
	}
}

// TestFigureWorks makes a figure interactive: a script of a page that loads another one.
func TestFigureWorks(t *testing.T) {
	browser := browsertest.Start(t)
	_, lock, addresses := lay(t, sample(t), seal.Options{Password: password})
	p := browser.Page(t)
	p.Size(1000, 700)
	open(t, p, addresses[0], lock)
	visit(t, p, "图表目录")
	browsertest.Eval[bool](p, `([...document.querySelectorAll("main table.list td a")][0].click(), true)`)
	wait(t, p, "the switch", `document.querySelector(".chart-switch") !== null`)
	browsertest.Eval[bool](p, `(document.querySelector(".chart-switch").click(), true)`)
	wait(t, p, "the drawing", `document.querySelector(".chart-live svg") !== null`)
	saved := browsertest.Eval[string](p, `new Promise(done => {
		const make = URL.createObjectURL;
		URL.createObjectURL = b => { b.text().then(done); return make(b); };
		HTMLAnchorElement.prototype.click = function () {};
		[...document.querySelectorAll("a[download]")].find(a => a.download.endsWith(".csv")).dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true})); })`)
	if !strings.Contains(saved, ",") {
		t.Errorf("the download is %q", saved)
	}
	wantQuiet(t, p, addresses[0])
}

// TestDamage opens a sealed site of which a file was changed, and one of which the page was.
func TestDamage(t *testing.T) {
	browser := browsertest.Start(t)
	dir, lock, addresses := lay(t, map[string][]byte{"index.html": []byte(`<title>一</title><main><h1>一</h1><a href="2.html">二</a></main>`), "2.html": []byte(`<title>二</title><main>二</main>`)}, seal.Options{Password: password})
	parts, err := filepath.Glob(filepath.Join(dir, "sealed", "p.*.js"))
	if err != nil || len(parts) != 2 {
		t.Fatal(parts, err)
	}
	whole := [][]byte{read(t, parts[0]), read(t, parts[1])}
	for _, i := range []int{0, 1} {
		write(t, parts[i], bytes.Replace(whole[1-i], []byte(partOf(parts[1-i])), []byte(partOf(parts[i])), 1))
		p := browser.Page(t)
		p.Open(addresses[0] + lock.Link())
		wait(t, p, "an answer", `document.title !== "凭密码打开" || document.body.innerText.includes("被改动过")`)
		if browsertest.Eval[bool](p, `document.title === "一"`) {
			browsertest.Eval[bool](p, `(document.querySelector("main a").click(), true)`)
			wait(t, p, "the damaged page", `document.title === "一" && document.querySelector("main").textContent.includes("被改动过")`)
		}
		write(t, parts[i], whole[i])
	}
}

func partOf(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "p."), ".js")
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestKeyword holds that an edition behind a keyword says what a keyword is worth.
func TestKeyword(t *testing.T) {
	browser := browsertest.Start(t)
	_, _, addresses := lay(t, map[string][]byte{"index.html": []byte("<title>全文</title><main>全文</main>")}, seal.Options{Password: "白皮书", Keyword: true, Hint: "关注公众号，回复三个字"})
	p := browser.Page(t)
	p.Open(addresses[1])
	if got := browsertest.Eval[string](p, `document.body.innerText`); !strings.Contains(got, "不是锁") || !strings.Contains(got, "关键词") || strings.Contains(got, "密码") {
		t.Errorf("the page says %q", got)
	}
	p.Press("白皮書\r")
	wait(t, p, "another word", `document.body.innerText.includes("关键词不对")`)
	p.Press(" 白皮书 \r")
	wait(t, p, "the word", `document.title === "全文"`)
	wantQuiet(t, p, addresses[1])
}
