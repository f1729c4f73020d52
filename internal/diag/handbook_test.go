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
	for lang, page := range map[string]string{"zh": "codes.md", "en": "en/codes.md"} {
		page = filepath.Join("..", "..", "content", "handbook", filepath.FromSlash(page))
		want := handbook(lang)
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
			t.Errorf("%s is not what the codes say: run go test ./internal/diag -update", page)
		}
	}
}

// handbookHeads is what stands above the table, by language.
var handbookHeads = map[string]string{"zh": `+++
title = "诊断代码"
summary = "每一个诊断代码：哪里不对，怎么改。"
weight = 80
+++

诊断的每一条末尾有一个代码，例如 ` + "`[schema.range]`" + `。` + "`benchbook explain 代码`" + ` 打印的就是这里的说明。

| 代码 | 哪里不对 | 怎么改 |
|---|---|---|
`, "en": `+++
title = "Codes"
lang = "en-US"
summary = "Every code that a finding can have: what is wrong, and what to do."
weight = 10
+++

A finding ends with its code, as in ` + "`[schema.range]`. `benchbook explain CODE`" + ` prints what stands here.

| Code | What is wrong | What to do |
|---|---|---|
`}

func handbook(lang string) string {
	var b strings.Builder
	b.WriteString(handbookHeads[lang])
	for _, c := range Codes() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Code, cell(c.Summary.In(lang)), cell(c.Remedy.In(lang)))
	}
	return b.String()
}

// cell is a text for a table; one with marks of Markdown stands as code.
func cell(s string) string {
	if strings.ContainsAny(s, "[]*_<>|`\"") || strings.Contains(s, "full-width") {
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
