package chart

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/chart/sheet"
)

// The style sheet starts with what follows from the palette; the hand-written rest stands after this line.
const cssMark = "/* by hand */"

var cssFile = filepath.Join("..", "..", "templates", "assets", "chart.css")

func TestStyleSheetFollowsThePalette(t *testing.T) {
	css, err := os.ReadFile(cssFile)
	if err != nil {
		t.Fatal(err)
	}
	_, byHand, found := strings.Cut(string(css), cssMark)
	if !found {
		t.Fatalf("chart.css has no line %q", cssMark)
	}
	want := sheet.StyleSheet() + cssMark + byHand
	if *update {
		if err := os.WriteFile(cssFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(css) != want {
		t.Error("chart.css does not follow the palette; run go test with -update")
	}
}

func TestStyleSheetIsSmall(t *testing.T) {
	css, err := os.ReadFile(cssFile)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, 9)
	if _, err := z.Write(css); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1536 {
		t.Errorf("chart.css has %d bytes compressed, more than 1536", b.Len())
	}
}
