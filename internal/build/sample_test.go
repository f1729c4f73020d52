package build

import (
	"path/filepath"
	"testing"
)

// sample is the white paper that the repository itself is.
var sample = filepath.Join("..", "..")

func TestSampleWhitePaper(t *testing.T) {
	m := makeSite(t, sample)
	m.wantNoErrors(t)
	checkSite(t, m)
	if m.result.Pages < 40 || m.result.Figures < 20 || m.result.Suppressed == 0 || m.result.Files != len(m.files) {
		t.Errorf("%+v with %d files", m.result, len(m.files))
	}
}
