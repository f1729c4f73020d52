package build

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
)

// bothEditions is the sample white paper with a traditional edition.
func bothEditions(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, folder := range []string{"content", "data"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(sample, folder))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(sample, "benchbook.toml"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "benchbook.toml"), append([]byte("languages = [\"zh-CN\", \"zh-TW\"]\n"), settings...))
	return dir
}

// TestTraditionalEdition: every page has its copy, which leads to everything the
// page leads to, and holds no simplified word of the text.
func TestTraditionalEdition(t *testing.T) {
	m := makeSite(t, bothEditions(t))
	m.wantNoErrors(t)
	checkSite(t, m)
	copies, english := 0, 0
	for name, data := range m.files {
		if bytes.Contains(data, []byte(`<html lang="en`)) {
			english++ // a text in English has no other characters
		}
		original, ok := strings.CutPrefix(name, "zh-tw/")
		if !ok || filepath.Ext(name) != ".html" {
			continue
		}
		copies++
		if m.files[original] == nil || !bytes.Contains(data, []byte(`<html lang="zh-TW">`)) || bytes.Count(data, []byte("<")) != bytes.Count(m.files[original], []byte("<")) {
			t.Errorf("%s is no copy of %s", name, original)
		}
		for _, hreflang := range []string{`hreflang="zh-CN"`, `hreflang="zh-TW"`} {
			if !bytes.Contains(data, []byte(hreflang)) || !bytes.Contains(m.files[original], []byte(hreflang)) {
				t.Errorf("%s does not lead to both editions", original)
			}
		}
		for _, word := range []string{"导流率", "企业", "图表", "执行摘要"} {
			if body := visible(data); strings.Contains(body, word) {
				t.Errorf("%s still has %s: …%.90s", name, word, body[strings.Index(body, word):])
			}
		}
	}
	if copies != m.result.Pages-english { // all but the page that is not there, and the print edition, which is bound from pages
		t.Errorf("%d copies of %d pages", copies, m.result.Pages)
	}
	if !bytes.Contains(m.files["sitemap.xml"], []byte("/zh-tw/index.html")) || bytes.Contains(m.files["zh-tw/404.html"], []byte("<")) {
		t.Error("the sitemap lacks the edition, or there is a second page for what is not there")
	}
}

// visible is a page without its code, addresses and ids.
func visible(page []byte) string {
	var out strings.Builder
	rest := string(page)
	for rest != "" {
		before, after, _ := strings.Cut(rest, "<")
		out.WriteString(before)
		tag, next, _ := strings.Cut(after, ">")
		if strings.HasPrefix(tag, "code") {
			_, next, _ = strings.Cut(next, "</code")
			next = "<" + next
		}
		rest = next
	}
	return out.String()
}

// TestTraditionalEditionInABrowser: its search speaks its own letters, finds
// what is asked in either, and stays in the edition.
func TestTraditionalEditionInABrowser(t *testing.T) {
	p := browsertest.Start(t).Page(t)
	m, _ := makeOnce(t, bothEditions(t))
	dir := t.TempDir()
	for name, data := range m.files {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	address := "file://" + filepath.ToSlash(dir) + "/zh-tw/"
	p.Open(address + "search.html?q=%E5%B0%8E%E6%B5%81%E7%8E%87") // 導流率
	if !p.Wait(`document.querySelector("#results a") !== null`, 10*time.Second) {
		t.Fatal("no results")
	}
	got := browsertest.Eval[string](p, `JSON.stringify([document.getElementById("found").textContent, document.querySelector("#results a").href, document.querySelector("#results mark").textContent])`)
	var seen []string
	if err := json.Unmarshal([]byte(got), &seen); err != nil || !strings.HasPrefix(seen[0], "找到") || !strings.HasPrefix(seen[1], address) || seen[2] != "導流率" {
		t.Errorf("%q %v", seen, err)
	}
	if n := browsertest.Eval[int](p, `benchbookSearch.find("导流率", 1e9).then(found => found.length)`); n < 5 {
		t.Errorf("the simplified word finds %d pages", n)
	}
	p.Open(address + "2026/budget.html")
	if got := browsertest.Eval[string](p, `[...document.querySelectorAll(".version")].filter(e => e.checkVisibility()).map(e => e.textContent).join()`); got != "简体" {
		t.Errorf("the switch offers %q", got)
	}
	p.Open("file://" + filepath.ToSlash(dir) + "/2026/budget.html")
	if got := browsertest.Eval[string](p, `[...document.querySelectorAll(".version")].filter(e => e.checkVisibility()).map(e => e.textContent + e.href).join()`); got != "繁體"+address+"2026/budget.html" {
		t.Errorf("the switch offers %q", got)
	}
	if troubles := p.Troubles(); len(troubles) > 0 {
		t.Errorf("%q", troubles)
	}
}
