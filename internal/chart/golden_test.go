package chart

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// golden compares with a file of testdata, or rewrites it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s changed; look at it, then run go test with -update", name)
	}
}

// Drawings, option and table of every kind, as files that a reviewer can open and compare.
func TestGalleryGolden(t *testing.T) {
	for _, s := range examples() {
		alone, err := Standalone(s)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, s.Kind+".svg", alone)
		narrow, err := SVG(s, Narrow)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, s.Kind+"-narrow.html", narrow)
		golden(t, s.Kind+".json", optionAndTable(t, s))
	}
}

// optionAndTable is what a figure says besides its drawing, indented for reading.
func optionAndTable(t *testing.T, s Spec) []byte {
	t.Helper()
	option, err := Option(s)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Table(s)
	if err != nil {
		t.Fatal(err)
	}
	words, err := Describe(s)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(map[string]any{"option": json.RawMessage(option), "table": table, "description": words}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}
