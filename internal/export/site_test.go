package export_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"benchbook/internal/browsertest"
	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/export"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// open builds a project in memory.
func open(t *testing.T, dir, baseURL string) export.Site {
	t.Helper()
	l := &diag.List{}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.Open(dir, l)
	if err != nil {
		t.Fatal(err)
	}
	s.Settings.BaseURL = baseURL
	tree := output.NewMemory()
	result, err := build.Run(context.Background(), s, build.Options{}, tree, l)
	if err != nil || l.HasErrors() {
		t.Fatal(err, l.Sorted())
	}
	return export.Site{Composition: result.Composition, Tree: tree}
}

// sample is the sample white paper, built once.
var sample = sync.OnceValue(func() func(*testing.T) export.Site {
	var once sync.Once
	var made export.Site
	return func(t *testing.T) export.Site {
		once.Do(func() { made = open(t, filepath.Join("..", ".."), "") })
		if made.Composition == nil {
			t.Fatal("the sample white paper does not build")
		}
		return made
	}
})()

// payload is what no form may run: a formula for spreadsheets, markup for pages.
const payload = `=HYPERLINK("http://evil.example","x")<script>alert(1)</script>`

// hostile is a small project that has payload wherever a text may stand.
func hostile(t *testing.T) export.Site {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("组,数\n")
	for i := range 60 {
		fmt.Fprintf(&rows, "%q,%d\n", []string{"+甲", "@乙"}[i%2], i)
	}
	q := fmt.Sprintf("%q", payload)
	files := map[string]string{
		"benchbook.toml":   "title = " + q + "\npublisher = " + q + "\ndescription = " + q + "\nlicence = " + q + "\nedition = \"9\"\n",
		"data/d/rows.csv":  rows.String(),
		"data/charts.toml": "[[chart]]\nid = \"c\"\nindicator = \"d/g\"\ntitle = " + q + "\nnote = " + q + "\n",
		"content/index.md": "文字\n",
		"content/summary.md": "# 摘要\n\n![](chart:c)\n\n![](table:d/x)\n\n| a | b | c | d | e |\n| - | - | - | - | - |\n| " + strings.ReplaceAll(payload, "|", "") + " | 1 | 2 | 3 | 4 |\n\n" +
			"[外](https://example.org/?a=1&b=2) <b style=\"position:fixed\" class=\"x\" id=\"y\">粗</b>\n\n```话术\n一  二\n<b>三</b>\n```\n\n- [ ] 做\n  - 里面\n",
		"data/d/dataset.toml": "name = \"d\"\ntitle = " + q + "\nsource = " + q + "\nlicence = " + q +
			"\n[[resource]]\npath = \"rows.csv\"\n[[field]]\nname = \"g\"\ncolumn = \"组\"\ntype = \"string\"\ncategories = [\"+甲\", \"@乙\"]\n[[field]]\nname = \"x\"\ncolumn = \"数\"\ntype = \"number\"\n",
	}
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, dir, "https://example.org/报告")
}

// browser is the installed one; without it the test is skipped by the house's rule.
func browser(t *testing.T) export.Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser with -short")
	}
	b, err := export.FindBrowser()
	if err != nil {
		browsertest.Missing(t, "no browser is installed: PDF and pictures are not tested")
	}
	return b
}

// file finds one exported file by the end of its name.
func file(t *testing.T, files []export.File, end string) []byte {
	t.Helper()
	for _, f := range files {
		if strings.HasSuffix(f.Name, end) {
			return f.Bytes
		}
	}
	t.Fatalf("no %s among %d files", end, len(files))
	return nil
}
