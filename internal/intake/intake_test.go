package intake

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// export writes a file to import.
func export(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wjxText is an export by text of 40 answers with every mark that 问卷星 makes.
func wjxText() string {
	var b strings.Builder
	b.WriteString("序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您的姓名,2、您所在的行业,3、性别,4、在用哪些阵地？,5、满意度—导流,5、满意度—留存,6、请排序,7、团队人数,8、您的建议,总分\n")
	for i := range 40 {
		skipped := i%5 == 0
		pick := func(options ...string) string { return options[i%len(options)] }
		row := []string{fmt.Sprint(i + 1), fmt.Sprintf("2026/4/%d 12:01:05", i%28+1), fmt.Sprintf("%d秒", 60+i), pick("微信", "链接"), "微信昵称甲[secret-nick]", "203.0.113.7(上海-上海)",
			"张秘密", pick("美妆", "食品", "其他〖secret-shop〗"), pick("A.男", "B.女"), pick("企业微信┋微信群", "公众号", "(空)", "微信群┋其他〖13800138000〗"),
			pick("非常满意", "满意", "一般", "不满意"), pick("满意", "一般", "非常不满意"), pick("价格→服务→品质", "品质→价格→服务"), pick("3", "12", "５", "30"),
			fmt.Sprintf("希望多些案例 %d secret-text", i), fmt.Sprint(50 + i)}
		if skipped {
			row[10], row[11], row[13] = "(跳过)", "(跳过)", "(跳过)"
		}
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	return b.String()
}

func TestWJXExportByText(t *testing.T) {
	d, dict, counts := imported(t, export(t, "289538440_按文本_私域现状调研_40_40.csv", wjxText()), Options{})
	if d.Platform != "wjx" || d.Dataset != "私域现状调研" || d.Rows != 40 {
		t.Errorf("%s %s %d", d.Platform, d.Dataset, d.Rows)
	}
	var got []string
	for _, f := range d.Fields {
		got = append(got, f.Name+" "+string(f.Type)+" "+f.Shape)
	}
	want := []string{"submitted datetime date", "duration integer number", "channel string single", "q2 string single", "q3 string single", "q4 list multi",
		"q5_1 string matrix", "q5_2 string matrix", "q6 list rank", "q6_1st string single", "q7 integer number", "q8 string text", "score integer number"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	var dropped []string
	for _, c := range d.Dropped {
		dropped = append(dropped, c.Column)
	}
	if !slices.Equal(dropped, []string{"序号", "来源详情", "来自IP", "1、您的姓名"}) {
		t.Errorf("dropped %q", dropped)
	}
	if c := counts["q4"]; c["微信群"] != 20 || c["企业微信"] != 10 || c["其他"] != 10 || c[""] != 30 {
		t.Errorf("multiple choice: %v", c)
	}
	if c := counts["q3"]; c["男"] != 20 || counts["q5_1"][""] != 32 || counts["q7"][""] != 32 {
		t.Errorf("%v %v", c, counts["q5_1"])
	}
	f, _ := dict.Field("q5_1")
	if f.Title != "满意度：导流" || f.Question != "q5" || f.Row != "导流" || !f.Ordered || len(f.Categories) != 5 || f.Categories[0].Value != "非常不满意" {
		t.Errorf("matrix row: %+v", f)
	}
	if !slices.Equal(dict.Skipped, []string{"(跳过)"}) || dict.Collected != (schema.Period{From: "2026-04-01", To: "2026-04-28"}) {
		t.Errorf("%q %v", dict.Skipped, dict.Collected)
	}
}

// TestPersonsStayAtTheDoor plants values that point at persons and looks for
// them in every byte that import writes.
func TestPersonsStayAtTheDoor(t *testing.T) {
	plain := "编号,门店,行业,邮箱地址,访客,渠道,留言,联系人电话\n"
	for i := range 60 {
		plain += fmt.Sprintf("%d,S%d,%s,a,198.51.100.%d,%s,留言%d 请加 secret@example.com,1390013%04d\n", i+1, i%20, []string{"美妆", "食品"}[i%2], i, []string{"门店", "线上", "secret.person@example.com"}[min(i%20, 2)], i, i)
	}
	for name, c := range map[string]struct {
		text   string
		open   bool
		absent []string
	}{
		"1_按文本_问卷_1_1.csv": {wjxText(), false, []string{"secret", "203.0.113", "张秘密", "13800138000"}},
		"2_按文本_问卷_1_1.csv": {wjxText(), true, []string{"secret-nick", "secret-shop", "203.0.113", "张秘密", "13800138000"}},
		"kpi.csv":          {plain, false, []string{"secret", "198.51.100", "1390013", "留言1"}},
		"open.csv":         {plain, true, []string{"secret", "198.51.100", "1390013"}},
	} {
		site := t.TempDir()
		var l diag.List
		d, err := Recognise(export(t, name, c.text), Options{Open: c.open}, &l)
		if err != nil {
			t.Fatal(err, findings(&l))
		}
		if _, err := d.Write(site, "", &l); err != nil {
			t.Fatal(err, findings(&l))
		}
		for file, text := range tree(t, site) {
			for _, planted := range c.absent {
				if strings.Contains(text, planted) {
					t.Errorf("%s: %q is in %s", name, planted, file)
				}
			}
		}
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWJXExportByNumberJoinsOptionColumns(t *testing.T) {
	text := "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,\"1、(企业微信)\",\"1、(微信群, 大群)\",2、行业\n"
	for i := range 30 {
		flags := []string{"1,0", "1,1", "0,0", "-3,-3", "-2,-2"}[i%5]
		text += fmt.Sprintf("%d,2026-03-01 09:00:00,%d秒,微信,,1.1.1.1(北京-北京),%s,%d\n", i+1, i, flags, i%3+1)
	}
	d, dict, counts := imported(t, export(t, "5_按序号_短_30_30.csv", text), Options{})
	if c := counts["q1"]; c["企业微信"] != 12 || c["微信群, 大群"] != 6 || c[""] != 12 {
		t.Errorf("%v", c)
	}
	if f, _ := dict.Field("q2"); len(f.Categories) != 3 || f.Type != schema.String || len(d.Warnings) == 0 {
		t.Errorf("option numbers: %+v %v", f, d.Warnings)
	}
}

func TestPlainTableOfFigures(t *testing.T) {
	text := "2026 年门店月报\n单位：元\n门店编号,品牌,行业,月份,新增好友数,导流率,成本（元）,毛利率(%)\n"
	for i := range 90 {
		text += fmt.Sprintf("S%03d,品牌%d,%s,2026-%02d,\"%d,%03d\",%d.5%%,%s,%d.5\n", i/3, i/3%7, []string{"美妆", "食品"}[i/3%2], i%3+1, i+1, i, i%40, []string{"￥1.2万", "—", "9800"}[i%3], i%60)
	}
	text += "合计,,,,\"99,999\",,,\n"
	d, dict, counts := imported(t, export(t, "kpi 2026.csv", text), Options{})
	if d.Rows != 90 || counts["新增好友数"][""] != 90 || counts["成本"][""] != 60 {
		t.Errorf("%d rows, %v", d.Rows, counts["成本"])
	}
	if dict.Name != "kpi-2026" || dict.Contributor != "门店编号" || dict.Owner != "品牌" || dict.Period != "月份" || !slices.Equal(dict.Segments, []string{"行业"}) {
		t.Errorf("%+v", dict)
	}
	if f, _ := dict.Field("毛利率"); f.Format != "percent" || f.Unit != "%" {
		t.Errorf("%+v", f)
	}
	if f, _ := dict.Field("成本"); f.Unit != "元" || f.Type != schema.Number {
		t.Errorf("%+v", f)
	}
}

// TestImportingAgainKeepsWhatPeopleWrote replaces the rows and keeps edited dictionary and prose.
func TestImportingAgainKeepsWhatPeopleWrote(t *testing.T) {
	site := t.TempDir()
	var l diag.List
	first := strings.Repeat("美妆,3\n食品,4\n", 20)
	run := func(text string) (*Draft, *Written, error) {
		d, err := Recognise(export(t, "a.csv", text), Options{}, &l)
		if err != nil {
			t.Fatal(err)
		}
		w, err := d.Write(site, "", &l)
		return d, w, err
	}
	if _, _, err := run("行业,人数\n" + first); err != nil {
		t.Fatal(err)
	}
	toml := filepath.Join(site, "data", "a", "dataset.toml")
	chapter := filepath.Join(site, "content", "chapters", "a.md")
	edited, _ := os.ReadFile(toml)
	text := strings.Replace(string(edited), `title = "a"`, `title = "我改的标题"`, 1)
	os.WriteFile(toml, []byte(text), 0o600)
	os.WriteFile(chapter, []byte("我写的"), 0o600)
	d, w, err := run("新列,行业,人数\n" + strings.Repeat("x,美妆,3\ny,母婴,4\n", 30))
	if err != nil {
		t.Fatal(err, findings(&l))
	}
	files := tree(t, site)
	if files["data/a/dataset.toml"] != text || files["content/chapters/a.md"] != "我写的" || strings.Count(files["data/a/rows.csv"], "\n") != 61 || strings.Contains(files["data/a/rows.csv"], "x") {
		t.Errorf("%q", files)
	}
	if !slices.Equal(w.Replaced, []string{"data/a/rows.csv"}) || len(w.Kept) != 2 || len(w.Created) != 0 {
		t.Errorf("%+v", w)
	}
	warned := strings.Join(texts(d.Warnings, "zh"), "\n")
	if !strings.Contains(warned, "母婴") || !strings.Contains(warned, "新列") {
		t.Errorf("warnings: %s", warned)
	}
	if _, _, err := run("行业\n" + strings.Repeat("美妆\n", 5)); err == nil || !l.HasErrors() || tree(t, site)["data/a/rows.csv"] != files["data/a/rows.csv"] {
		t.Errorf("a lost column must leave the rows as they were: %v", err)
	}
}

func TestJSONHasTheContractsShape(t *testing.T) {
	var l diag.List
	d, err := Recognise(export(t, "问卷 <1>.csv", "颜色,邮箱\n"+strings.Repeat("红,a@b.cn\n蓝,\n", 20)), Options{As: "x"}, &l)
	if err != nil {
		t.Fatal(err)
	}
	out, err := d.JSON("zh")
	if err != nil {
		t.Fatal(err)
	}
	want := `{"dataset":"x","format":"csv","platform":"plain","encoding":"utf-8","delimiter":",","rows":40,"fields":[{"name":"颜色","title":"颜色","type":"string","shape":"single","options":["红","蓝"],"missing":[]}],"dropped":[{"column":"邮箱","reason":"个人信息：列名"}],"warnings":[]}` + "\n"
	if string(out) != want || !json.Valid(out) {
		t.Errorf("%s", out)
	}
}

// TestEveryAwkwardFileImportsOrSaysWhy imports real awkward files; what is
// written must pass its own check (imported looks at that).
func TestEveryAwkwardFileImportsOrSaysWhy(t *testing.T) {
	n := 0
	for _, folder := range []string{"messy-files", "clothing-stores", "durations"} {
		err := filepath.WalkDir(filepath.Join(datasets(t), folder), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(path) == ".md" {
				return err
			}
			var l diag.List
			if _, err := Recognise(path, Options{}, &l); err != nil {
				if !strings.Contains(err.Error(), dataset.ErrReported.Error()) || !l.HasErrors() {
					t.Errorf("%s: %v", path, err)
				}
				return nil
			}
			d, _, counts := imported(t, path, Options{})
			if n++; filepath.Base(path) == "clothing.csv" && (d.Rows != 400 || counts["tsales"][""] != 400 || len(d.Fields) != 14) {
				t.Errorf("clothing: %d rows, %d fields", d.Rows, len(d.Fields))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 50 {
		t.Errorf("only %d files were imported", n)
	}
}

// TestBatchesOfOneSurveyJoin imports two downloads that overlap.
func TestBatchesOfOneSurveyJoin(t *testing.T) {
	lines := strings.SplitAfter(wjxText(), "\n")
	dir := t.TempDir()
	write := func(name string, rows []string) string {
		for i := range rows { // every batch numbers its answers anew
			_, rest, _ := strings.Cut(rows[i], ",")
			rows[i] = fmt.Sprintf("%d,%s", i+1, rest)
		}
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(lines[0]+strings.Join(rows, "")), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	first, second := write("一.csv", slices.Clone(lines[1:26])), write("二.csv", slices.Clone(lines[16:41]))
	other := export(t, "别的.csv", "a,b\n1,2\n")
	if got := Batches([]string{first, other, second}, Reading{}); len(got) != 2 || !slices.Equal(got[0], []string{first, second}) {
		t.Fatalf("%q", got)
	}
	var l diag.List
	d, err := Join([]string{first, second}, Options{As: "x"}, &l)
	if err != nil || d.Rows != 40 || !strings.Contains(strings.Join(texts(d.Warnings, "en"), "|"), "10 rows were in an earlier file") {
		t.Fatalf("%v, %d rows, %v", err, d.Rows, texts(d.Warnings, "en"))
	}
	site := t.TempDir()
	if _, err := d.Write(site, "", &l); err != nil || strings.Count(tree(t, site)["data/x/rows.csv"], "\n") != 41 {
		t.Errorf("%v", err)
	}
	lines = strings.SplitAfter(strings.NewReplacer("美妆", "1", "食品", "2", "A.男", "1", "B.女", "2").Replace(wjxText()), "\n")
	coded := write("编码.csv", slices.Clone(lines[1:26]))
	if _, err := Join([]string{first, coded}, Options{}, &diag.List{}); err == nil {
		t.Error("the same answers, coded, count twice")
	}
	if _, err := Join([]string{first, other}, Options{}, &l); err == nil || !l.HasErrors() {
		t.Error("a file with other columns joins")
	}
}

// TestUTCTimesMoveToBeijing reads the API's records of 金数据: a day that ends
// before midnight there has begun here.
func TestUTCTimesMoveToBeijing(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"total":40,"count":40,"data":[`)
	for i := range 40 {
		fmt.Fprintf(&b, `%s{"serial_number":%d,"field_1":%q,"field_2":["企业微信","公众号, 小程序"],"creator_name":"secret","created_at":"2026-03-01T%02d:30:00Z","updated_at":"2026-03-01T20:00:00Z","info_remote_ip":"203.0.113.9"}`,
			[]string{"", ","}[min(i, 1)], i+1, []string{"美妆", "食品"}[i%2], i%24)
	}
	b.WriteString("]}")
	d, _, counts := imported(t, export(t, "a.json", b.String()), Options{})
	if d.Platform != "jinshuju" || counts["submitted"]["2026-03-01"] != 32 || counts["submitted"]["2026-03-02"] != 8 || counts["field_2"]["公众号, 小程序"] != 40 {
		t.Errorf("%s %v %v", d.Platform, counts["submitted"], counts["field_2"])
	}
}

// TestTitlesSayOnlyWhatTheDataAllow drafts a clear and an unclear question.
func TestTitlesSayOnlyWhatTheDataAllow(t *testing.T) {
	var b strings.Builder
	b.WriteString("submitted at,有没有团队,行业\n")
	for i := range 100 {
		fmt.Fprintf(&b, "2026-03-01,%s,%s\n", []string{"有", "有", "有", "有", "没有"}[i%5], []string{"美妆", "食品", "母婴"}[i%3])
	}
	d, _, _ := imported(t, export(t, "b.csv", b.String()), Options{})
	text := drafted(d)
	if !strings.Contains(text, "![有没有团队：「有」占[80%](stat:b/有没有团队?is=有)](chart:b/有没有团队)") || !strings.Contains(text, "![行业](chart:b/行业)") {
		t.Errorf("%s", text)
	}
}
