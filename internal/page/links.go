package page

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// resolve finds where a link of a document leads: the address as the page at
// d.path links to it, and whether there is such a place. Links inside the site
// are written as paths of source files, so that they work in any editor and on
// any forge.
func (c *composer) resolve(d *doc, dest string, pos diag.Pos, width int) (href string, ok bool) {
	target, fragment, _ := strings.Cut(dest, "#")
	target = unescapePath(strings.TrimSuffix(target, "?"))
	fragment = unescapePath(fragment)
	if target == "" {
		return c.anchor(d, d, fragment, pos, width)
	}
	source, inside := sourcePath(d.File, target)
	if !inside {
		c.dead(pos, width, dest, "")
		return "", false
	}
	if to := c.sourceDoc(source); to != nil {
		return c.anchor(d, to, fragment, pos, width)
	}
	if c.generated(trimRoot(target)) {
		return relative(d.path, withFragment(trimRoot(target), fragment)), true
	}
	if path.Ext(source) == "" || path.Ext(source) == ".md" {
		c.dead(pos, width, dest, diag.Nearest(source, c.sourceNames()))
		return "", false
	}
	published := c.media.publish(source, pos)
	return relative(d.path, published), published != ""
}

// sourcePath is the project path that a link of a file means, and whether it stays in content/.
func sourcePath(file, target string) (source string, inside bool) {
	source = path.Join(path.Dir(file), target)
	if strings.HasPrefix(target, "/") {
		source = path.Join("content", target)
	}
	return source, strings.HasPrefix(source, "content/")
}

// sourceDoc finds the document at a source path: the file itself, the file
// without its ending, or the page that opens a folder.
func (c *composer) sourceDoc(source string) *doc {
	for _, name := range []string{source, source + ".md", source + "/index.md", source + "/README.md"} {
		if to, ok := c.byFile[name]; ok {
			return to
		}
	}
	return nil
}

func trimRoot(target string) string { return strings.TrimLeft(target, "/") }

func withFragment(p, fragment string) string {
	if fragment == "" {
		return p
	}
	return p + "#" + fragment
}

// generated reports whether an address belongs to a page that no document makes.
func (c *composer) generated(address string) bool {
	return slices.ContainsFunc(c.sections, func(s section) bool {
		p, _, _ := strings.Cut(s.link.Path, "#")
		return p == address
	}) || address == "search.html" || c.made[address]
}

func (c *composer) anchor(from, to *doc, fragment string, pos diag.Pos, width int) (string, bool) {
	if fragment != "" && !c.hasAnchor(to, fragment) {
		l := diag.Diagnostic{Code: "page.dead_anchor", Severity: diag.Warning, Pos: pos, Width: width,
			Message: diag.T("%s 里没有小节 #%s", "%s has no section #%s", to.File, fragment), Hint: diag.DidYouMean(fragment, anchors(to))}
		c.l.Add(l)
		fragment = ""
	}
	href := relative(from.path, withFragment(to.path, fragment))
	if href == "" {
		href = path.Base(to.path)
	}
	return href, true
}

func anchors(d *doc) []string { return strings.Fields(d.Anchors) }

func (c *composer) hasAnchor(d *doc, id string) bool {
	if d.HasAnchor(id) {
		return true
	}
	figure, ok := strings.CutPrefix(id, "fig-")
	if !ok {
		return false
	}
	b, ok := c.figures[figure]
	return ok && slices.Contains(b.pages, d.path)
}

func (c *composer) dead(pos diag.Pos, width int, dest, nearest string) {
	d := diag.Diagnostic{Code: "page.dead_link", Severity: diag.Warning, Pos: pos, Width: width,
		Message: diag.T("链接 %q 指向的页面或文件不存在，页面上只留文字", "the link %q leads to nothing; the page keeps only its text", dest)}
	if nearest != "" {
		d.Hint = diag.T("是不是 %s？", "did you mean %s?", nearest)
	}
	c.l.Add(d)
}

func (c *composer) sourceNames() []string {
	names := make([]string, len(c.docs))
	for i, d := range c.docs {
		names[i] = d.File
	}
	return names
}

func unescapePath(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}
