package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// profiled makes a profile of cells.
func profiled(cells ...string) *profile {
	p := newProfile(false, "")
	for _, c := range cells {
		p.add(c)
	}
	return p
}

func times(n int, cells ...string) []string { return slices.Repeat(cells, n) }

func TestWhatAColumnHolds(t *testing.T) {
	combos := times(4, "A, B", "B, C", "A, B, C", "A", "C", "B", "A, C")
	for name, c := range map[string]struct {
		cells []string
		want  string // shape and separator
	}{
		"options with commas":      {times(20, "Yes", "No, but I used to", "No, I never have"), "single "},
		"options of numbers":       {times(20, "1", "2", "3", "6 to 10"), "single "},
		"numbers":                  {times(20, "1", "2", "3"), "number "},
		"shares":                   {times(20, "1.5%", "２％", "3%"), "number "},
		"number with a few faults": {append(times(1, "1", "2", "3", "4", "5", "6", "7", "8", "9"), "3～6"), "number "},
		"typed lists":              {combos, "multi csv"},
		"wjx lists":                {times(5, "甲┋乙", "甲"), "multi ┋"},
		"semicolons":               {times(4, "甲；乙", "乙；丙", "甲；乙；丙", "甲", "丙", "乙", "甲；丙"), "multi ；"},
		"records in cells":         {times(3, "A,\"B, b\"\r\n", "A\r\n", "\r\n"), "multi csv"},
		"rank":                     {times(3, "甲→乙", "乙→甲"), "rank →"},
		"dates":                    {times(3, "2026-03-01", "2026/3/2"), "date "},
		"European dates":           {times(3, "31/12/2025", "01/01/2026"), "date "},
		"truth":                    {times(3, "true", "FALSE", ""), "boolean "},
		"texts":                    {[]string{"很好", "希望多一些案例", "没有", "不错，谢谢", "再便宜一点"}, "text "},
		"leading zeros":            {[]string{"007", "008", "009"}, "id "},
		"sentences with commas":    {[]string{"好,但是贵", "贵,但是好", "不好,也不贵", "一般,偏贵", "便宜,不好"}, "text "},
	} {
		f := Field{sources: []int{1}}
		d := &Draft{plain: true, Open: true}
		if reason, out := d.decide(&f, column{title: "题目"}, profiled(c.cells...)); out || f.Shape+" "+f.Separator != c.want {
			t.Errorf("%s: %s %q, want %q (%s)", name, f.Shape, f.Separator, c.want, reason.In("en"))
		}
	}
}

func TestPersonalColumns(t *testing.T) {
	text := profiled("甲", "乙", "丙")
	for _, title := range []string{"姓名", "您的手机号", "联系人电话", "E-mail", "微信号（选填）", "IP", "用户 姓名", "请留下您的联系方式，方便我们寄送报告", "phone number"} {
		if _, out := personal(title, text, true, false); !out {
			t.Errorf("%s is kept", title)
		}
	}
	for _, title := range []string{"私域电话客服占比", "item_name", "State Name", "地址库数量", "微信群数量", "您用什么联系客户"} {
		if reason, out := personal(title, text, false, false); out {
			t.Errorf("%s is dropped: %s", title, reason.In("en"))
		}
	}
	for _, cells := range [][]string{{"a@b.cn", "x"}, {"13800138000", "+86 139 0013 9000"}, {"110101199003078881"}, {"1.2.3.4(上海-上海)"}, {"oAbCdEfGhIjKlMnOpQrStUvWxYz0"}, {"Mozilla/5.0 (iPhone)"}} {
		if _, out := personal("列", profiled(cells...), false, false); !out {
			t.Errorf("%q is kept", cells)
		}
	}
	if _, out := personal("成交额", profiled("13800138000", "200", "1200", "99"), false, false); out {
		t.Error("an amount of money is taken for a phone number")
	}
}

func TestOptionsAreOrdered(t *testing.T) {
	for _, want := range [][]string{
		{"Never", "Rarely", "Monthly", "Weekly", "Daily"},
		{"非常不满意", "不满意", "一般", "比较满意", "非常满意"},
		{"Less than 1 day", "1 day to 1 week", "1 week to 1 month", "1 month to 1 year", "More than 1 year"},
		{"没有", "5人以下", "5-10人", "11-50人", "50人以上"},
		{"100万以下", "100-500万", "500万-1亿", "1亿以上"},
		{"Fewer than 10 employees", "10 to 99 employees", "100 to 999 employees", "1,000 or more employees"},
	} {
		f := Field{}
		shuffled := slices.Clone(want)
		slices.Sort(shuffled)
		f.setCategories(shuffled)
		var got []string
		for _, c := range f.Categories {
			got = append(got, c.Value)
		}
		if !f.Ordered || !slices.Equal(got, want) {
			t.Errorf("%q %v, want %q", got, f.Ordered, want)
		}
	}
	f := Field{}
	f.setCategories([]string{"其他", "美妆", "食品"})
	if f.Ordered || f.Categories[2].Value != "其他" {
		t.Errorf("%v", f.Categories)
	}
}

