package page

import (
	"cmp"
	"errors"
	"html"
	"html/template"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/hanzi"
	"benchbook/internal/release"
)

// renderer answers a document's questions for the page it stands on.
func (c *composer) renderer(d *doc) document.Renderer {
	caveats := c.caveatsOf(d)
	return document.Renderer{
		Stat:   func(r document.Ref) template.HTML { return c.stat(d, r, caveats) },
		Fact:   func(r document.Ref, text template.HTML) template.HTML { return c.fact(d, r, text) },
		Term:   func(r document.Ref, text template.HTML) template.HTML { return c.term(d, r, text) },
		Figure: func(r document.Ref, title template.HTML) template.HTML { return c.figure(d, r, title) },
		Table:  func(r document.Ref, title template.HTML) template.HTML { return c.figure(d, r, title) },
		Link: func(l document.Link) (string, bool, bool) {
			if l.External {
				return withScheme(l.Dest), true, true
			}
			if l.Elsewhere() {
				return l.Dest, false, true
			}
			href, ok := c.resolve(d, l.Dest, l.Pos, l.Width)
			return href, false, ok
		},
		Image: func(i document.Image) (string, int, int, bool) { return c.picture(d, i) },
	}
}

// withScheme completes an address of another host that has no scheme of its
// own: opened from disk it would lead to a share of that host's.
func withScheme(dest string) string {
	if rest := strings.TrimLeft(dest, `/\`); len(rest) < len(dest) {
		return "https://" + rest
	}
	return dest
}

// cell looks a reference up; a miss has been reported when the tables were asked for,
// or is reported here when only the option or segment value is unknown.
func (c *composer) cell(r document.Ref) (*release.Cell, bool) {
	cell, err := c.Registry.Lookup(r.Address("show"))
	if err == nil {
		return cell, true
	}
	if c.l.HasErrorAt(r.Pos) {
		return nil, false
	}
	finding := diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Width: r.Width, Message: diag.T("%s 不存在", "%s does not exist", r.Target)}
	var miss *release.LookupError
	if errors.As(err, &miss) {
		finding.Message, finding.Hint = miss.Message, miss.Hint()
	}
	c.l.Add(finding)
	return nil, false
}

// stat writes a checked number: the author's text where it agrees with the
// data at the precision written, the data's where it is empty.
func (c *composer) stat(d *doc, r document.Ref, caveats []string) template.HTML {
	cell, ok := c.cell(r)
	if !ok {
		return template.HTML(html.EscapeString(r.Text))
	}
	shown := c.checked(d, r, cell)
	attrs := ` title="` + html.EscapeString(statTitle(cell)) + `"`
	if f := c.shows[cell.Dataset()+"/"+cell.Indicator()]; f != nil {
		return template.HTML(`<a class="stat" href="` + html.EscapeString(c.toFigure(d, f)) + `"` + attrs + `>` + html.EscapeString(shown) + `</a>` + caveatMarks(caveats, cell))
	}
	return template.HTML(`<span class="stat"` + attrs + `>` + html.EscapeString(shown) + `</span>` + caveatMarks(caveats, cell))
}

// statTitle says what a number in the text rests on.
func statTitle(cell *release.Cell) string {
	parts := []string{cell.Title(), cell.NText()}
	if t := cell.IntervalText(); t != "" {
		parts = append(parts, "95% 区间 "+t)
	}
	if cell.Sample() {
		parts = append(parts, "示例数据")
	}
	return strings.Join(parts, "，")
}

// checked compares the author's text with the data and collects the mend.
func (c *composer) checked(d *doc, r document.Ref, cell *release.Cell) string {
	show := r.Get("show")
	want, _ := cell.Show(show)
	if cell.Suppressed() {
		c.l.Add(diag.Diagnostic{Code: "ref.suppressed", Severity: diag.Warning, Pos: r.Pos, Width: r.Width,
			Message: diag.T("%s 因样本不足不公布", "%s is not released", r.Address()),
			Hint:    diag.T("换一个更大的分组，或删去这句话", "use a larger group, or take the sentence out")})
		return want
	}
	if r.Text == "" || cell.AgreesAs(show, r.Text) {
		return cmp.Or(r.Text, want)
	}
	fixed := cell.Rewrite(show, r.Text)
	finding := diag.Diagnostic{Code: "ref.value", Pos: r.Pos, Width: r.Width,
		Message: diag.T("正文写 %s，数据是 %s", "the text says %s, the data say %s", r.Text, fixed),
		Hint:    diag.T("运行 benchbook check --fix 改写", "benchbook check --fix rewrites it")}
	if r.Start >= 0 {
		c.fixes.add(Fix{d.File, r.Start, r.End, fixed})
	} else {
		finding.Hint = diag.T("这里要手工改", "this one has to be changed by hand")
	}
	c.l.Add(finding)
	return fixed
}

// toFigure is the address of a figure as a page links to it: in place where the page shows it.
func (c *composer) toFigure(d *doc, f *Bound) string {
	for _, p := range f.pages {
		if p == d.path {
			return "#fig-" + f.ID
		}
	}
	return relative(d.path, f.home()+"#fig-"+f.ID)
}

func (c *composer) fact(d *doc, r document.Ref, text template.HTML) template.HTML {
	f, nearest, ok := c.Facts.Lookup(r.Target)
	if !ok {
		finding := diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Width: r.Width, Message: diag.T("没有引用数据 %q", "there is no quoted fact %q", r.Target)}
		if nearest != "" {
			finding.Hint = diag.T("是不是 %q？", "did you mean %q?", nearest)
		}
		c.l.Add(finding)
		return text
	}
	if r.Text == "" {
		text = template.HTML(html.EscapeString(f.Text()))
	} else if !f.Agrees(r.Text) {
		c.l.Add(diag.Diagnostic{Code: "ref.value", Pos: r.Pos, Width: r.Width,
			Message: diag.T("正文写 %s，引用的数据是 %s", "the text says %s, the quoted fact says %s", r.Text, f.Text()),
			Notes:   []diag.Note{{Pos: f.Pos, Text: diag.T("引用数据在这里", "the fact stands here")}}})
	}
	title := f.Statement + "。" + f.Source
	if f.AsOf != "" {
		title += "，" + f.AsOf
	}
	return template.HTML(`<a class="fact" href="` + html.EscapeString(relative(d.path, "facts.html#"+f.ID)) + `" title="` + html.EscapeString(title+"，"+f.Base) + `">` + string(text) + `</a>`)
}

func (c *composer) term(d *doc, r document.Ref, text template.HTML) template.HTML {
	id, ok := c.terms[hanzi.Fold(strings.TrimSpace(r.Target))]
	if !ok {
		c.l.Add(diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Width: r.Width, Message: diag.T("术语表里没有 %q", "the glossary has no term %q", r.Target),
			Hint: diag.DidYouMean(r.Target, c.termNames())})
		return text
	}
	if r.Text == "" {
		text = template.HTML(html.EscapeString(r.Target))
	}
	return template.HTML(`<a class="term" href="` + html.EscapeString(relative(d.path, "glossary.html#"+id)) + `">` + string(text) + `</a>`)
}

