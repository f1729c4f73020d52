package page

import (
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/release"
)

// tableOf is a figure that is only a table: groups by statistics, or answers by
// share and count. Every cell of it says something.
func tableOf(t *release.Table, s chart.Spec) chart.DataTable {
	caption := s.Number + " " + s.Finding
	if s.Subtitle != "" {
		caption += "（" + s.Subtitle + "）"
	}
	b := binder{t: t, spec: &s}
	answers := b.answers()
	switch {
	case len(t.By) == 0 && len(answers) > 0:
		return chart.DataTable{Caption: caption, Columns: columns("选项", "占比", "95% 区间", "n"), Rows: answerRows(b.firstRow(), answers)}
	case len(answers) > 0:
		return chart.DataTable{Caption: caption, Columns: answerColumns(b.category(), answers), Rows: groupRows(t, answers)}
	}
	return statTable(t, caption, b.category())
}

func columns(first string, rest ...string) []chart.Column {
	out := []chart.Column{{Title: first}}
	for _, title := range rest {
		out = append(out, chart.Column{Title: title, Numeric: true})
	}
	return out
}

func answerRows(r release.Row, answers []release.Option) [][]string {
	var rows [][]string
	for _, o := range answers {
		c := find(r, "share", o.Value)
		rows = append(rows, []string{o.Label, printed(c), interval(c), base(c)})
	}
	return rows
}

func answerColumns(first string, answers []release.Option) []chart.Column {
	var titles []string
	for _, o := range answers {
		titles = append(titles, o.Label)
	}
	return columns(first, append(titles, "n")...)
}

func groupRows(t *release.Table, answers []release.Option) [][]string {
	var rows [][]string
	for _, r := range t.Rows {
		row := []string{r.Label()}
		n := "—"
		for _, o := range answers {
			c := find(r, "share", o.Value)
			row = append(row, printed(c))
			if n == "—" {
				n = base(c)
			}
		}
		rows = append(rows, append(row, n))
	}
	return rows
}

// statTitles name statistics for readers; one that is not here is a quantile or a share by a time.
var statTitles = map[string]string{"ratio": "总和之比", "share": "占比", "mean": "均值", "p50": "中位数", "censored": "未达到的占比", "naive_mean": "已达到者的平均", "restricted_mean": "到观察结束为止的平均"}

func statName(stat, unit string) string {
	if title, ok := statTitles[stat]; ok {
		return title
	}
	if month, ok := strings.CutPrefix(stat, "paid"); ok {
		return month + unit + "内达到"
	}
	return strings.ToUpper(stat)
}

func statTable(t *release.Table, caption, first string) chart.DataTable {
	out := chart.DataTable{Caption: caption, Columns: columns(first)}
	var stats []string
	for _, s := range t.Stats() {
		ofAnswers := !slices.ContainsFunc(t.Rows, func(r release.Row) bool { return find(r, s, "") != nil })
		if s == "k_eff" || s == "naive_mean" || s == "restricted_mean" || s == "mean" && t.Kind != "quantile" || ofAnswers {
			continue
		}
		stats = append(stats, s)
		out.Columns = append(out.Columns, chart.Column{Title: statName(s, t.Unit), Numeric: true})
	}
	out.Columns = append(out.Columns, chart.Column{Title: "n", Numeric: true})
	for _, r := range t.Rows {
		row := []string{r.Label()}
		n := "—"
		for _, s := range stats {
			c := find(r, s, "")
			row = append(row, printed(c))
			if n == "—" {
				n = base(c)
			}
		}
		out.Rows = append(out.Rows, append(row, n))
	}
	return out
}

func printed(c *release.Cell) string {
	if c == nil {
		return "—"
	}
	return c.Text()
}

func interval(c *release.Cell) string {
	if c == nil || c.IntervalText() == "" {
		return "—"
	}
	return c.IntervalText()
}

func base(c *release.Cell) string {
	if c == nil || c.NText() == "" {
		return "—"
	}
	return strings.TrimPrefix(c.NText(), "n=")
}
