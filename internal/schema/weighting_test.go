package schema

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

const weighted = `[[resource]]
path = "a.csv"
[[field]]
name = "industry"
categories = ["美妆", { value = "食品", label = "食品饮料" }]
[[field]]
name = "size"
categories = ["小", "大"]
[[field]]
name = "people"
type = "integer"
[[field]]
name = "channels"
type = "list"
separator = ";"
categories = ["社群", "都没有"]
exclusive = "都没有"
`

func TestWeightingIsCheckedAtItsPlace(t *testing.T) {
	for _, c := range []struct{ toml, want string }{
		{"[[weighting.margin]]\nfield = \"industry\"\ntargets = { \"美妆\" = 1, \"食品饮料\" = 2 }\n[[weighting.margin]]\nfield = \"size\"\ntargets = { \"大\" = 1, \"小\" = 2 }\n", ""},
		{"[[weighting.margin]]\nfield = \"industry\"\ntargets = { \"美装\" = 1 }\n", "unknown_category"},
		{"[[weighting.margin]]\nfield = \"industry\"\ntargets = { \"美妆\" = -1 }\n", "bad_target"},
		{"[[weighting.margin]]\nfield = \"industry\"\ntargets = { \"食品\" = 1, \"食品饮料\" = 1 }\n", "two targets"},
		{"[[weighting.margin]]\nfield = \"industry\"\ntargets = { \"美妆\" = 1 }\n[[weighting.margin]]\nfield = \"size\"\ntargets = { \"小\" = 2 }\n", "targets_disagree"},
		{"[[weighting.margin]]\nfield = \"people\"\ntargets = { \"1\" = 1 }\n", "cannot be a margin"},
		{"[[weighting.margin]]\nfield = \"indsutry\"\ntargets = { \"1\" = 1 }\n", "did you mean \"industry\""},
		{"[[weighting.margin]]\nfield = \"size\"\n", "targets or a file"},
		{"[[weighting.margin]]\nfield = \"size\"\nfile = \"../x.csv\"\n", "inside the dataset's folder"},
		{"[weighting]\ntrim = 0\n", "trim is above 0"},
		{"[weighting]\nbase = \"size\"\ntrim = 3\n", "is no number"},
	} {
		l := &diag.List{}
		d, ok := Load("data/d/dataset.toml", []byte(weighted+c.toml), l)
		found := printed(t, l, t.TempDir())
		switch {
		case c.want == "" && (!ok || found != "" || d.Weighting.Margins[1].Targets[0].Category != "小"):
			t.Errorf("%s: %s", c.toml, found)
		case c.want != "" && (ok || !strings.Contains(found, c.want) || !strings.Contains(found, "data/d/dataset.toml:")):
			t.Errorf("%s: want %q, got %s", c.toml, c.want, found)
		}
	}
}

func TestTargetsFromAFile(t *testing.T) {
	for rows, want := range map[string]string{
		"行业,企业数\n美妆,1200\n食品饮料,\"2,100\"\n": "",
		"行业,企业数\n美妆,1200\n食饮,2100\n":        "targets.csv:3:1",
		"行业,企业数\n美妆,许多\n":                   "targets.csv:2:4",
		"行业,企业数,年\n美妆,1,2\n":                "two columns",
	} {
		site, l := t.TempDir(), &diag.List{}
		if err := os.MkdirAll(filepath.Join(site, "data", "d"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(site, "data", "d", "targets.csv"), []byte(rows), 0o644); err != nil {
			t.Fatal(err)
		}
		d, ok := Load("data/d/dataset.toml", []byte(weighted+"[[weighting.margin]]\nfield = \"industry\"\nfile = \"targets.csv\"\n"), l)
		if !ok {
			t.Fatal(printed(t, l, site))
		}
		ok, err := d.ReadTargets(site, l)
		found := printed(t, l, site)
		if err != nil || ok != (want == "") || !strings.Contains(found, want) {
			t.Errorf("%q: %v %v %s", rows, ok, err, found)
		}
		if want == "" && d.Weighting.Margins[0].total() != 3300 {
			t.Errorf("targets %+v", d.Weighting.Margins[0].Targets)
		}
	}
}

func TestNoneOfTheseStandsAlone(t *testing.T) {
	lines, found := decodeRows(t, strings.Replace(weighted, "a.csv", "kpi.csv", 1), "industry,size,people,channels\n美妆,小,1,都没有\n美妆,小,1,社群;都没有\n", []string{"channels"})
	if !strings.HasSuffix(lines[0], "[1]") || !strings.HasSuffix(lines[1], "invalid") || !strings.Contains(found, "exclusive_conflict") || !strings.Contains(found, "kpi.csv:3:8") {
		t.Errorf("%v\n%s", lines, found)
	}
}
