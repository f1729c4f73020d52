package page

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/hanzi"
	"benchbook/internal/release"
)

// figureFiles makes the figure's downloads: CSV for spreadsheets, JSON with
// every cell, and the drawing that a reader saves.
func (c *composer) figureFiles(f *Bound) {
	base := "figures/" + f.ID
	sources := []string{chartSource(f), "data/" + f.table().Dataset.Name + "/dataset.toml"}
	add := func(ext, name string, data []byte) {
		f.files = append(f.files, File{Path: base + ext, Bytes: data, Sources: sources})
		f.Downloads = append(f.Downloads, Download{Path: base + ext, Label: name + "，" + size(len(data))})
	}
	withMark := csvOf(f.drawn.table)
	add(".csv", "CSV", withMark)
	add(".json", "JSON", c.jsonOf(f))
	if !f.IsTable {
		if svg, err := chart.Standalone(f.Spec); err == nil {
			add(".svg", "SVG", svg)
		}
	}
	bare := bytes.TrimPrefix(withMark, []byte(byteOrderMark))
	f.files = append(f.files, File{Path: base + ".plain.csv", Bytes: bare, Sources: sources})
	f.more = append(f.more, Download{Path: base + ".plain.csv", Label: "CSV（无 BOM，供程序读），" + size(len(bare))})
}

// byteOrderMark stands before a CSV file for Excel, which would misread Chinese without it.
const byteOrderMark = "\ufeff"

func chartSource(f *Bound) string {
	if f.homeDoc == nil {
		return "data/charts.toml"
	}
	return f.homeDoc.File
}

// size is a file's size as a download's label says it.
func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, (n+512)/1024))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// csvOf is a table for spreadsheets: with a byte-order mark, without which
// Excel misreads Chinese, and with no cell that would run as a formula.
func csvOf(t chart.DataTable) []byte {
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	header := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		header[i] = release.Inert(c.Title)
	}
	_ = w.Write(header) // a buffer takes everything
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = release.Inert(cell)
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.Bytes()
}

type jsonCell struct {
	ID           string            `json:"id"`
	Key          map[string]string `json:"key"`
	Option       string            `json:"option"`
	Stat         string            `json:"stat"`
	Value        *float64          `json:"value"`
	Lo           *float64          `json:"lo"`
	Hi           *float64          `json:"hi"`
	Text         string            `json:"text"`
	N            *int              `json:"n"`
	Base         *int              `json:"base"`
	Contributors *int              `json:"contributors"`
	Method       string            `json:"method"`
	Suppressed   bool              `json:"suppressed"`
	Reason       string            `json:"reason"`
	Warnings     []string          `json:"warnings"`
}

