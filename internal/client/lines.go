package client

import (
	"math"

	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/stat"
)

// Lines are the four lines of a KPI, in the unit it is printed in: what lies
// short of Pass fails; Pass to PassTo is normal; from Good on it is good, beyond
// Over it exceeds. Nil is not agreed. Where PassTo stops before Good, the stretch
// between is nobody's and is shown as a gap.
type Lines struct {
	Pass, PassTo, Good, Over *float64
	From                     [4]string // where each was agreed: 全行业, 类目, 合同
}

// The names of the stretches. 及格线 is another name of 正常线.
const (
	lineFail = "不及格线"
	linePass = "正常线"
	lineGap  = "及格与优良之间"
	lineGood = "优良线"
	lineOver = "超额线"
)

type rawLines struct {
	KPI      string   `toml:"kpi"`
	Industry string   `toml:"industry"`
	Pass     *float64 `toml:"pass"`
	PassTo   *float64 `toml:"pass_to"`
	Good     *float64 `toml:"good"`
	Over     *float64 `toml:"over"`
	Source   string   `toml:"source"`
	Gap      string   `toml:"gap"`
	Client   string   `toml:"client"`
	Better   string   `toml:"better"`
	Band     []struct {
		Name       string   `toml:"name"`
		From       *float64 `toml:"from"`
		To         *float64 `toml:"to"`
		FromClosed *bool    `toml:"from_closed"`
		ToClosed   *bool    `toml:"to_closed"`
	} `toml:"band"`
}

// short is the four lines of a rule that is written in bands; bands of other
// names are drawn on the site's pages and are no lines of a client's report.
func (r rawLines) short(aliases map[string]string) rawLines {
	down := r.Better == "lower"
	for _, b := range r.Band {
		name, enter, leave := b.Name, b.From, b.To
		if other, ok := aliases[name]; ok {
			name = other
		}
		if down {
			enter, leave = leave, enter
		}
		switch name {
		case linePass:
			r.Pass, r.PassTo = enter, leave
		case lineGood:
			r.Good = enter
		case lineOver:
			r.Over = enter
		}
	}
	return r
}

func (r rawLines) lines(from string) Lines {
	l := Lines{Pass: r.Pass, PassTo: r.PassTo, Good: r.Good, Over: r.Over}
	for i, v := range l.all() {
		if *v != nil {
			l.From[i] = from
		}
	}
	return l
}

func (l *Lines) all() [4]**float64 { return [4]**float64{&l.Pass, &l.PassTo, &l.Good, &l.Over} }

// inherit fills what is not agreed from the level above.
func (l Lines) inherit(above Lines) Lines {
	if l.Pass != nil || l.Good != nil { // whoever moves a line decides about the gap
		above.PassTo, above.From[1] = nil, ""
	}
	for i, v := range l.all() {
		if *v == nil {
			*v, l.From[i] = *above.all()[i], above.From[i]
		}
	}
	return l
}

// Trade is the lines that hold for all clients: of the whole trade and of each
// category, by KPI.
type Trade struct {
	all      map[string]Lines
	category map[[2]string]Lines
	client   map[[2]string]Lines // by slug and KPI
}

// LoadTrade reads data/clients/lines.toml; src nil is a project without it.
func LoadTrade(file string, src []byte, l *diag.List) (*Trade, bool) {
	var raw struct {
		Names   []string          `toml:"names"`   // of every line, and their other
		Aliases map[string]string `toml:"aliases"` // names: package kpi reads them
		Lines   []rawLines        `toml:"lines"`
	}
	t := &Trade{all: map[string]Lines{}, category: map[[2]string]Lines{}, client: map[[2]string]Lines{}}
	_, ok := config.Decode(file, src, &raw, l)
	for _, r := range raw.Lines {
		r = r.short(raw.Aliases)
		if r.Client != "" {
			t.client[[2]string{r.Client, r.KPI}] = r.lines("客户")
			continue
		}
		if r.Industry == "" {
			t.all[r.KPI] = r.lines("全行业")
			continue
		}
		t.category[[2]string{r.Industry, r.KPI}] = r.lines("类目")
	}
	return t, ok
}

// of are the lines of a client's KPI: the contract's, then what the file says of the client, then the category's, then the trade's.
func (t *Trade) of(own Lines, slug, industry, kpi string) Lines {
	return own.inherit(t.client[[2]string{slug, kpi}]).inherit(t.category[[2]string{industry, kpi}]).inherit(t.all[kpi])
}

// Any says whether a line is agreed that values can be held against.
func (l Lines) Any() bool { return l.Pass != nil || l.Good != nil || l.Over != nil }

// ordered says whether the lines climb (fall, where lower is better).
func (l Lines) ordered(down bool) bool {
	last := math.Inf(-1)
	for _, v := range l.all() {
		if *v == nil {
			continue
		}
		x := **v
		if down {
			x = -x
		}
		if x <= last {
			return false
		}
		last = x
	}
	return true
}

// Bands lays the lines out as stretches that cover every value, bounds in the
// unit of the value itself (a percentage is a fraction of 1).
func (k *KPI) Bands() []stat.Band {
	var starts []stat.Band // by what they begin with, from the worst on
	l, none := k.Lines, math.NaN()
	if l.Pass != nil {
		starts = append(starts, stat.Band{Name: lineFail, Lo: none}, stat.Band{Name: linePass, Lo: k.bound(l.Pass), LoClosed: true})
	} else {
		starts = append(starts, stat.Band{Name: linePass, Lo: none})
	}
	if l.PassTo != nil && (l.Good != nil || l.Over != nil) {
		starts = append(starts, stat.Band{Name: lineGap, Lo: k.bound(l.PassTo)})
	}
	if l.Good != nil {
		starts = append(starts, stat.Band{Name: lineGood, Lo: k.bound(l.Good), LoClosed: true})
	}
	if l.Over != nil {
		starts = append(starts, stat.Band{Name: lineOver, Lo: k.bound(l.Over), LoClosed: true})
	}
	for i := range starts {
		starts[i].Hi = none
		if i+1 < len(starts) {
			starts[i].Hi, starts[i].HiClosed = starts[i+1].Lo, !starts[i+1].LoClosed
		}
		if k.Down {
			b := &starts[i]
			b.Lo, b.Hi, b.LoClosed, b.HiClosed = b.Hi, b.Lo, b.HiClosed, b.LoClosed
		}
	}
	return starts
}

func (k *KPI) bound(v *float64) float64 {
	if k.Percent {
		return *v / 100
	}
	return *v
}

// Line is the stretch that a value lies in, "" where there is none. Bounds are
// compared in exact arithmetic.
func (k *KPI) Line(v Value) string {
	if !v.Known || !k.Lines.Any() {
		return ""
	}
	bands := k.Bands()
	num, den := v.whole()
	table, err := stat.Bands([]float64{float64(num)}, []float64{float64(den)}, bands, 0.95)
	if err != nil {
		return ""
	}
	for _, b := range table.Bands {
		if b.N > 0 {
			return b.Name
		}
	}
	return ""
}
