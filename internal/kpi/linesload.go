package kpi

import (
	"slices"
	"strconv"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// FourLines are the names of the trade's lines, from the worst on; a project may have others.
var FourLines = []string{"不及格线", "正常线", "优良线", "超额线"}

type rawLines struct {
	Names   []string          `toml:"names"`
	Aliases map[string]string `toml:"aliases"`
	Lines   []Rule            `toml:"lines"`
}

// Rule is what one level says of a KPI's lines, as it is written: the four lines
// in short (pass, pass_to, good, over), or any lines in bands.
type Rule struct {
	KPI      string     `toml:"kpi"`
	Industry string     `toml:"industry"`
	Client   string     `toml:"client"`
	Better   string     `toml:"better"`
	Pass     *float64   `toml:"pass"`
	PassTo   *float64   `toml:"pass_to"`
	Good     *float64   `toml:"good"`
	Over     *float64   `toml:"over"`
	Band     []RuleBand `toml:"band"`
	Gap      string     `toml:"gap"` // the name of a gap that its owner has seen and leaves open
	Source   string     `toml:"source"`
}

// RuleBand is one line with its ends, in numbers: from below to.
type RuleBand struct {
	Name       string   `toml:"name"`
	From       *float64 `toml:"from"`
	To         *float64 `toml:"to"`
	FromClosed *bool    `toml:"from_closed"`
	ToClosed   *bool    `toml:"to_closed"`
}

// Lines are all rules of a project.
type Lines struct {
	Names   []string
	Aliases map[string]string // 及格线 → 正常线
	Rules   []Rule
	places  []diag.Pos
	widths  []int
}

// LoadLines reads data/clients/lines.toml and checks every scale that follows
// from it: gaps that nobody named, overlaps, and edges that two lines share.
// Cat may be empty; then nothing is known of KPIs but what the rules say.
func LoadLines(file string, src []byte, cat *Catalogue, l *diag.List) *Lines {
	var raw rawLines
	place, _ := config.Decode(file, src, &raw, l)
	out := &Lines{Names: raw.Names, Aliases: raw.Aliases, Rules: raw.Lines}
	if len(out.Names) == 0 {
		out.Names = FourLines
		if out.Aliases == nil {
			out.Aliases = map[string]string{"及格线": "正常线"}
		}
	}
	c := lineCheck{Lines: out, src: place, cat: cat, l: l}
	for i := range out.Rules {
		pos, width := place.Value("lines", i, "kpi")
		out.places, out.widths = append(out.places, pos), append(out.widths, width)
		c.rule(i)
	}
	c.scales()
	return out
}

// canonical is the name of a line, whatever it is called.
func (l *Lines) canonical(name string) string {
	if other, ok := l.Aliases[name]; ok {
		return other
	}
	return name
}

// Industries lists the categories that have rules of their own for a KPI.
func (l *Lines) Industries(kpi string) (out []string) {
	for _, r := range l.Rules {
		if r.KPI == kpi && r.Industry != "" && !slices.Contains(out, r.Industry) {
			out = append(out, r.Industry)
		}
	}
	return out
}

// Any says whether a KPI has lines at all.
func (l *Lines) Any(kpi string) bool {
	return slices.ContainsFunc(l.Rules, func(r Rule) bool { return r.KPI == kpi })
}

// For is the scale that holds for a client in a category: what the contract says,
// then what the file says of the client, of the category, of the whole trade.
func (l *Lines) For(kpi, industry, client string, own *Rule, lower bool) Scale {
	var levels []level
	if own != nil {
		levels = append(levels, l.level(*own, "合同", lower))
	}
	tiers := []struct {
		name string
		of   func(Rule) bool
	}{
		{"客户", func(r Rule) bool { return client != "" && r.Client == client }},
		{"类目", func(r Rule) bool { return r.Client == "" && industry != "" && r.Industry == industry }},
		{"全行业", func(r Rule) bool { return r.Client == "" && r.Industry == "" }},
	}
	for _, tier := range tiers {
		for _, r := range l.Rules {
			if r.KPI == kpi && tier.of(r) {
				levels = append(levels, l.level(r, tier.name, lower))
			}
		}
	}
	return resolve(levels, l.Names, lower)
}

// level reads a rule along the direction in which values get better.
func (l *Lines) level(r Rule, name string, lower bool) level {
	out := level{name: name, source: r.Source, gap: r.Gap}
	out.bands = append(out.bands, l.short(r)...)
	for _, b := range r.Band {
		w := band{name: l.canonical(b.Name), enter: b.From, enterClosed: b.FromClosed, leave: b.To, leaveClosed: b.ToClosed}
		if lower {
			w.enter, w.enterClosed, w.leave, w.leaveClosed = b.To, b.ToClosed, b.From, b.FromClosed
		}
		out.bands = append(out.bands, w)
	}
	return out
}

// short reads pass, pass_to, good and over, which follow the direction already.
func (l *Lines) short(r Rule) (out []band) {
	yes := true
	name := func(i int) string { return l.Names[min(i, len(l.Names)-1)] }
	if r.Pass != nil {
		out = append(out, band{name: name(1), enter: r.Pass, leave: r.PassTo, leaveClosed: &yes})
	}
	if r.Good != nil {
		out = append(out, band{name: name(2), enter: r.Good})
	}
	if r.Over != nil {
		out = append(out, band{name: name(3), enter: r.Over})
	}
	return out
}

// Number prints a bound as it was written.
func Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
