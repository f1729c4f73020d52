package build

import (
	"strings"
	"testing"

	"benchbook/internal/browsertest"
)

// TestEveryPageIsValid runs the pinned validators over all pages of the sample,
// and over one that is broken, so that a silent checker is noticed.
func TestEveryPageIsValid(t *testing.T) {
	m, _ := makeOnce(t, sample)
	dir := t.TempDir()
	m.write(t, dir)
	for _, problem := range browsertest.Invalid(t, dir) {
		t.Error(problem)
	}
	broken := t.TempDir()
	made{files: map[string][]byte{"x.html": []byte(strings.Replace(m.text(t, "about.html"), "</h1>", "</h1><ul><p></ul><img>", 1))}}.write(t, broken)
	if all := strings.Join(browsertest.Invalid(t, broken), "\n"); !strings.Contains(all, "[vnu]") || !strings.Contains(all, "[wcag/h37]") {
		t.Errorf("a broken page is not noticed: %s", all)
	}
}
