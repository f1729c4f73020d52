package report

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/client"
)

// figures are the trend and, where lines are agreed, the gauge. A drawing is
// left out where there is nothing to draw.
func figures(card *client.Card, s *client.Score) ([]template.HTML, error) {
	var out []template.HTML
	for _, make := range []func(*client.Card, *client.Score) (chart.Spec, bool){peers, gauge, trend} {
		spec, ok := make(card, s)
		if !ok {
			continue
		}
		drawn, err := figure(spec)
		if err != nil {
			return nil, err
		}
		out = append(out, drawn)
	}
	return out, nil
}

// trend draws the complete periods as a line, with the peers' median.
func trend(card *client.Card, s *client.Score) (chart.Spec, bool) {
	k := s.KPI
	spec := chart.Spec{ID: "trend-" + id(card, s), Kind: "line", Finding: k.Title + "：近 " + fmt.Sprint(len(s.Trend)) + " 期", Unit: k.Unit, Percent: k.Percent,
		Ordered: true, CategoryTitle: "期", Sample: card.Client.Dictionary.Sample, Source: "来源：本企业数据，截至 " + card.AsOf.String()}
	var values []chart.Value
	shown, open := 0, 0
	for _, p := range s.Trend {
		v := chart.Value{Key: p.Period.Label(), V: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), State: chart.Missing, Note: "数据不全"}
		switch {
		case p.Value.Known && p.Complete:
			v.State, v.V, v.Text, v.Note = chart.Shown, p.Value.Float(), k.Text(p.Value), ""
			shown++
		case p.Value.Known:
			v.State, v.V, v.Text, v.Note = chart.Hollow, p.Value.Float(), k.Text(p.Value), ""
			open++
		}
		values = append(values, v)
	}
	if shown < 2 {
		return spec, false
	}
	spec.Series = []chart.Series{{Name: k.Title, Values: values}}
	if open > 0 {
		spec.Notes = append(spec.Notes, "空心点：那一期数据不全或不在合同期内，不参与比较。")
	}
	if p := s.Position; p != nil && p.Median != nil {
		v, _ := p.Median.Value()
		spec.References = []chart.Reference{{Name: "同行中位数", V: v, Text: p.Median.Text()}}
	}
	return spec, true
}

// peers draws the released quantiles of the peers with this period on them.
func peers(card *client.Card, s *client.Score) (chart.Spec, bool) {
	k, p := s.KPI, s.Position
	if p == nil || p.Text == "" || len(p.Cells) != 3 && len(p.Cells) != 5 {
		return chart.Spec{}, false
	}
	spec := chart.Spec{ID: "peers-" + id(card, s), Kind: "quantiles", Finding: k.Title + p.Text, Unit: k.Unit, Percent: k.Percent, CategoryTitle: "同行",
		Base: p.Median.NText(), Source: "来源：同行基准，不含本企业；本企业数据截至 " + card.AsOf.String(), Sample: p.Median.Sample(),
		References: []chart.Reference{{Name: "本期", V: s.Now.Float(), Text: k.Text(s.Now)}}}
	for _, c := range p.Cells {
		v, _ := c.Value()
		lo, hi, _ := c.Interval()
		spec.Series = append(spec.Series, chart.Series{Name: strings.ToUpper(c.Stat()), Values: []chart.Value{{Key: p.Group, V: v, Lo: lo, Hi: hi, Text: c.Text()}}})
	}
	note := "深带为 P25–P75，竖线为中位数，95% 区间 " + p.Median.IntervalText() + "。"
	if len(p.Cells) == 5 {
		note = "浅带为 P10–P90，" + note
	}
	spec.Notes = []string{note}
	return spec, true
}

// gauge draws the four lines with this period and the peers' median on them.
func gauge(card *client.Card, s *client.Score) (chart.Spec, bool) {
	k := s.KPI
	if s.Line == "" {
		return chart.Spec{}, false
	}
	spec := chart.Spec{ID: "lines-" + id(card, s), Kind: "bandgauge", Finding: k.Title + "落在" + s.Line, Unit: k.Unit, Percent: k.Percent,
		CategoryTitle: "线", Sample: card.Client.Dictionary.Sample, Source: "来源：合同与本企业数据，截至 " + card.AsOf.String()}
	bands := k.Bands()
	for _, b := range bands {
		spec.Bands = append(spec.Bands, chart.Band{Name: b.Name, From: b.Lo, To: b.Hi, FromText: bound(k, b.Lo), ToText: bound(k, b.Hi), FromClosed: b.LoClosed, ToClosed: b.HiClosed,
			Gap: b.Name == "及格与优良之间"})
	}
	if k.Down { // the gauge climbs from left to right
		for i, j := 0, len(spec.Bands)-1; i < j; i, j = i+1, j-1 {
			spec.Bands[i], spec.Bands[j] = spec.Bands[j], spec.Bands[i]
		}
	}
	spec.References = []chart.Reference{{Name: "本期", V: s.Now.Float(), Text: k.Text(s.Now)}}
	if p := s.Position; p != nil && p.Median != nil {
		v, _ := p.Median.Value()
		spec.References = append(spec.References, chart.Reference{Name: "同行中位数", V: v, Text: p.Median.Text()})
	}
	return spec, len(bands) > 1
}

func bound(k *client.KPI, x float64) string {
	switch {
	case math.IsNaN(x):
		return ""
	case k.Percent:
		return trim(x*100) + "%"
	}
	return trim(x)
}

// id is unique on the page and tells nothing but the KPI.
func id(card *client.Card, s *client.Score) string {
	for i := range card.Client.KPIs {
		if &card.Client.KPIs[i] == s.KPI {
			return fmt.Sprint(i + 1)
		}
	}
	return "0"
}

// figure is the drawing for two widths, with its table.
func figure(spec chart.Spec) (template.HTML, error) {
	var b strings.Builder
	fmt.Fprintf(&b, `<figure class="fig" id="fig-%s"><figcaption><span class="fig-title">%s</span></figcaption><div class="fig-draw">`, spec.ID, html.EscapeString(spec.Finding))
	for _, width := range []chart.Width{chart.Wide, chart.Narrow} {
		svg, err := chart.SVG(spec, width)
		if err != nil {
			return "", err
		}
		b.Write(svg)
	}
	b.WriteString("</div>")
	for _, n := range spec.Notes {
		fmt.Fprintf(&b, `<p class="fig-source">%s</p>`, html.EscapeString(n))
	}
	fmt.Fprintf(&b, `<p class="fig-source">%s</p>`, html.EscapeString(spec.Source))
	table, err := chart.Table(spec)
	if err != nil {
		return "", err
	}
	writeTable(&b, spec.Finding, table)
	b.WriteString("</figure>")
	return template.HTML(b.String()), nil
}

func writeTable(b *strings.Builder, caption string, t chart.DataTable) {
	fmt.Fprintf(b, `<details class="fig-data"><summary>查看数据表</summary><section class="scroll" tabindex="0" aria-label="%s 数据表"><table><thead><tr>`, html.EscapeString(caption))
	class := func(i int) string {
		if t.Columns[i].Numeric {
			return ` class="num"`
		}
		return ""
	}
	for i, c := range t.Columns {
		fmt.Fprintf(b, `<th scope="col"%s>%s</th>`, class(i), html.EscapeString(c.Title))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(b, `<th scope="row">%s</th>`, html.EscapeString(cell))
				continue
			}
			fmt.Fprintf(b, `<td%s>%s</td>`, class(i), html.EscapeString(cell))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></section></details>")
}
