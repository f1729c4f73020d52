// Package fact holds quoted figures: numbers that somebody else published,
// which a page may show with their source and date and never as something that
// benchbook computed.
//
// In: data/facts.toml. Out: facts with one printed form each. It refuses a fact
// without a source, and any arithmetic on facts.
package fact

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Fact is one quoted figure.
type Fact struct {
	ID          string
	Statement   string
	Kind        string
	Unit        string
	Value       float64 // NaN when it is a range or a bound
	From, To    float64 // NaN = open
	Approximate bool
	Source      string // who published or said it, as printed
	AsOf        string // date as printed; "" = not stated
	Base        string // n; "n 未披露" where the source gave none
	Note        string
	Pos         diag.Pos
}

// List is all facts in file order.
type List struct {
	Facts []Fact
	byID  map[string]int
}

type raw struct {
	Fact []struct {
		ID          string   `toml:"id"`
		Statement   string   `toml:"statement"`
		Kind        string   `toml:"kind"`
		Value       *float64 `toml:"value"`
		From        *float64 `toml:"from"`
		To          *float64 `toml:"to"`
		Unit        string   `toml:"unit"`
		Approximate bool     `toml:"approximate"`
		Source      string   `toml:"source"`
		Survey      string   `toml:"survey"`
		Speaker     string   `toml:"speaker"`
		AsOf        string   `toml:"asof"`
		N           string   `toml:"n"`
		Note        string   `toml:"note"`
	} `toml:"fact"`
}

// Load reads one facts file strictly.
func Load(file string, src []byte, l *diag.List) *List {
	var r raw
	pos, _ := config.Decode(file, src, &r, l)
	list := &List{byID: map[string]int{}}
	for i, f := range r.Fact {
		at := pos.Pos("fact", i)
		fact := Fact{ID: f.ID, Statement: f.Statement, Kind: f.Kind, Unit: f.Unit, Value: number(f.Value), From: number(f.From), To: number(f.To),
			Approximate: f.Approximate, AsOf: f.AsOf, Base: f.N, Note: f.Note, Pos: at,
			Source: strings.Join(slices.DeleteFunc([]string{f.Speaker, f.Survey, f.Source}, func(s string) bool { return s == "" }), "，")}
		if fact.Base == "" {
			fact.Base = "n 未披露"
		}
		list.add(fact, l)
	}
	return list
}

func number(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}

func (list *List) add(f Fact, l *diag.List) {
	if f.ID == "" || f.Statement == "" || f.Source == "" || f.Text() == "" {
		l.Errorf("fact.incomplete", f.Pos, diag.T("引用数据 %q 不完整：要有 id、statement、value 或 from/to、source", "the quoted fact %q is incomplete: it needs id, statement, value or from/to, and source", f.ID))
		return
	}
	if f.From > f.To {
		l.Errorf("fact.order", f.Pos, diag.T("引用数据 %q 的 from 大于 to", "the quoted fact %q has from above to", f.ID))
	}
	if first, ok := list.byID[f.ID]; ok {
		l.Add(diag.Diagnostic{Code: "fact.duplicate", Pos: f.Pos, Message: diag.T("引用数据的 id %q 重复", "the fact id %q is used twice", f.ID),
			Notes: []diag.Note{{Pos: list.Facts[first].Pos, Text: diag.T("第一次出现在这里", "it was first used here")}}})
		return
	}
	list.byID[f.ID] = len(list.Facts)
	list.Facts = append(list.Facts, f)
}

// Lookup finds a fact by id; on a miss it names the nearest id, if any.
func (list *List) Lookup(id string) (f Fact, nearest string, ok bool) {
	i, ok := list.byID[id]
	if ok {
		return list.Facts[i], "", true
	}
	ids := make([]string, len(list.Facts))
	for i, f := range list.Facts {
		ids[i] = f.ID
	}
	return Fact{}, diag.Nearest(id, ids), false
}

// Text is the one printed form: "59.5%", "5%–17%", "20% 以上", "约 20%", "12–24 个月", "2,000–3,000 亿元".
func (f Fact) Text() string {
	var s string
	switch {
	case !math.IsNaN(f.Value):
		s = f.amount(f.Value, true)
	case !math.IsNaN(f.From) && !math.IsNaN(f.To):
		s = f.amount(f.From, f.Unit == "%") + "–" + f.amount(f.To, true)
	case !math.IsNaN(f.From):
		s = f.amount(f.From, true) + " 以上"
	case !math.IsNaN(f.To):
		s = f.amount(f.To, true) + " 以下"
	default:
		return ""
	}
	if f.Approximate {
		return "约 " + s
	}
	return s
}

var units = map[string]string{"month": " 个月", "day": " 天", "year": " 年", "person": " 人", "CNY": " 元"}

func (f Fact) amount(v float64, withUnit bool) string {
	unit := f.Unit
	if u, ok := units[unit]; ok {
		unit = u
	}
	if f.Unit == "CNY" && math.Abs(math.Max(v, orZero(f.From))) >= 1e8 {
		v, unit = v/1e8, " 亿元"
	}
	if !withUnit {
		unit = ""
	}
	return group(v) + unit
}

func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

// group prints a number with thousands commas and no needless decimals.
func group(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	if v < 0 {
		return "−" + whole
	}
	return whole
}

var numbers = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// Agrees reports whether a hand-written text gives the fact's numbers and no
// others: "27%" for 27, "5%–17%" or "5% 到 17%" for a range, "两千亿" for anything,
// since words are not checked.
func (f Fact) Agrees(text string) bool {
	written := numbers.FindAllString(text, -1)
	if len(written) == 0 {
		return true
	}
	ours := numbers.FindAllString(f.Text(), -1)
	return slices.Equal(written, ours)
}
