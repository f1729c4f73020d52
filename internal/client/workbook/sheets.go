package workbook

import (
	"fmt"
	"math"

	"benchbook/internal/client"
	"benchbook/internal/stat"
)

// days writes the client's rows by day: what all formulas are over.
func (b *book) days() {
	widths := []float64{12}
	heads := b.heads("日期")
	for _, f := range b.fields {
		widths = append(widths, 16)
		heads = append(heads, b.text(b.fieldTitle(f), "head"))
	}
	s := b.sheet(daySheet, 1, widths...)
	s.put(heads...)
	for _, line := range b.lines {
		row := []any{b.day(line.Day, "")}
		for i, v := range line.Sums {
			shape := "#,##0"
			if b.fields[i].Of != "" || v.Known && v.Num%10_000 != 0 {
				shape = "#,##0.00"
			}
			row = append(row, b.number(v.Float(), "", shape))
		}
		s.put(row...)
	}
	s.end()
}

func (b *book) fieldTitle(f client.Field) string {
	title := func(name string) string {
		if field, ok := b.card.Client.Dictionary.Field(name); ok {
			return field.Title
		}
		return name
	}
	switch {
	case f.Of == "":
		return title(f.Name)
	case f.Top:
		return title(f.Of) + " × " + title(f.Over)
	}
	return title(f.Over) + "（" + title(f.Of) + "有值的行）"
}

// column is where the days of a field stand, as an absolute range.
func (b *book) column(name string) (where, rule string) {
	for i, f := range b.fields {
		if f.Name == name {
			c := letter(i + 2)
			return fmt.Sprintf("%s!$%s$2:$%s$%d", daySheet, c, c, b.last()), f.Rule
		}
	}
	return "", ""
}

func (b *book) last() int { return max(len(b.lines)+1, 2) }

// sum is the formula of a field from one day to another, which are cells.
func (b *book) sum(name, from, to string) string {
	column, rule := b.column(name)
	days := fmt.Sprintf("%s!$A$2:$A$%d", daySheet, b.last())
	if rule == "stock" {
		latest := fmt.Sprintf(`_xlfn.MAXIFS(%[1]s,%[1]s,">="&%[2]s,%[1]s,"<="&%[3]s,%[4]s,"<>")`, days, from, to, column)
		return fmt.Sprintf("SUMIFS(%s,%s,%s)", column, days, latest)
	}
	return fmt.Sprintf(`SUMIFS(%s,%s,">="&%s,%s,"<="&%s)`, column, days, from, days, to)
}

// roll is the formula of a KPI from one day to another.
func (b *book) roll(k *client.KPI, from, to string) string {
	top, bottom := k.Sums()
	if bottom == "" {
		return b.sum(top, from, to)
	}
	return fmt.Sprintf(`IFERROR(%s/%s,"—")`, b.sum(top, from, to), b.sum(bottom, from, to))
}

// value is a KPI's cell: a formula where there is a number, else a dash.
func (b *book) value(k *client.KPI, v client.Value, from, to, look string) any {
	if !v.Known {
		return b.text("—", "mute")
	}
	return b.formula(b.roll(k, from, to), v.Float(), look, format(k))
}

// trend has a row a period and a column a KPI.
func (b *book) trend() {
	widths := []float64{14, 12, 12, 10}
	heads := b.heads("期", "起", "止", "完整")
	for _, score := range b.card.Scores {
		widths = append(widths, 16)
		heads = append(heads, b.text(score.KPI.Title+unit(score.KPI), "head"))
	}
	s := b.sheet(trendSheet, 1, widths...)
	s.put(heads...)
	if len(b.card.Scores) > 0 {
		for i, p := range b.card.Scores[0].Trend {
			n := s.row + 1
			row := []any{b.text(p.Period.Label(), ""), b.day(p.Period.Start, ""), b.day(p.Period.End, ""), b.text(map[bool]string{true: "是", false: "否"}[p.Complete], "")}
			for _, score := range b.card.Scores {
				row = append(row, b.value(score.KPI, score.Trend[i].Value, at(2, n), at(3, n), ""))
			}
			s.put(row...)
		}
	}
	s.end()
}

func unit(k *client.KPI) string {
	if k.Unit == "" {
		return ""
	}
	return "（" + k.Unit + "）"
}

