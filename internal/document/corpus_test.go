package document

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"benchbook/internal/diag"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// corpus reads Markdown that nobody here wrote.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	root := os.Getenv("BENCHBOOK_DATASETS")
	if root == "" {
		t.Skip("BENCHBOOK_DATASETS is not set: the Markdown corpus is not there")
	}
	z, err := zip.OpenReader(filepath.Join(root, "howtocook-md", "howtocook-md.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string][]byte{}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".md") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		src, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = src
	}
	if len(files) != 391 {
		t.Fatalf("the corpus has %d files, not 391", len(files))
	}
	return files
}

// counted are the elements that must survive, by what opens them in our HTML.
var counted = map[string]*regexp.Regexp{
	"heading": regexp.MustCompile(`<h[2-6] id="`), "item": regexp.MustCompile(`<li[ >]`), "table": regexp.MustCompile(`<table>`),
	"code": regexp.MustCompile(`<pre[ >]`), "link": regexp.MustCompile(`<a href="`), "picture": regexp.MustCompile(`<img |〔图片缺失`),
	"span": regexp.MustCompile(`<code>`), "row": regexp.MustCompile(`<tr>`),
}

// libraryCounts counts the same elements with the library alone.
func libraryCounts(src []byte) map[string]int {
	n := map[string]int{}
	p := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Parser()
	_ = ast.Walk(p.Parse(text.NewReader(src)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node.Kind() {
		case ast.KindHeading:
			n["heading"]++
		case ast.KindListItem:
			n["item"]++
		case extast.KindTable:
			n["table"]++
		case extast.KindTableRow, extast.KindTableHeader:
			n["row"]++
		case ast.KindCodeBlock, ast.KindFencedCodeBlock:
			n["code"]++
		case ast.KindLink, ast.KindAutoLink:
			n["link"]++
		case ast.KindImage:
			n["picture"]++
		case ast.KindCodeSpan:
			if node.Parent().Kind() != ast.KindFencedCodeBlock {
				n["span"]++
			}
		}
		return ast.WalkContinue, nil
	})
	return n
}

// TestCorpusLosesNothing: every heading (the first h1 becomes the title), list
// item, table, row, code block, link and picture of 391 files is in the HTML.
func TestCorpusLosesNothing(t *testing.T) {
	total := map[string]int{}
	for name, src := range corpus(t) {
		var l diag.List
		d, tree := read(name, src, &l)
		html := string(d.Render(Renderer{Image: func(Image) (string, int, int, bool) { return "", 0, 0, false }}))
		want := libraryCounts(src)
		if tree.title != nil {
			want["heading"]--
		}
		for what, pattern := range counted {
			got := len(pattern.FindAllString(html, -1))
			total[what] += got
			if got != want[what] {
				t.Errorf("%s: %d %ss in the HTML, %d in the file", name, got, what, want[what])
			}
		}
		if l.HasErrors() || d.Title == "" {
			t.Errorf("%s: title %q, %v", name, d.Title, l.Sorted())
		}
		for _, f := range l.Sorted() {
			if f.Code != "document.punctuation" {
				t.Log(f.Pos, f.Message.In("zh"))
			}
		}
	}
	t.Log(total)
}
