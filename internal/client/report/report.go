// Package report puts a client's scorecard into the words, figures and numbers
// of one page, and into the JSON beside it.
//
// In: one client.Card, and the procedures of the project by the benchmark that
// they move. Out: a Model for the layout client-report, drawings included, and
// bytes of JSON. It refuses to compute: every number is the card's, every number
// of the industry is a released cell's. It knows neither disk nor templates.
package report

import (
	"fmt"
	"html/template"
	"strings"

	"benchbook/internal/client"
)

// Model is what layouts/client-report.html reads.
type Model struct {
	Root       string // from the page to the client's folder
	Name       string // of the client
	Title      string // 月报 · 2026 年 6 月
	Cadence    string // 月报
	Period     string // 2026 年 6 月
	AsOf       string
	State      string // 已审阅
	StateBy    string // 王某，2026-07-03
	Draft      bool
	Sample     bool
	Logo       string // path from the client's folder; "" = the name is set in type
	BrandSheet string // path from the client's folder
	Lead       string
	Notices    []string
	Weak       []Attention
	Judged     bool // some KPI has a forecast, which takes a column of its own
	Rows       []Row
	KPIs       []KPI
	Downloads  []Download
	Publisher  []string
	Generator  string // "" on a white label
}

// Attention is a KPI that wants attention, and why.
type Attention struct{ ID, Title, Why string }

// Row is one KPI of the table at the head.
type Row struct {
	ID, Title, Now, Change, Verdict, Tone string
	Reached                               string        // share of the adjusted forecast: 93.75%; "" = none
	Moved                                 string        // good or bad where the change counts
	Spark, Meter                          template.HTML // drawings of the trend and of Reached; what they show stands beside them
}

// Download is another form of the report, beside it.
type Download struct{ Title, Href, Note string }

// KPI is one section.
type KPI struct {
	ID, Title, Formula, Now, Now2 string // Now2: of the period that is not over
	Change                        string
	Tone                          string // good, bad or ""
	Facts                         []Fact
	Figures                       []template.HTML
	Procedures                    []Procedure
}

// Fact is one line of a definition list.
type Fact struct{ Name, Text, Note, Tone string }

// Procedure is a SOP that moves a KPI.
type Procedure struct {
	Title, Purpose, Time string
	Benchmarks           [][2]string // dataset and indicator
}

// Options are what a report has from its surroundings.
type Options struct {
	Root, Logo, BrandSheet, Generator string
	Procedures                        []Procedure
	Downloads                         []Download
}

// Compose makes the page's model. The error is one of a drawing.
func Compose(card *client.Card, o Options) (*Model, error) {
	c := card.Client
	m := &Model{Root: o.Root, Name: c.Name, Cadence: card.Period.Cadence.Title(), Period: card.Period.Title(), AsOf: card.AsOf.String(),
		State: card.Stage.State.Title(), Draft: card.Stage.State != client.Released, Sample: c.Dictionary.Sample,
		Logo: o.Logo, BrandSheet: o.BrandSheet, Publisher: c.Publisher, Generator: o.Generator, Downloads: o.Downloads}
	if c.WhiteLabel {
		m.Generator = ""
	}
	m.Title = m.Cadence + " · " + m.Period
	if card.Stage.By != "" {
		m.StateBy = card.Stage.By + "，" + card.Stage.On.String()
	}
	m.Lead, m.Notices = lead(card), notices(card)
	for i := range card.Scores {
		s := &card.Scores[i]
		if len(s.Weak) > 0 {
			m.Weak = append(m.Weak, attention(s))
		}
		r := row(s)
		m.Rows, m.Judged = append(m.Rows, r), m.Judged || r.Reached != ""
		k, err := section(card, s, o.Procedures)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.KPI.ID, err)
		}
		m.KPIs = append(m.KPIs, k)
	}
	return m, nil
}

func attention(s *client.Score) Attention {
	return Attention{s.KPI.ID, s.KPI.Title, strings.Join(s.Weak, "，")}
}

// lead says in one sentence how the period went.
func lead(card *client.Card) string {
	if !card.Complete {
		return fmt.Sprintf("本期%s，%d 项指标只列数字，不作评定和比较。", incomplete(card), len(card.Scores))
	}
	met, missed, judged := 0, 0, 0
	for _, s := range card.Scores {
		if s.Promise == nil || s.Promise.Status == client.Unjudged {
			continue
		}
		judged++
		switch s.Promise.Status {
		case client.Missed:
			missed++
		case client.Met:
			met++
		}
	}
	out := fmt.Sprintf("%d 项指标", len(card.Scores))
	if judged > 0 {
		out += fmt.Sprintf("，%d 项有约定：%s", judged, counted("完成", met, "达到下限", judged-met-missed, "未达下限", missed))
	}
	if n := card.Bad(); n > 0 {
		return out + fmt.Sprintf("；%d 项需要关注。", n)
	}
	return out + "；没有需要关注的项。"
}

// counted lists what there is any of: 完成 3 项、未达下限 1 项.
func counted(pairs ...any) string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1].(int) > 0 {
			out = append(out, fmt.Sprintf("%s %d 项", pairs[i], pairs[i+1]))
		}
	}
	return strings.Join(out, "、")
}

func incomplete(card *client.Card) string {
	if card.Missing > 0 {
		return fmt.Sprintf("数据不全（缺 %d %s）", card.Missing, card.Unit)
	}
	return "不在合同期内或早于合同起始日"
}

// notices are what a reader has to know before the numbers.
func notices(card *client.Card) (out []string) {
	if u := card.Undone; u != nil {
		out = append(out, fmt.Sprintf("%s之后数字变了（%s，%s），重新审阅之前按草稿对待。", u.State.Title(), u.By, u.On))
	}
	if card.Ongoing != nil {
		out = append(out, fmt.Sprintf("%s还没有结束：截至 %s 的数标「进行中」，不比较、不评定。", card.Ongoing.Title(), card.AsOf))
	}
	var again []string
	for _, s := range card.Scores {
		if told, now := s.KPI.Text(s.Told), s.KPI.Text(s.Before); s.Restated && told != now {
			again = append(again, fmt.Sprintf("%s由 %s 改为 %s", s.KPI.Title, told, now))
		}
	}
	if len(again) > 0 {
		out = append(out, "上期重述：上期报表发出后补到了数据，"+strings.Join(again, "；")+"。")
	}
	var days []string
	for _, h := range card.Period.Holidays() {
		days = append(days, h.Text())
	}
	if len(days) > 0 && card.Period.Cadence != client.Quarterly {
		out = append(out, "本期有法定假日："+strings.Join(days, "、")+"，与上期比较时请留意。")
	}
	if !card.Period.Charted() && card.Period.Cadence != client.Quarterly {
		out = append(out, "这一年的法定假日安排未收录，假日没有标出。")
	}
	return out
}
