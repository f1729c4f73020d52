package theme

import (
	"fmt"
	"html/template"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jba/templatecheck"

	"benchbook/internal/diag"
)

// Folder is where a site keeps its own templates; diagnostics name files in it.
const Folder = "templates"

// Check reports everything that is wrong with the templates: those that do not
// parse; fields, functions and blocks that the model of a layout does not have
// (models maps a layout's name to a value of its model's type); output that
// cannot be escaped safely; layouts that are missing; and, as warnings, files
// that nothing reads. A theme that passes cannot fail for a reason of type.
func (t *Theme) Check(models map[string]any, l *diag.List) {
	for _, err := range t.broken {
		t.report("theme.syntax", err, l)
	}
	t.checkFiles(models, l)
	if len(t.broken) > 0 {
		return // what refers to a broken file would only repeat it
	}
	seen := map[diag.Pos]bool{}
	names := slices.Sorted(maps.Keys(models))
	for _, check := range []func(*template.Template, any) error{typeCheck, escapeCheck} {
		for _, name := range names {
			set, ok := t.layouts[name]
			if !ok {
				continue
			}
			if err := check(set.Template, models[name]); err != nil {
				t.reportOnce("theme.type", err, seen, l)
			}
		}
	}
}

// typeCheck compares every field, call and block with the model's type.
func typeCheck(set *template.Template, model any) (err error) {
	defer func() { // a library's slip over an odd template must stay a finding
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return templatecheck.CheckHTMLStrict(set, model)
}

// escapeCheck makes html/template find out how to escape each place, which it
// does before it executes; that an empty model then lacks this or that is no
// mistake of the template.
func escapeCheck(set *template.Template, model any) error {
	err := set.Execute(io.Discard, model)
	if err == nil || !strings.HasPrefix(err.Error(), "html/template:") {
		return nil
	}
	return err
}

// reportOnce reports a place once, though every layout meets a broken part.
func (t *Theme) reportOnce(code string, err error, seen map[diag.Pos]bool, l *diag.List) {
	pos, _ := t.locate(err)
	if seen[pos] {
		return
	}
	seen[pos] = true
	t.report(code, err, l)
}

func (t *Theme) report(code string, err error, l *diag.List) {
	pos, what := t.locate(err)
	l.Errorf(code, pos, diag.T("模板有误：%s", "template: %s", what))
}

// both template packages say "template: FILE[:LINE[:BYTE]]: …"
var located = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]+)(?::(\d+))?(?::(\d+))?: (.*)$`)

// inside is what the packages tell of themselves.
var inside = regexp.MustCompile(`^checking ".*?" at |: \{state.*\}$`)

// locate takes the position out of an error's text, because neither package
// offers it otherwise. Columns arrive as bytes from 0.
func (t *Theme) locate(err error) (diag.Pos, string) {
	m := located.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.Pos{File: Folder}, err.Error()
	}
	line, _ := strconv.Atoi(m[2])
	column := 0
	if offset, err := strconv.Atoi(m[3]); err == nil {
		column = t.column(m[1], line, offset)
	}
	return diag.At(path.Join(Folder, m[1]), line, column), inside.ReplaceAllString(m[4], "")
}

// column counts characters where the template packages count bytes.
func (t *Theme) column(file string, line, offset int) int {
	lines := strings.Split(string(t.files[file].source), "\n")
	if line < 1 || line > len(lines) {
		return 0
	}
	return utf8.RuneCountInString(lines[line-1][:min(offset, len(lines[line-1]))]) + 1
}

// checkFiles looks for layouts that are missing and files that nothing reads.
func (t *Theme) checkFiles(models map[string]any, l *diag.List) {
	var wanted []string
	for _, name := range slices.Sorted(maps.Keys(models)) {
		file := "layouts/" + name + ".html"
		wanted = append(wanted, file)
		if _, ok := t.files[file]; !ok {
			l.Errorf("theme.missing", diag.Pos{File: path.Join(Folder, file)},
				diag.T("缺少版式 %q", "layout %q is missing", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if !t.files[name].own || slices.Contains(wanted, name) || readable(name) {
			continue
		}
		l.Add(diag.Diagnostic{
			Code: "theme.unused", Severity: diag.Warning, Pos: diag.Pos{File: path.Join(Folder, name)},
			Message: diag.T("没有页面会用到这个模板文件", "no page uses this template file"),
			Hint:    diag.DidYouMean(name, wanted),
		})
	}
}

// readable says whether something may read a file: pages, templates, the page
// that unlocks sealed ones, or Go, which keeps its files beside the built-in theme.
func readable(name string) bool {
	return strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "seal/") || path.Ext(name) == ".go" ||
		strings.HasPrefix(name, "parts/") && path.Ext(name) == ".html" && strings.Count(name, "/") == 1
}
