package preview

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"path/filepath"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/site"
)

// finding is an error as the page shows it.
type finding struct {
	Place string // content/a.md:3:7
	Open  string // address that opens the place in an editor; "" = there is no place
	Text  string
	Code  string
	Lines string // the line with a caret, the hint and the notes
}

// mostFindings are shown in a page; the terminal has them all.
const mostFindings = 30

// gather turns what stopped a build into what the page shows; nothing for a good one.
func (s *Server) gather(opened *site.Site, l *diag.List, failed error) (out []finding) {
	p := printer(opened, s.Lang)
	for _, d := range withoutRows(l.Sorted()) {
		if d.Severity != diag.Error || len(out) == mostFindings {
			continue
		}
		var b strings.Builder
		_ = p.Text(&b, []diag.Diagnostic{d})
		_, lines, _ := strings.Cut(b.String(), "\n")
		out = append(out, finding{Place: d.Pos.String(), Open: s.editor(d.Pos), Text: d.Message.In(s.Lang), Code: d.Code, Lines: strings.TrimRight(lines, "\n")})
	}
	if failed != nil {
		out = append(out, finding{Text: failed.Error()})
	}
	return out
}

func printer(opened *site.Site, lang string) *diag.Printer {
	p := &diag.Printer{Lang: lang}
	if opened != nil {
		p.Source = opened.Read
	}
	return p
}

// printed is all of it for the terminal.
func printed(opened *site.Site, l *diag.List, failed error, lang string) string {
	var b strings.Builder
	_ = printer(opened, lang).Text(&b, l.Sorted())
	if failed != nil {
		fmt.Fprintln(&b, failed)
	}
	return b.String()
}

// editor is the address by which Visual Studio Code and its kin open a place.
func (s *Server) editor(p diag.Pos) string {
	if p.File == "" {
		return ""
	}
	abs, err := filepath.Abs(filepath.Join(s.Dir, filepath.FromSlash(p.File)))
	if err != nil {
		return ""
	}
	name := filepath.ToSlash(abs)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return (&url.URL{Scheme: "vscode", Host: "file", Path: fmt.Sprintf("%s:%d:%d", name, max(p.Line, 1), max(p.Column, 1))}).String()
}

// withFindings lays the findings over a page; without one they are the page.
func withFindings(page []byte, all []finding, lang string) []byte {
	var b strings.Builder
	title := diag.T("没有生成：%d 处错误", "not built: %d errors", len(all)).In(lang)
	fmt.Fprintf(&b, `<aside class="benchbook-findings" aria-label="%s"><h2>%[1]s</h2><ol>`, html.EscapeString(title))
	for _, f := range all {
		b.WriteString("<li><p>")
		if f.Open != "" {
			fmt.Fprintf(&b, `<a href="%s">%s</a> `, html.EscapeString(f.Open), html.EscapeString(f.Place))
		}
		fmt.Fprintf(&b, "%s <code>%s</code></p>", html.EscapeString(f.Text), html.EscapeString(f.Code))
		if f.Lines != "" {
			fmt.Fprintf(&b, "<pre>%s</pre>", html.EscapeString(f.Lines))
		}
		b.WriteString("</li>")
	}
	b.WriteString("</ol></aside>")
	if len(page) == 0 {
		page = []byte(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>benchbook</title></head><body></body></html>`)
	}
	return bytes.Replace(page, []byte("</body>"), []byte(b.String()+"</body>"), 1)
}

// withReload adds the reload script and the sheet of findings to a page, which so
// loads the same with findings and without, and opens the page's policy for
// it. A policy's first directive of a name counts, so what the page allows
// itself comes after and stays as strict as it was.
func withReload(page []byte, mark string) []byte {
	page = bytes.Replace(page, []byte(`content="default-src &#39;none&#39;;`), []byte(`content="default-src 'none';`), 1)
	opened := `content="default-src 'none'; script-src 'self';`
	if !bytes.Contains(page, []byte("connect-src ")) {
		opened += " connect-src 'self';"
	}
	page = bytes.Replace(page, []byte(`content="default-src 'none';`), []byte(opened), 1)
	page = bytes.Replace(page, []byte("</head>"), []byte(`<link rel="stylesheet" href="`+prefix+`findings.css"></head>`), 1)
	script := fmt.Appendf(nil, `<script src="%sreload.js" data-mark="%s" defer></script></body>`, prefix, mark)
	return bytes.Replace(page, []byte("</body>"), script, 1)
}

// withoutRows takes out of findings what they quote of rows of data: a page is
// shown around, copied and photographed. The place and the kind of mistake stay;
// check prints the whole of it on the terminal.
func withoutRows(findings []diag.Diagnostic) []diag.Diagnostic {
	for i := range findings {
		if d := &findings[i]; rowsOf(d.Pos.File) {
			d.Excerpt, d.Width, d.Notes = "\u00a0", 0, nil
			if known, ok := diag.Explain(d.Code); ok {
				d.Message = known.Summary
			}
		}
	}
	return findings
}

// rowsOf says that a file holds rows of data, which no page may quote.
func rowsOf(file string) bool {
	return strings.HasPrefix(file, "data/") && !strings.HasSuffix(file, ".toml")
}
