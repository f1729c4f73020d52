package intake

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"benchbook/internal/diag"
)

var trades = []string{"美妆", "食品", "母婴"}

// rowsOf writes n rows by a function.
func rowsOf(n int, row func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

// sound is a small good table; files are made nasty from it.
func sound() string {
	return "行业,门店数,导流率\n" + rowsOf(30, func(i int) string { return fmt.Sprintf("%s,%d,%d.5%%", trades[i%3], i+1, i) })
}

// figuresOf is a table of shops with one column that is written oddly.
func figuresOf(header string, cells ...string) string {
	return "门店," + header + "\n" + rowsOf(40, func(i int) string { return fmt.Sprintf("S%d,%s", i, cells[i%len(cells)]) })
}

func encoded(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestNastyFilesReadRight imports files with something wrong about them. first
// and last are how the clean rows begin and end; fields how columns were taken.
func TestNastyFilesReadRight(t *testing.T) {
	plain := []string{"美妆,1,0.5%", "母婴,30,29.5%"}
	days := func(format string) string {
		return "shop,date\n" + rowsOf(60, func(i int) string { return fmt.Sprintf(format, i%5, i%12+1, i%28+1) })
	}
	for name, c := range map[string]struct {
		text        string
		first, last string
		rows        int
		fields      string // the types of the fields
	}{
		"two files one behind the other": {"\ufeff" + sound() + "\ufeff" + sound(), plain[0], plain[1], 60, "string integer number"},
		"the header on every page":       {sound() + strings.Repeat("行业,门店数,导流率\n美妆,1,0.5%\n", 3), plain[0], plain[0], 33, "string integer number"},
		"titles above":                   {"2026年度私域调研数据导出\n导出时间：2026-03-01 09:00\n\n" + sound(), plain[0], plain[1], 30, "string integer number"},
		"comments above":                 {"# exported by tool\n# version 3\n" + sound(), plain[0], plain[1], 30, "string integer number"},
		"notes below":                    {sound() + "\n数据来源：某平台\n注：本表仅供参考，请勿外传\n制表人：张三,审核：李四,\n", plain[0], plain[1], 30, "string integer number"},
		"a row of units":                 {"行业,门店数,导流率\n,家,%\n" + strings.SplitN(sound(), "\n", 2)[1], plain[0], plain[1], 30, "string integer number"},
		"totals":                         {sound() + "本页小计,465,\n总　计,465,15%\n均值,15,15%\n", plain[0], plain[1], 30, "string integer number"},
		"the delimiter is announced":     {"sep=;\n" + strings.ReplaceAll(sound(), ",", ";"), plain[0], plain[1], 30, "string integer number"},
		"UTF-16 without a mark":          {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), sound()), plain[0], plain[1], 30, "string integer number"},
		"UTF-32":                         {encoded(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), sound()), plain[0], plain[1], 30, "string integer number"},
		"GB18030 beyond GBK":             {encoded(t, simplifiedchinese.GB18030, strings.ReplaceAll(sound(), "母婴", "𠮷野")), plain[0], "𠮷野,30,29.5%", 30, "string integer number"},
		"Big5":                           {encoded(t, traditionalchinese.Big5, "行業,門店數\n"+rowsOf(30, func(i int) string { return fmt.Sprintf("%s,%d", []string{"美妝", "食品", "母嬰"}[i%3], i) })), "美妝,0", "母嬰,29", 30, "string integer"},
		"NUL and control characters":     {strings.NewReplacer("食品", "食\x00品", "母婴", "母婴\x1b[31m\u200b").Replace(sound()), plain[0], "母婴[31m,30,29.5%", 30, "string integer number"},
		"invisible marks in the header":  {"\u200b行业,门\u200b店数,导流率\n" + strings.SplitN(sound(), "\n", 2)[1], plain[0], plain[1], 30, "string integer number"},
		"decimal commas":                 {"Branche;Umsatz\n" + rowsOf(30, func(i int) string { return fmt.Sprintf("%s;1.%03d,50", trades[i%3], i) }), "美妆,1000.50", "母婴,1029.50", 30, "string number"},
		"kept as text for a spreadsheet": {"门店编号,金额\n" + rowsOf(30, func(i int) string { return fmt.Sprintf("'00%d,=\"\"1%d\"\"", i, i) }), "000,", "0029,", 30, ""},
		"digits with blanks":             {figuresOf("金额", "1\u00a0200", "1\u202f300.5", "　12"), "S0,1\u00a0200", "", 40, "string number"},
		"losses":                         {figuresOf("利润", "(1200)", "-300", "△500", "−20", "(7)", "-9", "△11", "−13", "(15)", "21", "22", "23", "24", "25", "26", "27"), "S0,(1200)", "", 40, "string integer"},
		"shares with and without a sign": {figuresOf("导流率", "12.5%", "0.125", "7%", "0.07"), "S0,12.5%", "S39,7%", 40, "string number"},
		"Chinese tenths":                 {figuresOf("转化率", "3成", "三成五", "25%", "七成"), "S0,3成", "", 40, "string number"},
		"day numbers":                    {figuresOf("日期", "46082", "46083", "46090"), "S0,2026-03-01", "", 40, "string date"},
		"halves of the day":              {figuresOf("提交时间", "2026/3/1 下午 9:05:00", "2026/3/2 上午 9:05:00 GMT+8"), "S0,2026/3/1 下午 9:05:00", "", 40, "string datetime"},
		"the month first":                {days("S%d,%02d/%02d/2026"), "S0,01/01/2026", "", 60, "string date"},
		"the month first, with the time": {days("S%d,%d/%d/2026 3:04 PM"), "S0,1/1/2026 3:04 PM", "", 60, "string datetime"},
		"codes of shops that come again": {"门店编号,月份,销售额\n" + rowsOf(60, func(i int) string { return fmt.Sprintf("%d,2026-%02d,%d", 100+i%10, i/10+1, i) }), "100,2026-01,0", "109,2026-06,59", 60, "string date integer"},
		"area codes":                     {figuresOf("区号", "010", "021", "0755"), "S0,010", "", 40, "string string"},
		"long order numbers":             {"订单号,金额\n" + rowsOf(30, func(i int) string { return fmt.Sprintf("1234567890123456%02d,%d", i, i) }), "123456789012345600,0", "123456789012345629,29", 30, "string integer"},
		"a comma in brackets": {"提交时间,在用的阵地（多选）\n" + rowsOf(80, func(i int) string {
			return "2026-03-01 10:00:00,\"" + subset(i, ", ", "企业微信(含客户群,朋友圈)", "小程序,H5", "公众号") + "\""
		}), "2026-03-01 10:00:00,\"\"\"企业微信(含客户群,朋友圈)\"\"\"", "", 80, "datetime list"},
		"options on lines of one cell": {"提交时间,在用的阵地\n" + rowsOf(80, func(i int) string {
			return "2026-03-01 10:00:00,\"" + subset(i, "\n", "企业微信", "社群", "小程序") + "\""
		}), "2026-03-01 10:00:00,企业微信", "", 80, "datetime list"},
		"one answer":                      {"提交时间,行业,团队人数\n2026-03-01 10:00:00,美妆,5\n", "2026-03-01 10:00:00,（已填）,5", "2026-03-01 10:00:00,（已填）,5", 1, "datetime string integer"},
		"a web page's space in a heading": {"行\u00a0业,门店数\n" + rowsOf(30, func(i int) string { return fmt.Sprintf("%s,%d", trades[i%3], i) }), "美妆,0", "母婴,29", 30, "string integer"},
	} {
		t.Run(name, func(t *testing.T) {
			site := t.TempDir()
			var l diag.List
			d, err := Recognise(export(t, "nasty.csv", c.text), Options{As: "x"}, &l)
			if err == nil {
				_, err = d.Write(site, "", &l)
			}
			if err != nil || l.HasErrors() {
				t.Fatal(err, findings(&l))
			}
			lines := strings.Split(strings.TrimSuffix(tree(t, site)["data/x/rows.csv"], "\n"), "\n")
			var types []string
			for _, f := range d.Fields {
				types = append(types, string(f.Type))
			}
			if d.Rows != c.rows || !strings.HasPrefix(lines[1], c.first) || c.last != "" && !strings.HasPrefix(lines[len(lines)-1], c.last) || c.fields != "" && strings.Join(types, " ") != c.fields {
				t.Errorf("%d rows, %q … %q, %q\n%v", d.Rows, lines[1], lines[len(lines)-1], types, texts(d.Warnings, "en"))
			}
		})
	}
}

