package build

import (
	"benchbook/internal/diag"
	"benchbook/internal/release"
	"benchbook/internal/site"
)

// mostReopened is how many reopened cells are listed.
const mostReopened = 20

// remember holds the release against what earlier editions and runs withheld,
// and prepares the memory of this one. A number that the contributors' group
// was too small for is the same number when the group has grown: what was
// printed beside it then, and still lies in readers' hands, would now tell it.
func (b *run) remember(r *release.Registry, memory *site.Released) {
	released := map[string]bool{}
	var open, closed []string
	for _, t := range r.Tables() {
		for _, row := range t.Rows {
			for _, c := range row.Cells {
				switch {
				case t.Dataset.Open || c.Reason() == "quantile_floor" || c.Reason() == "embargo":
				case c.Suppressed():
					closed = append(closed, c.ID())
				default:
					released[c.ID()], open = true, append(open, c.ID())
				}
			}
		}
	}
	found := 0
	memory.EachWithheld(func(edition, cell string, pos diag.Pos) {
		if !released[cell] {
			return
		}
		if found++; found <= mostReopened {
			b.list.Errorf("release.reopened", pos, diag.T("%s 在 %q 版隐去了，这一次却会公布", "%s was withheld in edition %q and would be published now", cell, edition))
		}
	})
	if found > mostReopened {
		b.list.Errorf("release.reopened", diag.Pos{File: site.ReleasedName}, diag.T("另有 %d 个这样的单元", "%d more such cells", found-mostReopened))
	}
	memory.Record(b.site.Settings.Edition, open, closed)
	b.record = func() error { return memory.Write(b.site) }
}
