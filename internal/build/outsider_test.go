package build

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/stat"
)

// outsiderSite is a random survey of brands with two fields and an answer, as a
// project that prints every cut of it; truth is the counts by group and answer.
func outsiderSite(t *testing.T, r *rand.Rand) (dir string, truth map[string]int) {
	t.Helper()
	dir, truth = t.TempDir(), map[string]int{}
	sizes := []int{2 + r.IntN(3), 2 + r.IntN(3), 2 + r.IntN(2)}
	names := []string{"industry", "size", "team"}
	dictionary := "title = \"调查\"\nunit = \"家企业\"\n[[resource]]\npath = \"rows.csv\"\n"
	for d, name := range names {
		var values []string
		for k := range sizes[d] {
			values = append(values, fmt.Sprintf("%q", fmt.Sprint(name[:1], k)))
		}
		dictionary += fmt.Sprintf("[[field]]\nname = %q\ntype = \"string\"\ncategories = [%s]\n", name, strings.Join(values, ", "))
	}
	rows := strings.Join(names, ",") + "\n"
	for range 40 + r.IntN(300) {
		var row []string
		for d, name := range names {
			row = append(row, fmt.Sprint(name[:1], int(float64(sizes[d])*math.Pow(r.Float64(), 1.8))))
		}
		rows += strings.Join(row, ",") + "\n"
		for mask := range 8 {
			truth[numberOf(mask, row)]++
		}
	}
	for name, text := range map[string]string{
		"benchbook.toml": "title = \"白皮书\"\nedition = \"2026\"\ndate = 2026-11-01\n", "content/index.md": "# 白皮书\n",
		"content/chapters/01-a.md": "# 第一章\n\n![全部](table:kpi/team)\n\n![行业](table:kpi/team?by=industry)\n\n![规模](chart:kpi/team?by=size)\n\n![交叉](table:kpi/team?by=industry,size)\n",
		"data/kpi/dataset.toml":    dictionary, "data/kpi/rows.csv": rows,
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, truth
}

// numberOf names the rows that share the answers of a mask.
func numberOf(mask int, row []string) string {
	parts := []string{"", "", ""}
	for d := range parts {
		if mask>>d&1 == 1 {
			parts[d] = row[d]
		}
	}
	return strings.Join(parts, "|")
}

// shownIn reads the counts that the files of a site print: nothing but bytes.
func shownIn(t *testing.T, m made) map[string]int {
	t.Helper()
	shown := map[string]int{}
	for name, src := range m.files {
		if !strings.HasPrefix(name, "figures/") || !strings.HasSuffix(name, ".json") {
			continue
		}
		var figure struct {
			Cells []struct {
				Key     map[string]string `json:"key"`
				Option  string            `json:"option"`
				N, Base *int
			} `json:"cells"`
		}
		if err := json.Unmarshal(src, &figure); err != nil {
			t.Fatal(name, err)
		}
		for _, c := range figure.Cells {
			group := c.Key["industry"] + "|" + c.Key["size"] + "|"
			if c.N != nil {
				shown[group+c.Option] = *c.N
			}
			if c.Base != nil {
				shown[group] = *c.Base
			}
		}
	}
	return shown
}

// An outsider who has nothing but the public folder writes down every count that
// stands in it, knows how they add up, and solves linear programs: no count of
// one to four firms may be bounded below five, whatever the survey.
func TestThePublicFolderGivesNobodyAway(t *testing.T) {
	r := rand.New(rand.NewPCG(77, 1))
	tried := 0
	for range 6 {
		dir, truth := outsiderSite(t, r)
		m, _ := makeOnce(t, dir)
		m.wantNoErrors(t)
		shown := shownIn(t, m)
		if len(shown) == 0 {
			t.Fatal("the folder shows nothing")
		}
		var cells []stat.TableCell
		names := []string{}
		for name := range truth {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			n, told := shown[name]
			if told && n != truth[name] {
				t.Fatalf("%s is %d and not %d", name, truth[name], n)
			}
			if told && n > 0 && n < 5 {
				t.Fatalf("%s shows %d firms", name, n)
			}
			cells = append(cells, stat.TableCell{ID: name, Value: float64(truth[name]), Suppressed: !told, Protect: math.NaN()})
		}
		found, err := stat.AuditSuppression(cells, sumsOf(names))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if n := truth[f.ID]; n < 5 {
				if tried++; f.Exact || f.Max < 5 {
					t.Errorf("%s, %d firms, is between %v and %v", f.ID, n, f.Min, f.Max)
				}
			}
		}
	}
	if tried == 0 {
		t.Error("no survey had a small count, so nothing was tried")
	}
}

// sumsOf says which numbers add up: those that differ from one in a single answer more.
func sumsOf(names []string) (out []stat.Relation) {
	for _, total := range names {
		for d, part := range strings.Split(total, "|") {
			if part != "" {
				continue
			}
			relation := stat.Relation{Total: total}
			for _, name := range names {
				answers := strings.Split(name, "|")
				if answer := answers[d]; answer != "" {
					if answers[d] = ""; strings.Join(answers, "|") == total {
						relation.Parts = append(relation.Parts, name)
					}
				}
			}
			out = append(out, relation)
		}
	}
	return out
}
