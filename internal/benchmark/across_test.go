package benchmark

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/schema"
)

const groups = `
unit = "家企业"
[[field]]
name = "g"
type = "string"
categories = ["甲", "乙", "丙"]
[[field]]
name = "y"
type = "string"
categories = ["1", "0"]
`

// answered is x of n yes in a group, and some without an answer.
func answered(g string, x, n, blank int) string {
	return strings.Repeat(g+",1\n", x) + strings.Repeat(g+",0\n", n-x) + strings.Repeat(g+",\n", blank)
}

func every(int) bool { return true }

// 40 of 50 against 20 of 50: pooled z = 0.4/√(0.6·0.4·2/50) = 4.0825, p = 4.4546e-05; against 30 of 50: z = 2.1822, p =
// 0.029096; 30 against 20: z = 2, p = 0.0455003. Holm: three times the least; the other two exceed 2 × 0.0291 = 0.0582.
func TestContrastsAreCorrectedForBeingMany(t *testing.T) {
	rows := "g,y\n" + answered("甲", 40, 50, 0) + answered("乙", 20, 50, 0) + answered("丙", 30, 50, 0)
	for adjust, want := range map[string][]float64{
		"none": {4.4545910e-05, 0.0290963, 0.0455003},
		"holm": {3 * 4.4545910e-05, 2 * 0.0290963, 2 * 0.0290963},
		"BH":   {3 * 4.4545910e-05, 1.5 * 0.0290963, 0.0455003},
	} {
		tables := observe(t, groups, one("share", "field = \"y\"\nis = [\"1\"]\nby = [\"g\"]\nadjust = \""+adjust+"\"\n"), rows)
		got := tables[1].Contrasts(every)
		if len(got) != 3 {
			t.Fatalf("%d contrasts", len(got))
		}
		for i, c := range got {
			if math.Abs(c.P-want[i]) > 1e-6 {
				t.Errorf("%s: p of pair %d is %v, want %v", adjust, i, c.P, want[i])
			}
		}
	}
}

// A withheld group has no part in the correction of the others.
func TestWhatIsWithheldHasNoPartInContrasts(t *testing.T) {
	rows := "g,y\n" + answered("甲", 40, 50, 0) + answered("乙", 20, 50, 0) + answered("丙", 30, 50, 0)
	table := observe(t, groups, one("share", "field = \"y\"\nis = [\"1\"]\nby = [\"g\"]\n"), rows)[1]
	got := table.Contrasts(func(i int) bool { return table.Groups[table.Estimates[i].Group].Values[0] != "乙" })
	if len(got) != 1 || math.Abs(got[0].P-0.0290963) > 1e-6 {
		t.Errorf("%+v", got)
	}
}

func TestGroupsThatShareContributorsAreNotTested(t *testing.T) {
	dictionary := "contributor = \"who\"\n" + groups + "[[field]]\nname = \"who\"\ntype = \"string\"\nrole = \"id\"\n"
	var rows strings.Builder
	rows.WriteString("g,y,who\n")
	for i := range 40 {
		fmt.Fprintf(&rows, "甲,1,b%d\n乙,0,b%d\n", i, i)
	}
	if got := observe(t, dictionary, one("share", "field = \"y\"\nis = [\"1\"]\nby = [\"g\"]\n"), rows.String())[1].Contrasts(every); got != nil {
		t.Errorf("the same brands in both groups: %+v", got)
	}
}

func TestBasesThatDifferAreMentioned(t *testing.T) {
	for blank, want := range map[int]bool{10: false, 45: true} {
		table := observe(t, groups, one("share", "field = \"y\"\nis = [\"1\"]\nby = [\"g\"]\n"), "g,y\n"+answered("甲", 40, 50, 0)+answered("乙", 20, 50, blank))[1]
		if got := hasWarning(table.Estimates[0], "base_differs"); got != want {
			t.Errorf("%d of %d did not answer: warned %v", blank, 50+blank, got)
		}
	}
}

func TestChangedDefinitionsAreNotTested(t *testing.T) {
	yes := "y\n" + strings.Repeat("1\n", 40) + strings.Repeat("0\n", 60)
	tables := editions(t, "[[field]]\nname = \"y\"\n"+yesNo, both("", "definition = \"只算专职\"\ncompare = \"old/i\"\n"), yes, yes)
	if got := changeOf(t, tables); len(got.Warnings) != 0 || math.IsNaN(got.P) {
		t.Errorf("a definition that only one edition writes is no change: %+v", got.Warnings)
	}
	tables = editions(t, "[[field]]\nname = \"y\"\n"+yesNo, strings.Replace(both("base = \"all\"\n", "compare = \"old/i\"\n"), "base = \"all\"", "base = \"asked\"", 1), yes, yes)
	got := changeOf(t, tables)
	if !math.IsNaN(got.P) || !math.IsNaN(got.Lo) || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0].Text, "基数") {
		t.Errorf("another base: %+v", got)
	}
}

