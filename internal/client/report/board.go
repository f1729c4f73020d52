package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"benchbook/internal/client"
)

// Entry is what the board knows of one client. The state in each of its reports
// is the present one, not that of the hour when it was made.
type Entry struct {
	Slug, Name, Industry string
	Latest               []Data          // the last report of each cadence, the shortest cadence first
	Late                 []client.Period // reports that should have gone out and are not released
	Failed               string          // why no report could be made
}

// Board is what layouts/client-board.html reads: all clients of an agency, those
// that need attention first. It never leaves the agency.
type Board struct {
	Title, AsOf, Lead string
	Tiles             []Tile
	Rows              []BoardRow
	Generator         string
}

// Tile is one count at the head.
type Tile struct {
	Title string
	Count int
	Tone  string
	Group string // the rows that it counts; "" = all
}

// BoardRow is one client.
type BoardRow struct {
	Slug, Name, Industry string
	Href, Period         string
	State                string
	Draft                bool
	Late                 string // 月报 2026-06 应发未发
	Groups               string // is-fail, is-gap, is-bad, is-warn, is-late, is-fine: what the filter knows
	Tone                 string
	Marks                []Mark
	Reasons              []string
	Others               []Item // reports of other cadences
	weight               [5]int
}

// Mark is one KPI.
type Mark struct{ Title, Text, Tone string }

// mostReasons are printed of one client; the report has them all.
const mostReasons = 4

// ComposeBoard sorts entries by who needs attention: without a report, with
// missing data, by promises missed, by weak KPIs, by reports that are late. at
// gives the address of a client's folder.
func ComposeBoard(entries []Entry, asOf client.Day, cadence client.Cadence, at func(slug string) string) *Board {
	b := &Board{Title: "客户总表", AsOf: asOf.String()}
	for _, e := range entries {
		b.Rows = append(b.Rows, e.row(cadence, at))
	}
	slices.SortStableFunc(b.Rows, func(x, y BoardRow) int {
		for i := range x.weight {
			if x.weight[i] != y.weight[i] {
				return y.weight[i] - x.weight[i]
			}
		}
		return cmp.Compare(x.Name, y.Name)
	})
	count := func(group string) (n int) {
		for _, r := range b.Rows {
			if slices.Contains(strings.Fields(r.Groups), "is-"+group) {
				n++
			}
		}
		return n
	}
	b.Tiles = []Tile{{"客户", len(b.Rows), "", ""}, {"没有报表", count("fail"), "bad", "fail"}, {"数据不全", count("gap"), "warn", "gap"}, {"未达下限或不及格", count("bad"), "bad", "bad"},
		{"有需要关注的项", count("warn"), "warn", "warn"}, {"应发未发", count("late"), "warn", "late"}, {"没有问题", count("fine"), "good", "fine"}}
	b.Lead = fmt.Sprintf("%d 个客户，%d 个需要处理。", len(b.Rows), len(b.Rows)-count("fine"))
	return b
}

func (e *Entry) row(cadence client.Cadence, at func(string) string) BoardRow {
	r := BoardRow{Slug: e.Slug, Name: cmp.Or(e.Name, e.Slug), Industry: e.Industry}
	var groups []string
	add := func(group, tone string, place, weight int) {
		groups = append(groups, group)
		r.Tone = cmp.Or(r.Tone, tone)
		r.weight[place] = weight
	}
	d, found := e.pick(cadence)
	if !found || e.Failed != "" {
		add("fail", "bad", 0, 1)
		r.Reasons = append(r.Reasons, cmp.Or(e.Failed, "还没有生成过报表"))
	}
	if found {
		state := client.State(d.State)
		r.State, r.Draft = state.Title(), state != client.Released
		r.Period, r.Href = d.Title, at(e.Slug)+"/"+d.Report+"/"+d.Period+".html"
		e.judge(&r, d, add)
	}
	for _, o := range e.Latest {
		if o.Report != d.Report {
			r.Others = append(r.Others, Item{Title: client.Cadence(o.Report).Title(), Href: at(e.Slug) + "/" + o.Report + "/" + o.Period + ".html"})
		}
	}
	if len(e.Late) > 0 {
		add("late", "warn", 4, len(e.Late))
		var names []string
		for _, p := range e.Late {
			names = append(names, p.Cadence.Title()+" "+p.Label())
		}
		r.Late = strings.Join(names, "、") + " 应发未发"
	}
	if len(groups) == 0 {
		add("fine", "", 4, 0)
	}
	r.Groups = "is-" + strings.Join(groups, " is-")
	return r
}

// judge weighs the KPIs of a client's last report.
func (e *Entry) judge(r *BoardRow, d Data, add func(group, tone string, place, weight int)) {
	bad, weak := 0, 0
	var worst, others []string
	for _, k := range d.KPIs {
		r.Marks = append(r.Marks, Mark{k.Title, k.Text + "，" + k.Verdict, k.Tone})
		if len(k.Weak) == 0 {
			continue
		}
		weak++
		reason := k.Title + " " + k.Text + "：" + strings.Join(k.Weak, "，")
		if k.Tone == "bad" {
			bad++
			worst = append(worst, reason)
		} else {
			others = append(others, reason)
		}
	}
	if bad > 0 {
		add("bad", "bad", 2, bad)
	}
	if weak > bad {
		add("warn", "warn", 3, weak)
	}
	if !d.Complete {
		add("gap", "warn", 1, 1)
		gap := "不在合同期内"
		if d.Missing > 0 {
			gap = fmt.Sprintf("缺 %d %s数据", d.Missing, d.Unit)
		}
		r.Reasons = append(r.Reasons, gap)
	}
	all := append(worst, others...)
	r.Reasons = append(r.Reasons, all[:min(len(all), mostReasons)]...)
	if more := len(all) - mostReasons; more > 0 {
		r.Reasons = append(r.Reasons, fmt.Sprintf("另有 %d 项", more))
	}
}

// pick is the report that the board is about: of the cadence asked for, else the
// monthly one, else the longest there is.
func (e *Entry) pick(cadence client.Cadence) (Data, bool) {
	for _, want := range []client.Cadence{cadence, client.Monthly} {
		for _, d := range e.Latest {
			if d.Report == string(want) {
				return d, true
			}
		}
		if cadence != "" {
			return Data{}, false
		}
	}
	if len(e.Latest) == 0 {
		return Data{}, false
	}
	return e.Latest[len(e.Latest)-1], true
}

// CSV is the board for a spreadsheet, with the byte order mark that Excel wants.
func (b *Board) CSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	rows := [][]string{{"次序", "客户", "文件夹", "行业", "报表", "状态", "需要关注", "应发未发"}}
	for i, r := range b.Rows {
		rows = append(rows, []string{fmt.Sprint(i + 1), plain(r.Name), r.Slug, plain(r.Industry), r.Period, r.State, plain(strings.Join(r.Reasons, "；")), r.Late})
	}
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

// plain keeps a spreadsheet from running a text.
func plain(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
