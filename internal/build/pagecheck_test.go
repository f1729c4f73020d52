package build

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checked is a published page as a reader's browser parses it.
type checked struct {
	name    string
	root    *html.Node
	ids     map[string]int
	targets []string // links to other pages of the site, resolved, without fragments
}

// inspection collects what is wrong with a tree.
type inspection struct{ problems []string }

func (i *inspection) Errorf(format string, args ...any) {
	i.problems = append(i.problems, fmt.Sprintf(format, args...))
}

// checkSite holds every page and file of a tree to what is promised of every
// published one, and gives the pages for closer looks.
func checkSite(t *testing.T, m made) map[string]*checked {
	t.Helper()
	pages, problems := inspect(m)
	for _, p := range problems {
		t.Error(p)
	}
	return pages
}

// inspect looks for: policy, language, one h1, unique ids, no inline code, no
// dead link, nothing from another host, no page that cannot be reached.
func inspect(m made) (map[string]*checked, []string) {
	i, pages := &inspection{}, map[string]*checked{}
	for name, data := range m.files {
		if path.Ext(name) == ".html" {
			pages[name] = parsePage(i, name, data)
		}
	}
	for _, p := range pages {
		p.checkHead(i)
		p.walk(func(n *html.Node) { p.checkElement(i, m, pages, n) })
	}
	checkReach(i, pages)
	checkFiles(i, m)
	slices.Sort(i.problems)
	return pages, i.problems
}

func parsePage(i *inspection, name string, data []byte) *checked {
	if !bytes.HasPrefix(data, []byte("<!doctype html>")) {
		i.Errorf("%s: does not begin with a doctype", name)
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		i.Errorf("%s: %v", name, err)
		root = &html.Node{}
	}
	p := &checked{name: name, root: root, ids: map[string]int{}}
	p.walk(func(n *html.Node) {
		if id, ok := attr(n, "id"); ok {
			p.ids[id]++
		}
	})
	for id, n := range p.ids {
		if n > 1 || strings.TrimSpace(id) == "" {
			i.Errorf("%s: id %q stands %d times", name, id, n)
		}
	}
	return p
}

func (p *checked) walk(visit func(*html.Node)) {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

var fullLanguage = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)

func (p *checked) checkHead(i *inspection) {
	for selector, want := range map[string]int{"html": 1, "head": 1, "body": 1, "main": 1, "main h1": 1, "h1": 1, "head title": 1,
		"meta[http-equiv=Content-Security-Policy]": 1, "head meta[http-equiv=Content-Security-Policy]": 1, "meta[name=viewport]": 1,
		"meta[http-equiv=refresh]": 0, "base": 0, "style": 0, "iframe": 0, "object": 0, "embed": 0, "frame": 0, "body > header": 1, "body > footer": 1} {
		if got := len(find(p.root, selector)); got != want {
			i.Errorf("%s: %d × %q, want %d", p.name, got, selector, want)
		}
	}
	for _, n := range find(p.root, "html") {
		if lang, _ := attr(n, "lang"); !fullLanguage.MatchString(lang) || lang == "zh" {
			i.Errorf("%s: lang %q", p.name, lang)
		}
	}
	for _, n := range slices.Concat(find(p.root, "head title"), find(p.root, "h1")) {
		if strings.TrimSpace(textOf(n)) == "" {
			i.Errorf("%s: empty <%s>", p.name, n.Data)
		}
	}
	for _, n := range find(p.root, "meta[http-equiv=Content-Security-Policy]") {
		if policy, _ := attr(n, "content"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
			i.Errorf("%s: policy %q", p.name, policy)
		}
	}
}

// references are the attributes that name ids of the same page.
var references = []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"}

func (p *checked) checkElement(i *inspection, m made, pages map[string]*checked, n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "srcdoc" || a.Key == "ping":
			i.Errorf("%s: <%s %s=%q>", p.name, n.Data, a.Key, a.Val)
		case slices.Contains(references, a.Key):
			for id := range strings.FieldsSeq(a.Val) {
				if p.ids[id] == 0 {
					i.Errorf("%s: <%s %s=%q> names no id of the page", p.name, n.Data, a.Key, a.Val)
				}
			}
		case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "data-echarts" || a.Key == "poster" || a.Key == "data":
			if problem := p.checkAddress(m, pages, n, a.Val); problem != "" {
				i.Errorf("%s: <%s %s=%q>: %s", p.name, n.Data, a.Key, a.Val, problem)
			}
		case a.Key == "srcset" || a.Key == "background" || a.Key == "formaction":
			i.Errorf("%s: <%s %s>", p.name, n.Data, a.Key)
		case strings.Contains(a.Val, "url(#"):
			id, _, _ := strings.Cut(a.Val[strings.Index(a.Val, "url(#")+5:], ")")
			if p.ids[id] == 0 {
				i.Errorf("%s: <%s %s=%q> names no id of the page", p.name, n.Data, a.Key, a.Val)
			}
		}
	}
	if problem := checkContent(n); problem != "" {
		i.Errorf("%s: <%s>: %s", p.name, n.Data, problem)
	}
}

func checkContent(n *html.Node) string {
	switch n.Data {
	case "script":
		kind, _ := attr(n, "type")
		_, outside := attr(n, "src")
		if !outside && kind != "application/json" && kind != "application/ld+json" || outside && n.FirstChild != nil {
			return "inline code: " + textOf(n)
		}
	case "img":
		if _, ok := attr(n, "alt"); !ok {
			return "no alt"
		}
	case "th":
		if _, ok := attr(n, "scope"); !ok {
			return "no scope"
		}
	case "a":
		label, _ := attr(n, "aria-label")
		if _, ok := attr(n, "href"); ok && strings.TrimSpace(textOf(n)+label) == "" && len(find(n, "img")) == 0 {
			return "a link without words"
		}
	}
	return ""
}

// checkAddress says what is wrong with an address as it stands on the page.
func (p *checked) checkAddress(m made, pages map[string]*checked, n *html.Node, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return err.Error()
	}
	switch {
	case u.Scheme != "" || u.Host != "":
		rel, _ := attr(n, "rel")
		if n.Data == "a" && slices.Contains([]string{"http", "https", "mailto", "tel"}, u.Scheme) || n.Data == "link" && rel == "canonical" {
			return ""
		}
		return "leads out of the site"
	case strings.HasPrefix(u.Path, "/") && p.name != "404.html":
		return "begins at the host's root"
	}
	target := p.name
	if u.Path != "" {
		target = path.Join(path.Dir(p.name), u.Path)
		if strings.HasPrefix(u.Path, "/") {
			target = strings.TrimPrefix(strings.TrimPrefix(u.Path, m.base), "/")
		}
	}
	if _, ok := m.files[target]; !ok {
		return "there is no " + target
	}
	p.targets = append(p.targets, target)
	if to := pages[target]; to != nil && u.Fragment != "" && to.ids[u.Fragment] == 0 {
		return fmt.Sprintf("%s has no #%s", target, u.Fragment)
	}
	return ""
}
