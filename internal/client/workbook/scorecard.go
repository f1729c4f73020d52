package workbook

import (
	"fmt"
	"math"

	"benchbook/internal/client"
)

// Cells of the scorecard that formulas of other sheets look at.
const (
	floorCell            = cardSheet + "!$B$9"
	nowFrom, nowTo       = "$B$5", "$C$5"
	beforeFrom, beforeTo = "$B$6", "$C$6"
	openFrom, openTo     = "$B$7", "$C$7"
	firstRow             = 12
	headRow              = 11
	percentShape         = "0.00%"
)

// scorecard is the first sheet: the days that it is about, then a row a KPI.
func (b *book) scorecard() {
	c, p := b.card.Client, b.card.Period
	s := b.sheet(cardSheet, headRow, 20, 13, 13, 13, 11, 13, 13, 13, 11, 12, 11, 11, 11, 11, 16, 13, 13, 13, 14)
	s.put(b.text(b.title(), "title"))
	state := "数据截至 " + b.card.AsOf.String() + " · " + b.card.Stage.State.Title()
	if c.Dictionary.Sample {
		state += " · 示例数据"
	}
	s.put(b.text(state, "mute"))
	s.put()
	s.put(b.heads("期间", "起", "止")...)
	s.put(b.text("本期", ""), b.day(p.Start, "input"), b.day(p.End, "input"))
	before := p.Previous()
	s.put(b.text("上期", ""), b.day(before.Start, "input"), b.day(before.End, "input"))
	if o := b.card.Ongoing; o != nil {
		s.put(b.text("进行中", ""), b.day(o.Start, "input"), b.day(b.card.AsOf, "input"))
	} else {
		s.put()
	}
	s.put()
	s.put(b.text("合同下限", ""), b.number(float64(c.Contract.Floor)/100, "input", "0%"))
	s.put()
	s.put(b.heads("指标", "本期", "上期", "变化", "变化率", "原预测", "调整后", "下限", "达成", "对预测", "正常线", "正常线到", "优良线", "超额线", "落在", "同行下四分位", "同行中位数", "同行上四分位", "进行中")...)
	for i := range b.card.Scores {
		b.score(s, &b.card.Scores[i])
	}
	if !b.card.Complete {
		s.put()
		s.put(b.text("本期数据不全或不在合同期内，只列数字，不评定、不比较。", "mute"))
	}
	s.end()
}

func (b *book) score(s *sheet, score *client.Score) {
	k, n := score.KPI, s.row+1
	row := []any{b.text(k.Title+unit(k), "strong"), b.value(k, score.Now, nowFrom, nowTo, "strong"), b.value(k, score.Before, beforeFrom, beforeTo, "")}
	if score.Compared {
		row = append(row, b.formula(fmt.Sprintf("B%d-C%d", n, n), score.Change.Diff, "", signed(format(k))))
	} else {
		row = append(row, b.text("不比较", "mute"))
	}
	if score.Compared && !math.IsNaN(score.Change.Share) {
		row = append(row, b.formula(fmt.Sprintf("D%d/C%d", n, n), score.Change.Share, "", signed("0.0%")))
	} else {
		row = append(row, nil)
	}
	row = append(row, b.promise(score, n)...)
	row = append(row, b.stretch(score, n)...)
	row = append(row, b.peers(score)...)
	if b.card.Ongoing != nil {
		row = append(row, b.value(k, score.Ongoing, openFrom, openTo, "mute"))
	}
	s.put(row...)
}

func signed(format string) string { return "+" + format + ";-" + format + ";" + format }

