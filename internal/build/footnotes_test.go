package build

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// footnote is a small project whose one number carries one caveat.
type footnote struct {
	code, text  string // of the caveat
	dictionary  string // beside title, disclosure and resource
	rows        string
	indicator   string // beside id and dataset
	stat        string // query of the reference
	before      string // rows of an edition before, "" = none
	beforeEntry string // its indicator, "" = the same
}

func repeatRows(n int, row func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

func yesRows(yes, no int) string { return strings.Repeat("是\n", yes) + strings.Repeat("否\n", no) }

const (
	choiceField = "[[field]]\nname = \"y\"\ntitle = \"有团队\"\ntype = \"string\"\ncategories = [\"是\", \"否\"]\n"
	whoField    = "contributor = \"who\"\n[[field]]\nname = \"who\"\ntitle = \"品牌\"\ntype = \"string\"\nrole = \"id\"\n"
	shareYes    = "kind = \"share\"\nfield = \"y\"\nis = [\"是\"]\n"
)

func numberField(names ...string) (out string) {
	for _, n := range names {
		out += "[[field]]\nname = \"" + n + "\"\ntitle = \"" + n + "\"\ntype = \"number\"\n"
	}
	return out
}

const eventField = "[[field]]\nname = \"e\"\ntitle = \"回本\"\ntype = \"integer\"\n"

var rates = "kind = \"ratio\"\nunit = \"%\"\nnumerator = \"a\"\ndenominator = \"b\"\n"

var durations = "kind = \"payback\"\ntime = \"t\"\nevent = \"e\"\n"

var footnotes = []footnote{
	{code: "small_n", text: "样本较小", dictionary: choiceField, rows: "y\n" + yesRows(9, 8), indicator: shareYes},
	{code: "wide", text: "区间宽于 30 个百分点", dictionary: choiceField, rows: "y\n" + yesRows(15, 15), indicator: shareYes},
	{code: "design_effect", text: "有效样本量不到一半", dictionary: "weight = \"w\"\n" + choiceField + numberField("w"),
		rows: "y,w\n" + repeatRows(60, func(i int) string { return fmt.Sprintf("%s,%d", []string{"是", "否"}[i/3%2], 1+i%7/6*30) }), indicator: shareYes},
	{code: "no_variance", text: "有的层只有一个群", dictionary: "stratum = \"s\"\n" + choiceField + "[[field]]\nname = \"s\"\ntype = \"string\"\nrole = \"id\"\n",
		rows: "y,s\n" + strings.Repeat("是,甲\n否,甲\n", 12) + "是,乙\n", indicator: shareYes},
	{code: "base_differs", text: "各组计入的记录所占比例", dictionary: choiceField + "[[field]]\nname = \"g\"\ntitle = \"组\"\ntype = \"string\"\ncategories = [\"甲\", \"乙\"]\n",
		rows: "y,g\n" + strings.Repeat("是,甲\n否,甲\n", 20) + strings.Repeat("是,乙\n,乙\n,乙\n", 20), indicator: shareYes, stat: "g=甲"},
	{code: "definition_changed", text: "两版口径不同（定义）", dictionary: choiceField, rows: "y\n" + yesRows(60, 40), indicator: shareYes + "definition = \"含兼职\"\ncompare = \"before/n\"\n", stat: "stat=change",
		before: "y\n" + yesRows(50, 50), beforeEntry: shareYes + "definition = \"只算专职\"\n"},
	{code: "overlap", text: "两版有相同的贡献者", dictionary: whoField + choiceField, rows: "who,y\n" + repeatRows(60, func(i int) string { return fmt.Sprintf("b%d,%s", i, []string{"是", "否"}[i%2]) }),
		indicator: shareYes + "compare = \"before/n\"\n", stat: "stat=change", before: "who,y\n" + repeatRows(60, func(i int) string { return fmt.Sprintf("b%d,%s", i+5, []string{"是", "否"}[i%3/2]) }), beforeEntry: shareYes},
	{code: "adds_up", text: "最大余数法", dictionary: strings.Replace(choiceField, "\"否\"", "\"否\", \"难说\"", 1), rows: "y\n" + strings.Repeat("是\n否\n难说\n", 33), indicator: "kind = \"share\"\nfield = \"y\"\nadds_up = true\n", stat: "is=是"},
	{code: "repeated", text: "同一贡献者有多条记录", dictionary: whoField + choiceField, rows: "who,y\n" + repeatRows(80, func(i int) string { return fmt.Sprintf("b%d,%s", i/2, []string{"是", "否"}[i%3/2]) }), indicator: shareYes},
	{code: "open_bin", text: "不封顶的一档", dictionary: strings.Replace(choiceField, "[\"是\", \"否\"]", "[\"1-5\", \"6-10\", \"11+\"]", 1), rows: "y\n" + strings.Repeat("1-5\n6-10\n11+\n11+\n11+\n", 20),
		indicator: "kind = \"binned\"\nfield = \"y\"\n", stat: "stat=p50"},
	{code: "unusable", text: "另有 3 条记录缺数", dictionary: numberField("a", "b"), rows: "a,b\n,10\n5,\n7,0\n" + repeatRows(40, func(i int) string { return fmt.Sprintf("%d,%d", 5+i%7, 90+i) }), indicator: rates},
	{code: "over", text: "分子大于分母", dictionary: numberField("a", "b"), rows: "a,b\n52,50\n" + repeatRows(40, func(i int) string { return fmt.Sprintf("%d,%d", 5+i%7, 90+i) }), indicator: rates},
	{code: "dominated", text: "一个贡献者占分母一半以上", dictionary: numberField("a", "b"), rows: "a,b\n900,9000\n" + repeatRows(40, func(i int) string { return fmt.Sprintf("%d,%d", 5+i%7, 90+i) }), indicator: rates},
	{code: "censored", text: "一半以上还没有回本", dictionary: numberField("t") + eventField, rows: "t,e\n" + repeatRows(40, func(i int) string { return fmt.Sprintf("%d,%d", 1+i%12, 1-i%3%2-i%3/2) }), indicator: durations, stat: "stat=paid6"},
	{code: "at_risk", text: "观察到这时的项目不足 5 个", dictionary: numberField("t") + eventField, rows: "t,e\n" + repeatRows(40, func(i int) string { return fmt.Sprintf("%d,%d", 1+i%6, 1-i%4/3) }) + "20,0\n", indicator: durations, stat: "stat=paid12"},
	{code: "relapsed", text: "回本后又转负", dictionary: whoField + numberField("r", "c") + "[[field]]\nname = \"m\"\ntitle = \"月\"\ntype = \"integer\"\n",
		rows:      "who,m,r,c\n" + repeatRows(30, func(i int) string { return fmt.Sprintf("b%d,0,0,10\nb%d,1,12,0\nb%d,2,0,9\nb%d,3,20,0", i, i, i, i) }),
		indicator: "kind = \"payback\"\nrevenue = \"r\"\ncost = \"c\"\nmonth = \"m\"\n", stat: "stat=p50"},
	{code: "calendar", text: "以首个有记录的月份为第 1 个月", dictionary: whoField + numberField("r", "c") + "[[field]]\nname = \"m\"\ntitle = \"月\"\ntype = \"string\"\ncategories = [\"2026-01\", \"2026-02\", \"2026-03\"]\n",
		rows: "who,m,r,c\n" + repeatRows(30, func(i int) string {
			return fmt.Sprintf("b%d,2026-01,0,%d\nb%d,2026-02,8,0\nb%d,2026-03,9,0", i, 5+i%9, i, i)
		}),
		indicator: "kind = \"payback\"\nrevenue = \"r\"\ncost = \"c\"\nmonth = \"m\"\n", stat: "stat=p50"},
}

func (f footnote) project(t *testing.T) string {
	files := map[string]string{}
	set := func(name, rows, entry string) string {
		files["data/"+name+"/dataset.toml"] = "title = \"数据\"\nunit = \"家企业\"\ndisclosure = \"open\"\n" + f.dictionary + "[[resource]]\npath = \"a.csv\"\n"
		files["data/"+name+"/a.csv"] = rows
		return "[[indicator]]\nid = \"n\"\ndataset = \"" + name + "\"\ntitle = \"指标\"\n" + entry + "\n"
	}
	by := ""
	if strings.HasPrefix(f.stat, "g=") {
		by = "?by=g"
		f.indicator += "by = [\"g\"]\n"
	}
	files["data/indicators.toml"] = set("now", f.rows, f.indicator)
	if f.before != "" {
		files["data/indicators.toml"] += set("before", f.before, f.beforeEntry)
	}
	files["content/chapters/01-a.md"] = "+++\ntitle = \"甲\"\n+++\n\n这个数是[](stat:now/n?" + f.stat + ")。\n\n![图](table:now/n" + by + ")\n"
	return newProject(t, files)
}

// Every caveat of a number reaches the reader: as a mark after the number in a sentence with a footnote below, beside
// the table that shows it, by its code in the figure's data, and on the methodology page.
func TestEveryCaveatReachesThePage(t *testing.T) {
	for _, f := range footnotes {
		t.Run(f.code, func(t *testing.T) {
			m, _ := makeOnce(t, f.project(t))
			m.wantNoErrors(t)
			page := ""
			for name := range m.files {
				if strings.Contains(string(m.files[name]), "is-chapter") {
					page = m.text(t, name)
				}
			}
			sentence, rest, _ := strings.Cut(page[max(0, strings.Index(page, "<p>这个数是")):], "</p>")
			if !strings.Contains(sentence, `<sup class="caveat"><a href="#caveat-`) || !strings.Contains(sentence, f.text) {
				t.Errorf("no mark with %q after the number: %s", f.text, sentence)
			}
			if _, notes, ok := strings.Cut(rest, `aria-label="数字附注：`); !ok || !strings.Contains(notes, f.text) {
				t.Errorf("no footnote %q", f.text)
			}
			if f.code == "definition_changed" || f.code == "overlap" {
				return // a table of shares has no column of changes
			}
			if _, figure, ok := strings.Cut(page, `class="fig-notes"`); !ok || !strings.Contains(figure[:strings.Index(figure, "</ul>")], f.text) {
				t.Errorf("no %q under the table", f.text)
			}
			if !f.onMethodology(m) {
				t.Errorf("no %q on the methodology page", f.text)
			}
			if !f.inData(t, m) {
				t.Errorf("no cell of a figure's data is warned of %s", f.code)
			}
		})
	}
}

func (f footnote) onMethodology(m made) bool {
	for name, data := range m.files {
		if strings.HasSuffix(name, "methodology.html") && strings.Contains(string(data), f.text) {
			return true
		}
	}
	return false
}

func (f footnote) inData(t *testing.T, m made) bool {
	for name, data := range m.files {
		if !strings.HasPrefix(name, "figures/") || !strings.HasSuffix(name, ".json") {
			continue
		}
		var figure struct {
			Cells []struct{ Warnings []string }
		}
		if err := json.Unmarshal(data, &figure); err != nil {
			t.Fatal(err)
		}
		for _, c := range figure.Cells {
			for _, w := range c.Warnings {
				if w == f.code {
					return true
				}
			}
		}
	}
	return false
}
