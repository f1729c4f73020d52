package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"benchbook/internal/client"
)

// row is the KPI in the table at the head.
func row(s *client.Score) Row {
	r := Row{ID: s.KPI.ID, Title: s.KPI.Title, Now: s.KPI.Text(s.Now), Change: changeText(s), Verdict: verdict(s), Spark: spark(s.Trend)}
	if s.Change.Counts {
		r.Moved = map[bool]string{true: "good", false: "bad"}[s.Change.Better]
	}
	if share := s.Reached(); !math.IsNaN(share) {
		r.Reached, r.Meter = floorText(share*100)+"%", meter(share, s.Promise)
	}
	switch {
	case s.Fails():
		r.Tone = "bad"
	case len(s.Weak) > 0:
		r.Tone = "warn"
		r.Verdict = strings.TrimPrefix(r.Verdict+"，"+strings.Join(s.Weak, "，"), "—，")
	case s.Promise != nil && s.Promise.Status == client.Met:
		r.Tone = "good"
	}
	return r
}

// verdict is the shortest judgement that the card has.
func verdict(s *client.Score) string {
	var out []string
	if s.Promise != nil && s.Promise.Status != client.Unjudged {
		out = append(out, s.Promise.Status.Title())
	}
	if s.Line != "" {
		out = append(out, s.Line)
	}
	if len(out) == 0 && len(s.Weak) == 0 && s.Position != nil && s.Position.Text != "" {
		out = append(out, s.Position.Text)
	}
	if len(out) == 0 {
		return "—"
	}
	return strings.Join(out, "，")
}

// changeText is the change with its sign: +1.2 个百分点, −340 人（−6.4%）.
func changeText(s *client.Score) string {
	if math.IsNaN(s.Change.Diff) {
		return "不比较"
	}
	sign := "+"
	if s.Change.Diff < 0 {
		sign = "−"
	}
	diff := math.Abs(s.Change.Diff)
	switch {
	case s.Change.Diff == 0:
		return "持平"
	case s.KPI.Percent:
		return sign + client.Grouped(diff*100, max(s.KPI.Decimals, 1)) + " 个百分点"
	case math.IsNaN(s.Change.Share):
		return sign + s.KPI.Print(diff)
	}
	return fmt.Sprintf("%s%s（%s%s%%）", sign, s.KPI.Print(diff), sign, client.Grouped(math.Abs(s.Change.Share)*100, 1))
}

// section is everything about one KPI.
func section(card *client.Card, s *client.Score, procedures []Procedure) (KPI, error) {
	k := KPI{ID: s.KPI.ID, Title: s.KPI.Title, Formula: formula(card.Client, s.KPI), Now: s.KPI.Text(s.Now), Change: changeText(s), Tone: row(s).Tone}
	if s.Now.Why != "" {
		k.Facts = append(k.Facts, Fact{Name: "没有本期数", Text: s.Now.Why})
	}
	if card.Ongoing != nil {
		k.Now2 = s.KPI.Text(s.Ongoing)
		k.Facts = append(k.Facts, Fact{Name: "进行中", Text: k.Now2, Note: card.Ongoing.Title() + "，截至 " + card.AsOf.String() + "，未完"})
	}
	k.Facts = append(k.Facts, before(card, s))
	k.Facts = append(k.Facts, promise(card, s)...)
	k.Facts = append(k.Facts, line(card, s)...)
	k.Facts = append(k.Facts, position(s)...)
	if len(s.Weak) > 0 {
		k.Procedures = moving(s.KPI, procedures)
	}
	var err error
	k.Figures, err = figures(card, s)
	return k, err
}

// formula says what the KPI is made of, by the titles of the data dictionary.
func formula(c *client.Client, k *client.KPI) string {
	title := func(name string) string {
		if f, ok := c.Dictionary.Field(name); ok {
			return f.Title
		}
		return name
	}
	better := "，越高越好"
	if k.Down {
		better = "，越低越好"
	}
	switch {
	case k.Numerator != "":
		return title(k.Numerator) + " ÷ " + title(k.Denominator) + better
	case k.Over != "":
		return title(k.Field) + "，按" + title(k.Over) + "加权" + better
	}
	return title(k.Field) + better
}

func before(card *client.Card, s *client.Score) Fact {
	f := Fact{Name: "上期", Text: s.KPI.Text(s.Before), Note: card.Period.Previous().Title()}
	if s.Restated && s.KPI.Text(s.Told) != f.Text {
		f.Note += "；已按迟到的数据重述，上期报表里是 " + s.KPI.Text(s.Told)
	}
	f.Note += "。变化：" + changeText(s) + "，" + s.Change.Why
	if s.Change.Counts {
		f.Tone = "bad"
		if s.Change.Better {
			f.Tone = "good"
		}
	}
	return f
}

