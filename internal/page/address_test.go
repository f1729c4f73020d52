package page

import "testing"

func TestPlaces(t *testing.T) {
	for file, want := range map[string]place{
		"content/index.md":                    {"cover", "index.html"},
		"content/chapters/01-budget.md":       {"chapter", "2026/budget.html"},
		"content/chapters/预算.md":              {"chapter", "2026/预算.html"},
		"content/sop/dishes/红烧肉/红烧肉.md":       {"sop", "sop/dishes/红烧肉/红烧肉.html"},
		"content/sop/README.md":               {"sop", "sop/readme.html"},
		"content/handbook/index.md":           {"article", "handbook/index.html"},
		"content/methodology.md":              {"methodology", "2026/methodology.html"},
		"content/sop/2026-plan.md":            {"sop", "sop/2026-plan.html"},
		"content/sop/con.md":                  {"sop", "sop/con-" + shortHash("con") + ".html"},
		"content/sop/what? really #1 100%.md": {"sop", "sop/what--really--1-100--" + shortHash("what? really #1 100%") + ".html"},
	} {
		if got := placeOf(file, "", "2026"); got != want {
			t.Errorf("%s: got %v, want %v", file, got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"index.html", "2026/a.html", "2026/a.html"}, {"2026/a.html", "index.html", "../index.html"},
		{"sop/x/y.html", "figures/f.html#d", "../../figures/f.html#d"}, {"2026/a.html", "2026/a.html#x", "#x"},
	} {
		if got := relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %s to %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

func TestIdentifiersStayApart(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"q1", "Q1", "导流率", "复购率", "a/b", "a b", "", "1", "x_y", "x-y", "x-y!"} {
		id := identifier(name)
		if other, ok := seen[id]; ok {
			t.Errorf("%q and %q both become %q", other, name, id)
		}
		seen[id] = name
	}
}
