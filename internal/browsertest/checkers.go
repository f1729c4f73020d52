package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Checkers is the folder of the outside checkers that npm/package.json pins:
// axe-core, html-validate, vnu, Lighthouse. They are installed by `npm ci` in
// that folder; without them the test is skipped by the rule of Missing.
func Checkers(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(moduleRoot(t), "internal", "browsertest", "npm")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "axe-core")); err != nil {
		Missing(t, "the checkers are not installed: run `npm ci` in internal/browsertest/npm")
	}
	return dir
}

// moduleRoot is the nearest folder upwards that holds go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if up := filepath.Dir(dir); up != dir {
			dir = up
			continue
		}
		t.Fatal("no go.mod above the test")
	}
}

// Axe is axe-core, ready to be run in pages.
type Axe string

// LoadAxe reads axe-core from the checkers.
func LoadAxe(t testing.TB) Axe {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(Checkers(t), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return Axe(source)
}

type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

// Violations runs every rule of axe-core but the experimental ones, best
// practices included, on the open page: one line each. What axe could not
// decide alone is no violation.
func (a Axe) Violations(p *Page) []string {
	p.t.Helper()
	Eval[bool](p, string(a)+"; true")
	text := Eval[string](p, `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`)
	var found []violation
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		p.t.Fatal(err)
	}
	var lines []string
	for _, v := range found {
		line := fmt.Sprintf("%s (%s, %d places): %s", v.ID, v.Impact, len(v.Nodes), v.Help)
		if len(v.Nodes) > 0 {
			line += fmt.Sprintf(": %.200s: %s", v.Nodes[0].HTML, strings.Join(strings.Fields(v.Nodes[0].FailureSummary), " "))
		}
		lines = append(lines, line)
	}
	return lines
}
