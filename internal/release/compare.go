package release

import (
	"fmt"
	"slices"
	"strings"

	"benchbook/internal/benchmark"
)

// Comparison is a released share, ratio of sums or median of one group against
// that of another, in their unit: the first minus the second. P is adjusted over all pairs of
// the table whose two cells are released.
type Comparison struct {
	Direction    Direction // of the first
	Diff, Lo, Hi float64
	P            float64
}

// Compare says what may be said of a cell against another one of the table, of
// the same answer. The zero Comparison says nothing: the pair was not tested
// (groups that share contributors, a number that is no share) or not released.
func (t *Table) Compare(a, b *Cell) Comparison {
	if c, ok := t.compared[[2]*Cell{a, b}]; ok {
		return c
	}
	c, ok := t.compared[[2]*Cell{b, a}]
	if !ok {
		return Comparison{}
	}
	return Comparison{[...]Direction{Untold, Alike, Lower, Higher}[c.Direction], -c.Diff, -c.Hi, -c.Lo, c.P}
}

// tellContrasts hands on the tests between groups whose cells are both released.
func (s *screen) tellContrasts() {
	s.made.compared = map[[2]*Cell]Comparison{}
	for _, c := range s.table.Contrasts(func(i int) bool { return s.verdict[i] == published }) {
		pair := [2]*Cell{s.madeOf(c.B), s.madeOf(c.A)}
		s.made.compared[pair] = Comparison{direction(c.Diff, c.P), c.Diff, c.Lo, c.Hi, c.P}
		if pair[0].option[0] == "" {
			s.made.pairs = append(s.made.pairs, pair)
		}
	}
	s.made.adjusted = corrections[s.table.Indicator.Adjust]
	s.made.pace = s.paceText()
}

var corrections = map[string]string{"holm": "Holm 校正", "BH": "Benjamini–Hochberg 校正", "none": "未校正"}

// Correction is how p-values of the table were corrected for being many; "" where nothing is tested.
func (t *Table) Correction() string {
	if len(t.compared) == 0 && !slices.ContainsFunc(t.Rows, Row.changed) {
		return ""
	}
	return t.adjusted
}

// changed says that a row has changes since the edition before.
func (r Row) changed() bool { return slices.ContainsFunc(r.Cells, (*Cell).isChange) }

// mostPairs is how many differences a sentence names.
const mostPairs = 5

// Findings are sentences about the table that its tests allow: which groups
// differ in the numbers that it is about, and whether they pay back at the same
// pace. With stats, only of those. None where nothing was tested or not all of
// it may be told.
func (t *Table) Findings(stats ...string) []string {
	if t.pace != "" {
		return []string{t.pace}
	}
	var names, out []string
	for _, pair := range t.pairs {
		if name := pair[0].stat; !slices.Contains(names, name) && (len(stats) == 0 || slices.Contains(stats, name)) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		out = append(out, t.finding(name))
	}
	return out
}

// testedNames are the numbers that groups are compared in, where they are no shares.
var testedNames = map[string]string{"ratio": "总和之比的", "p50": "中位数的"}

// finding says which groups differ in one number.
func (t *Table) finding(stat string) string {
	var differ []string
	pairs := slices.Clone(t.pairs)
	pairs = slices.DeleteFunc(pairs, func(p [2]*Cell) bool { return p[0].stat != stat })
	for _, pair := range pairs {
		a, b := pair[0], pair[1]
		switch t.Compare(a, b).Direction {
		case Lower:
			a, b = b, a
		case Higher:
		default:
			continue
		}
		differ = append(differ, a.group()+"高于"+b.group())
	}
	text := fmt.Sprintf("%s两两检验（%s，显著性水平 0.05）：", testedNames[stat], t.adjusted)
	rest := "；其余差别可能出于抽样误差。"
	if len(differ) == len(pairs) {
		rest = "。"
	}
	switch {
	case len(differ) == 0:
		return text + "各组之间的差别可能出于抽样误差，不宜说谁高谁低。"
	case len(differ) > mostPairs:
		return text + fmt.Sprintf("%d 对里有 %d 对差别显著%s", len(pairs), len(differ), rest)
	}
	return text + strings.Join(differ, "，") + rest
}

// group is the name of the group that a cell stands in.
func (c *Cell) group() string {
	labels := make([]string, len(c.keys))
	for i, k := range c.keys {
		labels[i] = "「" + k.Label + "」"
	}
	return strings.Join(labels, "·")
}

// paceText says whether groups pay back at the same pace; "" where a curve is
// withheld or nothing was tested.
func (s *screen) paceText() string {
	p := s.table.Pace.P
	if s.table.Indicator.Kind != "payback" || len(s.table.By) == 0 || !(p >= 0) {
		return ""
	}
	for g, group := range s.table.Groups {
		if s.hidden[g] && !group.Rest {
			return ""
		}
	}
	said := "没有发现各组快慢不同"
	if p <= benchmark.Alpha {
		said = "各组快慢不同"
	}
	return "各组回本快慢的对数秩检验：p " + pText(p) + "，" + said + "。"
}

// pText is a p-value with three decimals.
func pText(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	return fmt.Sprintf("= %.3f", p)
}