// jsonOf is figures/ID.json: everything that is known of the figure.
func (c *composer) jsonOf(f *Bound) []byte {
	t := f.table()
	out := map[string]any{
		"id": f.ID, "number": f.Spec.Number, "title": f.Spec.Finding, "subtitle": f.Spec.Subtitle, "kind": f.Spec.Kind,
		"dataset": t.Dataset.Name, "indicator": t.Indicator, "unit": t.Unit, "definition": t.Definition, "formula": t.Formula,
		"base": t.Base, "n": t.BaseText(), "weight": t.Weight, "source": t.Dataset.Source, "licence": t.Dataset.Licence,
		"collected": map[string]string{"from": t.Dataset.From, "to": t.Dataset.To}, "sample": t.Dataset.Sample,
		"dataset_sha256": c.labels()[t.Dataset.Name].Hash, "minimum_contributors": c.Registry.Minimum(), "disclosure": disclosureWord(t.Dataset.Open),
		"notes": nonNil(f.Spec.Notes), "generator": c.Generator, "cells": jsonCells(f.tables),
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	_ = enc.Encode(out) // strings and finite numbers always encode
	return b.Bytes()
}

func nonNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func disclosureWord(open bool) string {
	if open {
		return "open"
	}
	return "protected"
}

func jsonCells(tables []*release.Table) []jsonCell {
	out := []jsonCell{}
	for _, t := range tables {
		for _, r := range t.Rows {
			for _, cell := range r.Cells {
				out = append(out, jsonOfCell(cell))
			}
		}
	}
	return out
}

func jsonOfCell(cell *release.Cell) jsonCell {
	out := jsonCell{ID: cell.ID(), Key: map[string]string{}, Stat: cell.Stat(), Text: cell.Text(), Suppressed: cell.Suppressed(), Reason: cell.Reason(), Warnings: []string{}}
	out.Option, _ = cell.Option()
	for _, k := range cell.Segment() {
		out.Key[k.Field] = k.Value
	}
	if cell.Suppressed() {
		return out
	}
	n, base, people := cell.N(), cell.Base(), cell.Contributors()
	out.N, out.Base, out.Contributors, out.Method = &n, &base, &people, cell.Method().Code
	if v, ok := cell.Value(); ok {
		out.Value = &v
	}
	if lo, hi, ok := cell.Interval(); ok {
		out.Lo, out.Hi = number(lo), number(hi)
	}
	for _, w := range cell.Warnings() {
		out.Warnings = append(out.Warnings, w.Code)
	}
	return out
}

func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// figurePage is the figure's own page: static drawing, the interactive one over
// it, data, downloads, provenance, citation, embedding.
func (c *composer) figurePage(f *Bound) Page {
	return c.generatedPage("figure", f.page(), f.Spec.Finding, "figures", nil, []string{chartSource(f)}, func(m Common) any {
		m.Sample = f.Spec.Sample
		m.Description = hanzi.Excerpt(strings.TrimSuffix(f.Spec.Finding, "。")+"。"+f.Spec.Subtitle+"；"+f.sourceLine(), 80)
		m.Breadcrumb = append(m.Breadcrumb, Link{Title: "图表目录", Path: c.edition("figures.html")})
		out := Figure{Common: m, Number: f.Spec.Number, Provenance: c.provenance(f), Embed: c.embed(f), Downloads: slices.Concat(f.Downloads, f.more)}
		out.Drawing = f.html(f.page(), template.HTML(template.HTMLEscapeString(f.Spec.Finding)))
		out.Option = template.JS(f.option)
		for _, d := range c.docs {
			if slices.Contains(f.pages, d.path) {
				out.Used = append(out.Used, Link{Title: d.Title, Path: d.path + "#fig-" + f.ID})
			}
		}
		out.LinkedData = c.figureData(f, out)
		i := slices.Index(c.ordered, f)
		if i > 0 {
			p := c.ordered[i-1]
			out.Prev = &Link{Title: p.Spec.Number + " " + p.Spec.Finding, Path: p.page()}
		}
		if i+1 < len(c.ordered) {
			n := c.ordered[i+1]
			out.Next = &Link{Title: n.Spec.Number + " " + n.Spec.Finding, Path: n.page()}
		}
		return out
	})
}

// embed is the snippet for another site: the picture, with its address where that is known.
func (c *composer) embed(f *Bound) string {
	if c.Settings.BaseURL == "" || f.IsTable {
		return ""
	}
	base := c.Settings.BaseURL + "/figures/" + f.ID
	return fmt.Sprintf(`<a href="%s.html"><img src="%s.svg" alt="%s"></a>`, base, base, template.HTMLEscapeString(f.Spec.Finding))
}

// provenance is 「这个数字怎么来的」.
func (c *composer) provenance(f *Bound) []Row {
	t := f.table()
	var methods []string
	for _, m := range f.methods() {
		methods = append(methods, m.Title)
	}
	rows := []Row{
		{Label: "指标", Text: t.Title}, {Label: "定义", Text: t.Definition}, {Label: "公式", Text: t.Formula},
		{Label: "数据集", Text: t.Dataset.Title}, {Label: "来源", Text: t.Dataset.Source}, {Label: "收集时间", Text: span(t.Dataset.From, t.Dataset.To)},
		{Label: "数据校验和（SHA-256）", Text: c.labels()[t.Dataset.Name].Hash}, {Label: "基数", Text: based(t)}, {Label: "占比的分母", Text: baseTitle(t)},
		{Label: "权重", Text: orWord(t.Weight, "不加权")}, {Label: "方法", Text: strings.Join(methods, "；"), Link: &Link{Path: c.edition("methodology.html") + "#methods"}},
		{Label: "公布规则", Text: c.rule(t.Dataset.Open)}, {Label: "提醒", Text: strings.Join(f.caveats(), "")}, {Label: "程序", Text: c.Generator},
	}
	return slices.DeleteFunc(rows, func(r Row) bool { return r.Text == "" })
}

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func baseTitle(t *release.Table) string {
	if t.Kind != "share" && t.Kind != "multi" {
		return ""
	}
	return map[string]string{"all": "全部记录", "asked": "被问到这一题的记录", "answered": "作答的记录"}[t.Base]
}

func (c *composer) rule(open bool) string {
	if open {
		return "数据已经公开，不作隐去"
	}
	return fmt.Sprintf("不同贡献者少于 %d 个的单元不公布；P25、P75 至少 12 个，P10、P90 至少 20 个", c.Registry.Minimum())
}

// figureLinks are rows of 图表目录.
func (c *composer) figureLinks(list []*Bound) []FigureLink {
	var out []FigureLink
	for _, f := range list {
		row := FigureLink{Link: Link{Title: f.Spec.Finding, Path: f.page()}, Number: f.Spec.Number, Downloads: f.Downloads, Sample: f.Spec.Sample}
		if f.homeDoc != nil {
			row.Chapter = f.homeDoc.link()
		}
		out = append(out, row)
	}
	return out
}

// figuresOf are the figures that a page shows.
func (c *composer) figuresOf(d *doc) []FigureLink {
	var list []*Bound
	for _, f := range c.ordered {
		if slices.Contains(f.pages, d.path) {
			list = append(list, f)
		}
	}
	return c.figureLinks(list)
}
