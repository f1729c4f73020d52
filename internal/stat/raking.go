package stat

import (
	"math"
	"slices"
	"strings"
)

// Target is the known total of one category of a margin, in the unit that weights shall have (people, firms).
type Target struct {
	Category string
	Total    float64
}

// Margin is a classification of the rows with known totals.
type Margin struct {
	Category []string // of every row; "" is missing
	Targets  []Target
}

// Raked are weights that agree with every margin. Weights has the length of the input; a row of base weight 0 keeps 0.
type Raked struct {
	At      []int // the rows of positive base weight
	Weights []float64
	Summary WeightSummary // of the weights at At
}

// Rake adjusts base weights (nil: all 1) to the margins, one after the other in their order, until all agree within
// 1e-10 of the total (Deming and Stephan 1940). One margin is post-stratification. Refuses BadWeight,
// ZeroWeightTotal; per margin MissingMargin, UnknownCategory, BadTarget, EmptyCategory; then TargetsDisagree, and
// NotConverged after 2000 rounds.
func Rake(margins []Margin, weight []float64) (Raked, error) {
	rows := 0
	if len(margins) > 0 {
		rows = len(margins[0].Category)
	}
	s, err := takeRows(rows, weight, func(int) bool { return true })
	if err != nil {
		return Raked{}, err
	}
	if err := checkMargins(margins, s.at); err != nil {
		return Raked{}, err
	}
	cells, cellOf := crossed(margins, s)
	if err := settle(cells, margins); err != nil {
		return Raked{}, err
	}
	out := Raked{At: s.at, Weights: make([]float64, rows)}
	used := make([]float64, len(s.at))
	for k, i := range s.at {
		c := cells[cellOf[k]]
		used[k] = s.w[k] / c.base * c.now
		out.Weights[i] = used[k]
	}
	out.Summary = describe(used)
	return out, nil
}

func checkMargins(margins []Margin, at []int) error {
	totals := make([]float64, len(margins))
	for k, m := range margins {
		have := map[string]bool{}
		for _, i := range at {
			have[m.Category[i]] = true
		}
		if have[""] {
			return MissingMargin
		}
		if err := m.check(have); err != nil {
			return err
		}
		totals[k] = m.total()
	}
	if len(totals) > 0 && slices.Max(totals)-slices.Min(totals) > 1e-9*slices.Max(totals) {
		return TargetsDisagree
	}
	return nil
}

// check compares the categories that rows have with the targets.
func (m Margin) check(have map[string]bool) error {
	known := map[string]bool{}
	for _, t := range m.Targets {
		known[t.Category] = true
	}
	for c := range have {
		if !known[c] {
			return UnknownCategory
		}
	}
	for _, t := range m.Targets {
		if !(t.Total >= 0) || math.IsInf(t.Total, 0) {
			return BadTarget
		}
	}
	for _, t := range m.Targets {
		if t.Total > 0 && !have[t.Category] {
			return EmptyCategory
		}
	}
	return nil
}

func (m Margin) total() float64 {
	return sum(len(m.Targets), func(i int) float64 { return m.Targets[i].Total })
}

// rakedCell is all rows that agree in every margin: raking multiplies them by the same factor.
type rakedCell struct {
	target    []int // position of the cell's category among the targets of each margin
	base, now float64
}

// crossed gathers the rows into cells and tells the cell of each row.
func crossed(margins []Margin, s sample) (cells []rakedCell, cellOf []int) {
	keys := make([]string, len(s.at))
	for k, i := range s.at {
		parts := make([]string, len(margins))
		for m := range margins {
			parts[m] = margins[m].Category[i]
		}
		keys[k] = strings.Join(parts, "\x00")
	}
	cellOf = make([]int, len(s.at))
	for c, rows := range groupBy(len(keys), keys) {
		cell := rakedCell{target: make([]int, len(margins))}
		for m := range margins {
			category := margins[m].Category[s.at[rows[0]]]
			cell.target[m] = slices.IndexFunc(margins[m].Targets, func(t Target) bool { return t.Category == category })
		}
		cell.base = sum(len(rows), func(i int) float64 { return s.w[rows[i]] })
		cell.now = cell.base
		cells = append(cells, cell)
		for _, k := range rows {
			cellOf[k] = c
		}
	}
	return cells, cellOf
}

// settle rakes the cells until the margins agree, and then on until they don't come any closer.
func settle(cells []rakedCell, margins []Margin) error {
	if len(margins) == 0 {
		return nil
	}
	whole, last := margins[0].total(), math.Inf(1)
	for range 2000 {
		for m := range margins {
			adjust(cells, m, margins[m].Targets)
		}
		worst := 0.0
		for m := range margins {
			for k, now := range marginSums(cells, m, len(margins[m].Targets)) {
				worst = math.Max(worst, math.Abs(now-margins[m].Targets[k].Total))
			}
		}
		if worst <= 1e-10*whole && worst >= last {
			return nil
		}
		last = worst
	}
	if last <= 1e-10*whole {
		return nil
	}
	return NotConverged
}

func marginSums(cells []rakedCell, m, categories int) []float64 {
	sums := make([]total, categories)
	for _, c := range cells {
		sums[c.target[m]].add(c.now)
	}
	out := make([]float64, categories)
	for k := range sums {
		out[k] = sums[k].value()
	}
	return out
}

// adjust multiplies every cell by target/current of its category.
func adjust(cells []rakedCell, m int, targets []Target) {
	now := marginSums(cells, m, len(targets))
	for i := range cells {
		if k := cells[i].target[m]; now[k] > 0 {
			cells[i].now *= targets[k].Total / now[k]
		}
	}
}
