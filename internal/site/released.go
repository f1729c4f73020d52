package site

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// ReleasedName is the file that remembers what earlier editions released.
const ReleasedName = "data/released.toml"

// Released is the memory of what was released and what was withheld, by
// edition: names of cells only, in order, so that a change shows as lines of a diff.
type Released struct {
	Editions []ReleasedEdition
	source   *config.Source
}

// ReleasedEdition is the cells of one edition by their ids.
type ReleasedEdition struct {
	Name     string   `toml:"name"`
	Released []string `toml:"released"`
	Withheld []string `toml:"withheld"`
}

// Released reads the memory; it is empty where the file is not there.
func (s *Site) Released(l *diag.List) (*Released, error) {
	src, err := s.Read(ReleasedName)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var raw struct {
		Edition []ReleasedEdition `toml:"edition"`
	}
	source, _ := config.Decode(ReleasedName, src, &raw, l)
	return &Released{raw.Edition, source}, nil
}

// EachWithheld calls each for every cell that an edition withheld, with its place.
func (r *Released) EachWithheld(each func(edition, cell string, pos diag.Pos)) {
	for e, edition := range r.Editions {
		for i, cell := range edition.Withheld {
			each(edition.Name, cell, r.source.Pos("edition", e, "withheld", i))
		}
	}
}

// Told is the cells that an edition released: their numbers are in readers' hands.
func (r *Released) Told() map[string]bool {
	told := map[string]bool{}
	for _, edition := range r.Editions {
		for _, cell := range edition.Released {
			told[cell] = true
		}
	}
	return told
}

// Closed is the cells that an edition withheld.
func (r *Released) Closed() map[string]bool {
	closed := map[string]bool{}
	for _, edition := range r.Editions {
		for _, cell := range edition.Withheld {
			closed[cell] = true
		}
	}
	return closed
}

// Record puts an edition's cells into the memory. What an earlier run of the
// edition withheld stays withheld: only a person takes a line out.
func (r *Released) Record(name string, released, withheld []string) {
	i := slices.IndexFunc(r.Editions, func(e ReleasedEdition) bool { return e.Name == name })
	if i < 0 {
		i = len(r.Editions)
		r.Editions = append(r.Editions, ReleasedEdition{Name: name})
	}
	e := &r.Editions[i]
	e.Withheld = sorted(append(slices.Clone(withheld), e.Withheld...))
	e.Released = slices.DeleteFunc(sorted(append(slices.Clone(released), e.Released...)), func(cell string) bool {
		_, gone := slices.BinarySearch(e.Withheld, cell)
		return gone
	})
	slices.SortStableFunc(r.Editions, func(a, b ReleasedEdition) int { return cmp.Compare(a.Name, b.Name) })
}

func sorted(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }

// releasedHead is the comment at the top of the file.
const releasedHead = `# 每一版公布了哪些单元、隐去了哪些。由 benchbook build --record 写出，只有名称，没有数值。
# 隐去过的单元，以后的生成不会再打开；确认可以公开时删去那一行，并在提交说明里写理由。
`

// Encode gives the file's bytes; equal memories give equal bytes.
func (r *Released) Encode() []byte {
	var b strings.Builder
	b.WriteString(releasedHead)
	for _, e := range r.Editions {
		fmt.Fprintf(&b, "\n[[edition]]\nname = %s\n", quote(e.Name))
		for _, list := range []struct {
			name  string
			cells []string
		}{{"released", e.Released}, {"withheld", e.Withheld}} {
			fmt.Fprintf(&b, "%s = [\n", list.name)
			for _, cell := range list.cells {
				fmt.Fprintf(&b, "  %s,\n", quote(cell))
			}
			b.WriteString("]\n")
		}
	}
	return []byte(b.String())
}

// quote writes a basic string of TOML.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Write stores the memory in the project, whole or not at all.
func (r *Released) Write(s *Site) error {
	name := filepath.Join(s.Dir, filepath.FromSlash(ReleasedName))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	next := name + ".new"
	if err := os.WriteFile(next, r.Encode(), 0o644); err != nil {
		return err
	}
	return os.Rename(next, name)
}
