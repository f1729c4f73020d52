package document

import (
	"fmt"
	"html/template"
	"strings"
	"sync"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark/ast"
)

// answers writes references so that a test can see what was asked.
var answers = Renderer{
	Stat: func(r Ref) template.HTML { return template.HTML("{" + escape(r.Address("show")) + "}") },
	Fact: func(r Ref, text template.HTML) template.HTML {
		return "{fact " + template.HTML(r.Target) + " " + text + "}"
	},
	Term: func(r Ref, text template.HTML) template.HTML {
		return "{term " + template.HTML(r.Target) + " " + text + "}"
	},
	Figure: func(r Ref, t template.HTML) template.HTML { return "<figure>" + t + "</figure>" },
	Table:  func(r Ref, t template.HTML) template.HTML { return "<figure class=t>" + t + "</figure>" },
}

func parse(src string) (*Document, []diag.Diagnostic) {
	var l diag.List
	return Parse("content/a.md", []byte(src), &l), l.Sorted()
}

func codes(list []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%d:%d %s\n", d.Pos.Line, d.Pos.Column, d.Code)
	}
	return b.String()
}

func TestRender(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"Chinese lines join, others do not": {"私域\n运营\nand\nmore", "<p>私域运营\nand\nmore</p>"},
		"lines join across emphasis":        {"私域\n**运营**\n后", "<p>私域<strong>运营</strong>后</p>"},
		"emphasis beside marks":             {"**重点：**后文", "<p><strong>重点：</strong>后文</p>"},
		"single tildes are ranges":          {"10~20 元，30~40 元 ~~删~~", "<p>10~20 元，30~40 元 <del>删</del></p>"},
		"an address ends before Chinese":    {"见 https://a.cn/x，后文", `<p>见 <a href="https://a.cn/x" class="external" rel="noopener">https://a.cn/x</a>，后文</p>`},
		"a number is asked for":             {"占 [59.5%](stat:s/t?is=已组建&show=n)", "<p>占 {s/t?is=已组建}</p>"},
		"a number in emphasis":              {"**[](stat:s/t)**", "<p><strong>{s/t}</strong></p>"},
		"facts and terms keep their text":   {"[*27*%](fact:f) [率](term:导流率)", "<p>{fact f <em>27</em>%} {term 导流率 率}</p>"},
		"a figure leaves its paragraph":     {"前\n![占 [60%](stat:s/t)](chart:c)\n后", "<p>前\n</p>\n<figure>占 {s/t}</figure>\n<p>后</p>"},
		"a figure in a tight list":          {"- ![甲](table:s/t?by=行业)", "<ul>\n<li>\n<figure class=t>甲</figure>\n</li>\n</ul>"},
		"a link to a figure":                {"见[图](chart:c)。", "<p>见<figure>图</figure>。</p>"},
		"figures by reference":              {"![甲][f]\n\n[f]: chart:c", "<figure>甲</figure>"},
		"levels never jump": {"# 甲\n\n#### 乙\n\n## 丙\n\n##### 丁", `<h2 id="乙">乙 <a class="anchor" href="#乙" aria-label="本节链接">#</a></h2>` + "\n" +
			`<h2 id="丙">丙 <a class="anchor" href="#丙" aria-label="本节链接">#</a></h2>` + "\n" + `<h3 id="丁">丁 <a class="anchor" href="#丁" aria-label="本节链接">#</a></h3>`},
		"own ids": {"## 预算 {#budget}\n\n[去](#budget)", `<h2 id="budget">预算 <a class="anchor" href="#budget" aria-label="本节链接">#</a></h2>` + "\n" + `<p><a href="#budget">去</a></p>`},
		"tasks have labels": {"- [x] 做**事**\n- 无", `<ul>` + "\n" + `<li class="task"><input type="checkbox" id="task-做事" checked> <label for="task-做事">做<strong>事</strong></label></li>` +
			"\n<li>无</li>\n</ul>"},
		"words to say": {"```话术 首次触达\n你好 <b>\n```", `<div class="script"><p class="script-title">首次触达</p><pre>你好 &lt;b&gt;` + "\n</pre></div>"},
		"alignment is a class": {"|甲||\n|-|-:|\n|1|2|", `<section class="scroll" tabindex="0" aria-label="表格：甲"><table>` +
			"\n<caption class=\"vh\">表格：甲</caption>\n<thead>\n<tr>\n<th scope=\"col\">甲</th>\n<td></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"right\">2</td>\n</tr>\n</tbody>\n</table></section>"},
		"pictures wait":         {"![甲 \"乙\"](a.png)", `<p><img src="a.png" alt="甲 &#34;乙&#34;" loading="lazy" decoding="async"></p>`},
		"definition lists":      {"甲\n: 乙", "<dl>\n<dt>甲</dt>\n<dd>乙</dd>\n</dl>"},
		"what is no HTML stays": {"填 <姓名> 和 <your-name>", "<p>填 &lt;姓名&gt; 和 &lt;your-name&gt;</p>"},
	} {
		d, _ := parse(c.src)
		if got := strings.TrimSpace(string(d.Render(answers))); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", name, c.src, got, c.want)
		}
	}
}

