package main

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"benchbook/internal/browsertest"
)

// TestOutsideShops takes the figures of 400 shops straight from their CSV
// through import and query: means and quantiles are those that R gives (type 7).
func TestOutsideShops(t *testing.T) {
	data := filepath.Join(browsertest.Datasets(t), "clothing-stores")
	site := filepath.Join(t.TempDir(), "report")
	benchbook(t, "new", site, "--quiet")
	benchbook(t, "import", "--open", filepath.Join(data, "clothing.csv"), "--site", site, "--quiet")
	f, err := os.Open(filepath.Join(data, "quantiles-expected.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(rows[0], name) }
	compared := 0
	for _, row := range rows[1:] {
		if row[at("quantile_type")] != "7" || row[0] == "team" {
			continue
		}
		var answer struct {
			Cells []struct {
				Key   map[string]string
				Value float64
			}
		}
		if err := json.Unmarshal(benchbook(t, "query", "clothing", row[0], "--site", site, "--json"), &answer); err != nil {
			t.Fatal(err)
		}
		for _, c := range answer.Cells {
			want, err := strconv.ParseFloat(row[at(c.Key["stat"])], 64)
			if err != nil || math.Abs(c.Value-want) > 1e-9*math.Max(math.Abs(want), 1) {
				t.Errorf("%s %s: %v, want %v", row[0], c.Key["stat"], c.Value, want)
			}
			compared++
		}
	}
	if compared != 13*6 {
		t.Errorf("compared %d figures, want 78", compared)
	}
}
