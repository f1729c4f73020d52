package report

import (
	"fmt"
	"strings"

	"benchbook/internal/client"
)

// Text is the report as lines to paste into a chat: no markup, no table, the
// weak KPIs first among what is said after the numbers.
func Text(card *client.Card) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("【%s】%s", card.Client.Name, card.Period.Cadence.Title()+" · "+card.Period.Title())
	state := card.Stage.State.Title()
	if card.Client.Dictionary.Sample {
		state += "，示例数据"
	}
	line("数据截至 %s（%s）", card.AsOf, state)
	line("%s", lead(card))
	line("")
	for i := range card.Scores {
		line("· %s", said(&card.Scores[i]))
	}
	var weak []string
	for i := range card.Scores {
		if s := &card.Scores[i]; len(s.Weak) > 0 {
			weak = append(weak, s.KPI.Title+"："+strings.Join(s.Weak, "，"))
		}
	}
	if len(weak) > 0 {
		line("\n需要关注")
		for i, w := range weak {
			line("%d. %s", i+1, w)
		}
	}
	if n := notices(card); len(n) > 0 {
		line("\n说明")
		for _, text := range n {
			line("· %s", text)
		}
	}
	if len(card.Client.Publisher) > 0 {
		line("\n—— %s", card.Client.Publisher[0])
	}
	return []byte(b.String())
}

// said is one KPI in one line.
func said(s *client.Score) string {
	out := s.KPI.Title + " " + s.KPI.Text(s.Now)
	if change := changeText(s); change != "不比较" {
		out += "，比上期 " + change
	}
	r := row(s)
	if r.Reached != "" {
		out += "；达成 " + r.Reached
	}
	if v := verdict(s); v != "—" {
		out += "；" + v
	}
	return out
}
