package benchmark

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/schema"
	"benchbook/internal/stat"
)

// The reference cases (computed with R) once more, through the whole way that a
// number of the site goes: a dictionary, a definition, rows in a file.

// refCase is one case of stat/testdata/reference.
type refCase struct {
	ID, Estimator string
	Params        map[string]any
	Input         string
	Where         map[string]string
	Columns       map[string]any
	Expected      map[string]any
}

const reference = "../stat/testdata/reference"

func refCases(t *testing.T, file string) []refCase {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(reference, "cases", file+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var out struct{ Cases []refCase }
	if err := json.Unmarshal(src, &out); err != nil {
		t.Fatal(err)
	}
	return out.Cases
}

// rows are the case's input, as CSV, with the rows that it keeps.
func (c *refCase) rows(t *testing.T) string {
	t.Helper()
	f, err := os.Open(filepath.Join(reference, c.Input))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header := records[0]
	records = slices.DeleteFunc(records, func(r []string) bool {
		for column, value := range c.Where {
			if i := slices.Index(header, column); r[i] != value && r[i] != column {
				return true
			}
		}
		return false
	})
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (c *refCase) column(role string) string { s, _ := c.Columns[role].(string); return s }

func (c *refCase) param(name string) string { s, _ := c.Params[name].(string); return s }

func (c *refCase) texts(name string) string {
	var quoted []string
	list, _ := c.Params[name].([]any)
	for _, x := range list {
		quoted = append(quoted, strconv.Quote(fmt.Sprint(x)))
	}
	return strings.Join(quoted, ", ")
}

// dictionary describes the case's columns; fields are TOML by role.
func (c *refCase) dictionary(top string, fields map[string]string) string {
	for key, role := range map[string]string{"weight": "weight", "cluster": "cluster", "stratum": "stratum"} {
		if c.column(role) != "" {
			top += key + " = \"" + role + "\"\n"
		}
	}
	fields["weight"], fields["cluster"], fields["stratum"] = "type = \"number\"", "type = \"string\"\nrole = \"id\"", "type = \"string\"\nrole = \"id\""
	for role, toml := range fields {
		if c.column(role) != "" {
			top += fmt.Sprintf("[[field]]\nname = %q\ncolumn = %q\n%s\n", role, c.column(role), toml)
		}
	}
	return top
}

func (c *refCase) want(key string) float64 {
	x, ok := c.Expected[key].(float64)
	if !ok {
		return math.NaN()
	}
	return x
}

const yesNo = "type = \"string\"\ncategories = [\"1\", \"0\"]"

func one(kind, rest string) string {
	return "[[indicator]]\nid = \"i\"\ndataset = \"d\"\nkind = \"" + kind + "\"\n" + rest
}

func (c *refCase) check(t *testing.T, e Estimate, keys ...string) {
	t.Helper()
	for i, got := range []float64{e.Value, e.Lo, e.Hi} {
		if i < len(keys) && keys[i] != "" {
			near(t, c.ID+" "+keys[i], got, c.want(keys[i]))
		}
	}
}

func TestSharesAsInR(t *testing.T) {
	n := 0
	for _, c := range refCases(t, "a_proportions") {
		if c.Estimator != "prop_weighted" || c.param("method") == "mean" {
			continue
		}
		n++
		tables := observe(t, c.dictionary("", map[string]string{"y": yesNo}), one("share", "field = \"y\"\nis = [\"1\"]\ninterval = \""+c.param("method")+"\"\n"), c.rows(t))
		e := find(t, tables, "i", "share", "")
		c.check(t, e, "p", "lo", "hi")
		near(t, c.ID+" se", e.SE, c.want("se"))
		near(t, c.ID+" n_eff", e.NEff, c.want("n_eff_kish"))
		near(t, c.ID+" n", float64(e.Base), c.want("n"))
	}
	if n < 10 {
		t.Errorf("only %d cases", n)
	}
}

func TestCalibratedSharesAsInR(t *testing.T) {
	n := 0
	for _, c := range refCases(t, "a_proportions") {
		if c.Estimator != "prop_calibrated" {
			continue
		}
		n++
		top, fields, margins := "", map[string]string{"y": yesNo}, ""
		for i, name := range c.Columns["margins"].([]any) {
			role := fmt.Sprintf("m%d", i)
			c.Columns[role] = name
			var categories, targets []string
			for category, total := range c.Params["targets"].(map[string]any)[name.(string)].(map[string]any) {
				categories = append(categories, strconv.Quote(category))
				targets = append(targets, fmt.Sprintf("%q = %v", category, total))
			}
			fields[role] = "type = \"string\"\ncategories = [" + strings.Join(categories, ", ") + "]"
			margins += "[[weighting.margin]]\nfield = \"" + role + "\"\ntargets = { " + strings.Join(targets, ", ") + " }\n"
		}
		tables := observe(t, c.dictionary(top, fields)+"[weighting]\n"+margins, one("share", "field = \"y\"\nis = [\"1\"]\n"), c.rows(t))
		e := find(t, tables, "i", "share", "")
		c.check(t, e, "p", "lo", "hi")
		near(t, c.ID+" se", e.SE, c.want("se_calibrated"))
		if e.Method.Code != Calibrated.Code {
			t.Errorf("%s: %s", c.ID, e.Method.Code)
		}
	}
	if n != 2 {
		t.Errorf("%d cases", n)
	}
}

func TestChoicesAsInR(t *testing.T) {
	for _, c := range refCases(t, "a_proportions") {
		multi := c.Estimator == "multi_select"
		if c.Estimator != "single_choice" && !multi || c.Expected["options"] == nil || strings.Contains(c.ID, "unknown") {
			continue
		}
		field := "type = \"string\"\ncategories = [" + c.texts("options") + "]"
		kind, p := "share", "p"
		if multi {
			kind, p = "multi", "p_respondents"
			field = "type = \"list\"\nseparator = \"" + c.param("sep") + "\"\ncategories = [" + c.texts("options") + "]"
		}
		base := c.param("denominator")
		if base == "" {
			base = "answered"
		}
		top := "missing = [\"\", " + c.texts("missing") + "]\nskipped = [" + c.texts("not_asked") + "]\n"
		tables := observe(t, c.dictionary(top, map[string]string{"y": field}), one(kind, "field = \"y\"\nbase = \""+base+"\"\n"), c.rows(t))
		for option, want := range c.Expected["options"].(map[string]any) {
			o := refCase{ID: c.ID + " " + option, Expected: want.(map[string]any)}
			e := find(t, tables, "i", "share", option)
			o.check(t, e, p, "lo", "hi")
			near(t, o.ID+" n", float64(e.Count), o.want("n"))
		}
		if multi {
			c.checkAnswers(t, top, field)
		}
	}
}

// checkAnswers holds the shares of all answers, which leave out "none of these".
func (c *refCase) checkAnswers(t *testing.T, top, field string) {
	t.Helper()
	field += "\nexclusive = \"" + c.param("none") + "\""
	tables := observe(t, c.dictionary(top, map[string]string{"y": field}), one("multi", "field = \"y\"\nbase = \"answers\"\n"), c.rows(t))
	for option, want := range c.Expected["options"].(map[string]any) {
		if option == c.param("none") {
			continue
		}
		o := refCase{ID: c.ID + " of answers " + option, Expected: want.(map[string]any)}
		e := find(t, tables, "i", "share", option)
		near(t, o.ID, e.Value, o.want("p_answers"))
		near(t, o.ID+" base", float64(e.Base), c.want("n_answers"))
		if !math.IsNaN(e.Lo) || e.BaseContributors > int(c.want("n_answered")) {
			t.Errorf("%s: %+v", o.ID, e)
		}
	}
}

func TestQuantilesAsInR(t *testing.T) {
	for _, c := range refCases(t, "b_quantiles") {
		rest := "field = \"x\"\n"
		var probs []float64
		switch c.Estimator {
		case "quantile":
			if kind, ok := c.Params["type"].(float64); ok {
				rest += fmt.Sprintf("rule = \"type%v\"\n", kind)
			}
		case "weighted_quantile":
			rest += "rule = \"" + c.param("rule") + "\"\n"
		case "weighted_quantile_ci":
			rest += "interval = \"woodruff\"\n"
		case "quantile_ci", "weighted_quantile_ci_kish":
		default:
			continue
		}
		if list, ok := c.Params["probs"].([]any); ok {
			for _, p := range list {
				if p := p.(float64); p > 0 && p < 1 {
					probs = append(probs, p)
				}
			}
		} else {
			probs = []float64{c.Params["prob"].(float64)}
		}
		var percents []string
		for _, p := range probs {
			percents = append(percents, strconv.FormatFloat(p*100, 'f', -1, 64))
		}
		rest += "quantiles = [" + strings.Join(percents, ", ") + "]\n"
		tables := observe(t, c.dictionary("", map[string]string{"x": "type = \"number\""}), one("quantile", rest), c.rows(t))
		for _, p := range probs {
			e := find(t, tables, "i", StatName(p), "")
			if all, ok := c.Expected["q"].(map[string]any); ok {
				near(t, fmt.Sprint(c.ID, " ", p), e.Value, all[strconv.FormatFloat(p, 'g', 6, 64)].(float64))
				continue
			}
			c.check(t, e, "q", "lo", "hi")
		}
	}
}

func TestRatesAsInR(t *testing.T) {
	for _, c := range refCases(t, "c_rates") {
		fields := map[string]string{"num": "type = \"number\"", "den": "type = \"number\""}
		definition := "unit = \"%\"\nnumerator = \"num\"\ndenominator = \"den\"\n"
		switch c.Estimator {
		case "ratio":
			tables := observe(t, c.dictionary("", fields), one("ratio", definition), c.rows(t))
			c.check(t, find(t, tables, "i", "ratio", ""), "ratio_of_sums", "jl_lo", "jl_hi")
			c.check(t, find(t, tables, "i", "k_eff", ""), "k_eff")
			c.check(t, find(t, tables, "i", "mean", ""), "mean_of_ratios", "mean_lo", "mean_hi")
			c.check(t, find(t, tables, "i", "p50", ""), "median_of_ratios")
			tables = observe(t, c.dictionary("", fields), one("ratio", definition+"interval = \"linearised\"\n"), c.rows(t))
			c.check(t, find(t, tables, "i", "ratio", ""), "ratio_of_sums", "lo", "hi")
		case "beta_binomial":
			tables := observe(t, c.dictionary("", fields), one("ratio", definition+"shrink = \""+c.param("method")+"\"\n"), c.rows(t))
			var rates []float64
			for _, x := range c.Expected["post_mean"].([]any) {
				rates = append(rates, x.(float64))
			}
			slices.Sort(rates)
			// R's maximum of the likelihood is good for six digits.
			for name, want := range map[string]float64{"shrunk_mean": c.want("mu"), "shrunk_p25": stat.Quantile(rates, 0.25), "shrunk_p75": stat.Quantile(rates, 0.75)} {
				if got := find(t, tables, "i", name, "").Value; !(math.Abs(got-want) <= 1e-6) {
					t.Errorf("%s: %s %v, want %v", c.ID, name, got, want)
				}
			}
		}
	}
}

func TestPaybackAsInR(t *testing.T) {
	for _, c := range refCases(t, "d_payback") {
		if c.Estimator != "km" {
			continue
		}
		rest := "time = \"time\"\nevent = \"event\"\n"
		if scale := c.param("conf_type"); scale != "" {
			rest += "interval = \"" + scale + "\"\n"
		}
		var horizon []string
		for _, x := range c.Params["times"].([]any) {
			horizon = append(horizon, fmt.Sprint(x))
		}
		rest += "horizon = [" + strings.Join(horizon, ", ") + "]\n"
		tables := observe(t, c.dictionary("", map[string]string{"time": "type = \"number\"", "event": "type = \"integer\""}), one("payback", rest), c.rows(t))
		c.check(t, find(t, tables, "i", "p50", ""), "median", "median_lo", "median_hi")
		c.check(t, find(t, tables, "i", "p25", ""), "q25")
		c.check(t, find(t, tables, "i", "naive_mean", ""), "naive_mean_paid")
		// summary(survfit(…), rmean = "common") of R's survival
		if want, ok := map[string]float64{"data/lung.csv": 376.2747461478497, "data/payback_a.csv": 7.374273978614671}[c.Input]; ok {
			near(t, c.ID+" restricted mean", find(t, tables, "i", "restricted_mean", "").Value, want)
		}
		for at, want := range c.Expected["at"].(map[string]any) {
			o := refCase{ID: c.ID + " at " + at, Expected: want.(map[string]any)}
			if o.want("at_risk") >= fewAtRisk {
				o.check(t, find(t, tables, "i", "paid"+at, ""), "paid", "lo", "hi")
			}
		}
	}
}

// editions computes two datasets, "d" and the earlier "old", and their changes.
func editions(t *testing.T, dictionary, catalogue, now, before string) []*Table {
	t.Helper()
	site, l := t.TempDir(), &diag.List{}
	var dictionaries []*schema.Dictionary
	for name, rows := range map[string]string{"d": now, "old": before} {
		if err := os.MkdirAll(filepath.Join(site, "data", name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(site, "data", name, "a.csv"), []byte(rows), 0o644); err != nil {
			t.Fatal(err)
		}
		d, ok := schema.Load("data/"+name+"/dataset.toml", []byte(dictionary+"\n[[resource]]\npath = \"a.csv\"\n"), l)
		if !ok {
			t.Fatal(report(l))
		}
		dictionaries = append(dictionaries, d)
	}
	cat, ok := indicator.Load([]indicator.File{{Name: "data/indicators.toml", Src: []byte(catalogue)}}, dictionaries, l)
	if !ok {
		t.Fatal(report(l))
	}
	var tables []*Table
	for _, name := range []string{"d", "old"} {
		plan, _ := cat.Plan(name)
		set, err := plan.Observe(func(fields []string, each func(*schema.Record) error) error {
			return schema.Rows(site, plan.Dictionary, fields, l, each)
		}, l)
		if err != nil || l.HasErrors() {
			t.Fatal(err, report(l))
		}
		tables = append(tables, Compute(set, l)...)
	}
	Changes(tables)
	return tables
}

// both is a definition for each of two editions.
func both(rest, more string) string {
	return one("share", "field = \"y\"\nis = [\"1\"]\n"+rest+more) + strings.Replace(one("share", "field = \"y\"\nis = [\"1\"]\n"+rest), "dataset = \"d\"", "dataset = \"old\"", 1)
}

func changeOf(t *testing.T, tables []*Table) Change {
	t.Helper()
	for _, table := range tables {
		if len(table.Changes) == 1 {
			return table.Changes[0]
		}
	}
	t.Fatal("no change")
	return Change{}
}

func (c *refCase) checkChange(t *testing.T, got Change) {
	t.Helper()
	c.check(t, Estimate{Value: got.Diff, Lo: got.Lo, Hi: got.Hi}, "diff", "lo", "hi")
	near(t, c.ID+" p", got.P, c.want("p_value"))
}

func TestChangesAsInR(t *testing.T) {
	count := func(c *refCase, name string) int { return int(c.Params[name].(float64)) }
	yes := func(x, n int) string { return "y\n" + strings.Repeat("1\n", x) + strings.Repeat("0\n", n-x) }
	n := map[string]int{}
	for _, c := range refCases(t, "f_change") {
		n[c.Estimator]++
		switch c.Estimator {
		case "diff_prop":
			tables := editions(t, "[[field]]\nname = \"y\"\n"+yesNo, both("", "compare = \"old/i\"\n"), yes(count(&c, "x2"), count(&c, "n2")), yes(count(&c, "x1"), count(&c, "n1")))
			c.checkChange(t, changeOf(t, tables))
		case "diff_prop_paired":
			now, before, id := "who,y\nnew,1\n", "who,y\ngone,0\n", 0
			for _, k := range []struct{ name, now, before string }{{"both", "1", "1"}, {"gained", "1", "0"}, {"lost", "0", "1"}, {"neither", "0", "0"}} {
				for range count(&c, k.name) {
					id++
					now += fmt.Sprintf("b%d,%s\n", id, k.now)
					before = strings.Replace(before, "who,y\n", fmt.Sprintf("who,y\nb%d,%s\n", id, k.before), 1)
				}
			}
			dictionary := "contributor = \"who\"\n[[field]]\nname = \"who\"\ntype = \"string\"\nrole = \"id\"\n[[field]]\nname = \"y\"\n" + yesNo
			got := changeOf(t, editions(t, dictionary, both("", "compare = \"old/i\"\npaired = true\n"), now, before))
			c.checkChange(t, got)
			if got.Panel[1] != count(&c, "gained") || got.Panel[2] != count(&c, "lost") {
				t.Errorf("%s: panel %v", c.ID, got.Panel)
			}
		case "diff_prop_weighted":
			c.Where = map[string]string{"edition": c.param("new")}
			now := c.rows(t)
			c.Where["edition"] = c.param("old")
			dictionary := c.dictionary("", map[string]string{"y": yesNo})
			c.checkChange(t, changeOf(t, editions(t, dictionary, both("", "compare = \"old/i\"\n"), now, c.rows(t))))
		}
	}
	if n["diff_prop"] < 5 || n["diff_prop_paired"] < 3 || n["diff_prop_weighted"] < 1 {
		t.Errorf("cases: %v", n)
	}
}
