package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// floor is the least that a generator in Go can do: read every file, convert it
// with tables, check-lists and ids for headings on every core, write it. There
// are no templates, no navigation, no links that are checked, no search.
func floor(source, out string) error {
	var files []string
	err := filepath.WalkDir(source, func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".md") {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		return err
	}
	converter := goldmark.New(goldmark.WithExtensions(extension.Table, extension.TaskList), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for worker := range errs {
		group.Go(func() {
			var page bytes.Buffer
			for i := next.Add(1) - 1; i < int64(len(files)) && errs[worker] == nil; i = next.Add(1) - 1 {
				errs[worker] = convert(converter, &page, source, files[i], out)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func convert(converter goldmark.Markdown, page *bytes.Buffer, source, file, out string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if rest, ok := bytes.CutPrefix(text, []byte("+++\n")); ok {
		_, text, _ = bytes.Cut(rest, []byte("\n+++\n"))
	}
	page.Reset()
	page.WriteString("<!doctype html><meta charset=utf-8>\n")
	if err := converter.Convert(text, page); err != nil {
		return err
	}
	rel, err := filepath.Rel(source, file)
	if err != nil {
		return err
	}
	to := filepath.Join(out, strings.TrimSuffix(rel, ".md")+".html")
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, page.Bytes(), 0o644)
}
