package build

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// secretSite writes a project whose rows hold names, telephone numbers and
// amounts: 40 brands in four industries, of which one has but three brands.
func secretSite(t *testing.T, chapter string) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("benchbook.toml", "title = \"白皮书\"\nedition = \"2026\"\ndate = 2026-11-01\n")
	put("content/index.md", "# 白皮书\n")
	put("content/chapters/01-a.md", "# 第一章\n\n"+chapter+"\n")
	put("data/indicators.toml", `[[indicator]]
id = "gmv_mean"
dataset = "kpi"
title = "月销售额"
unit = "元"
kind = "quantile"
field = "gmv"
by = ["industry"]
[[indicator]]
id = "team"
dataset = "kpi"
title = "有团队"
unit = "%"
kind = "share"
field = "team"
by = ["industry"]
`)
	put("data/kpi/dataset.toml", `title = "月报"
unit = "家企业"
contributor = "brand"
[[resource]]
path = "rows.csv"
[[field]]
name = "brand"
type = "string"
[[field]]
name = "contact"
type = "string"
role = "personal"
[[field]]
name = "industry"
type = "string"
categories = ["美妆", "食品", "母婴", "珠宝"]
[[field]]
name = "team"
type = "string"
categories = ["有", "没有"]
[[field]]
name = "gmv"
type = "number"
`)
	var rows strings.Builder
	rows.WriteString("brand,contact,industry,team,gmv\n")
	for i := range 40 {
		industry := []string{"美妆", "食品", "母婴"}[i%3]
		if i < 3 {
			industry = "珠宝"
		}
		fmt.Fprintf(&rows, "青山%c号店,林晓%c%04d,%s,%s,%d.%02d\n", '甲'+rune(i), '一'+rune(i), 1000+7*i, industry, []string{"有", "没有"}[i/3%2], 48731206+917*i, 55-i)
	}
	put("data/kpi/rows.csv", rows.String())
	return dir
}

func codes(findings []diag.Diagnostic) (out []string) {
	for _, d := range findings {
		if d.Severity == diag.Error && !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}

func TestASiteWithoutSecretsIsBuilt(t *testing.T) {
	m, _ := makeOnce(t, secretSite(t, "![月销售额](table:kpi/gmv_mean?by=industry) \n\n![有团队](chart:kpi/team?by=industry)"))
	m.wantNoErrors(t)
	if m.result.Suppressed == 0 {
		t.Error("nothing is suppressed, so nothing was tried")
	}
}

// What a person types or attaches is found where it comes out.
func TestTypedSecretsAreRefused(t *testing.T) {
	for text, code := range map[string]string{
		"联系林晓丂1014即可。":                                                        "leak.personal",
		"青山甴号店做得最好。":                                                          "leak.contributor",
		"最高的一家是 48,732,123.54 元。":                                             "leak.amount",
		"![青山电号店](chart:kpi/team?by=industry)":                                "leak.contributor",
		"[报名](https://e.cn/?q=%E9%9D%92%E5%B1%B1%E7%94%B4%E5%8F%B7%E5%BA%97)": "leak.contributor",
	} {
		m, _ := makeOnce(t, secretSite(t, text))
		if got := codes(m.findings); !slices.Contains(got, code) {
			t.Errorf("%s: found %v, want %s", text, got, code)
		}
		for _, d := range m.findings {
			if said := d.Message.In("zh"); strings.Contains(said, "青山") || strings.Contains(said, "林晓") || strings.Contains(said, "48732123") {
				t.Errorf("the finding tells the secret: %s", said)
			}
		}
	}
}

func TestAllowedNamesMayStand(t *testing.T) {
	dir := secretSite(t, "青山甴号店做得最好。")
	settings := filepath.Join(dir, "benchbook.toml")
	old, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, append(old, "[disclosure]\nallow = [\"青山甴号店\"]\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	m, _ := makeOnce(t, dir)
	m.wantNoErrors(t)
}

// An edition that withheld a number keeps a later run from publishing it.
func TestClosedCellsStayClosed(t *testing.T) {
	dir := secretSite(t, "![有团队](chart:kpi/team?by=industry)")
	l := &diag.List{}
	s, err := site.Open(dir, l)
	if err != nil {
		t.Fatal(err)
	}
	result, err := Run(t.Context(), s, Options{}, output.NewMemory(), l)
	if err != nil || l.HasErrors() {
		t.Fatal(err, codes(l.Sorted()))
	}
	if err := result.Record(); err != nil {
		t.Fatal(err)
	}
	m, _ := makeOnce(t, dir)
	m.wantNoErrors(t)
	rows := filepath.Join(dir, "data", "kpi", "rows.csv")
	old, err := os.ReadFile(rows)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 30 { // the small industry grows
		old = fmt.Appendf(old, "翠谷%c号店,陈月%c%04d,珠宝,%s,%d\n", '一'+rune(i), '丁'+rune(i), 1000+7*i, []string{"有", "没有"}[i%2], 300+i)
	}
	if err := os.WriteFile(rows, old, 0o644); err != nil {
		t.Fatal(err)
	}
	m, _ = makeOnce(t, dir)
	reopened := 0
	for _, d := range m.findings {
		if d.Code == "release.reopened" {
			reopened++
			if d.Pos.File != site.ReleasedName || d.Pos.Line == 0 {
				t.Errorf("at %s", d.Pos)
			}
		}
	}
	if reopened == 0 {
		t.Errorf("the cells of the small industry are opened without a word: %v", codes(m.findings))
	}
}