func TestPagesAnswerForLinksAndPictures(t *testing.T) {
	d, _ := parse("# 题\n\n[甲](a.md#x) [乙](gone.md) ![丙](p.png) ![丁](gone.png) <img src=\"p.png\" alt=\"戊\"> <a href=\"a.md\">己</a>\n\n[庚](#x)\n")
	r := Renderer{
		Link: func(l Link) (string, bool, bool) {
			if strings.HasPrefix(l.Dest, "#") {
				return l.Dest, false, true
			}
			return strings.Replace(l.Dest, ".md", ".html", 1), false, !strings.HasPrefix(l.Dest, "gone")
		},
		Image: func(i Image) (string, int, int, bool) { return "../media/" + i.Dest, 4, 3, i.Dest == "p.png" },
	}
	want := `<p><a href="a.html#x">甲</a> 乙 <img src="../media/p.png" alt="丙" width="4" height="3" loading="lazy" decoding="async"> ` +
		`<span class="missing">〔图片缺失：丁〕</span> <img src="../media/p.png" alt="戊" width="4" height="3" loading="lazy" decoding="async"> <a href="a.html">己</a></p>` +
		"\n" + `<p><a href="#x">庚</a></p>` + "\n"
	if got := string(d.Render(r)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if len(d.Body().Links) != 4 || len(d.Body().Images) != 3 || d.Body().Images[2].Pos.Column != 53 {
		t.Errorf("links %+v\nimages %+v", d.Body().Links, d.Body().Images)
	}
}

func TestTitle(t *testing.T) {
	for src, want := range map[string]string{
		"# 甲 *乙*\n": "甲 乙|0",
		"+++\ntitle = \"甲\"\n+++\n# 甲\n\n# 乙\n":  "甲|1",
		"+++\ntitle = \"甲\"\n+++\n# 乙\n\n## 丙\n": "甲|2",
		"文字":            "a|0",
		"乙\n===\n\n# 丙": "乙|1",
	} {
		d, _ := parse(src)
		if got := fmt.Sprintf("%s|%d", d.Title, len(d.Body().Headings)); got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
	if got := fileTitle("content/handbook/安装/README.md"); got != "安装" {
		t.Errorf("title of a folder's page is %q", got)
	}
}

// TestReferencesHaveTheirPlace: line and column count characters, the bytes are
// those of the file as it is on disk: with a byte order mark, CRLF, front matter.
func TestReferencesHaveTheirPlace(t *testing.T) {
	plain := "+++\ntitle = \"题\"\nkey_points = [\n  \"占 [59.5%](stat:s/t?is=已组建)\",\n]\nkey_figures = [{ ref = \"s/u?stat=p50\", label = \"中位\" }]\n+++\n\n" +
		"导流 [**31%**](stat:s/u)，\n> - 见 [a `b`](fact:f)\n\n![占 [](stat:s/v)](chart:c)\n"
	for name, src := range map[string]string{"LF": plain, "CRLF": strings.ReplaceAll(plain, "\n", "\r\n"), "CR": strings.ReplaceAll(plain, "\n", "\r"), "BOM": "\ufeff" + plain} {
		d, found := parse(src)
		if len(found) > 0 {
			t.Fatalf("%s: %s", name, codes(found))
		}
		var got []string
		for _, r := range d.Refs {
			text := "-"
			if r.Start >= 0 {
				text = src[r.Start:r.End] + "|" + src[r.End:r.End+1]
			}
			got = append(got, fmt.Sprintf("%s:%s %d:%d %s", r.Kind, r.Address(), r.Pos.Line, r.Pos.Column, text))
		}
		want := "stat:s/u 9:4 31%|*;fact:f 10:7 -;chart:c 12:1 -;stat:s/v 12:5 |];stat:s/t?is=已组建 4:6 59.5%|];stat:s/u?stat=p50 6:25 -"
		if strings.Join(got, ";") != want {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, ";"), want)
		}
	}
}

