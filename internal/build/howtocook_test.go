package build

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"benchbook/internal/browsertest"
	"benchbook/internal/diag"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// howtocook puts the 391 texts of the corpus into content/sop of a new project.
func howtocook(t *testing.T) (dir string, sources map[string][]byte) {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(browsertest.Datasets(t), "howtocook-md", "howtocook-md.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir, sources = newProject(t, map[string]string{"content/index.md": "# 菜谱\n"}), map[string][]byte{}
	for _, f := range z.File {
		if path.Ext(f.Name) != ".md" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		sources["content/sop/"+f.Name] = data
		put(t, filepath.Join(dir, "content", "sop", filepath.FromSlash(f.Name)), data)
	}
	return dir, sources
}

// TestOutsideTextsBecomeProcedures: texts that nobody wrote for benchbook become
// pages of their own, listed, linked and found, and lose nothing.
func TestOutsideTextsBecomeProcedures(t *testing.T) {
	dir, sources := howtocook(t)
	m := makeSite(t, dir)
	m.wantNoErrors(t)
	pages := checkSite(t, m)
	found, listed, index := 0, string(m.files["sop/index.html"]), searchTexts(m)
	bySource := map[string]string{}
	for name := range pages {
		if file, ok := sourceOf(m, name); ok && sources[file] != nil {
			bySource[file] = name
		}
	}
	for file, src := range sources {
		name := bySource[file]
		page := pages[name]
		if page == nil || len(find(page.root, "body.is-sop")) != 1 {
			t.Errorf("%s: its page is %q", file, name)
			continue
		}
		found++
		if !strings.Contains(index, `"u":"`+name+`"`) {
			t.Errorf("%s is not in the search index", name)
		}
		if len(find(page.root, "nav")) < 3 {
			t.Errorf("%s: %d navigations", name, len(find(page.root, "nav")))
		}
		holdWords(t, file, src, page.root)
	}
	if found != 391 || strings.Count(listed, `data-tags`) < 391 {
		t.Errorf("%d pages of 391, %d cards in the library", found, strings.Count(listed, `data-tags`))
	}
	holdMissingPictures(t, m, sources)
}

// sourceOf is the file under content/ that a page was made from.
func sourceOf(m made, page string) (string, bool) {
	for _, s := range m.sources[page] {
		if strings.HasPrefix(s, "content/") {
			return s, true
		}
	}
	return "", false
}

// holdWords compares the words of every heading and link of a text with its page.
func holdWords(t *testing.T, file string, src []byte, root *html.Node) {
	t.Helper()
	shown := letters(textOf(find(root, "main")[0]))
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	_ = ast.Walk(parser.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindHeading || n.Kind() == ast.KindLink) {
			if words := letters(plain(n, src)); !strings.Contains(shown, words) {
				t.Errorf("%s: %v %q is not on the page", file, n.Kind(), words)
			}
		}
		return ast.WalkContinue, nil
	})
}

// plain is the text of a node, without that of pictures, whose words stand elsewhere.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindImage {
			return ast.WalkSkipChildren, nil
		}
		if segment, ok := n.(*ast.Text); ok && entering {
			b.Write(segment.Segment.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// letters keeps what a reader reads: no spaces, marks or escapes.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, html.UnescapeString(s))
}

// holdMissingPictures holds that each picture left out of the corpus is
// reported at a line of its text that really refers to a picture.
func holdMissingPictures(t *testing.T, m made, sources map[string][]byte) {
	t.Helper()
	files, reports := map[string]bool{}, 0
	for _, d := range m.findings {
		if d.Code != "page.missing_image" {
			continue
		}
		reports++
		files[d.Pos.File] = true
		lines := strings.Split(string(sources[d.Pos.File]), "\n")
		if d.Severity != diag.Warning || d.Pos.Line < 1 || d.Pos.Line > len(lines) || d.Pos.Column < 1 ||
			!strings.Contains(lines[d.Pos.Line-1], "![") && !strings.Contains(lines[d.Pos.Line-1], "<img") {
			t.Errorf("%v: %s", d.Pos, d.Message.In("en"))
		}
	}
	if len(files) != 182 {
		t.Errorf("%d texts have missing pictures reported (%d reports), 182 have pictures", len(files), reports)
	}
}
