package build

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/benchmark"
	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/page"
	"benchbook/internal/schema"
)

func (b *run) loadDatasets() error {
	files, err := b.site.Files("data", func(name string) bool { return name == "dataset.toml" })
	if err != nil {
		return err
	}
	for _, file := range files {
		if strings.Count(file, "/") != 2 {
			continue
		}
		src, err := b.site.Read(file)
		if err != nil {
			return err
		}
		d, ok := schema.Load(file, src, b.list)
		if ok {
			if ok, err = d.ReadTargets(b.site.Dir, b.list); err != nil {
				return err
			}
		}
		if !ok {
			b.groundless = true
			continue
		}
		info, err := b.describe(d, file)
		if err != nil {
			return err
		}
		b.datasets, b.infos = append(b.datasets, d), append(b.infos, info)
	}
	return b.warnStray(files)
}

// warnStray points at rows that nothing describes and so nothing reads.
func (b *run) warnStray(dictionaries []string) error {
	rows, err := b.site.Files("data", func(name string) bool {
		return slices.Contains([]string{".csv", ".tsv", ".xlsx"}, strings.ToLower(path.Ext(name)))
	})
	if err != nil {
		return err
	}
	for _, file := range rows {
		folder := path.Dir(file)
		if strings.Count(file, "/") != 2 || slices.Contains(dictionaries, folder+"/dataset.toml") {
			continue
		}
		b.list.Add(diag.Diagnostic{Code: "schema.no_dictionary", Severity: diag.Warning, Pos: diag.At(file, 1, 1),
			Message: diag.T("%s 里没有 dataset.toml，这些数据不会被读", "%s has no dataset.toml, so its rows are not read", folder),
			Hint:    diag.T("用 benchbook import 读入这个文件，或写一份数据字典", "take the file in with benchbook import, or write a data dictionary")})
	}
	return nil
}

// compute makes the tables of every dataset, one pass over its rows each.
func (b *run) compute() ([]*benchmark.Table, error) {
	var tables []*benchmark.Table
	for i, d := range b.datasets {
		if b.ctx.Err() != nil {
			return nil, b.ctx.Err()
		}
		b.opt.Progress(diag.T("算数据", "computing"), i, len(b.datasets))
		plan, _ := b.catalogue.Plan(d.Name)
		set, err := plan.ObserveStream(b.rows(d, &b.infos[i], plan), b.list)
		if err != nil {
			return nil, err
		}
		made := benchmark.Compute(set, b.list)
		tables = append(tables, made...)
		b.count(&b.infos[i], d, set.Rows, made)
	}
	benchmark.Changes(tables)
	b.opt.Progress(diag.T("算数据", "computing"), len(b.datasets), len(b.datasets))
	return tables, nil
}

// rows streams a dataset's records into observers. All fields are decoded and
// so checked against the dictionary, also those that no indicator uses.
func (b *run) rows(d *schema.Dictionary, info *page.DatasetInfo, plan *indicator.Plan) indicator.Stream {
	if d.Warehouse != nil {
		return b.grouped(plan, info)
	}
	return func(_ []string, start func() func([]schema.Record) error) error {
		return b.spread(d, nil, info, start)
	}
}

// some streams the fields that are asked for and leaves the others to check.
func (b *run) some(d *schema.Dictionary, plan *indicator.Plan) indicator.Stream {
	if d.Warehouse != nil {
		return b.grouped(plan, &page.DatasetInfo{})
	}
	return func(fields []string, start func() func([]schema.Record) error) error {
		return b.spread(d, fields, &page.DatasetInfo{}, start)
	}
}

// spread streams some fields of a dataset's records, nil being all of them.
func (b *run) spread(d *schema.Dictionary, fields []string, info *page.DatasetInfo, start func() func([]schema.Record) error) error {
	excluded, err := schema.Spread(b.site.Dir, d, fields, runtime.GOMAXPROCS(0), b.list, func() func([]schema.Record) error {
		each := start()
		return func(recs []schema.Record) error {
			if b.ctx.Err() != nil {
				return b.ctx.Err()
			}
			return each(recs)
		}
	})
	info.Excluded = exclusions(excluded)
	return err
}

