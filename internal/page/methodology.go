package page

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"benchbook/internal/release"
)

func (c *composer) methodologyPage() Page {
	d := c.named("methodology.md")
	return c.generatedPage("methodology", c.edition("methodology.html"), "研究方法", "methodology", d, c.datasetFiles(), func(m Common) any {
		m.Description = "调查了谁、怎么调查、各分组多少样本、怎样计算占比、分位数与区间、哪些数字按规则不公布、有哪些局限与勘误、怎样引用本报告。"
		out := Methodology{Common: m, Datasets: c.datasetNotes(), Methods: c.methodNotes(), Indicators: c.indicatorNotes(), Warnings: c.warningRows()}
		for _, ds := range c.Datasets {
			out.Sample = out.Sample || ds.Sample
		}
		out.Disclosure = c.disclosureRows()
		for _, n := range c.Settings.Changes {
			out.Changes = append(out.Changes, Row{Label: n.Date, Text: n.Text})
		}
		for _, n := range c.Settings.Corrections {
			out.Corrections = append(out.Corrections, Row{Label: n.Date, Text: n.Text})
		}
		out.Cite = c.citeRows()
		return out
	})
}

func (c *composer) citeRows() []Row {
	s := c.Settings
	rows := []Row{{Label: "GB/T 7714", Text: c.citation(s.Title, "index.html")}, {Label: "许可", Text: s.Licence}, {Label: "更正与联系", Text: s.Contact}}
	return slices.DeleteFunc(rows, func(r Row) bool { return r.Text == "" })
}

func (c *composer) disclosureRows() []Row {
	cells, suppressed := c.Registry.Counts()
	var out []Row
	for _, r := range c.Registry.Rules() {
		out = append(out, Row{Label: r.Label, Text: r.Text})
	}
	return append(out, Row{Label: "本站", Text: fmt.Sprintf("共 %s 个单元，其中 %s 个不给数字。", thousands(cells), thousands(suppressed))})
}

func (c *composer) datasetNotes() []DatasetNote {
	var out []DatasetNote
	for _, d := range c.Datasets {
		rows := []Row{
			{Label: "说明", Text: d.Description}, {Label: "来源", Text: d.Source}, {Label: "收集时间", Text: span(d.From, d.To)},
			{Label: "观测单位", Text: d.Unit}, {Label: "记录", Text: thousands(d.Rows) + " 条"}, {Label: "剔除", Text: strings.Join(d.Excluded, "；")}, {Label: "加权", Text: c.weighting(d)},
			{Label: "公布规则", Text: c.rule(d.Open)}, {Label: "许可", Text: d.Licence}, {Label: "数据校验和（SHA-256）", Text: d.Hash},
		}
		if d.Contributors > 0 {
			rows = slices.Insert(rows, 5, Row{Label: "贡献者", Text: thousands(d.Contributors) + " 个"})
		}
		rows = slices.DeleteFunc(rows, func(r Row) bool { return r.Text == "" })
		out = append(out, DatasetNote{ID: d.ID, Title: cmp.Or(d.Title, d.ID), Sample: d.Sample, Rows: rows, Segments: c.segmentRows(d.ID)})
	}
	return out
}

// weighting says how a dataset's rows were weighted, with what it cost.
func (c *composer) weighting(d DatasetInfo) string {
	for _, t := range c.Registry.Tables() {
		if t.Dataset.Name == d.ID && t.Dataset.Weighting != "" {
			return t.Dataset.Weighting
		}
	}
	if d.Weighted {
		return "按数据字典里的权重字段加权"
	}
	return "不加权"
}

// segmentRows is n by segment, from released tables only: the base of each group.
func (c *composer) segmentRows(dataset string) []Row {
	var out []Row
	seen := map[string]bool{}
	for _, t := range c.Registry.Tables() {
		if t.Dataset.Name != dataset || len(t.By) != 1 || t.By[0].Field == c.labels()[dataset].Period || seen[t.By[0].Field] {
			continue
		}
		seen[t.By[0].Field] = true
		for _, r := range t.Rows {
			out = append(out, Row{Label: t.By[0].Title + "：" + r.Label(), Text: rowBase(r)})
		}
	}
	return out
}

func rowBase(r release.Row) string {
	for _, cell := range r.Cells {
		if !cell.Suppressed() && cell.NText() != "" {
			return cell.NText()
		}
	}
	return "样本不足"
}

// methodNotes are the methods of the site's figures, with how many figures each.
func (c *composer) methodNotes() []MethodNote {
	var out []MethodNote
	for _, f := range c.ordered {
		for _, m := range f.methods() {
			i := slices.IndexFunc(out, func(n MethodNote) bool { return n.Title == m.Title })
			if i < 0 {
				out = append(out, MethodNote{ID: "method-" + m.Code, Title: m.Title, Text: m.Text})
				i = len(out) - 1
			}
			out[i].Used++
		}
	}
	return out
}

// warningRows say what the footnotes mean and how many figures carry each.
func (c *composer) warningRows() []Row {
	var out []Row
	counts := map[string]int{}
	for _, f := range c.ordered {
		for _, w := range f.caveats() {
			if counts[w] == 0 {
				out = append(out, Row{Label: w})
			}
			counts[w]++
		}
	}
	for i := range out {
		out[i].Text = fmt.Sprintf("%d 幅图表", counts[out[i].Label])
	}
	return out
}

// chapterMethod is 「方法与局限」 of a chapter: what its figures rest on.
func (c *composer) chapterMethod(d *doc) template.HTML {
	var sources, methods, notes []string
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, f := range c.ordered {
		if !slices.Contains(f.pages, d.path) {
			continue
		}
		ds := f.table().Dataset
		line := cmp.Or(ds.Title, ds.Name) + "：" + strings.Trim(ds.Source+"，"+span(ds.From, ds.To), "，")
		add(&sources, line)
		for _, m := range f.methods() {
			add(&methods, m.Title+"："+m.Text)
		}
		for _, w := range f.caveats() {
			add(&notes, w)
		}
	}
	if len(sources) == 0 {
		return ""
	}
	var b strings.Builder
	list(&b, "数据", sources)
	list(&b, "算法", methods)
	list(&b, "提醒", notes)
	fmt.Fprintf(&b, `<p>全部规则见<a href="%s">研究方法</a>。</p>`, rootFrom(d.path)+c.edition("methodology.html"))
	return template.HTML(b.String())
}

func list(b *strings.Builder, title string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "<p><strong>%s</strong></p><ul>", title)
	for _, item := range items {
		fmt.Fprintf(b, "<li>%s</li>", html.EscapeString(item))
	}
	b.WriteString("</ul>")
}
