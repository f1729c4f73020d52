package templates_test

import (
	"bytes"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/page"
	"benchbook/internal/theme"
	"benchbook/templates"
)

func builtIn(t *testing.T) *theme.Theme {
	t.Helper()
	built, err := theme.Load(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

// TestLayoutsMatchModels type-checks every layout against its model.
func TestLayoutsMatchModels(t *testing.T) {
	var l diag.List
	builtIn(t).Check(page.Models(), &l)
	for _, d := range l.Sorted() {
		t.Errorf("%s: %s", d.Pos, d.Message.In("en"))
	}
}

var _ bytes.Buffer
