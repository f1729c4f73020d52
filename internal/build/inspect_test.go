package build

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestInspectionSees breaks a good site in every way that the inspection is
// there for, and holds that it sees each.
func TestInspectionSees(t *testing.T) {
	good := makeSite(t, newProject(t, map[string]string{"content/index.md": "# 封面\n\n[去](about.md)", "content/about.md": "# 关于\n\n## 节"}))
	if _, problems := inspect(good); len(problems) > 0 {
		t.Fatalf("the good site: %q", problems)
	}
	for _, c := range []struct{ file, old, now, want string }{
		{"about.html", "</main>", `<p style="color:red"></p></main>`, "style="},
		{"about.html", "</main>", `<p onclick="x()"></p></main>`, "onclick"},
		{"about.html", "</main>", `<script>x()</script></main>`, "inline code"},
		{"about.html", "</main>", `<style>p{}</style></main>`, "style"},
		{"about.html", "</main>", `<img src="https://cdn.test/x.png" alt=""></main>`, "leads out of the site"},
		{"about.html", "</main>", `<script src="//cdn.test/x.js"></script></main>`, "leads out of the site"},
		{"about.html", "</main>", `<a href="gone.html">x</a></main>`, "there is no gone.html"},
		{"about.html", "</main>", `<a href="index.html#gone">x</a></main>`, "has no #gone"},
		{"about.html", "</main>", `<a href="/index.html">x</a></main>`, "host's root"},
		{"about.html", "</main>", `<a href="javascript:x()">x</a></main>`, "leads out"},
		{"about.html", "</main>", `<h1>zwei</h1></main>`, "h1"},
		{"about.html", "</main>", `<p id="main"></p></main>`, "stands 2 times"},
		{"about.html", "</main>", `<a href="index.html"> </a></main>`, "without words"},
		{"about.html", "</main>", `<img src="index.html"></main>`, "no alt"},
		{"about.html", "</main>", `<p aria-labelledby="gone"></p></main>`, "names no id"},
		{"about.html", `lang="zh-CN"`, `lang="zh"`, "lang"},
		{"about.html", "<title>", "<meta http-equiv=refresh content=0><title>", "refresh"},
		{"about.html", "default-src 'none'", "default-src *", "policy"},
		{"search/texts/0.js", `"about.html"`, `"gone.html"`, "search entry"},
		{"sitemap.xml", "about.html", "gone.html", "sitemap.xml"},
		{"orphan.html", "", string(good.files["about.html"]), "cannot be reached"},
		{"x.svg", "", `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, "<script>"},
		{"figures/x.csv", "", "\xef\xbb\xbfa,b\n1,=1+1\n", "would run"},
		{"figures/x.csv", "", "a,b\n1,2\n", "byte order mark"},
		{"x.json", "", "{", "not JSON"},
		{"figures/x.plain.csv", "", "a,b\n1,2\n", "without its mark"},
	} {
		bad := good
		bad.files = maps.Clone(good.files)
		bad.files[c.file] = []byte(strings.Replace(string(good.files[c.file]), c.old, c.now, 1))
		_, problems := inspect(bad)
		if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, c.want) }) {
			t.Errorf("%s with %q: %q, want one with %q", c.file, c.now, problems, c.want)
		}
	}
}

// checkReach holds that every page can be reached from the cover.
func checkReach(i *inspection, pages map[string]*checked) {
	if pages["index.html"] == nil {
		i.Errorf("there is no cover")
		return
	}
	seen, next := map[string]bool{"index.html": true}, []string{"index.html"}
	for len(next) > 0 {
		p := pages[next[0]]
		next = next[1:]
		for _, to := range p.targets {
			if pages[to] != nil && !seen[to] {
				seen[to] = true
				next = append(next, to)
			}
		}
	}
	for name := range pages {
		if !seen[name] && name != "404.html" {
			i.Errorf("%s cannot be reached from the cover", name)
		}
	}
}
