package indicator

import (
	"fmt"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

func TestChoicesOfMethodAreHeldToTheDefinition(t *testing.T) {
	share, number, rate := "kind = \"share\"\nfield = \"team\"\n", "kind = \"quantile\"\nfield = \"added\"\n", "kind = \"ratio\"\nnumerator = \"added\"\ndenominator = \"people\"\n"
	for _, c := range []struct{ src, code, place, hint string }{
		{entry(share + "interval = \"wilsn\"\n"), "indicator.method", "6:12", `did you mean "wilson"?`},
		{entry(share + "weight = \"people\"\ninterval = \"wilson\"\n"), "indicator.method", "7:12", "here it is one of: beta, xlogit"},
		{entry(number + "rule = \"school\"\n"), "indicator.method", "6:8", "here it is one of: type7, type1, type2, type5, type6, type8"},
		{entry(number + "weight = \"people\"\nrule = \"type7\"\n"), "indicator.method", "7:8", "here it is one of: school, math"},
		{entry(number + "weight = \"people\"\nbox = \"type7\"\n"), "indicator.method", "7:7", "use quantiles"},
		{entry(number + "simultaneous = true\n"), "indicator.method", "6:16", "add [[indicator.band]], or remove it"},
		{entry(rate + "shrink = \"mle\"\n"), "indicator.method", "7:10", "add weight = \"none\", or remove shrink"},
		{entry(share + "adds_up = true\nis = [\"1\"]\n"), "indicator.method", "6:11", "remove is, base, weight or adds_up"},
		{entry(share + "adjust = \"bonferroni\"\n"), "indicator.method", "6:10", "here it is one of: holm, BH, none"},
		{entry(share + "paired = true\n"), "indicator.compare", "6:10", ""},
		{entry(share + "compare = \"e/x\"\n"), "indicator.compare", "6:11", `did you mean "d"?`},
		{entry(share + "compare = \"d/tools\"\n"), "indicator.compare", "6:11", "name an indicator of the same kind in another dataset"},
		{entry("kind = \"quantile\"\nfield = \"added\"\nadds_up = true\n"), "indicator.unused_key", "6:11", ""},
	} {
		_, l, ok := load(c.src)
		found := l.Sorted()
		if ok || len(found) != 1 {
			t.Errorf("%s\nok = %v, findings %v", c.src, ok, found)
			continue
		}
		d := found[0]
		if place := fmt.Sprintf("%d:%d", d.Pos.Line, d.Pos.Column); d.Code != c.code || place != c.place || d.Hint.In("en") != c.hint {
			t.Errorf("%s\ngot %s at %s, hint %q; want %s at %s, hint %q", c.src, d.Code, place, d.Hint.In("en"), c.code, c.place, c.hint)
		}
	}
}

// One rule of quantiles a dataset: school and its unweighted twin where it has weights, type 7 where it has none.
func TestOneRuleOfQuantilesADataset(t *testing.T) {
	for weight, want := range map[string][2]string{"": {"type7", "type7"}, "people": {"school", "type2"}} {
		d := dictionary()
		d.Weight = weight
		c, ok := Load([]File{{Name: "i.toml", Src: []byte(entry("kind = \"quantile\"\nfield = \"added\"\nweight = \"none\"\n"))}}, []*schema.Dictionary{d}, &diag.List{})
		implied, _ := c.Find("d", "margin")
		written, _ := c.Find("d", "x")
		if !ok || implied.Rule != want[0] || written.Rule != want[1] {
			t.Errorf("weight %q: %s, unweighted %s", weight, implied.Rule, written.Rule)
		}
	}
}

// The tables of the edition before are asked for with those that are compared with it.
func TestEditionBeforeIsComputedToo(t *testing.T) {
	old := dictionary()
	old.Name = "old"
	src := entry("kind = \"share\"\nfield = \"team\"\nby = [\"size\"]\ncompare = \"old/team\"\n")
	c, ok := Load([]File{{Name: "i.toml", Src: []byte(src)}}, []*schema.Dictionary{dictionary(), old}, &diag.List{})
	plan, wanted := c.Plan("old")
	if !ok || !wanted || len(plan.Tasks) != 2 || plan.Tasks[1].By[0] != "size" || !plan.Tasks[0].Indicator.Panel() {
		t.Errorf("%v %+v", ok, plan.Tasks)
	}
}