// exclusions puts into words which rows were not counted, and how many.
func exclusions(list []schema.Exclusion) (out []string) {
	for _, x := range list {
		switch text := x.Reason.In("zh") + " " + strconv.Itoa(x.Rows) + " 份"; {
		case x.Kept && x.Rows > 0:
			out = append(out, text+"（只标记，仍计入）")
		case !x.Kept:
			out = append(out, text)
		}
	}
	return out
}

// describe collects what pages may say of a dataset: metadata, no values.
func (b *run) describe(d *schema.Dictionary, file string) (page.DatasetInfo, error) {
	info := page.DatasetInfo{ID: d.Name, Title: d.Title, Description: d.Description, Source: d.Source, Licence: d.Licence, Unit: d.Unit,
		From: d.Collected.From, To: d.Collected.To, Sample: d.Sample, Open: d.Open(), Weighted: d.Weight != "" || d.Weighting != nil, Period: d.Period, File: file}
	for _, f := range d.Fields {
		if f.Role == "" {
			info.Fields = append(info.Fields, page.FieldNote{Dataset: d.Name, Name: f.Name, Meaning: f.Title, Type: typeTitles[f.Type], Unit: f.Unit})
		}
	}
	info.Questions = questions(d)
	h := sha256.New()
	if d.Warehouse != nil {
		h.Write([]byte(sourceHash(d.Warehouse)))
	}
	for _, r := range d.Resources {
		if b.query {
			break // a table that is only printed carries no hash of its files
		}
		if err := b.hash(h, path.Join("data", d.Name, r.Path)); err != nil {
			return info, err
		}
	}
	for _, margin := range margins(d) {
		if err := b.hash(h, path.Join("data", d.Name, margin)); err != nil {
			return info, err
		}
	}
	info.Hash = hex.EncodeToString(h.Sum(nil))
	return info, nil
}

// margins are the files of known totals that rows are weighted to: other totals make other numbers of the same rows.
func margins(d *schema.Dictionary) (files []string) {
	if d.Weighting == nil {
		return nil
	}
	for _, m := range d.Weighting.Margins {
		if m.File != "" {
			files = append(files, m.File)
		}
	}
	return files
}

// questions are the questions that several columns share, in the order of the columns.
func questions(d *schema.Dictionary) []page.Question {
	var out []page.Question
	for _, f := range d.Fields {
		if f.Question == "" || f.Role != "" {
			continue
		}
		i := slices.IndexFunc(out, func(q page.Question) bool { return q.ID == f.Question })
		if i < 0 {
			i = len(out)
			out = append(out, page.Question{ID: f.Question})
		}
		out[i].Fields = append(out[i].Fields, f.Name)
		out[i].Rows = append(out[i].Rows, cmp.Or(f.Row, f.Title, f.Name))
	}
	return out
}

// count fills in how many rows and contributors a dataset has.
func (b *run) count(info *page.DatasetInfo, d *schema.Dictionary, rows int, tables []*benchmark.Table) {
	info.Rows = rows
	for _, t := range tables {
		if len(t.By) == 0 && len(t.Groups) == 1 && d.Contributor != "" {
			info.Contributors = max(info.Contributors, t.Groups[0].Contributors)
		}
	}
}

func (b *run) hash(h io.Writer, name string) error {
	f, err := os.Open(filepath.Join(b.site.Dir, filepath.FromSlash(name)))
	if os.IsNotExist(err) {
		return nil // reported when the rows are read
	}
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}

// typeTitles are the types of fields in words for readers.
var typeTitles = map[schema.FieldType]string{schema.String: "文本", schema.Integer: "整数", schema.Number: "数值", schema.Boolean: "是/否",
	schema.Date: "日期", schema.DateTime: "日期时间", schema.List: "多选"}
