package export

import (
	"context"
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
		data, pages, err := s.print(ctx, b, p)
		if err != nil {
			return nil, nil, err
		}
		file := File{name(p.Path) + ".pdf", data}
		if p.Layout == "print" {
			file.Name = s.report() + ".pdf"
		}
		files = append(files, file)
		if p.Layout == "sop" && pages > sopPages {
			notes = append(notes, diag.T("%s 有 %d 页；操作手册最好不超过 %d 页", "%s has %d pages; a procedure should not have more than %d", file.Name, pages, sopPages))
		}
	}
	return files, notes, nil
}

// print prints one page: once to learn where everything lands, and again with
// the page numbers filled in, until they are right.
func (s Site) print(ctx context.Context, b Browser, p page.Page) (data []byte, pages int, err error) {
	source, ok := s.Tree.File(p.Path)
	if !ok {
		return nil, 0, fmt.Errorf("no page %s", p.Path)
	}
	sheet, err := newPaper(source, s.Input.Settings.BaseURL, p.Path)
	if err != nil {
		return nil, 0, err
	}
	dir, err := os.MkdirTemp("", "benchbook-print-")
	if err != nil {
		return nil, 0, err
	}
	defer removeAll(dir)
	if err := s.unpack(dir, p.Path); err != nil {
		return nil, 0, err
	}
	file := filepath.Join(dir, filepath.FromSlash(p.Path))
	var numbers map[string]int
	for range passes {
		made, err := sheet.numbered(numbers)
		if err != nil {
			return nil, 0, err
		}
		if err := os.WriteFile(file, made, 0o600); err != nil {
			return nil, 0, err
		}
		if data, err = b.Print(ctx, file); err != nil {
			return nil, 0, err
		}
		read, err := readPDF(data)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", p.Path, err)
		}
		if maps.Equal(numbers, read.dests) || !sheet.asks {
			return read.described(s.description(sheet.title)), read.pages, nil
		}
		numbers = read.dests
	}
	return nil, 0, fmt.Errorf("%s: the page numbers do not settle", p.Path)
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