func TestNumbersAreMendedInPlace(t *testing.T) {
	src := "\ufeff占 [60%](stat:s/t) 与 [**1**](stat:s/u) 和 [](stat:s/v)\r\n"
	d, _ := parse(src)
	var edits []Edit
	for i, r := range d.Refs {
		edits = append(edits, Edit{r.Start, r.End, []string{"59.5%", "2", "3"}[i]})
	}
	want := "\ufeff占 [59.5%](stat:s/t) 与 [**2**](stat:s/u) 和 [3](stat:s/v)\r\n"
	if got := string(Apply([]byte(src), edits)); got != want {
		t.Errorf("got %q", got)
	}
	if got := string(Apply([]byte("abc"), []Edit{{2, 3, "x"}, {0, 1, "y"}, {-1, 9, "z"}})); got != "abx" {
		t.Errorf("edits out of order or range: %q", got)
	}
}

func TestAddressSurvivesAnyOption(t *testing.T) {
	for _, option := range []string{"1–5 人", "A&B=C", "50%+", "a?b#c", "中文"} {
		r := Ref{Kind: Stat, Target: "s/t", Query: []Param{{"is", option}, {"show", "n"}}}
		back, wrong, _ := parseRef("stat:" + r.Address("show"))
		if !wrong.IsZero() || back.Get("is") != option || back.Get("show") != "" {
			t.Errorf("%q became %+v", option, back)
		}
	}
}

func TestFindings(t *testing.T) {
	for src, want := range map[string]string{
		"好,的。坏(的)。\n\n`a,b` 好":            "1:2 document.punctuation\n",
		strings.Repeat(">", 100) + " a":   "",
		"a\n" + strings.Repeat("> ", 101): "2:1 document.nesting\n",
		strings.Repeat("1. - ", 60) + "a": "1:1 document.nesting\n",
		strings.Repeat("-", 500):          "",
		"[x](stat:s)":                     "1:1 document.reference\n",
		"[x](stat:s/t?show=all)":          "1:1 document.reference\n",
		"[x](stat:s/t?is)":                "1:1 document.reference\n",
		"[x](stat:s/t%zz)":                "1:1 document.reference\n",
		"占 [9%](stat:s/t?is=1–5 人)":       "1:6 document.reference\n1:25 document.punctuation\n",
		"占 [9%](<stat:s/t?is=1–5 人>)":     "",
		"占 [9%]（stat:s/t）":                "1:6 document.reference\n",
		"![x](stat:s/t)":                  "1:1 document.reference\n",
		"| a |\n|-|\n| ![x](chart:c) |":   "3:3 document.reference\n",
		"**![x](chart:c)**":               "1:3 document.reference\n",
		"[x](javascript:alert(1))":        "1:1 document.link_scheme\n",
		"[x](stats:s/t)":                  "1:1 document.link_scheme\n",
		"##\n":                            "1:1 document.heading\n",
		"注[^1]和[^2]。\n\n[^1]: 甲\n[^3]: 乙": "1:7 document.footnote\n4:1 document.footnote\n",
		"甲<script>x</script>":             "1:2 document.html\n",
		"<p\nonclick=x>甲</p>":             "1:1 document.html\n",
		"a\xffb\n甲\x80":                   "1:2 document.encoding\n2:2 document.encoding\n",
		"甲\x00乙":                          "1:2 document.control\n",
		"\xff\xfea\x00":                   "1:1 document.encoding\n",
	} {
		if _, found := parse(src); codes(found) != want {
			t.Errorf("%q:\n got %s\nwant %s", src, codes(found), want)
		}
	}
}

