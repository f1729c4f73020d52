package build

import (
	"fmt"
	"strings"
	"testing"
)

// kindsProject has one dataset and a figure of each kind that binds in a way of its own.
func kindsProject(charts, chapter string) map[string]string {
	var rows strings.Builder
	rows.WriteString("brand,cohort,age,reached,added,stayed,ordered\n")
	for b := range 40 {
		for _, c := range []string{"2026-01", "2026-02", "2026-03"} {
			for age := 1; age <= 3-int(c[6]-'1'); age++ {
				fmt.Fprintf(&rows, "B%02d,%s,%d,%d,%d,%d,%d\n", b, c, age, 1000+b, 200+3*b, 150+2*b, 30+b)
			}
		}
	}
	ratio := func(id, title, numerator string) string {
		return fmt.Sprintf("[[indicator]]\nid = %q\ndataset = \"kpi\"\ntitle = %q\nunit = \"%%\"\nkind = \"ratio\"\nnumerator = %q\ndenominator = \"reached\"\nby = [\"cohort\", \"age\"]\n\n", id, title, numerator)
	}
	return map[string]string{
		"data/kpi/dataset.toml": `name = "kpi"
title = "渠道月报"
unit = "个品牌"
contributor = "brand"
segments = ["cohort", "age"]

[[resource]]
path = "rows.csv"

[[field]]
name = "brand"
type = "string"
role = "id"

[[field]]
name = "cohort"
type = "string"
ordered = true
categories = ["2026-01", "2026-02", "2026-03"]

[[field]]
name = "age"
type = "string"
ordered = true
categories = ["1", "2", "3"]

[[field]]
name = "reached"
type = "integer"

[[field]]
name = "added"
type = "integer"

[[field]]
name = "stayed"
type = "integer"

[[field]]
name = "ordered"
type = "integer"
`,
		"data/kpi/rows.csv":        rows.String(),
		"data/indicators.toml":     ratio("add", "加为好友", "added") + ratio("stay", "仍在", "stayed") + ratio("order", "下单", "ordered"),
		"data/charts.toml":         charts,
		"content/index.md":         "+++\ntitle = \"试\"\n+++\n",
		"content/chapters/01-a.md": "+++\ntitle = \"章\"\n+++\n\n" + chapter,
	}
}

const severalCharts = `[[chart]]
id = "way"
indicators = ["kpi/add", "kpi/stay", "kpi/order"]
labels = ["加好友", "留下", "下单"]
kind = "funnel"

[[chart]]
id = "triangle"
indicator = "kpi/stay"
by = "cohort,age"
kind = "retention"

[[chart]]
id = "shape"
indicators = ["kpi/add", "kpi/stay", "kpi/order"]
kind = "radar"
by = "cohort"
`

// Figures may lay several indicators beside each other, and numbers with two cuts against each other.
func TestFiguresOfSeveralIndicators(t *testing.T) {
	m := makeSite(t, newProject(t, kindsProject(severalCharts, "![一路](chart:way)\n\n![三角](chart:triangle)\n\n![轮廓](chart:shape)\n")))
	m.wantNoErrors(t)
	page := m.text(t, "2026/a.html")
	for _, want := range []string{"加好友", "漏斗图，3 个环节", "留存三角，3 行 3 列", "雷达图，3 个类别"} {
		if !strings.Contains(page, want) {
			t.Errorf("the chapter does not say %s", want)
		}
	}
}

func TestFiguresOfSeveralIndicatorsAreRefused(t *testing.T) {
	for chart, code := range map[string]string{
		"indicators = [\"kpi/add\"]\nindicator = \"kpi/add\"":             "chart.indicator",
		"indicators = [\"kpi/add\", \"kpi/stay\"]\nlabels = [\"一\"]":      "chart.indicator",
		"indicators = [\"kpi/add\", \"stay\"]":                            "chart.indicator",
		"labels = [\"一\"]":                                                "chart.indicator",
		"indicators = [\"kpi/add\", \"kpi/added_people\"]\nkind=\"bars\"": "indicator.unknown",
	} {
		m, _ := makeOnce(t, newProject(t, kindsProject("[[chart]]\nid = \"way\"\n"+chart+"\n", "![一路](chart:way)\n")))
		found := false
		for _, d := range m.findings {
			found = found || d.Code == code
		}
		if !found {
			t.Errorf("%s: no finding %s, only %v", chart, code, m.findings)
		}
	}
}