// plan has a row a month of each forecast, and one that adds them up.
func (b *book) plan() {
	if !b.plans() {
		return
	}
	s := b.sheet(planSheet, 1, 18, 12, 12, 12, 12, 10, 12, 12, 10, 12, 12, 12, 12)
	s.put(b.heads("指标", "月份", "起", "止", "承诺流量", "率", "原预测", "实到流量", "到位", "调整后", "下限", "完成", "评定")...)
	for i := range b.card.Scores {
		score := &b.card.Scores[i]
		months := b.card.Client.Planned(score.KPI, b.card.Period)
		if score.Promise == nil || len(months) == 0 {
			continue
		}
		at := span{from: s.row + 1, to: s.row + len(months), sum: s.row + len(months) + 1}
		for _, m := range months {
			b.planMonth(s, score.KPI, m)
		}
		b.planSum(s, score, at)
		b.planned[score.KPI.ID] = at
	}
	s.end()
}

// planMonth leaves stored values to be computed: a viewer shows the sums, which have them.
func (b *book) planMonth(s *sheet, k *client.KPI, m client.Month) {
	n := s.row + 1
	cell := func(c string) string { return fmt.Sprintf("%s%d", c, n) }
	monthly := b.card.Client.Contract.Basis == stat.Monthly
	actual := b.formula(cell("E"), nil, "", "#,##0")
	if k.Traffic != "" {
		actual = b.formula("ROUND("+b.sum(k.Traffic, cell("C"), cell("D"))+",0)", nil, "", "#,##0")
	}
	row := []any{b.text(k.Title, ""), b.text(m.Period.Label(), ""), b.day(m.Period.Start, ""), b.day(m.Period.End, ""),
		b.number(float64(m.Committed), "input", "#,##0"), b.number(float64(m.Rate)/10_000, "input", "0.00%"),
		b.formula(fmt.Sprintf("E%d*F%d", n, n), nil, "", "#,##0.00"), actual,
		b.formula(fmt.Sprintf("IF(E%d=0,1,MIN(1,H%d/E%d))", n, n, n), nil, "", "0.00%")}
	if monthly {
		row = append(row, b.formula(fmt.Sprintf("MIN(H%d,E%d)*F%d", n, n, n), nil, "", "#,##0.00"), b.formula(fmt.Sprintf("-INT(0.0000001-J%d*%s)", n, floorCell), nil, "", "#,##0"))
	} else {
		row = append(row, nil, nil)
	}
	row = append(row, b.formula(b.sum(k.Field, cell("C"), cell("D")), nil, "", "#,##0"))
	if monthly {
		row = append(row, b.formula(verdict(cell("L"), cell("J"), false), nil, "", ""))
	}
	s.put(row...)
}

// planSum adds the months up; where the basis is cumulative it is what is judged.
func (b *book) planSum(s *sheet, score *client.Score, at span) {
	n, p := s.row+1, score.Promise
	sum := func(c string) string { return fmt.Sprintf("SUM(%s%d:%s%d)", c, at.from, c, at.to) }
	adjusted, floor := sum("J"), sum("K")
	judged := fmt.Sprintf(`IF(COUNTIF(M%[1]d:M%[2]d,"未达下限")>0,"未达下限",IF(COUNTIF(M%[1]d:M%[2]d,"达到下限")>0,"达到下限","完成"))`, at.from, at.to)
	if b.card.Client.Contract.Basis != stat.Monthly {
		adjusted, floor = fmt.Sprintf("G%d*I%d", n, n), fmt.Sprintf("-INT(0.0000001-J%d*%s)", n, floorCell)
		judged = verdict(fmt.Sprintf("L%d", n), fmt.Sprintf("J%d", n), false)
	}
	s.put(b.text(score.KPI.Title, "strong"), b.text("合计", "strong"), nil, nil, b.formula(sum("E"), p.Committed, "strong", "#,##0"), nil,
		b.formula(sum("G"), p.Target, "strong", "#,##0.00"), b.formula(sum("H"), p.Delivered, "strong", "#,##0"),
		b.formula(fmt.Sprintf("IF(E%d=0,1,MIN(1,H%d/E%d))", n, n, n), p.Factor, "strong", "0.00%"),
		b.formula(adjusted, p.Adjusted, "strong", "#,##0.00"), b.formula(floor, p.Floor, "strong", "#,##0"),
		b.formula(sum("L"), p.Achieved, "strong", "#,##0"), b.formula(judged, p.Status.Title(), "strong", ""))
}

// verdict compares a result with what was promised; differences beyond twelve
// digits are those of binary fractions.
func verdict(result, promised string, down bool) string {
	full, least := result+"-"+promised, fmt.Sprintf("%s-%s*%s", result, promised, floorCell)
	if down {
		full, least = promised+"-"+result, fmt.Sprintf("%s-%s*%s", promised, result, floorCell)
	}
	return fmt.Sprintf(`IF(ROUND(%s,9)>=0,"完成",IF(ROUND(%s,9)>=0,"达到下限","未达下限"))`, full, least)
}

func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