// promise tells the forecast as it was and as it was adjusted, both.
func promise(card *client.Card, s *client.Score) []Fact {
	p := s.Promise
	if p == nil {
		return nil
	}
	k := s.KPI
	bound := "下限"
	if k.Down {
		bound = "上限"
	}
	f := Fact{Name: "对预测", Text: p.Status.Title(), Tone: map[client.Status]string{client.Met: "good", client.Missed: "bad"}[p.Status]}
	f.Note = "原预测 " + k.Print(p.Target)
	if p.From != "" {
		f.Note = "自 " + p.From + " 起累计：" + f.Note + "，累计完成 " + k.Print(p.Achieved)
	}
	if !math.IsNaN(p.Factor) && p.Committed > 0 {
		f.Note += fmt.Sprintf("；承诺流量 %s，实到 %s，到位 %s%%，调整后 %s", client.Grouped(p.Committed, 0), client.Grouped(p.Delivered, 0),
			floorText(p.Factor*100), k.Print(p.Adjusted))
	}
	if p.Status != client.Unjudged {
		f.Note += fmt.Sprintf("；%s（%d%%）%s", bound, card.Client.Contract.Floor, k.Print(p.Floor))
	}
	return []Fact{f}
}

// floorText cuts a percentage after two digits, so that 79.999 does not read 80.00.
func floorText(x float64) string { return client.Grouped(math.Floor(x*100+1e-9)/100, 2) }

func line(card *client.Card, s *client.Score) []Fact {
	if !s.KPI.Lines.Any() || s.Line == "" {
		return nil
	}
	f := Fact{Name: "四条线", Text: s.Line, Note: lineNote(s.KPI), Tone: map[string]string{"不及格线": "bad", "优良线": "good", "超额线": "good"}[s.Line]}
	out := []Fact{f}
	if s.Bonus > 0 {
		out = append(out, Fact{Name: "超额奖金", Text: client.Grouped(float64(s.Bonus)/100, 2) + " 元", Tone: "good",
			Note: "超出超额线的部分 × " + client.Grouped(float64(s.KPI.Bonus.Per)/100, 2) + " 元"})
	}
	return out
}

// lineNote lists the lines with where each was agreed.
func lineNote(k *client.KPI) string {
	var parts []string
	unit := k.Unit
	add := func(name string, v *float64, from string) {
		if v != nil {
			parts = append(parts, fmt.Sprintf("%s %s%s（%s）", name, trim(*v), unit, from))
		}
	}
	add("正常线", k.Lines.Pass, k.Lines.From[0])
	add("正常线到", k.Lines.PassTo, k.Lines.From[1])
	add("优良线", k.Lines.Good, k.Lines.From[2])
	add("超额线", k.Lines.Over, k.Lines.From[3])
	if k.Lines.Over == nil {
		parts = append(parts, "超额线没有约定")
	}
	return strings.Join(parts, "；")
}

func trim(x float64) string {
	text := client.Grouped(x, 2)
	return strings.TrimSuffix(strings.TrimSuffix(text, "0"), ".0")
}

// position tells the quantiles that the place was read from.
func position(s *client.Score) []Fact {
	p := s.Position
	switch {
	case p == nil:
		return nil
	case p.Why != "":
		return []Fact{{Name: "同行位置", Text: "—", Note: p.Why}}
	case p.Text == "":
		return nil
	}
	var parts []string
	for _, c := range p.Cells {
		part := map[string]string{"p10": "下十分位", "p25": "下四分位", "p50": "中位数", "p75": "上四分位", "p90": "上十分位"}[c.Stat()] + " " + c.Text()
		if c.Stat() == "p50" {
			part += "（95% 区间 " + c.IntervalText() + "）"
		}
		parts = append(parts, part)
	}
	note := p.Group + "同行，不含本企业：" + strings.Join(parts, "，")
	if p.Median != nil {
		note += "；" + p.Median.NText()
		if p.Median.Sample() {
			note += "，示例数据"
		}
	}
	if p.Band != "" {
		note += "。行业档位：" + p.Band
		if p.BandCell != nil {
			note += "，同行 " + p.BandCell.Text() + " 在这一档"
		}
	}
	return []Fact{{Name: "同行位置", Text: p.Text, Note: note}}
}

// moving are the procedures that name the KPI's benchmark, four at most, those
// first that name it before others.
func moving(k *client.KPI, all []Procedure) (out []Procedure) {
	at := func(p Procedure) int { return slices.Index(p.Benchmarks, k.Benchmark) }
	for _, p := range all {
		if at(p) >= 0 {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Procedure) int { return at(a) - at(b) })
	return out[:min(len(out), 4)]
}
