// Package export gives a built site other forms: the report as PDF, articles to
// paste into WeChat's editor, a workbook, a data package, the site as a ZIP.
// One file a form.
//
// In: a finished site, that is its composition (figures and tables of released
// cells, what is known of the datasets) and the bytes of its pages. Out: files,
// for the caller to put where it wants; nothing is written but temporary files
// for the browser. It refuses raw data, which it cannot import, and it does not
// know how pages are composed: PDF and articles are made from the finished HTML
// that readers get, so that they cannot say anything else.
//
// Paper and pictures are made by the Chromium, Chrome or Edge that is installed,
// offline and with a profile of its own; all else is made here and is the same,
// byte for byte, for the same site.
package export

import (
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/page"
)

// Site is a finished site.
type Site struct {
	*page.Composition
	Tree *output.Memory
}

// File is one exported file; Name is relative to the folder of exports, with
// forward slashes.
type File struct {
	Name  string
	Bytes []byte
}

// Problem is a page that cannot be exported as asked: the caller's to mend.
type Problem struct{ Text diag.Text }

func (p *Problem) Error() string { return p.Text.In("en") }

// ErrNoBrowser means that no Chromium, Chrome or Edge is installed.
var ErrNoBrowser = errors.New("no browser")

// find gives the page that a user names: its address with or without .html, or
// its source file with or without content/.
func (s Site) find(name string) (page.Page, error) {
	wanted := strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "./")
	var known []string
	for _, p := range s.printable() {
		short := strings.TrimSuffix(p.Path, ".html")
		names := []string{p.Path, short, strings.TrimSuffix(short, "/index")}
		for _, source := range p.Sources {
			names = append(names, source, strings.TrimPrefix(source, "content/"))
		}
		if slices.Contains(names, wanted) {
			return p, nil
		}
		known = append(known, short)
	}
	text := diag.T("没有页面 %q", "there is no page %q", name)
	if near := diag.Nearest(strings.TrimSuffix(wanted, ".html"), known); near != "" {
		text = diag.T("没有页面 %q，是不是 %q？", "there is no page %q; did you mean %q?", name, near)
	}
	return page.Page{}, &Problem{text}
}

// printable are the pages that someone may want in another form, the print
// edition among them.
func (s Site) printable() []page.Page {
	var out []page.Page
	for _, p := range s.Pages {
		if p.Layout != "404" && p.Layout != "search" {
			out = append(out, p)
		}
	}
	if s.Print != nil {
		out = append(out, page.Page{Layout: "print", Path: s.Print.Path})
	}
	for _, p := range out {
		if copied := page.TraditionalFolder + p.Path; s.has(copied) {
			out = append(out, page.Page{Layout: p.Layout, Path: copied})
		}
	}
	return out
}

func (s Site) has(pagePath string) bool {
	_, ok := s.Tree.File(pagePath)
	return ok
}

// name is a file name for a page: its address with hyphens for slashes.
func name(pagePath string) string {
	return strings.ReplaceAll(strings.TrimSuffix(pagePath, ".html"), "/", "-")
}

// report is the stem of the names of whole-report files.
func (s Site) report() string { return "report-" + s.Input.Settings.Edition }

// date is the day of publication, which stands for the clock in everything that
// is exported; ok is false where the site gives none.
func (s Site) date() (day time.Time, ok bool) {
	day, err := time.Parse(time.DateOnly, s.Input.Settings.Date)
	return day, err == nil
}

// published is date, or where there is none the first day that a ZIP can hold.
func (s Site) published() time.Time {
	if day, ok := s.date(); ok && day.Year() >= 1980 {
		return day
	}
	return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
}

// sorted are files by name.
func sorted(files []File) []File {
	out := slices.Clone(files)
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return out
}
