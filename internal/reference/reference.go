// Package reference holds the estimators of package stat against reference cases: it reads a folder with cases/*.json
// (schema benchbook-stat-cases/1) and the CSV files that they name, runs every case, and returns what came out and
// where it differs from what was expected. It is the bridge between files and numbers, so that stat needs to know no
// files; nothing of the product flows through it. A case that can't be run (unknown estimator, missing column, broken
// JSON) is a named difference, never an end of the run: a publisher who checks the program must see every case.
package reference

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"benchbook/internal/stat"
)

// Report is the outcome of a run. Cases counts those that were found; Results holds the answer of each by its id, in the
// shape of its expectation, ready for JSON (a number that can't be estimated is nil).
type Report struct {
	Cases       int
	Differences []Difference
	Results     map[string]any
}

// Difference is one value that isn't as expected, or one case or file that can't be run. Key is the path to the value
// within the expectation ("/q/0.5"), or the part of the case that is at fault; Got and Want are JSON or a sentence.
type Difference struct {
	File string `json:"file"`
	Case string `json:"case"`
	Key  string `json:"key"`
	Got  string `json:"got"`
	Want string `json:"want"`
}

const (
	casesSchema   = "benchbook-stat-cases/1"
	resultsSchema = "benchbook-stat-results/1"
)

// Run runs every case under dir/cases, with inputs relative to dir. It fails only where there are no case files to read.
func Run(dir string) (*Report, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "cases"))
	if err != nil {
		return nil, fmt.Errorf("reference: %w", err)
	}
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.IsDir() || filepath.Ext(e.Name()) != ".json" })
	if len(entries) == 0 {
		return nil, fmt.Errorf("reference: no case files in %s", filepath.Join(dir, "cases"))
	}
	r := &run{dir: dir, tables: map[string]*table{}, report: &Report{Differences: []Difference{}, Results: map[string]any{}}}
	for _, e := range entries { // in the order of their names
		r.file(e.Name())
	}
	return r.report, nil
}

// WriteJSON writes the results in schema benchbook-stat-results/1, ids in order.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Schema  string         `json:"schema"`
		Results map[string]any `json:"results"`
	}{resultsSchema, r.Results})
}

// testCase is one case as a file holds it.
type testCase struct {
	ID        string                     `json:"id"`
	Estimator string                     `json:"estimator"`
	Params    map[string]json.RawMessage `json:"params"`
	Input     *string                    `json:"input"`
	Where     map[string]json.RawMessage `json:"where"`
	Columns   map[string]any             `json:"columns"`
	Expected  any                        `json:"expected"`
	Tolerance *tolerance                 `json:"tolerance"`
}

type tolerance struct{ Rel, Abs float64 }

var usualTolerance = tolerance{Rel: 1e-9, Abs: 1e-12}

type run struct {
	dir    string
	tables map[string]*table
	report *Report
	name   string // of the file at hand
}

func (r *run) differ(id, key, got, want string) {
	r.report.Differences = append(r.report.Differences, Difference{r.name, id, key, got, want})
}

func (r *run) file(name string) {
	r.name = name
	content, err := os.ReadFile(filepath.Join(r.dir, "cases", name))
	if err != nil {
		r.differ("", "", err.Error(), "a readable file")
		return
	}
	var f struct {
		Schema string            `json:"schema"`
		Cases  []json.RawMessage `json:"cases"`
	}
	if err := json.Unmarshal(content, &f); err != nil {
		r.differ("", "", err.Error(), "a JSON object with schema and cases")
		return
	}
	if f.Schema != casesSchema {
		r.differ("", "schema", f.Schema, casesSchema)
		return
	}
	for i, raw := range f.Cases {
		r.report.Cases++
		r.one(i, raw)
	}
}

func (r *run) one(i int, raw json.RawMessage) {
	var c testCase
	err := json.Unmarshal(raw, &c)
	id := cmp.Or(c.ID, fmt.Sprintf("#%d", i+1))
	if err != nil {
		r.differ(id, "", err.Error(), "a case of "+casesSchema)
		return
	}
	if _, twice := r.report.Results[id]; twice {
		r.differ(id, "id", "an id that occurred before", "one case per id")
		return
	}
	in, err := r.input(c)
	if err != nil {
		r.differ(id, "input", err.Error(), "an input that can be read")
		return
	}
	got, err := answer(c.Estimator, in)
	if err != nil {
		r.differ(id, "estimator", err.Error(), "a case that can be run")
		return
	}
	r.report.Results[id] = got
	if c.Expected == nil {
		r.differ(id, "expected", "nothing", "an expectation")
		return
	}
	r.compare(id, c, in, got)
}

// answer runs an estimator and brings its result into the form that JSON gives it. A refusal is an answer too.
func answer(estimator string, in *input) (out any, err error) {
	defer func() { // one broken case must not hide the others
		if p := recover(); p != nil {
			err = fmt.Errorf("the estimator broke off: %v", p)
		}
	}()
	run, ok := estimators[estimator]
	if !ok {
		return nil, fmt.Errorf("unknown estimator %q", estimator)
	}
	result, err := run(in)
	if in.err != nil {
		return nil, in.err
	}
	var refusal stat.Refusal
	if errors.As(err, &refusal) {
		result, err = refused(refusal), nil
	}
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	return out, json.Unmarshal(text, &out)
}

func refused(code stat.Refusal) object { return object{"$error": string(code)} }
