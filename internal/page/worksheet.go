package page

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/diag"
	"benchbook/internal/plan"
	"benchbook/internal/selector"
)

// Tools are the reckonings and decision tables of a project, by name.
type Tools struct {
	Forecasts []*plan.Table
	Paybacks  []*plan.Return
	Selectors []*selector.Selector
}

const toolsPath = "tools.html"

func (t Tools) any() bool { return len(t.Forecasts)+len(t.Paybacks)+len(t.Selectors) > 0 }

func (t Tools) forecast(name string) *plan.Table {
	for _, f := range t.Forecasts {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func (t Tools) payback(name string) *plan.Return {
	for _, p := range t.Paybacks {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func (t Tools) selector(name string) *selector.Selector {
	for _, s := range t.Selectors {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Sheet is a reckoning that wants a spreadsheet, by the path it is offered under.
type Sheet struct {
	Path, Source string
	Sheet        *plan.Sheet
}

// Sheets are the spreadsheets of all reckonings; one whose numbers a spreadsheet
// cannot hold exactly is left out.
func (c *Composition) Sheets() []Sheet {
	var out []Sheet
	add := func(path, source string, s *plan.Sheet, ok bool) {
		if ok {
			out = append(out, Sheet{path, source, s})
		}
	}
	for _, f := range c.Input.Trade.Tools.Forecasts {
		s, ok := f.Sheet()
		add(forecastPath(f)+".xlsx", f.File, s, ok)
	}
	for _, p := range c.Input.Trade.Tools.Paybacks {
		s, ok := p.Sheet()
		add(paybackPath(p)+".xlsx", p.File, s, ok)
	}
	return out
}

// OfferSheet publishes a finished spreadsheet; it is called before any model is made.
func (c *Composition) OfferSheet(s Sheet, packed []byte) {
	c.Files = append(c.Files, File{Path: s.Path, Bytes: packed, Sources: []string{s.Source}})
	c.composer.sheets[s.Path] = size(len(packed))
}

func forecastPath(f *plan.Table) string        { return "forecasts/" + segment(f.Name) }
func paybackPath(p *plan.Return) string        { return "paybacks/" + segment(p.Name) }
func selectorPath(s *selector.Selector) string { return "selectors/" + segment(s.Name) }

// homeOf is the page where a tool is found: the first article that shows it, else
// a page of its own.
func (c *composer) homeOf(own string, shown func(*doc) []string, name string) string {
	for _, d := range c.docs {
		for _, n := range shown(d) {
			if n == name {
				return d.path
			}
		}
	}
	return own + ".html"
}

func frontForecasts(d *doc) []string { return d.Front.Forecasts }
func frontPaybacks(d *doc) []string  { return d.Front.Paybacks }
func frontSelectors(d *doc) []string { return d.Front.Selectors }

// toolPages are the list of all tools, and a page for each that no article shows.
func (c *composer) toolPages() []Page {
	t := c.Trade.Tools
	if !t.any() {
		return nil
	}
	box := []ToolGroup{{Title: "选型"}, {Title: "预测表"}, {Title: "回本"}}
	var out []Page
	own := func(group int, title, summary, home, path, source string, model func(Common) any, layout string) {
		box[group].Cards = append(box[group].Cards, ToolCard{Link{Title: title, Path: home}, summary})
		if home == path {
			out = append(out, c.generatedPage(layout, path, title, "tools", nil, []string{source}, model))
		}
	}
	for _, s := range t.Selectors {
		home := c.homeOf(selectorPath(s), frontSelectors, s.Name)
		own(0, s.Title, s.Summary, home, selectorPath(s)+".html", s.File, func(m Common) any {
			m.Description = s.Summary
			return Decision{Article{Common: m, Lead: s.Summary}, []Selector{c.selectorModel(&m, s)}, nil}
		}, "decision")
	}
	for _, f := range t.Forecasts {
		home := c.homeOf(forecastPath(f), frontForecasts, f.Name)
		own(1, f.Title, f.Summary, home, forecastPath(f)+".html", f.File, func(m Common) any {
			m.Description = f.Summary
			m.Sample = f.Sample
			return Article{Common: m, Worksheets: []Worksheet{c.forecastSheet(f)}}
		}, "article")
	}
	for _, p := range t.Paybacks {
		home := c.homeOf(paybackPath(p), frontPaybacks, p.Name)
		own(2, p.Title, p.Summary, home, paybackPath(p)+".html", p.File, func(m Common) any {
			m.Description = p.Summary
			m.Sample = p.Sample
			return Article{Common: m, Worksheets: []Worksheet{c.paybackSheet(p)}}
		}, "article")
	}
	return append(out, c.generatedPage("tools", toolsPath, "测算与选型", "tools", c.named("tools.md"), nil, func(m Common) any {
		m.Description = "选型表、预测表与回本测算，各附说明；预测与回本可以下载带公式的电子表格。"
		return Toolbox{Common: m, Groups: box}
	}))
}

// worksheets are the reckonings that an article shows.
func (c *composer) worksheets(d *doc, m *Common) []Worksheet {
	var out []Worksheet
	for _, name := range d.Front.Forecasts {
		if f := c.Trade.Tools.forecast(name); f != nil {
			out = append(out, c.forecastSheet(f))
			m.Sample = m.Sample || f.Sample
		} else {
			c.noTool(d, "forecasts", name)
		}
	}
	for _, name := range d.Front.Paybacks {
		if p := c.Trade.Tools.payback(name); p != nil {
			out = append(out, c.paybackSheet(p))
			m.Sample = m.Sample || p.Sample
		} else {
			c.noTool(d, "paybacks", name)
		}
	}
	ahead(m, len(out), func(i int) Heading { return Heading{2, out[i].ID, out[i].Title} })
	return out
}

// ahead puts what stands before the text before it in the list of contents, too.
func ahead(m *Common, n int, at func(int) Heading) {
	var first []Heading
	for i := range n {
		first = append(first, at(i))
	}
	m.Contents = append(first, m.Contents...)
}

func (c *composer) noTool(d *doc, kind, name string) {
	c.l.Add(diag.Diagnostic{Code: "ref.unknown", Pos: diag.At(d.File, 1, 1), Message: diag.T("前置信息里的 %s = %q：没有 data/%[1]s/%[2]s.toml", "%s = %q in the front matter: there is no data/%[1]s/%[2]s.toml", kind, name)})
}

func (c *composer) forecastSheet(f *plan.Table) Worksheet {
	w := Worksheet{ID: "forecast-" + identifier(f.Name), Title: f.Title, Summary: f.Summary, Source: f.Source, Sample: f.Sample}
	v := f.Verdict()
	w.Rows = append(w.Rows, Row{Label: "判定", Text: verdictText(f, v)})
	w.Rows = append(w.Rows, Row{Label: "考核口径", Text: f.Basis.Title() + "；" + f.FloorName() + "为预测" + map[bool]string{true: "除以", false: "的"}[f.Lower] + " " + f.FloorText})
	if !f.Lower {
		other := f.All[0]
		if f.Basis != plan.Cumulative {
			other = f.All[1]
		}
		w.Rows = append(w.Rows, Row{Label: "换一种口径", Text: other.Label + "：" + other.Status.Title() + "，" + other.Line})
	}
	w.fill(f.View())
	w.Drawing = c.sheetDrawing(w, forecastSpec(f, w))
	w.Notes = append(w.Notes, "完成率向下截到 0.01%，判定用没有取整的数比较：差一点不会显示成刚好。", "到位率超过 100% 按 100% 算；实到或实际还空着的月份不评定。")
	if f.Lower {
		w.Notes = append(w.Notes, "越低越好：完成率是调整后的预测除以实际，上限随到位率放宽；单价不能相加，所以没有合计。")
	} else {
		w.Notes = append(w.Notes, "「逐月合计」把已评定的月份按显示的数相加，有一个月未达标就算未达标；「累计」把它们当一个月算，多到的流量可以补别的月份。")
	}
	w.Download = c.sheetDownload(forecastPath(f) + ".xlsx")
	return w
}

func verdictText(f *plan.Table, v plan.Row) string {
	if v.Status == plan.Open {
		return "还没有可以评定的月份"
	}
	return f.Basis.Title() + "考核：" + v.Status.Title() + "，落在" + v.Line
}

func (w *Worksheet) fill(v plan.View) {
	for _, col := range v.Columns {
		w.Columns = append(w.Columns, WorksheetColumn(col))
	}
	w.Lines = v.Rows
}

func (c *composer) paybackSheet(p *plan.Return) Worksheet {
	w := Worksheet{ID: "payback-" + identifier(p.Name), Title: p.Title, Summary: p.Summary, Source: p.Source, Sample: p.Sample}
	for _, s := range p.Sentences() {
		label, text, found := strings.Cut(s, "：")
		if !found {
			label, text = "说明", s
		}
		w.Rows = append(w.Rows, Row{Label: label, Text: text})
	}
	w.fill(p.View())
	w.Drawing = c.sheetDrawing(w, paybackSpec(p, w))
	w.Notes = append(w.Notes, "回本当月按净额在月内均匀发生折算；从未垫过钱的不算回本。")
	w.Download = c.sheetDownload(paybackPath(p) + ".xlsx")
	return w
}

// sheetDownload names the spreadsheet, where there is one.
func (c *composer) sheetDownload(path string) Download {
	if label, ok := c.sheets[path]; ok {
		return Download{Path: path, Label: "带公式的电子表格，XLSX，" + label}
	}
	return Download{}
}

func forecastSpec(f *plan.Table, w Worksheet) chart.Spec {
	s := chart.Spec{ID: w.ID, Kind: "forecast", Finding: forecastFinding(f), Unit: f.Unit, Ordered: true, CategoryTitle: "月份", Source: f.Source, Sample: f.Sample}
	p := f.Points()
	names := []string{"调整后的预测", "实际", f.FloorName()}
	for i, points := range [][]plan.Point{p.Adjusted, p.Actual, p.Floor} {
		s.Series = append(s.Series, chart.Series{Name: names[i], Dashed: i == 0, Values: chartValues(p.Labels, points)})
	}
	return s
}

// forecastFinding says in one sentence how the contract stands.
func forecastFinding(f *plan.Table) string {
	v := f.Verdict()
	if v.Status == plan.Open {
		return f.Title + "：还没有可以评定的月份"
	}
	out := f.Basis.Title() + "考核" + v.Status.Title() + "，落在" + v.Line
	if done := v.Completion(); done != "" {
		out = f.Basis.Title() + "完成 " + done + "，" + v.Status.Title() + "，落在" + v.Line
	}
	return out
}

func paybackSpec(p *plan.Return, w Worksheet) chart.Spec {
	points := p.Points()
	s := chart.Spec{ID: w.ID, Kind: "line", Finding: p.Title + "：" + p.TimeText(), Unit: "元", Ordered: true, CategoryTitle: "第几个月", Source: p.Source, Sample: p.Sample}
	s.Series = []chart.Series{{Name: "累计净额", Values: chartValues(points.Labels, points.Actual)}}
	s.References = []chart.Reference{{Name: "不亏不赚", V: 0, Text: "0"}}
	return s
}

func chartValues(labels []string, points []plan.Point) []chart.Value {
	out := make([]chart.Value, len(points))
	for i, p := range points {
		out[i] = chart.Value{Key: labels[i], V: p.V, Text: p.Text, Lo: math.NaN(), Hi: math.NaN()}
		if !p.Known {
			out[i].V, out[i].State, out[i].Note = math.NaN(), chart.Missing, "还没有结果"
		}
	}
	return out
}

// sheetDrawing is the chart of a reckoning for two widths; the table that stands
// beside it holds the same numbers. Where it cannot be drawn there is none.
func (c *composer) sheetDrawing(w Worksheet, s chart.Spec) template.HTML {
	if len(s.Series) > 0 && len(s.Series[0].Values) < 2 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<figure class="fig" id="fig-%s"><figcaption><span class="fig-title">%s</span></figcaption><div class="fig-draw">`, w.ID, html.EscapeString(s.Finding))
	for _, width := range []chart.Width{chart.Wide, chart.Narrow} {
		svg, err := chart.SVG(s, width)
		if err != nil {
			return ""
		}
		b.Write(svg)
	}
	b.WriteString("</div></figure>")
	return template.HTML(b.String())
}
