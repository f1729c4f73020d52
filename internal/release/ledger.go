package release

import (
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// number is one count that a site prints or lets be worked out: the rows, and
// the distinct owners, that share some answers. Whatever tables and indicators
// print it, it is one number: 美妆 企业 that are 已组建 are the same in a table of
// 已组建 by 行业 and in a table of 行业 by 已组建.
type number struct {
	rows, owners int
	sensitive    bool    // of too few: may not be told
	hidden       bool    // not told
	told         bool    // an earlier edition printed it
	printed      bool    // some table prints it; what none prints cannot be withheld
	bare         bool    // 0 in a group that is withheld whole: that it is 0 must not be told
	given        bool    // decided before, and taken as known to an outsider even where it is hidden
	kept         bool    // withheld before, and so again
	safe         [2]bool // by layer: protected by what is hidden already
	prints       int     // estimates that show it
	follows      []int   // of a base: the counts that are never printed without it
}

// sum says that numbers add up to another.
type sum struct {
	total int
	parts []int
}

// ledger is every number that the protected tables of a site tell, and how they
// add up. It is what an outsider with the whole site in hand could write down.
type ledger struct {
	minimum int
	numbers []number
	at      map[string]int
	facts   []facts
	sums    []sum
	known   map[string]bool // sums that are there
	shown   [][][2]int      // by screen and estimate: base and count
}

func newLedger(rules Rules, screens []*screen) *ledger {
	l := &ledger{minimum: rules.minimum(), at: map[string]int{}, known: map[string]bool{}, shown: make([][][2]int, len(screens))}
	for i, s := range screens {
		l.enter(i, s, rules.Told)
	}
	for i, s := range screens {
		l.addOptions(i, s)
		l.addLines(s)
	}
	for _, s := range screens {
		l.addUnions(s)
		l.addNested(s)
	}
	l.addNests(screens)
	l.addWorlds()
	return l
}

// facts are what the rows of a number share, as a set of answers, within what is counted.
type facts struct {
	counted string // dataset, weight, unit of counting: a world of its own
	answers []string
}

func (f facts) with(answer string) facts {
	if answer == "" {
		return f
	}
	out := append(slices.Clone(f.answers), answer)
	slices.Sort(out)
	return facts{f.counted, slices.Compact(out)}
}

func (f facts) without(answer string) facts {
	return facts{f.counted, slices.DeleteFunc(slices.Clone(f.answers), func(a string) bool { return a == answer })}
}

func (f facts) key() string { return f.counted + "\x00" + strings.Join(f.answers, "\x00") }

// group is what the rows of a group share.
func (s *screen) group(g int) facts {
	ind := s.table.Indicator
	f := facts{counted: strings.Join([]string{ind.Dataset, ind.Weight, string(ind.Per)}, "\x00")}
	for d := range s.table.By {
		f = f.with(s.answer(d, g))
	}
	return f
}

// answer is what a group's rows answered to the d-th field.
func (s *screen) answer(d, g int) string {
	segment, group := s.table.By[d], s.table.Groups[g]
	switch {
	case group.Keys[d] < 0:
		return segment.Field + "!"
	case segment.Overlapping:
		return segment.Field + "~" + group.Values[d]
	}
	return segment.Field + "=" + group.Values[d]
}

// asked is what the rows of an estimate's base share beside their group, and
// those of its count.
func (s *screen) asked(e *benchmark.Estimate) (base, count string) {
	ind := s.table.Indicator
	switch {
	case ind.Kind == "payback":
		return ind.ID + "#cases", s.paid(e)
	case e.Share && (ind.Kind == "share" || ind.Kind == "multi" || ind.Kind == "binned"):
		return answeredWord(ind), s.choice(e)
	case e.Share:
		return ind.ID + "#bands", ind.ID + "#band=" + s.table.Options[e.Option].Value
	case ind.Kind == "ratio":
		return ind.Numerator + "/" + ind.Denominator + "#" + e.Stat, ""
	case ind.Kind == "binned":
		return ind.Field + "#binned", ""
	}
	return ind.Field + "#n", ""
}

func answeredWord(ind *indicator.Indicator) string {
	switch ind.Base {
	case indicator.All:
		return ""
	case indicator.Asked:
		return ind.Field + "??"
	case indicator.Answers:
		return ind.Field + "?answers"
	}
	return ind.Field + "?"
}

// choice is the answer that a share of a choice question counts.
func (s *screen) choice(e *benchmark.Estimate) string {
	ind := s.table.Indicator
	mark := "="
	if ind.Kind == "multi" {
		mark = "~"
	}
	if e.Option >= 0 {
		return ind.Field + mark + s.table.Options[e.Option].Value
	}
	return ind.Field + mark + strings.Join(slices.Sorted(slices.Values(ind.Is)), "\x01")
}

func (s *screen) paid(e *benchmark.Estimate) string {
	if e.Share {
		return s.table.Indicator.ID + "#" + e.Stat
	}
	return ""
}

// enter puts down the numbers of one table.
func (l *ledger) enter(at int, s *screen, told map[string]bool) {
	l.shown[at] = make([][2]int, len(s.table.Estimates))
	for i := range s.table.Estimates {
		e := &s.table.Estimates[i]
		group := s.group(e.Group)
		baseWord, countWord := s.asked(e)
		printed := !s.table.Groups[e.Group].Rest
		base := l.number(group.with(baseWord), e.Base, e.BaseContributors, printed, e.Stat)
		count := base
		if countWord != "" {
			count = l.number(group.with(countWord), e.Count, e.Contributors, printed, e.Stat)
			if !slices.Contains(l.numbers[base].follows, count) {
				l.numbers[base].follows = append(l.numbers[base].follows, count)
			}
		}
		l.shown[at][i] = [2]int{base, count}
		if printed && len(told) > 0 && told[s.id(i)] {
			l.numbers[base].told, l.numbers[count].told = true, true
		}
	}
}

// number finds or makes a number. What is of too few, or is in a group that no
// table prints, is hidden from the start. Where two tables count the same rows
// differently each keeps its own.
func (l *ledger) number(f facts, rows, owners int, printed bool, stat string) int {
	key := f.key()
	i, known := l.at[key]
	if known && (l.numbers[i].rows != rows || l.numbers[i].owners != owners) {
		key += "\x00#" + stat
		i, known = l.at[key]
	}
	if !known {
		i = len(l.numbers)
		l.at[key] = i
		few := owners > 0 && owners < l.minimum
		l.numbers, l.facts = append(l.numbers, number{rows: rows, owners: owners, sensitive: few, hidden: few || !printed}), append(l.facts, f)
	}
	n := &l.numbers[i]
	n.told = n.told || len(f.answers) == 0 // how many rows there are stands on the methodology page
	if printed {
		n.printed, n.hidden = true, n.sensitive
		n.prints++
	}
	return i
}

// derive puts down a number that nothing prints but that can be worked out.
func (l *ledger) derive(key string, rows, owners int) int {
	if i, known := l.at[key]; known {
		return i
	}
	i := len(l.numbers)
	l.at[key] = i
	l.numbers, l.facts = append(l.numbers, number{rows: rows, owners: owners, sensitive: owners > 0 && owners < l.minimum, hidden: true}), append(l.facts, facts{})
	return i
}

// add puts down a sum, once.
func (l *ledger) add(total int, parts []int) {
	parts = slices.Compact(slices.Sorted(slices.Values(parts)))
	if len(parts) == 0 || slices.Contains(parts, total) {
		return
	}
	var name strings.Builder
	for _, i := range append([]int{total}, parts...) {
		name.WriteString(strconv.Itoa(i))
		name.WriteByte(' ')
	}
	if !l.known[name.String()] {
		l.known[name.String()] = true
		l.sums = append(l.sums, sum{total, parts})
	}
}
