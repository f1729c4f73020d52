package export

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/page"
)

// sopPages is the most pages that a procedure may have on paper.
const sopPages = 2

// passes bounds how often a document is printed until its contents stand still;
// the third pass is rarely needed, since the numbers have room from the first.
const passes = 4

// PDF prints pages, or where none are named the whole report, its print edition.
// Notes are for a person: what came out, but not as it should.
func PDF(ctx context.Context, s Site, b Browser, names []string) (files []File, notes []diag.Text, err error) {
	if len(names) == 0 {
		if s.Print == nil {
			return nil, nil, &Problem{diag.T("这个站点没有章节或执行摘要，没有整本可以打印；写明要打印的页面", "the site has no chapters and no summary, so there is no report to print; name the pages")}
		}
		names = []string{s.Print.Path}
	}
	for _, n := range names {
		p, err := s.find(n)
		if err != nil {
			return nil, nil, err
		}
		made, err := s.print(ctx, b, p)
		if err != nil {
			return nil, nil, err
		}
		file := File{s.pdfName(p), made.data}
		files = append(files, file)
		if made.unnumbered {
			notes = append(notes, diag.T("%s 的目录没有页码：读不懂这个浏览器写的 PDF", "%s has no page numbers in its contents: this browser's PDF has a form that is not known", file.Name))
		}
		if p.Layout == "sop" && made.pages > sopPages {
			notes = append(notes, diag.T("%s 有 %d 页；操作手册最好不超过 %d 页", "%s has %d pages; a procedure should not have more than %d", file.Name, made.pages, sopPages))
		}
	}
	return files, notes, nil
}

func (s Site) pdfName(p page.Page) string {
	if s.Print != nil && p.Path == s.Print.Path {
		return s.report() + ".pdf"
	}
	return name(p.Path) + ".pdf"
}

// printed is a page on paper. Unnumbered says that its contents wanted page
// numbers and could not get them.
type printed struct {
	data       []byte
	pages      int
	unnumbered bool
}

// print prints one page: once to learn where everything lands, and again with
// the page numbers filled in, until they are right.
func (s Site) print(ctx context.Context, b Browser, p page.Page) (printed, error) {
	source, ok := s.Tree.File(p.Path)
	if !ok {
		return printed{}, fmt.Errorf("no page %s", p.Path)
	}
	sheet, err := newPaper(source, s.Input.Settings.BaseURL, p.Path)
	if err != nil {
		return printed{}, err
	}
	dir, err := os.MkdirTemp("", "benchbook-print-")
	if err != nil {
		return printed{}, err
	}
	defer removeAll(dir)
	if err := s.unpack(dir, p.Path); err != nil {
		return printed{}, err
	}
	press := press{sheet: sheet, browser: b, file: filepath.Join(dir, filepath.FromSlash(p.Path)), info: s.description(sheet.title)}
	made, err := press.run(ctx)
	if err != nil {
		return printed{}, fmt.Errorf("%s: %w", p.Path, err)
	}
	return made, nil
}

// press prints one page as often as its numbers need.
type press struct {
	sheet   *paper
	browser Browser
	file    string
	info    info
}

func (p press) run(ctx context.Context) (printed, error) {
	numbers := map[string]int(nil)
	for range passes {
		data, err := p.pass(ctx, numbers)
		if err != nil {
			return printed{}, err
		}
		read, err := readPDF(data)
		if err != nil {
			return p.unread(ctx, data)
		}
		if maps.Equal(numbers, read.dests) || !p.sheet.asks {
			return printed{data: read.described(p.info), pages: read.pages}, nil
		}
		numbers = read.dests
	}
	return printed{}, errors.New("the page numbers do not settle")
}

// pass fills the numbers in and prints.
func (p press) pass(ctx context.Context, numbers map[string]int) ([]byte, error) {
	made, err := p.sheet.numbered(numbers)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(p.file, made, 0o600); err != nil {
		return nil, err
	}
	return p.browser.Print(ctx, p.file)
}

// unread is what can be had of a browser whose PDF is not understood: the
// document as it is, and where there are contents, without wrong numbers.
func (p press) unread(ctx context.Context, data []byte) (printed, error) {
	if !p.sheet.asks {
		return printed{data: data}, nil
	}
	p.sheet.withoutNumbers()
	data, err := p.pass(ctx, nil)
	return printed{data: data, unnumbered: true}, err
}

// description is what the file says of itself.
func (s Site) description(title string) info {
	set := s.Input.Settings
	return info{title: title, author: set.Publisher, subject: set.Description, creator: s.Input.Generator, date: strings.ReplaceAll(set.Date, "-", "")}
}

// unpack writes what a page loads (style sheets, pictures) where the page
// expects it.
func (s Site) unpack(dir, pagePath string) error {
	if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(filepath.Dir(pagePath))), 0o700); err != nil {
		return err
	}
	for _, e := range s.Tree.Manifest("", "").Files {
		if !strings.HasPrefix(e.Path, "media/") && !strings.HasSuffix(e.Path, ".css") {
			continue
		}
		data, _ := s.Tree.File(e.Path)
		to := filepath.Join(dir, filepath.FromSlash(e.Path))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