func TestHandTypedPercentages(t *testing.T) {
	d, _ := parse("# 题\n\n占 [59.5%](stat:s/t) 和 [27%](fact:f)，手写 31%，`5%`，95% 置信区间，百分之三十。\n\n| 12.5 % |\n|-|\n| [8%](a.md) |\n")
	var got []string
	for _, f := range d.HandTyped() {
		got = append(got, fmt.Sprintf("%d:%d+%d", f.Pos.Line, f.Pos.Column, f.Width))
	}
	if want := "3:40+3 3:58+5 5:3+6 7:4+2"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestTextAndExcerpt(t *testing.T) {
	var l diag.List
	d, tree := read("a.md", []byte("# 题\n\n私域\n运营 [60%](stat:s/t)。\n\n- 甲\n\n```\ncode  x\n```\n\n![占比](chart:c)\n"), &l)
	if want := "私域运营 60%。\n甲\ncode x\n占比"; tree.plainBlocks() != want {
		t.Errorf("text %q", tree.plainBlocks())
	}
	if got := d.Excerpt(80); got != "私域运营 60%。" {
		t.Errorf("excerpt %q", got)
	}
	d, _ = parse("- 只有\n- 列表\n")
	if got := d.Excerpt(80); got != "只有列表" {
		t.Errorf("excerpt of a list %q", got)
	}
}

func TestInlineMarkdown(t *testing.T) {
	var l diag.List
	in := ParseInline("1. **占** [](stat:s/t) [甲](a.md)", diag.At("data/facts.toml", 7, 9), &l)
	if got := in.Render(answers); got != `1. <strong>占</strong> {s/t} <a href="a.md">甲</a>` {
		t.Errorf("rendered %q", got)
	}
	if len(in.Refs) != 1 || in.Refs[0].Start != -1 || in.Refs[0].Pos.String() != "data/facts.toml:7:9" || len(in.links) != 1 {
		t.Errorf("%+v", in.Refs)
	}
}

// TestTabsDoNotMovePlaces: the library counts a tab after ">" as several bytes.
func TestTabsDoNotMovePlaces(t *testing.T) {
	d, found := parse(">\t# 甲\n>\n>\t## 乙\n\n>\t#\n")
	if got := fmt.Sprint(d.Body().Headings[0].Pos, d.Body().Headings[1].Pos, " ", codes(found)); got != "content/a.md:1:3 content/a.md:3:3 5:3 document.heading\n" {
		t.Error(got)
	}
}

// TestManyMayRenderAtOnce is for the race detector.
func TestManyMayRenderAtOnce(t *testing.T) {
	d, _ := parse("# 题\n\n## 甲\n\n- [ ] 乙[^1] <b>丙</b>\n\n[^1]: 丁\n")
	var all sync.WaitGroup
	want := string(d.Render(Renderer{}))
	for range 8 {
		all.Go(func() {
			if got := string(d.Render(Renderer{})); got != want {
				t.Error(got)
			}
		})
	}
	all.Wait()
}

// A text that begins with a heading of a lower level, above all others, has that as its title.
func TestTitleOfALowerLevel(t *testing.T) {
	for text, want := range map[string]string{
		"## 甲\n\n### 乙\n":              "甲",
		"## 甲\n\n## 乙\n":               "file",
		"前言\n\n## 甲\n":                 "file",
		"## 甲\n\n文\n\n# 乙\n":           "乙",
		"---\ntitle: 题\n---\n\n## 甲\n": "题",
		"##\n\n文\n":                    "file",
	} {
		if d := Parse("content/file.md", []byte(text), &diag.List{}); d.Title != want {
			t.Errorf("%q has the title %q, not %q", text, d.Title, want)
		}
	}
}

// plainBlocks is the text of the whole tree, a block a line.
func (t *tree) plainBlocks() string {
	var lines []string
	t.blocks(func(n ast.Node) {
		text := t.plain(n)
		if isCode(n) {
			text = string(n.Lines().Value(t.text))
		}
		if text = hanzi.Fields(text); text != "" {
			lines = append(lines, text)
		}
	})
	return strings.Join(lines, "\n")
}
