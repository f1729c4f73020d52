package document

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"benchbook/internal/diag"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
)

type example struct {
	Markdown string `json:"markdown"`
	Example  int    `json:"example"`
}

// spec reads the examples of the CommonMark specification from the parser's module.
func spec(t *testing.T) []example {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatalf("the parser's module is not there: %v", err)
	}
	src, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	if err := json.Unmarshal(src, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 652 {
		t.Fatalf("the specification has %d examples, not 652", len(list))
	}
	return list
}

// What we add to a document on purpose; heading levels are ours too.
var additions = regexp.MustCompile(` <a class="anchor" href="#[^"]*" aria-label="本节链接">#</a>| class="external" rel="noopener"| loading="lazy" decoding="async"| tabindex="0"`)
var headingTag = regexp.MustCompile(`<(/?)h[1-6][^>]*>`)

func withoutAdditions(html string) string {
	html = strings.ReplaceAll(html, "&#34;", "&quot;")
	return headingTag.ReplaceAllString(additions.ReplaceAllString(html, ""), "<${1}h>")
}

func renderWith(p parser.Parser, markdown string) (string, *tree, *diag.List) {
	var l diag.List
	t := newTree(p, newSource("x.md", []byte(markdown), &l), 0, &l)
	t.collect(&l)
	return string(convert(t, false).run(&Renderer{})), t, &l
}

func (t *tree) holds(kind ast.NodeKind) bool {
	found := false
	_ = ast.Walk(t.root, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		found = found || n.Kind() == kind
		return ast.WalkContinue, nil
	})
	return found
}

// TestCommonMarkRendersAsTheLibraryDoes: with the plain parser, everything we
// do between parsing and HTML leaves the specification's examples as they are,
// but for what the package comment announces: author HTML is filtered, unknown
// schemes lose their link, empty headings go.
func TestCommonMarkRendersAsTheLibraryDoes(t *testing.T) {
	library := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))
	same := 0
	for _, e := range spec(t) {
		var want bytes.Buffer
		if err := library.Convert([]byte(e.Markdown), &want); err != nil {
			t.Fatal(err)
		}
		got, tree, l := renderWith(goldmark.DefaultParser(), e.Markdown)
		if withoutAdditions(got) == withoutAdditions(want.String()) {
			same++
		} else if !tree.holds(kindRaw) && len(l.Sorted()) == 0 {
			t.Errorf("example %d %q\n got %q\nwant %q", e.Example, e.Markdown, got, want.String())
		}
	}
	if same < 580 {
		t.Errorf("only %d of 652 examples render as the library renders them", same)
	}
	t.Logf("%d of 652 are the same; the rest holds HTML, unknown schemes or empty headings", same)
}

// extended are the examples whose meaning our extensions change, all of them
// bare addresses, which the specification leaves as text.
var extended = map[int]bool{608: true, 611: true, 612: true}

// TestExtensionsLeaveCommonMarkAlone compares our parser with the plain one.
func TestExtensionsLeaveCommonMarkAlone(t *testing.T) {
	for _, e := range spec(t) {
		want, _, _ := renderWith(goldmark.DefaultParser(), e.Markdown)
		got, _, _ := renderWith(bodyParser(), e.Markdown)
		if (got != want) != extended[e.Example] {
			t.Errorf("example %d %q\n got %q\nwant %q", e.Example, e.Markdown, got, want)
		}
	}
}
