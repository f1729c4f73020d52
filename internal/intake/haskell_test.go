package intake

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// datasets is the folder of real data sets; the tests that need it are skipped without.
func datasets(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BENCHBOOK_DATASETS")
	if dir == "" {
		t.Skip("BENCHBOOK_DATASETS is not set")
	}
	return dir
}

// imported imports a file into a new site and counts the options of every field,
// by decoding the clean rows with the dictionary that was written.
func imported(t *testing.T, path string, opts Options) (d *Draft, dict *schema.Dictionary, counts map[string]map[string]int) {
	t.Helper()
	var l diag.List
	d, err := Recognise(path, opts, &l)
	if err != nil {
		t.Fatalf("%s: %v %v", path, err, findings(&l))
	}
	site := t.TempDir()
	if _, err := d.Write(site, "", &l); err != nil {
		t.Fatalf("%s: %v %v", path, err, findings(&l))
	}
	file := "data/" + d.Dataset + "/dataset.toml"
	src, err := os.ReadFile(filepath.Join(site, file))
	if err != nil {
		t.Fatal(err)
	}
	var checks diag.List
	dict, ok := schema.Load(file, src, &checks)
	if !ok {
		t.Fatalf("%v\n%s", findings(&checks), src)
	}
	counts = map[string]map[string]int{}
	err = schema.Rows(site, dict, nil, &checks, func(rec *schema.Record) error {
		for i, v := range rec.Values {
			f := &dict.Fields[i]
			if counts[f.Name] == nil {
				counts[f.Name] = map[string]int{}
			}
			c := counts[f.Name]
			if v.State == schema.Present {
				c[""]++
			}
			for _, code := range v.Codes {
				c[f.Option(code)]++
			}
			if (f.Type == schema.Date || f.Type == schema.DateTime) && v.Text != "" {
				c[v.Text[:min(len(v.Text), 10)]]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings(&checks) {
		t.Errorf("%s: check after import: %s", filepath.Base(path), finding)
	}
	return d, dict, counts
}

func findings(l *diag.List) (out []string) {
	for _, d := range l.Sorted() {
		out = append(out, fmt.Sprintf("%s %s: %s", d.Pos, d.Code, d.Message.In("en")))
	}
	return out
}

// TestEveryPublishedCountOfTheHaskellSurvey imports the raw answers as published,
// without a codebook, and compares each of the 507 counts that the authors
// published for a choice.
func TestEveryPublishedCountOfTheHaskellSurvey(t *testing.T) {
	dir := filepath.Join(datasets(t), "haskell-survey-2021")
	for _, book := range []string{"", filepath.Join(dir, "codebook.csv")} {
		d, _, counts := imported(t, filepath.Join(dir, "2021-state-of-haskell-survey-results.csv.zip"), Options{Open: true, Codebook: book})
		if d.Rows != 1152 || len(d.Fields)+len(d.Dropped) != 188 {
			t.Errorf("%d rows, %d fields, %d dropped", d.Rows, len(d.Fields), len(d.Dropped))
		}
		compared, days := 0, 0
		for _, row := range published(t, dir) {
			question, choice, want := row[0], row[3], row[4]
			column := question
			if question == "s10q0" {
				column = "finishedAt"
			}
			c, has := counts[column]
			if !has || choice == "Other" {
				continue
			}
			if n, err := strconv.Atoi(want); err != nil || c[choice] != n {
				t.Errorf("%s %q: %d, published %s", question, choice, c[choice], want)
			}
			if column == question {
				compared++
			} else {
				days++
			}
		}
		if compared != 507 || days != 15 {
			t.Errorf("compared %d counts and %d days, want 507 and 15", compared, days)
		}
	}
}

func published(t *testing.T, dir string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "published.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}
