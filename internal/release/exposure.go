package release

import (
	"cmp"
	"slices"
	"strconv"

	"benchbook/internal/stat"
)

// Exposure is a withheld number that follows from what is published, or nearly.
type Exposure struct {
	Cells []string // ids of the cells that would print it; none where no table does
	Where string   // dataset and indicator from which it can be worked out
}

// Exposed are the withheld numbers that an outsider could work out. There are
// none but for a mistake in this package: the build stops if there are.
func (r *Registry) Exposed() []Exposure { return r.exposed }

// audit looks at the finished tables as an outsider does: what their cells
// tell is known, everything else is not; then it solves for every number that
// must not be told.
func audit(rules Rules, screens []*screen) ([]Exposure, error) {
	l := newLedger(rules, screens)
	for i := range l.numbers {
		n := &l.numbers[i]
		n.hidden, n.printed = !n.told || n.sensitive, false
	}
	prints := make([][]string, len(l.numbers))
	for at, s := range screens {
		s.eachCell(func(i int, c *Cell) {
			base, count := l.shown[at][i][0], l.shown[at][i][1]
			prints[count] = append(prints[count], c.ID())
			// Of numbers that are not sensitive only what a withheld cell counts must stay open;
			// that nobody shows the base of cells that are all withheld makes it no secret.
			l.numbers[count].printed = true
			if c.verdict != withheld {
				l.numbers[base].hidden, l.numbers[count].hidden = false, false
			}
		})
	}
	found := map[int]bool{}
	for _, by := range l.layers() {
		cells, relations := l.system(by)
		ids, err := stat.ExposedCells(cells, relations)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if i, err := strconv.Atoi(id); err == nil {
				found[i] = true
			}
		}
	}
	return l.exposures(found, prints), nil
}

func (l *ledger) exposures(found map[int]bool, prints [][]string) (out []Exposure) {
	where := make([]string, len(l.numbers))
	for key, i := range l.at {
		where[i] = printable(key)
	}
	for i := range found {
		slices.Sort(prints[i])
		out = append(out, Exposure{slices.Compact(prints[i]), where[i]})
	}
	slices.SortFunc(out, func(a, b Exposure) int {
		return cmp.Or(cmp.Compare(a.Where, b.Where), slices.Compare(a.Cells, b.Cells))
	})
	return out
}

// printable is a number's name for a diagnostic.
func printable(key string) string {
	out := []rune{}
	for _, r := range key {
		if r < ' ' {
			r = ' '
		}
		out = append(out, r)
	}
	return string(out)
}

// eachCell pairs a screen's estimates with the cells made from them.
func (s *screen) eachCell(each func(estimate int, c *Cell)) {
	row := 0
	for g := range s.table.Groups {
		if s.table.Groups[g].Rest {
			continue
		}
		for k, i := range s.cells[g] {
			each(i, s.made.Rows[row].Cells[k])
		}
		row++
	}
}