// subset joins the options that the bits of i name.
func subset(i int, separator string, options ...string) string {
	var out []string
	for k, o := range options {
		if (i%7+1)>>k&1 == 1 {
			out = append(out, o)
		}
	}
	return strings.Join(out, separator)
}

// TestNastyFilesAreRefused imports files that cannot be read for certain: each is
// refused with what is wrong and what to do, and nothing is written.
func TestNastyFilesAreRefused(t *testing.T) {
	quoted := func(cell string) string {
		return "行业,意见,数量\n" + rowsOf(30, func(i int) string { return fmt.Sprintf("%s,%s,%d", trades[i%3], cell, i) })
	}
	garbled := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteRune(rune(c))
		}
		return b.String()
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"empty":                      {"a.csv", "", "empty"},
		"a mark and nothing else":    {"a.csv", "\ufeff", "no header"},
		"a header and nothing else":  {"a.csv", "行业,门店数\n", "no column"},
		"Shift-JIS":                  {"a.csv", encoded(t, japanese.ShiftJIS, "業種,コメント\n"+strings.Repeat("食品,プライベートドメインについて\n", 9)), "Shift-JIS"},
		"EUC-KR":                     {"a.csv", encoded(t, korean.EUCKR, "업종,의견\n"+strings.Repeat("화장품,운영에 대한 의견입니다\n", 9)), "EUC-KR"},
		"converted twice":            {"a.csv", garbled(sound()), "garbled"},
		"lost in a conversion":       {"a.csv", strings.ReplaceAll(sound(), "母婴", "锟斤拷"), "damaged"},
		"full-width commas":          {"a.csv", strings.ReplaceAll(sound(), ",", "，"), "separated by"},
		"carets":                     {"a.csv", strings.ReplaceAll(sound(), ",", "^"), "separated by"},
		"columns by blanks":          {"a.txt", strings.ReplaceAll(sound(), ",", "    "), "separated by"},
		"backslashes before quotes":  {"a.csv", quoted(`"他说\"好\"，走"`), "which is not how CSV"},
		"blanks before quotes":       {"a.csv", quoted(` "好,坏"`), "right behind the delimiter"},
		"apostrophes for quotes":     {"a.csv", quoted(`'好,坏'`), "cells"},
		"a quote that never closes":  {"a.csv", quoted("好") + "美妆,\"没关,5\n食品,好,6\n", "never closed"},
		"a web page":                 {"a.xls", "<html><body><table><tr><td>a</td></tr></table></body></html>", "web page"},
		"a page to log in":           {"a.csv", "<!DOCTYPE html><html><title>登录</title>\n请先登录,再导出</html>", "web page"},
		"spreadsheet XML":            {"a.xls", `<?xml version="1.0"?><Workbook/>`, "web page"},
		"an old workbook":            {"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "old .xls"},
		"columns of JSON":            {"a.json", `{"行业":["美妆","食品"],"n":[1,2]}`, "holds columns"},
		"arrays of JSON":             {"a.json", `[["行业","n"],["美妆",1]]`, "no JSON of records"},
		"JSON with a comma too many": {"a.json", `[{"a":1},{"a":2},]`, "a.json:1:17"},
		"a broken line of JSON":      {"a.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3 \"b\"}\n", "a.jsonl:3:"},
		"a ZIP that is cut":          {"a.zip", "PK\x03\x04" + strings.Repeat("x", 50), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			var l diag.List
			_, err := Recognise(export(t, c.file, c.text), Options{}, &l)
			if said := strings.Join(hints(&l), "\n"); err == nil || !l.HasErrors() || !strings.Contains(said, c.want) {
				t.Errorf("%v, want %q in\n%s", err, c.want, said)
			}
		})
	}
}

