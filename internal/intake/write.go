package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Written is what Write did, as paths relative to the site.
type Written struct {
	Created  []string
	Replaced []string // rows of an earlier import
	Kept     []string // dictionary and chapter that were there
}

// Write puts the draft into a site: data/NAME/rows.csv with the clean rows,
// data/NAME/dataset.toml, content/chapters/NAME.md (several of a long survey) and
// an outline of content/summary.md. Name "" is the draft's.
// A dictionary or chapter that is there is kept, and then the rows are cleaned by
// that dictionary; what the new rows have that it does not know becomes a
// warning of the draft. A kept dictionary that does not fit goes to l with an
// error that wraps dataset.ErrReported; other errors are the world's.
func (d *Draft) Write(site, name string, l *diag.List) (*Written, error) {
	if name != "" {
		d.Dataset = name
	}
	if err := checkName(d.Dataset); err != nil {
		return nil, err
	}
	folder := path.Join("data", d.Dataset)
	if err := os.MkdirAll(filepath.Join(site, filepath.FromSlash(folder)), 0o755); err != nil {
		return nil, err
	}
	w := &Written{}
	file := path.Join(folder, "dataset.toml")
	dict, text, err := d.dictionary(site, file, l)
	if err != nil {
		return nil, err
	}
	columns, err := d.match(dict, l)
	if err != nil {
		return nil, err
	}
	rows := path.Join(folder, dict.Resources[0].Path)
	existed := exists(site, rows)
	if err := d.copyRows(filepath.Join(site, filepath.FromSlash(rows)), columns); err != nil {
		return nil, err
	}
	w.note(rows, existed, &w.Replaced)
	if text == "" {
		w.Kept = append(w.Kept, file)
	} else if err := writeFile(site, file, text); err != nil {
		return nil, err
	} else {
		w.Created = append(w.Created, file)
	}
	if text != "" {
		d.conclude(columns)
	}
	return w, d.writeTexts(site, w)
}

// conclude turns the counts of the clean rows into findings.
func (d *Draft) conclude(columns []outColumn) {
	d.findings, d.tallies = map[string]finding{}, map[string]tally{}
	for i := range columns {
		c := &columns[i]
		d.tallies[c.draft.Name] = c.tally
		if x, ok := d.find(c.draft, c.tally); ok && !c.draft.lead {
			d.findings[c.draft.Name] = x
		}
	}
	for question, rows := range d.matrices() {
		if len(rows) < 2 {
			continue
		}
		if x, ok := d.findMatrix(question, rows); ok {
			d.findings[question] = x
		}
	}
}

// ownChapter matches what follows the dataset's name in the names of its chapters.
var ownChapter = regexp.MustCompile(`^(?:-\d{2})?\.md$`)

// writeTexts writes chapters, unless the dataset has any, and the outline of
// the summary, unless there is one.
func (d *Draft) writeTexts(site string, w *Written) error {
	const folder = "content/chapters"
	entries, err := os.ReadDir(filepath.Join(site, filepath.FromSlash(folder)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), d.Dataset)
		if ok && ownChapter.MatchString(rest) {
			w.Kept = append(w.Kept, path.Join(folder, e.Name()))
		}
	}
	if slices.ContainsFunc(w.Kept, func(name string) bool { return strings.HasPrefix(name, folder) }) {
		return nil
	}
	if added, err := d.writeBaskets(site); err != nil {
		return err
	} else if added {
		w.Created = append(w.Created, "data/indicators.toml")
	}
	chapters := d.chapters()
	for i := range chapters {
		file := path.Join("content", "chapters", chapters[i].file)
		if err := writeFile(site, file, d.markdown(&chapters[i])); err != nil {
			return err
		}
		w.Created = append(w.Created, file)
	}
	if filled, err := d.cover(site); err != nil {
		return err
	} else if filled {
		w.Replaced = append(w.Replaced, "content/index.md")
	}
	const summary = "content/summary.md"
	text := d.summary(chapters)
	if text == "" || exists(site, summary) {
		return nil
	}
	w.Created = append(w.Created, summary)
	return writeFile(site, summary, text)
}

func (w *Written) note(file string, existed bool, there *[]string) {
	if existed {
		*there = append(*there, file)
	} else {
		w.Created = append(w.Created, file)
	}
}

// ErrName is wrapped when the dataset's name cannot be a folder and a part of references.
var ErrName = errors.New("intake: not a name for a dataset")

