package diag

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var codePattern = regexp.MustCompile(`(?:Code: |Errorf\(|Warnf\()"([a-z]+\.[a-z_]+)"`)

var update = flag.Bool("update", false, "rewrite content/handbook/codes.md")

// TestHandbookListsEveryCode holds the handbook's page of codes against the
// codes themselves; go test ./internal/diag -update rewrites the page.
func TestHandbookListsEveryCode(t *testing.T) {
	page := filepath.Join("..", "..", "content", "handbook", "codes.md")
	want := handbook()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("content/handbook/codes.md is not what the codes say: run go test ./internal/diag -update")
	}
}

func handbook() string {
	var b strings.Builder
	b.WriteString(`+++
title = "诊断代码"
summary = "每一个诊断代码：哪里不对，怎么改。"
weight = 80
+++

诊断的每一条末尾有一个代码，例如 ` + "`[schema.range]`" + `。` + "`benchbook explain 代码`" + ` 打印的就是这里的说明。

| 代码 | 哪里不对 | 怎么改 |
|---|---|---|
`)
	for _, c := range Codes() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Code, cell(c.Summary), cell(c.Remedy))
	}
	return b.String()
}

// cell is a text for a table; one with marks of Markdown stands as code.
func cell(t Text) string {
	s := t.In("zh")
	if strings.ContainsAny(s, "[]*_<>|`\"") {
		return "`" + strings.NewReplacer("|", `\|`, "`", "").Replace(s) + "`"
	}
	return s
}

func TestEveryCodeIsExplainedInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Codes() {
		if seen[c.Code] {
			t.Errorf("%s is listed twice", c.Code)
		}
		seen[c.Code] = true
		for _, lang := range []string{"zh", "en"} {
			if c.Summary.In(lang) == "" || c.Remedy.In(lang) == "" {
				t.Errorf("%s lacks its %s text", c.Code, lang)
			}
		}
	}
}

// TestEveryPrintedCodeIsListed reads the program's sources for codes that are used but not explained.
func TestEveryPrintedCodeIsListed(t *testing.T) {
	rooms := map[string]bool{}
	for _, c := range Codes() {
		room, _, _ := strings.Cut(c.Code, ".")
		rooms[room] = true
	}
	files, err := filepath.Glob(filepath.Join("..", "*", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, quoted := range codePattern.FindAllStringSubmatch(string(src), -1) {
			if _, ok := Explain(quoted[1]); !ok {
				t.Errorf("%s uses the code %s, which is not explained", file, quoted[1])
			}
		}
	}
}
