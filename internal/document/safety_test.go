package document

import (
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"

	"golang.org/x/net/html"
)

var hostile = []string{
	"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<svg><script>alert(1)</script></svg>", "<svg onload=alert(1)>\n\n**a**\n\n</svg>",
	"<iframe src=\"javascript:alert(1)\"></iframe>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java&#10;script:alert(1))", "[a](&#1;javascript:alert(1))",
	"[a](javascript&colon;alert(1))", "[a](<java\tscript:alert(1)>)", "<javascript:alert(1)>", "![a](data:text/html;base64,PHN2Zz4=)", "[a][b]\n\n[b]: vbscript:x",
	"<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<a href=\" &#14; javascript:alert(1)\">x</a>", "<div style=\"background:url(x)\" class=fig id=main>", "</div></main></body>",
	"<details open><summary>a", "<p>a\n\n**b**\n\n</p>", "<table><tr><td>\n\n# a\n\n", "<b><i>a", "- <b>a\n- c</b>", "> <div>\n\nb", "<form action=//x><input name=a>", "<base href=//x>",
	"<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//x>", "<object data=x>", "<math><mtext></mtext><script>alert(1)</script></math>", "<!--><script>alert(1)</script>-->",
	"<![CDATA[><script>alert(1)</script>]]>", "<?x <script>alert(1)</script>?>", "<a href='x' title='\"><script>alert(1)</script>'>", "![\"><script>alert(1)</script>](x.png \"\\\" onload=x\")",
	"[a](x \"\\\"><script>\")", "```\"><script>alert(1)</script>\nx\n```", "## <script>x</script> {#a\"b}", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
	"<template><script>x</script></template>", "<style>@import '//x'</style>", "<textarea></textarea><script>x</script>", "<plaintext>\n\n# a", "<h2><h3>a", "<a><a href=x>[b](c)</a>",
	"<select><option>\n\n# a\n\n", "<img src=\"//evil\" srcset=\"x 2x\">", "[a](\\\\\\\\evil/x)", "<summary></details></section>", "<ruby>私<rt>sī</ruby>", "a <b\n", "<div", "<div a=\"\n\nb",
}

// unsafe lists what must never be in our HTML; the page around it must stay whole.
func unsafe(body string) (found []string) {
	doc, err := html.Parse(strings.NewReader("<!doctype html><body><main><div>" + body + "</div></main><footer>f</footer></body>"))
	if err != nil {
		return []string{err.Error()}
	}
	known := append(append(slices.Clone(textElements), blockElements...), "html", "head", "body", "main", "footer", "label", "input")
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if !slices.Contains(known, n.Data) || n.Data == "input" && attribute(html.Token{Attr: n.Attr}, "type") != "checkbox" {
				found = append(found, "<"+n.Data+">")
			}
			if n.Data == "footer" && (n.Parent.Data != "body" || n.PrevSibling == nil || n.PrevSibling.Data != "main") {
				found = append(found, "the page around is broken")
			}
			found = append(found, unsafeAttributes(n.Attr)...)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(doc)
	return found
}

func unsafeAttributes(list []html.Attribute) (found []string) {
	for _, a := range list {
		value := clean(a.Val)
		switch {
		case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcset" || a.Key == "action":
			found = append(found, a.Key)
		case (a.Key == "href" || a.Key == "src") && !allowed(value):
			found = append(found, a.Key+"="+a.Val)
		}
	}
	return found
}

func TestNothingRunsAndNothingBreaksThePage(t *testing.T) {
	for _, src := range hostile {
		for _, around := range []string{"%", "前\n\n%\n\n后", "- 甲 %\n- 乙", "> %", "| % |\n|-|\n| % |", "# %", "*% [x](y) %*"} {
			markdown := strings.ReplaceAll(around, "%", src)
			d, _ := parse(markdown)
			body := string(d.Render(Renderer{}))
			if found := unsafe(body); found != nil {
				t.Errorf("%q: %v in %q", markdown, found, body)
			}
		}
	}
}

// TestTheCheckItselfSees proves that unsafe would see what it is there for.
func TestTheCheckItselfSees(t *testing.T) {
	for _, body := range []string{"<script>x</script>", "</div></main><p>x", "<a href='java\nscript:x'>a</a>", "<p onclick=x>", "<div style=x></div>", "<input>", "<form>"} {
		if unsafe(body) == nil {
			t.Errorf("%q passes", body)
		}
	}
	if unsafe("<p>a <a href=\"https://a.cn\">b</a></p>") != nil {
		t.Error("harmless HTML does not pass")
	}
}

func TestHarmlessHTMLStays(t *testing.T) {
	for src, want := range map[string]string{
		"<details>\n<summary>甲</summary>\n\n**乙**\n\n</details>\n": "<details>\n<summary>甲</summary>\n<p><strong>乙</strong></p>\n</details>\n",
		"水 H<sub>2</sub>O<br>行":                                    "<p>水 H<sub>2</sub>O<br>行</p>\n",
		"<img src=\"a.png\" width=\"40\" alt=\"甲\">":               "<img src=\"a.png\" alt=\"甲\" loading=\"lazy\" decoding=\"async\" width=\"40\">",
		"<table><tr><td colspan=\"2\">甲</td></tr></table>":         "<table><tr><td colspan=\"2\">甲</td></tr></table>",
		"<ruby>私<rt>sī</rt></ruby>":                                "<p><ruby>私<rt>sī</rt></ruby></p>\n",
		"<a href=\"a.md\" title=\"甲\">乙</a>":                       "<p><a href=\"a.md\" title=\"甲\">乙</a></p>\n",
		"<!-- 注 -->\n甲":                                            "\n<p>甲</p>\n",
	} {
		d, _ := parse(src)
		if got := string(d.Render(Renderer{})); got != want {
			t.Errorf("%q:\n got %q\nwant %q", src, got, want)
		}
	}
}

// FuzzDocument: no input makes Parse or Render fail, run something, break the
// page around, or place a finding outside the file.
func FuzzDocument(f *testing.F) {
	for _, src := range append(hostile, tomlFront, yamlFront, ">\t#", "+++\n+++\n", "---\n", "[^a]: b\n[^a]", "- [ ] a\n\n  - [x] b", "|a|\n|-|\n|`|`|", "\xff\xfe", "![a](chart:b)\n\n[](stat:c/d)") {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var l diag.List
		d, tree := read("a.md", src, &l)
		if found := unsafe(string(d.Render(Renderer{}))); found != nil {
			t.Errorf("%v", found)
		}
		for _, p := range append(l.Sorted(), d.HandTyped()...) {
			if p.Pos.Line < 1 || p.Pos.Line > len(tree.s.lines)+1 || p.Pos.Column < 1 {
				t.Errorf("%s at %v", p.Code, p.Pos)
			}
		}
		for _, r := range d.Refs {
			if r.Start > r.End || r.End > len(src) || (r.Start < 0) != (r.End < 0) {
				t.Errorf("%+v", r)
			}
		}
		_ = tree.plainBlocks() + d.Excerpt(80)
	})
}