// promise is 原预测 to 对预测.
func (b *book) promise(score *client.Score, n int) []any {
	p, k := score.Promise, score.KPI
	if p == nil {
		return []any{nil, nil, nil, nil, b.text("没有约定", "mute")}
	}
	if at, ok := b.planned[k.ID]; ok {
		cell := func(c string) string { return fmt.Sprintf("%s!%s%d", planSheet, c, at.sum) }
		return []any{b.formula(cell("G"), p.Target, "", "#,##0.00"), b.formula(cell("J"), p.Adjusted, "", "#,##0.00"), b.formula(cell("K"), p.Floor, "", "#,##0"),
			b.formula(fmt.Sprintf(`IFERROR(%s/%s,"—")`, cell("L"), cell("J")), score.Reached(), "", percentShape), b.formula(cell("M"), p.Status.Title(), "strong", "")}
	}
	result, target := fmt.Sprintf("B%d", n), fmt.Sprintf("F%d", n)
	adjusted, floor, share := fmt.Sprintf("G%d", n), fmt.Sprintf("G%d*%s", n, floorCell), fmt.Sprintf(`IFERROR(B%d/G%d,"—")`, n, n)
	if k.Down {
		floor, share = fmt.Sprintf("G%d/%s", n, floorCell), fmt.Sprintf(`IFERROR(G%d/B%d,"—")`, n, n)
	}
	shape := format(k)
	if !k.Percent {
		shape = "#,##0.00"
	}
	judged := any(b.text(p.Status.Title(), "mute"))
	if p.Status != client.Unjudged {
		judged = b.formula(verdict(result, adjusted, k.Down), p.Status.Title(), "strong", "")
	}
	return []any{b.number(p.Target, "input", shape), b.formula(target, p.Adjusted, "", shape), b.formula(floor, p.Floor, "", shape), b.formula(share, score.Reached(), "", percentShape), judged}
}

// stretch is the four lines and the stretch that the value lies in.
func (b *book) stretch(score *client.Score, n int) []any {
	k := score.KPI
	scale := 1.0
	if k.Percent {
		scale = 100
	}
	var row []any
	for _, v := range []*float64{k.Lines.Pass, k.Lines.PassTo, k.Lines.Good, k.Lines.Over} {
		row = append(row, b.number(orNaN(v)/scale, "input", lineShape(k)))
	}
	if score.Line == "" {
		return append(row, nil)
	}
	return append(row, b.formula(lineFormula(k, n), score.Line, "strong", ""))
}

func lineShape(k *client.KPI) string {
	if k.Percent {
		return "0.##%"
	}
	return "#,##0.##"
}

// lineFormula walks the stretches from the best to the worst; columns K to N are the lines.
func lineFormula(k *client.KPI, n int) string {
	reaches := func(column, sign string) string {
		diff := fmt.Sprintf("B%d-%s%d", n, column, n)
		if k.Down {
			diff = fmt.Sprintf("%s%d-B%d", column, n, n)
		}
		return fmt.Sprintf("ROUND(%s,12)%s0", diff, sign)
	}
	out := `"正常线"`
	if k.Lines.Pass != nil {
		out = fmt.Sprintf(`IF(%s,"正常线","不及格线")`, reaches("K", ">="))
	}
	if k.Lines.PassTo != nil && (k.Lines.Good != nil || k.Lines.Over != nil) {
		out = fmt.Sprintf(`IF(%s,"及格与优良之间",%s)`, reaches("L", ">"), out)
	}
	if k.Lines.Good != nil {
		out = fmt.Sprintf(`IF(%s,"优良线",%s)`, reaches("M", ">="), out)
	}
	if k.Lines.Over != nil {
		out = fmt.Sprintf(`IF(%s,"超额线",%s)`, reaches("N", ">="), out)
	}
	return out
}

// peers are the released quantiles; what is not published stays empty.
func (b *book) peers(score *client.Score) []any {
	row := []any{nil, nil, nil}
	if score.Position == nil {
		return row
	}
	for _, c := range score.Position.Cells {
		v, _ := c.Value()
		if i, ok := map[string]int{"p25": 0, "p50": 1, "p75": 2}[c.Stat()]; ok {
			row[i] = b.number(v, "", format(score.KPI))
		}
	}
	return row
}