// The same brands in both editions, compared as if they were others, is said.
func TestOverlapOfEditionsIsSaid(t *testing.T) {
	dictionary := "contributor = \"who\"\n[[field]]\nname = \"who\"\ntype = \"string\"\nrole = \"id\"\n[[field]]\nname = \"y\"\n" + yesNo
	got := changeOf(t, editions(t, dictionary, both("", "compare = \"old/i\"\n"), "who,y\na,1\nb,0\nc,1\n", "who,y\na,0\nx,0\nz,1\n"))
	if len(got.Warnings) != 1 || got.Warnings[0].Code != "overlap" {
		t.Errorf("%+v", got.Warnings)
	}
}

// 1 … 30 and 100: type 7 quartiles of 31 values are the 8.5th and 23.5th; P10 and P90 the 4th and 28th.
func TestBoxPlotTellsNoExtremes(t *testing.T) {
	rows := "x\n100\n"
	for i := range 30 {
		rows += fmt.Sprintf("%d\n", i+1)
	}
	field := "[[field]]\nname = \"x\"\ntype = \"number\"\n"
	catalogue := one("quantile", "field = \"x\"\nbox = \"type7\"\n")
	for disclosure, want := range map[string][]float64{"protected": {4, 8.5, 23.5, 28}, "open": {1, 8.5, 23.5, 30}} {
		tables := observe(t, "disclosure = \""+disclosure+"\"\n"+field, catalogue, rows)
		for i, name := range []string{"whisker_lo", "box_q1", "box_q3", "whisker_hi"} {
			near(t, disclosure+" "+name, find(t, tables, "i", name, "").Value, want[i])
		}
		told := slices.ContainsFunc(tables[0].Estimates, func(e Estimate) bool { return e.Stat == "outliers" })
		if told != (disclosure == "open") {
			t.Errorf("%s: outliers told %v", disclosure, told)
		}
	}
}

// Limits that hold for all three bands at once are Wilson's at 1 - 0.05/3.
func TestBandsTogether(t *testing.T) {
	tables := observe(t, brands, strings.Replace(brandCatalogue, "gap_name", "simultaneous = true\ngap_name", 1), brandHeader+strings.Join(brandRows, "\n")+"\n")
	e, alone := find(t, tables, "rate", "share", "低"), find(t, observe(t, brands, brandCatalogue, brandHeader+strings.Join(brandRows, "\n")+"\n"), "rate", "share", "低")
	z := 2.3939797998185104 // of 1 - 0.05/6
	zz := z * z / 3
	near(t, "hi", e.Hi, (1.0/3+zz/2)/(1+zz)+z/(1+zz)*math.Sqrt(2.0/27+zz/12))
	if !(e.Hi > alone.Hi) || e.Method == alone.Method {
		t.Errorf("together %v, alone %v", e, alone)
	}
}

// Of the peers b 10%, c 20%, d 20%, two are below or equal to the client's 20%: (1 + 2/2)/3.
func TestPlaceAmongPeers(t *testing.T) {
	l := &diag.List{}
	d, ok := schema.Load("data/d/dataset.toml", []byte(brands+"\n[[resource]]\npath = \"a.csv\"\n"), l)
	if !ok {
		t.Fatal(report(l))
	}
	cat, _ := indicator.Load([]indicator.File{{Name: "data/indicators.toml", Src: []byte(brandCatalogue)}}, []*schema.Dictionary{d}, l)
	site := write(t, brandHeader+"a,g,甲,1,100,20,1\nsister,g,甲,1,100,1,1\nb,,甲,1,100,10,1\nc,,甲,1,100,20,1\nd,,甲,1,100,20,1\nz,,乙,1,100,1,1\n")
	plan, _ := cat.Plan("d")
	set, err := plan.Observe(func(fields []string, each func(*schema.Record) error) error {
		return schema.Rows(site, d, fields, l, each)
	}, l)
	if err != nil {
		t.Fatal(err)
	}
	ind, _ := cat.Find("d", "rate")
	e, ok := Place(set, indicator.Task{Indicator: ind, By: []string{"industry"}}, []string{"甲"}, "a", 0.2)
	if near(t, "rank", e.Value, 2.0/3); !ok || e.BaseContributors != 3 {
		t.Errorf("neither the client nor its sister is a peer: %+v", e)
	}
	if _, ok := Place(set, indicator.Task{Indicator: ind, By: []string{"industry"}}, []string{"丁"}, "a", 0.2); ok {
		t.Error("a group that is not there")
	}
}