// TestRareItemsOfOpenLists: a long tail of items that came once is what people typed.
func TestRareItemsOfOpenLists(t *testing.T) {
	cells := times(20, "Linux\n", "Linux,Windows\n", "BSD\n")
	for _, typed := range []string{"Plan 9", "Haiku", "my own, really", "TempleOS", "ReactOS"} {
		cells = append(cells, "\""+typed+"\"\n")
	}
	f := Field{sources: []int{1}}
	d := &Draft{plain: true, Open: true}
	d.decide(&f, column{title: "os"}, profiled(cells...))
	if len(f.Categories) != 3 || f.Other != "Other" || len(d.Warnings) != 1 {
		t.Errorf("%v %q %v", f.Categories, f.Other, d.Warnings)
	}
}

func TestNamesAndCodebook(t *testing.T) {
	for column, want := range map[string]string{"成本（元）": "成本", "a b/c?d": "a_b_c_d", "12、题": "12_题", "???": "", "Post-9/11 GI": "Post-9_11_GI"} {
		if got := fieldName(column); got != want {
			t.Errorf("%q: %q, want %q", column, got, want)
		}
	}
	for name, want := range map[string]string{"2021-survey.csv.zip": "2021-survey", "CON.csv": "", "289538440_按文本_现状 调研_5_5.xlsx": "现状-调研"} {
		if got := datasetName(name); want != "" && got != want || checkName(got) != nil {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for _, bad := range []string{"", "..", "a/b", `a\b`, "a b", "a?b", ".x"} {
		if checkName(bad) == nil {
			t.Errorf("%q passes for a name", bad)
		}
	}
	dir := t.TempDir()
	book := filepath.Join(dir, "book.csv")
	os.WriteFile(book, []byte("column,question,kind\nq1,你们有几个群？,single\nq2,为什么？,open\n"), 0o600)
	var l diag.List
	d, err := Recognise(export(t, "a.csv", "q1,q2\n"+strings.Repeat("1,甲\n2,乙\n", 10)), Options{Codebook: book}, &l)
	if err != nil {
		t.Fatal(err)
	}
	if f := d.Fields[0]; f.Title != "你们有几个群？" || f.Shape != "single" || !f.Ordered {
		t.Errorf("%+v", f)
	}
	if f := d.Fields[1]; f.Role != schema.RoleOpen {
		t.Errorf("%+v", f)
	}
}

// FuzzImport imports any bytes: what is written must pass its own check.
func FuzzImport(f *testing.F) {
	f.Add([]byte(wjxText()), false)
	f.Add([]byte("a,a,\"b\n\"\n\x00,\"\\\"\",[x](y)\n+++,\"\"\"\"\"\",\u202e\n"), true)
	f.Fuzz(func(t *testing.T, src []byte, public bool) {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.csv")
		if err := os.WriteFile(path, src, 0o600); err != nil {
			t.Fatal(err)
		}
		var l, checks diag.List
		d, err := Recognise(path, Options{Open: public}, &l)
		if err != nil {
			return
		}
		if _, err := d.Write(dir, "a", &checks); err != nil {
			t.Fatalf("%v %v\n%s", err, findings(&checks), d.toml())
		}
		dict, ok := schema.Load("data/a/dataset.toml", []byte(d.toml()), &checks)
		rows := 0
		err = schema.Rows(dir, dict, nil, &checks, func(*schema.Record) error { rows++; return nil })
		if err != nil || !ok || checks.HasErrors() || rows > d.Rows {
			t.Errorf("%d of %d rows, %v %q\n%s", rows, d.Rows, err, findings(&checks), d.toml())
		}
	})
}

// TestFiguresOfASpreadsheet: what may be added up, what a period is, what a number is.
func TestFiguresOfASpreadsheet(t *testing.T) {
	var b strings.Builder
	b.WriteString("品牌编号,周,季度,日子,new_contact_cnt,截至当天客户群总数量,回复率,销售额,member_total,目标\n")
	for i := range 36 {
		b.WriteString(strings.Join([]string{
			[]string{"B01", "B02", "B03"}[i%3], []string{"第2周", "第12周", "第1周"}[i/3%3], []string{"2022Q1", "2021Q4", "2022Q2"}[i/3%3], []string{"3月5日", "12月1日", "3月15日"}[i/3%3],
			[]string{"３５", "7", "0"}[i%3], "120", []string{"60.25%", "7%", "--"}[i%3], []string{"1.2万", "9800", "#DIV/0!"}[i%3], "300", []string{"5%-17%", "≥20%", "3成"}[i%3],
		}, ",") + "\n")
	}
	d, dict, _ := imported(t, export(t, "月报.csv", b.String()), Options{})
	for name, want := range map[string]string{"new_contact_cnt": "flow", "截至当天客户群总数量": "stock", "回复率": "ratio", "销售额": "flow", "member_total": "stock"} {
		if f, ok := dict.Field(name); !ok || f.Measure != want {
			t.Errorf("%s: %+v, want %s", name, f, want)
		}
	}
	for name, want := range map[string]string{"周": "第1周 第2周 第12周", "季度": "2021Q4 2022Q1 2022Q2", "日子": "3月5日 3月15日 12月1日"} {
		f, _ := dict.Field(name)
		var got []string
		for _, c := range f.Categories {
			got = append(got, c.Value)
		}
		if strings.Join(got, " ") != want || !f.Ordered {
			t.Errorf("%s: %q", name, got)
		}
	}
	if f, _ := dict.Field("目标"); f.Type != schema.String {
		t.Errorf("ranges are taken for %s", f.Type)
	}
	if d.stale != 0 || !stale([]string{"2026-03-01", "0", "0", "0.0%", "甲"}) {
		t.Errorf("%d stale rows", d.stale)
	}
}