// figure writes a whole figure, or for a link to one, the link.
func (c *composer) figure(d *doc, r document.Ref, title template.HTML) template.HTML {
	title = unmarked(title)
	def, err := c.Charts.resolve(r.Kind, r.Target, params(r))
	if err != nil {
		return title // reported when the tables were asked for
	}
	f, ok := c.figures[def.ID]
	if !ok {
		return title // reported when the figure was bound
	}
	if !r.Image {
		if title == "" {
			title = template.HTML(html.EscapeString(f.Spec.Number))
		}
		return template.HTML(`<a class="figref" href="` + html.EscapeString(c.toFigure(d, f)) + `">` + string(title) + `</a>`)
	}
	if strings.TrimSpace(string(title)) == "" {
		title = template.HTML(html.EscapeString(f.Spec.Finding))
	}
	return f.html(d.path, title)
}

func (c *composer) picture(d *doc, i document.Image) (src string, width, height int, ok bool) {
	if i.External {
		c.l.Add(diag.Diagnostic{Code: "page.missing_image", Severity: diag.Warning, Pos: i.Pos, Width: i.Width,
			Message: diag.T("图片在别的网站上（%s），页面不会去那里取", "the picture is on another host (%s); pages load nothing from there", i.Dest),
			Hint:    diag.T("下载到 content/ 下再引用", "save it under content/ and refer to that")})
		return "", 0, 0, false
	}
	target, _, _ := strings.Cut(unescapePath(i.Dest), "#")
	source, inside := sourcePath(d.File, target)
	if !inside {
		c.l.Add(diag.Diagnostic{Code: "page.missing_image", Severity: diag.Warning, Pos: i.Pos, Width: i.Width, Message: diag.T("图片 %s 在 content/ 之外", "the picture %s is outside content/", i.Dest)})
		return "", 0, 0, false
	}
	f := c.media.get(source)
	if f.path == "" || f.width == 0 && f.height == 0 && !isPicture(source) {
		c.l.Add(diag.Diagnostic{Code: cmp.Or(f.code, "page.bad_image"), Severity: diag.Warning, Pos: i.Pos, Width: i.Width, Message: f.problem})
		return "", 0, 0, false
	}
	return relative(d.path, f.path), f.width, f.height, true
}
