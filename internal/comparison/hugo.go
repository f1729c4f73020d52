package main

// hugoFiles is a Hugo site with the features that benchbook's has: menu, tree of
// a chapter, contents, links that are checked and tables in a box that scrolls,
// the page before and after, pages of tags, a feed, a sitemap, and an index of
// all texts for search. What can be cached is: the tree once a chapter, the frame once.
//
// It was written for Hugo 0.165, the newest that Go 1.26 builds:
//
//	CGO_ENABLED=0 go install github.com/gohugoio/hugo@v0.165.0
var hugoFiles = map[string]string{
	"hugo.toml": `baseURL = "https://example.test/"
title = "私域操作手册"
languageCode = "zh-CN"
enableGitInfo = false
hasCJKLanguage = true
timeout = "600s"
[taxonomies]
tag = "tags"
[outputs]
home = ["html", "rss", "json"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[pagination]
disableAliases = true
pagerSize = 100000
[markup.goldmark.renderer]
unsafe = false
[markup.tableOfContents]
startLevel = 2
endLevel = 3
`,
	"content/_index.md":     "+++\ntitle = \"私域操作手册\"\n+++\n",
	"content/sop/_index.md": "+++\ntitle = \"SOP 库\"\n+++\n",
	"layouts/baseof.html": `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}｜{{ .Site.Title }}</title>
<meta name="description" content="{{ with .Params.purpose }}{{ . }}{{ else }}{{ .Title }}{{ end }}">
<link rel="canonical" href="{{ .Permalink }}">
{{ with .PrevInSection }}<link rel="prev" href="{{ .RelPermalink }}">{{ end }}
{{ with .NextInSection }}<link rel="next" href="{{ .RelPermalink }}">{{ end }}
<meta property="og:title" content="{{ .Title }}">
</head>
<body>
{{ partialCached "header.html" . }}
<main id="main">
{{ block "main" . }}{{ end }}
</main>
{{ partialCached "footer.html" . }}
</body>
</html>
`,
	"layouts/_partials/header.html": `<header><a href="{{ "/" | relURL }}">{{ .Site.Title }}</a><nav><ul>
{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
<li><a href="{{ "/tags/" | relURL }}">标签</a></li></ul></nav></header>
`,
	"layouts/_partials/footer.html": `<footer><p>{{ .Site.Title }}</p><nav><ul>
{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
</ul></nav></footer>
`,
	"layouts/_partials/tree.html": `<nav class="siblings"><p>同组页面</p><ul>
{{ range .CurrentSection.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></nav>
`,
	"layouts/page.html": `{{ define "main" }}<article>
<nav class="crumbs"><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
<h1>{{ .Title }}</h1>
{{ with .Params.purpose }}<p class="lead">{{ . }}</p>{{ end }}
<dl>{{ with .Params.roles }}<div><dt>角色</dt><dd>{{ delimit . "、" }}</dd></div>{{ end }}
{{ with .Params.time }}<div><dt>用时</dt><dd>{{ . }}</dd></div>{{ end }}
{{ with .Params.owner }}<div><dt>负责人</dt><dd>{{ . }}</dd></div>{{ end }}
{{ with .Params.version }}<div><dt>版本</dt><dd>{{ . }}</dd></div>{{ end }}
{{ with .Params.reviewed }}<div><dt>最近复核</dt><dd>{{ . }}</dd></div>{{ end }}
{{ with .GetTerms "tags" }}<div><dt>标签</dt><dd>{{ range . }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</dd></div>{{ end }}</dl>
<nav class="contents">{{ .TableOfContents }}</nav>
<div class="prose">
{{ .Content }}
</div>
{{ partialCached "tree.html" . .CurrentSection.RelPermalink }}
<nav class="turn">{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
`,
	"layouts/section.html":  hugoList,
	"layouts/taxonomy.html": hugoList,
	"layouts/term.html":     hugoList,
	"layouts/home.html":     hugoList,
	"layouts/home.json":     `[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}{"t":{{ .Title | jsonify }},"u":{{ .RelPermalink | jsonify }},"x":{{ .Plain | jsonify }}}{{ end }}]`,
	"layouts/_markup/render-link.html": `{{- $u := urls.Parse .Destination -}}{{- $href := .Destination -}}
{{- if not $u.IsAbs -}}{{- with $u.Path -}}{{- with $.Page.GetPage . -}}{{- $href = .RelPermalink -}}{{- else -}}{{- warnf "dead link %q on %s" . $.Page.Path -}}{{- end -}}{{- end -}}{{- end -}}
<a href="{{ $href | safeURL }}"{{ if $u.IsAbs }} class="external" rel="noopener"{{ end }}>{{ .Text }}</a>{{- "" -}}`,
	"layouts/_markup/render-heading.html": `<h{{ .Level }} id="{{ .Anchor }}">{{ .Text }} <a class="anchor" href="#{{ .Anchor }}">#</a></h{{ .Level }}>
`,
	"layouts/_markup/render-table.html": `<div class="scroll" role="region" tabindex="0"><table>
<thead>{{ range .THead }}<tr>{{ range . }}<th scope="col">{{ .Text }}</th>{{ end }}</tr>{{ end }}</thead>
<tbody>{{ range .TBody }}<tr>{{ range . }}<td{{ with .Alignment }} class="{{ . }}"{{ end }}>{{ .Text }}</td>{{ end }}</tr>{{ end }}</tbody>
</table></div>
`,
}

const hugoList = `{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
`