func hints(l *diag.List) (out []string) {
	for _, d := range l.Sorted() {
		out = append(out, fmt.Sprintf("%s: %s (%s)", d.Pos, d.Message.In("en"), d.Hint.In("en")))
	}
	return out
}

// TestScalesAreOrdered gives scales in many wordings in the wrong order.
func TestScalesAreOrdered(t *testing.T) {
	for want, given := range map[string]string{
		"非常不满意 比较不满意 一般 比较满意 非常满意":     "非常满意 比较满意 一般 比较不满意 非常不满意",
		"非常不同意 不同意 不一定 同意 非常同意":        "非常同意 同意 不一定 不同意 非常不同意",
		"完全不了解 不太了解 一般 比较了解 十分了解":      "比较了解 一般 完全不了解 十分了解 不太了解",
		"从不 每季度 每月 每周 每天":              "每天 每周 每月 每季度 从不",
		"★ ★★ ★★★":                     "★★★ ★ ★★",
		"1分（非常不满意） 2分 3分 4分 5分（非常满意）":  "5分（非常满意） 4分 3分 2分 1分（非常不满意）",
		"10人以下 10-49人 50-199人 1000人以上": "1000人以上 10-49人 10人以下 50-199人",
	} {
		f := Field{}
		f.setCategories(strings.Fields(given))
		var got []string
		for _, c := range f.Categories {
			got = append(got, c.Value)
		}
		if strings.Join(got, " ") != want || !f.Ordered {
			t.Errorf("%q: %q, ordered %v", given, got, f.Ordered)
		}
	}
}

func TestTopics(t *testing.T) {
	for question, want := range map[string]string{
		"贵公司是否已经组建私域团队？":          "是否已经组建私域团队",
		"您所在企业的行业是？（单选）":          "企业的行业",
		"在用的私域阵地有哪些？【多选题】":        "在用的私域阵地",
		"A3. 您的岗位是什么？":            "岗位",
		"【团队】贵司私域团队目前有多少人":        "私域团队目前有多少人",
		"Do you use it at work?":  "Do you use it at work?",
		"您对以下环节的满意度":              "对以下环节的满意度",
		"请问贵企业 2025 年的营收规模大约是多少？": "2025 年的营收规模",
	} {
		if got := topic(question); got != want {
			t.Errorf("%q: %q, want %q", question, got, want)
		}
	}
}
