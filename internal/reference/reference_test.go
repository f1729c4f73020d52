package reference

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The public cases were computed with R; the edge cases by hand, from the rules: nothing, one row, all the same,
// weights of 0, missing fields, and what must be refused. The random ones are of generated surveys, brands and ledgers,
// computed with R by other code than ours; the precise ones hold the beta-binomial fit to 40-digit arithmetic.
func TestReferenceCases(t *testing.T) {
	for dir, least := range map[string]int{"../stat/testdata/reference": 150, "testdata/edge": 100,
		"testdata/random": 250, "testdata/precise": 3} {
		r, err := Run(dir)
		if err != nil {
			t.Fatal(err)
		}
		if r.Cases < least || len(r.Results) != r.Cases {
			t.Errorf("%s: %d cases and %d results", dir, r.Cases, len(r.Results))
		}
		for _, d := range r.Differences {
			t.Errorf("%s: %s%s: got %s, want %s", d.File, d.Case, d.Key, d.Got, d.Want)
		}
	}
}

// runCases runs a file of cases beside a small table and returns the differences, one a line.
func runCases(t *testing.T, cases string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("data/t.csv", "id,v,primary,may\na,1,1,0\nb,2,0,1\nc,3,0,0\n")
	write("data/ragged.csv", "a,b\n1\n")
	write("cases/c.json", `{"schema": "benchbook-stat-cases/1", "cases": [`+cases+`]}`)
	r, err := Run(dir)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range r.Differences {
		lines = append(lines, strings.Join([]string{d.Case, d.Key, d.Got, d.Want}, " | "))
	}
	return strings.Join(lines, "\n")
}

func TestEveryDifferenceIsNamed(t *testing.T) {
	const mean = `"estimator": "mean", "input": "data/t.csv", "columns": {"x": "v"}, "expected": `
	const choose = `"estimator": "suppression_choose", "params": {"relations": [{"total": "c", "parts": ["a", "b"]}]}, "input": "data/t.csv",
		"columns": {"id": "id", "value": "v", "primary": "primary", "may_suppress": "may"}, "expected": {"$choose": `
	for _, c := range []struct{ name, given, want string }{
		{"right", mean + `{"n": 3, "mean": 2}`, ""},
		{"within", mean + `{"mean": 2.1}, "tolerance": {"rel": 0.1, "abs": 0}`, ""},
		{"number", mean + `{"mean": 2.1}`, "case | /mean | 2 | 2.1"},
		{"null", mean + `{"se": null}`, "case | /se | 0.5773502691896257 | null"},
		{"type", mean + `{"n": "3"}`, `case | /n | 3 | "3"`},
		{"absent", mean + `{"median": 2}`, "case | /median | absent | 2"},
		{"refusal", mean + `{"$error": "bad_weight"}`, `case | /$error | absent | "bad_weight"`},
		{"shape", mean + `[1]`, "case |  | {"},
		{"none", mean + `null`, "case | expected |"},
		{"estimator", `"estimator": "magic"`, `case | estimator | unknown estimator "magic"`},
		{"column", strings.Replace(mean, `"v"`, `"w"`, 1) + `{}`, `column "w" isn't in the input`},
		{"role", strings.Replace(mean, `"x": "v"`, "", 1) + `{}`, `role "x" needs one column`},
		{"text", strings.Replace(mean, `"v"`, `"id"`, 1) + `{}`, `"a" in the column of "x" isn't a number`},
		{"where", `"where": {"q": "1"}, ` + mean + `{}`, `where names "q"`},
		{"file", strings.Replace(mean, "t.csv", "u.csv", 1) + `{}`, "case | input |"},
		{"outside", strings.Replace(mean, "data/t.csv", "../t.csv", 1) + `{}`, "outside the folder"},
		{"ragged", strings.Replace(mean, "t.csv", "ragged.csv", 1) + `{}`, "wrong number of fields"},
		{"parameter", `"estimator": "prop_wilson", "params": {"x": "one", "n": 3}`, `parameter "x"`},
		{"word", `"params": {"rule": "odd"}, ` + strings.Replace(mean, "mean", "boxplot", 1) + `{}`, `"odd", which isn't known`},
		{"chosen", choose + `{"primary": ["a"], "minimal_sets": [["b"]], "min_cost": 2}}`, ""},
		{"choice", choose + `{"primary": ["a"], "minimal_sets": [["c"]], "min_cost": 2}}`, "a superset of a minimal set"},
		{"cost", choose + `{"primary": ["a"], "minimal_sets": [["b"]], "min_cost": 1}}`, "case | /cost | 2 | at most 1.5 × 1"},
		{"primary", choose + `{"primary": ["c"], "minimal_sets": [[]], "min_cost": 1}}`, "all primary cells"},
	} {
		got := runCases(t, `{"id": "case", `+c.given+`}`)
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: differences %q, want %q", c.name, got, c.want)
		}
	}
}

func TestBrokenCasesDontHideTheOthers(t *testing.T) {
	got := runCases(t, `17, {"id": "a", "estimator": "mean"}, {"id": "b", "estimator": "prop_wilson", "params": {"x": 1, "n": 2}, "expected": {"p": 1}},
		{"id": "b", "estimator": "prop_wilson", "params": {"x": 1, "n": 2}, "expected": {"p": 0.5}}`)
	for _, want := range []string{"#1 |", "a | estimator | role", "b | /p | 0.5 | 1", "b | id |"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestBrokenFiles(t *testing.T) {
	dir := t.TempDir()
	if _, err := Run(dir); err == nil {
		t.Error("a folder without cases is no error")
	}
	if err := os.Mkdir(filepath.Join(dir, "cases"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"a.json": "{", "b.json": `{"schema": "other/2"}`} {
		if err := os.WriteFile(filepath.Join(dir, "cases", name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Run(dir)
	if err != nil || len(r.Differences) != 2 || r.Differences[0].File != "a.json" || r.Differences[1].Got != "other/2" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestResultsAreTheSameBytesEveryTime(t *testing.T) {
	var last []byte
	for range 3 {
		r, err := Run("../stat/testdata/reference")
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := r.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		if last != nil && !bytes.Equal(last, b.Bytes()) {
			t.Fatal("two runs differ")
		}
		last = b.Bytes()
	}
	var file struct {
		Schema  string
		Results map[string]any
	}
	if err := json.Unmarshal(last, &file); err != nil || file.Schema != "benchbook-stat-results/1" || file.Results["wilson-0-of-10"] == nil {
		t.Errorf("results file: %v, schema %q", err, file.Schema)
	}
}

func TestKeysOfProbabilitiesAndTimes(t *testing.T) {
	for v, want := range map[float64]string{0.5: "0.5", 12: "12", 1.0 / 3: "0.333333", 0: "0", 1: "1", 1e-5: "0.00001",
		2.5: "2.5", 0.1 + 0.2: "0.3", 1234567: "1234567", 123456.7: "123457", 100000: "100000"} {
		if got := key(v); got != want {
			t.Errorf("key(%v) = %q, want %q", v, got, want)
		}
	}
}
