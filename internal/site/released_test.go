package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

func TestMemoryIsReadAsWritten(t *testing.T) {
	s := &Site{Dir: t.TempDir()}
	l := &diag.List{}
	r, err := s.Released(l)
	if err != nil || len(r.Editions) != 0 {
		t.Fatal(r, err)
	}
	r.Record("2026", []string{"d/b?stat=share", "d/a?is=\"甲\\乙\"&stat=share"}, []string{"d/c?stat=share"})
	r.Record("2025", nil, []string{"d/x\t"})
	if err := r.Write(s); err != nil {
		t.Fatal(err)
	}
	again, err := s.Released(l)
	if err != nil || l.HasErrors() {
		t.Fatal(err, l.Sorted())
	}
	if string(again.Encode()) != string(r.Encode()) || again.Editions[0].Name != "2025" {
		t.Errorf("read as\n%s", again.Encode())
	}
	var where []string
	again.EachWithheld(func(edition, cell string, pos diag.Pos) { where = append(where, edition+" "+cell+" "+pos.String()) })
	if len(where) != 2 || where[1] != "2026 d/c?stat=share data/released.toml:19:3" {
		t.Errorf("%q", where)
	}
}

// A run that would open what an earlier one closed does not change the memory's mind.
func TestWhatWasWithheldStaysWithheld(t *testing.T) {
	r := &Released{}
	r.Record("2026", []string{"a"}, []string{"b", "c"})
	r.Record("2026", []string{"b", "d"}, []string{"a"})
	e := r.Editions[0]
	if strings.Join(e.Released, " ") != "d" || strings.Join(e.Withheld, " ") != "a b c" {
		t.Errorf("released %v, withheld %v", e.Released, e.Withheld)
	}
}

func TestDisclosureIsChecked(t *testing.T) {
	for text, want := range map[string]string{
		"dominance = [{ n = 0, k = 85 }]":  "benchbook.toml:3:16",
		"dominance = [{ n = 2, k = 850 }]": "benchbook.toml:3:23",
		"p_percent = -1":                   "benchbook.toml:3:1",
		"preset = \"safety-zone\"":         "benchbook.toml:3:1",
		"dominence = []":                   "benchbook.toml:3:1",
		"dominance = []\np_percent = 0":    "",
		"preset = \"safety-zone-1996\"":    "",
	} {
		dir, l := t.TempDir(), &diag.List{}
		write(t, dir, "title = \"t\"\n[disclosure]\n"+text+"\n")
		if _, err := Open(dir, l); err != nil {
			t.Fatal(err)
		}
		got := ""
		if found := l.Sorted(); len(found) > 0 {
			got = found[0].Pos.String()
		}
		if got != want {
			t.Errorf("%s: found at %q, want %q", text, got, want)
		}
	}
}

func write(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, SettingsName), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