func checkName(name string) error {
	if name == "" || name != path.Base(name) || name[0] == '.' || strings.ContainsAny(name, "\\:*?\"<>|#%&=()[] \t\r\n") || len(name) > 120 {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	return nil
}

func exists(site, file string) bool {
	_, err := os.Stat(filepath.Join(site, filepath.FromSlash(file)))
	return !errors.Is(err, fs.ErrNotExist)
}

// writeFile writes a file whole: beside it first, then in its place.
func writeFile(site, file, text string) error {
	disk := filepath.Join(site, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(disk), 0o755); err != nil {
		return err
	}
	return replaceFile(disk, func(f *os.File) error {
		_, err := f.WriteString(text)
		return err
	})
}

func replaceFile(disk string, fill func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(disk), ".import-*")
	if err != nil {
		return err
	}
	err = errors.Join(fill(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), disk)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// dictionary loads the dictionary that is there, or drafts one; text is the
// draft's, "" when it was there.
func (d *Draft) dictionary(site, file string, l *diag.List) (dict *schema.Dictionary, text string, err error) {
	src, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(file)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = d.toml()
		src = []byte(text)
	case err != nil:
		return nil, "", err
	}
	dict, ok := schema.Load(file, src, l)
	if !ok {
		return nil, "", fmt.Errorf("%s: %w", file, dataset.ErrReported)
	}
	r := dict.Resources[0]
	if len(dict.Resources) > 1 || r.Format != "" && r.Format != "csv" || !strings.HasSuffix(r.Path, ".csv") || r.Encoding != "" && !strings.EqualFold(r.Encoding, "utf-8") || r.Delimiter != "" && r.Delimiter != "," {
		l.Add(diag.Diagnostic{Code: "intake.resource", Pos: dict.Pos,
			Message: diag.T("已有的字典不是一个 UTF-8 的 CSV 文件，导入不能替换它的数据", "the dictionary that is there does not read one CSV file in UTF-8, so import cannot replace its rows"),
			Hint:    diag.T("用 --as 换一个名字", "choose another name with --as")})
		return nil, "", fmt.Errorf("%s: %w", file, dataset.ErrReported)
	}
	return dict, text, nil
}

// match pairs the dictionary's fields with the columns of the export.
func (d *Draft) match(dict *schema.Dictionary, l *diag.List) ([]outColumn, error) {
	var columns []outColumn
	used := map[string]bool{}
	missing := false
	for i := range dict.Fields {
		f := &dict.Fields[i]
		at := slices.IndexFunc(d.Fields, func(g Field) bool { return g.Column == f.Column })
		if at < 0 {
			missing = true
			l.Add(diag.Diagnostic{Code: "schema.column_missing", Pos: f.Pos, Hint: d.whyDropped(f.Column),
				Message: diag.T("新的导出里没有列 %q（字段 %q）", "the new export has no column %q (field %q)", f.Column, f.Name)})
			continue
		}
		used[f.Column] = true
		columns = append(columns, outColumn{draft: &d.Fields[at], field: f, nothing: nothingTexts(dict, f), open: dict.Open()})
		if made := d.Fields[at].made; made != nil {
			columns[len(columns)-1].made = made()
		}
		d.newCategories(f, &d.Fields[at])
	}
	if missing {
		return nil, fmt.Errorf("%s: %w", dict.Pos.File, dataset.ErrReported)
	}
	for _, f := range d.Fields {
		if !used[f.Column] {
			d.warn("新的列 %q 不在字典里，没有写入", "the new column %q is not in the dictionary and was left out", f.Column)
		}
	}
	return columns, nil
}

func (d *Draft) whyDropped(column string) diag.Text {
	for _, c := range d.Dropped {
		if c.Column == column {
			return c.Reason
		}
	}
	return diag.Text{}
}

// newCategories warns of answers that an older dictionary does not list.
func (d *Draft) newCategories(f *schema.Field, draft *Field) {
	if len(f.Categories) == 0 || f.Type == schema.Boolean {
		return
	}
	var fresh []string
	for _, c := range draft.Categories {
		if !slices.ContainsFunc(f.Categories, func(k schema.Category) bool { return k.Value == c.Value }) && c.Value != f.Other {
			fresh = append(fresh, c.Value)
		}
	}
	if len(fresh) > 0 {
		d.warn("%s：字典里没有的新选项 %q", "%s: new options that the dictionary does not list: %q", f.Name, fresh)
	}
}
