package intake

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/schema"
)

// The one known survey: a single choice, a multiple choice with a comma in an
// option and typed texts beside 其他, a matrix of two rows, a number, a free text.
var (
	surveySingle = []string{"美妆", "食品", "母婴"}
	surveyMulti  = []string{"企业微信", "微信群, 大群", "公众号", "其他"}
	surveyRows   = []string{"导流", "留存"}
	surveyScale  = []string{"不满意", "一般", "满意"}
)

type answer struct {
	single, number int
	multi          []int // nil = skipped
	rows           [2]int
}

const answers = 120

// known gives the answers: every combination comes, and no option always comes with another.
func known(i int) answer {
	a := answer{single: i % 3, number: 3 + i%17, rows: [2]int{i % 3, i / 3 % 3}}
	if i%8 == 7 {
		return a
	}
	for k := range surveyMulti {
		if (i*7+i/4)%15+1>>k&1 == 1 || ((i*7+i/4)%15+1)>>k&1 == 1 {
			a.multi = append(a.multi, k)
		}
	}
	return a
}

// layout writes the header rows and one answer of a platform's export.
type layout struct {
	file   string
	header [][]string
	row    func(i int, a answer) []string
	codes  bool // options are numbers: the tables are compared by place
}

func pickAll(a answer, options []string, no string, each func(k int) string) (out []string) {
	for k := range options {
		if slices.Contains(a.multi, k) {
			out = append(out, each(k))
		} else {
			out = append(out, no)
		}
	}
	return out
}

func chosenTexts(a answer, typed string) (out []string) {
	for _, k := range a.multi {
		if k == 3 {
			out = append(out, surveyMulti[k]+typed)
		} else {
			out = append(out, surveyMulti[k])
		}
	}
	return out
}

func stamp(i int) string { return fmt.Sprintf("2026-03-%02d 09:%02d:00", i%28+1, i%60) }

func secret(i int) string { return fmt.Sprintf("secret-%d 的意见", i) }

func prefixed(prefix string, options []string, suffix string) (out []string) {
	for _, o := range options {
		out = append(out, prefix+o+suffix)
	}
	return out
}

func layouts() map[string]layout {
	opt := func(k int) string { return surveyMulti[k] }
	one := func(int) string { return "1" }
	num := func(k int) string { return fmt.Sprint(k + 1) }
	row := func(lead []string, a answer, multi []string, i int) []string {
		return slices.Concat(lead, []string{surveySingle[a.single]}, multi, []string{surveyScale[a.rows[0]], surveyScale[a.rows[1]], fmt.Sprint(a.number), secret(i)})
	}
	number := func(lead []string, a answer, multi []string, i int) []string {
		return slices.Concat(lead, []string{fmt.Sprint(a.single + 1)}, multi, []string{fmt.Sprint(a.rows[0] + 1), fmt.Sprint(a.rows[1] + 1), fmt.Sprint(a.number), secret(i)})
	}
	wjxLead := func(i int) []string {
		return []string{fmt.Sprint(i + 1), stamp(i), "60秒", "微信", "secret-nick", "203.0.113.9(上海-上海)"}
	}
	wjxHead := []string{"序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"}
	skip := func(a answer, s string, multi []string) []string {
		if a.multi == nil {
			for i := range multi {
				multi[i] = s
			}
		}
		return multi
	}
	tail := []string{"满意度—导流", "满意度—留存"}
	return map[string]layout{
		"wjx text": {file: "1_按文本_调研_120_120.csv", header: [][]string{slices.Concat(wjxHead, []string{"1、行业", "2、阵地", "3、" + tail[0], "3、" + tail[1], "4、团队人数", "5、建议"})},
			row: func(i int, a answer) []string {
				return row(wjxLead(i), a, skip(a, "(跳过)", []string{strings.Join(chosenTexts(a, "〖secret-shop〗"), "┋")}), i)
			}},
		"wjx older": {file: "1_按文本_调研_120_120.csv", header: [][]string{slices.Concat(wjxHead, []string{"第1题 行业", "第2题 阵地", "第3题(导流)", "第3题(留存)", "第4题 团队人数", "第5题 建议"})},
			row: func(i int, a answer) []string {
				return row(wjxLead(i), a, skip(a, "(跳过)", []string{strings.Join(chosenTexts(a, ""), "┋")}), i)
			}},
		"wjx number": {file: "1_按序号_调研_120_120.csv", codes: true, header: [][]string{slices.Concat(wjxHead, []string{"1、行业"}, prefixed("2、阵地(", surveyMulti, ")"), []string{"3、" + tail[0], "3、" + tail[1], "4、团队人数", "5、建议"})},
			row: func(i int, a answer) []string {
				return number(wjxLead(i), a, skip(a, "-3", pickAll(a, surveyMulti, "0", one)), i)
			}},
		"wjx score": {file: "1_按分数_调研_120_120.csv", codes: true, header: [][]string{slices.Concat(wjxHead, []string{"总分", "1、行业"}, prefixed("2、(", surveyMulti, ")"), []string{"3、" + tail[0], "3、" + tail[1], "4、团队人数", "5、建议"})},
			row: func(i int, a answer) []string {
				return number(append(wjxLead(i), "88"), a, skip(a, "-3", pickAll(a, surveyMulti, "0", one)), i)
			}},
		"tencent older": {file: "9799234_202203072020311613.csv", header: [][]string{slices.Concat([]string{"编号", "开始答题时间", "结束答题时间", "答题时长", "地理位置国家和地区", "地理位置省", "地理位置市", "自定义字段", "1.行业"}, prefixed("2.阵地:", surveyMulti, ""), []string{"2.阵地:其他_填空1", "3.满意度:导流", "3.满意度:留存", "4.团队人数", "5.建议", ""})},
			row: func(i int, a answer) []string {
				return append(row([]string{fmt.Sprint(i + 1), "02-Feb-2021 20:26:58", "02-Feb-2021 20:28:58", "120", "中国", "上海", "上海", "secret-x"}, a,
					append(pickAll(a, surveyMulti, "", func(k int) string { return string(rune('A'+k)) + "." + opt(k) }), "secret-typed"), i), "")
			}},
		"tencent newer": {file: "b.csv", header: [][]string{slices.Concat([]string{"编号", "开始答题时间", "结束答题时间", "答题时长", "1.行业"}, prefixed("2.阵地:", surveyMulti, ""), []string{"3.满意度:导流", "3.满意度:留存", "4.团队人数", "5.建议", "语言", "清洗数据结果", "智能清洗数据无效概率", "地理位置国家和地区", "地理位置省", "地理位置市", "用户类型", "用户标识", "昵称", "自定义字段", "IP", "UA", "Referrer", "中奖时间", "中奖金额", "审核状态", ""})},
			row: func(i int, a answer) []string {
				return slices.Concat(row([]string{fmt.Sprint(i + 1), stamp(i), stamp(i), "120"}, a, pickAll(a, surveyMulti, "", opt), i),
					[]string{"简体中文", []string{"有效", "无效"}[i%12/11], "0.1", "中国", "上海", "上海", "x", "secret-id", "secret-nick", "secret-field", "203.0.113.9", "Mozilla/5.0 secret", "secret-ref", "", "", "通过", ""})
			}},
		"jinshuju one cell": {file: "c.csv", header: [][]string{{"序号", "行业", "阵地", "满意度:导流", "满意度:留存", "团队人数", "建议", "提交人", "提交时间", "修改时间", "填写设备", "操作系统", "浏览器", "填写地区", "IP"}},
			row: func(i int, a answer) []string {
				return append(row([]string{fmt.Sprint(i + 1)}, a, []string{strings.Join(chosenTexts(a, ""), ",")}, i), "secret-who", stamp(i), stamp(i), "手机", "iOS", "微信", "上海", "203.0.113.9")
			}},
		"jinshuju columns": {file: "c.csv", header: [][]string{slices.Concat([]string{"序号", "行业"}, prefixed("阵地-", surveyMulti, ""), []string{"满意度:导流", "满意度:留存", "团队人数", "建议", "提交人", "提交时间", "修改时间", "IP"})},
			row: func(i int, a answer) []string {
				return append(row([]string{fmt.Sprint(i + 1)}, a, pickAll(a, surveyMulti, "", one), i), "secret-who", stamp(i), stamp(i), "203.0.113.9")
			}},
		"netease": {file: "d.zip", codes: true, header: [][]string{slices.Concat([]string{"答题序号", "开始时间", "结束时间", "用户ID", "IP", "Q1"}, prefixed("Q2_A", []string{"1", "2", "3", "4"}, ""), []string{"Q3_R1", "Q3_R2", "Q4", "Q5"})},
			row: func(i int, a answer) []string {
				return number([]string{fmt.Sprint(i + 1), stamp(i), stamp(i), "secret-u", "1.1.*.*"}, a, pickAll(a, surveyMulti, "0", one), i)
			}},
		"wenjuan readable": {file: "e.csv", header: [][]string{slices.Concat([]string{"序号", "开始时间", "结束时间", "答题时长", "Q1"}, prefixed("Q2_A", []string{"1", "2", "3", "4"}, ""), []string{"Q3_R1", "Q3_R2", "Q4", "Q5"})},
			row: func(i int, a answer) []string {
				return row([]string{fmt.Sprint(i + 1), stamp(i), stamp(i), "60"}, a, pickAll(a, surveyMulti, "", opt), i)
			}},
		"google": {file: "f.csv", header: [][]string{{"Timestamp", "行业", "阵地", "满意度 [导流]", "满意度 [留存]", "团队人数", "建议"}},
			row: func(i int, a answer) []string {
				return row([]string{stamp(i)}, a, []string{strings.Join(chosenTexts(a, ""), ", ")}, i)
			}},
		"surveymonkey": {file: "g.csv", header: [][]string{
			{"Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1", "行业", "阵地", "", "", "", "满意度", "", "团队人数", "建议"},
			slices.Concat([]string{"", "", "", "", "", "", "", "", "", "Response"}, surveyMulti, surveyRows, []string{"Open-Ended Response", "Open-Ended Response"})},
			row: func(i int, a answer) []string {
				return row([]string{fmt.Sprint(11827391 + i), "991", stamp(i), stamp(i), "203.0.113.9", "", "secret-a", "secret-b", ""}, a, pickAll(a, surveyMulti, "", func(k int) string {
					if k == 3 {
						return fmt.Sprintf("secret-typed-%d", i)
					}
					return opt(k)
				}), i)
			}},
		"surveymonkey coded": {file: "g.csv", codes: true, header: [][]string{
			{"Respondent ID", "Collector ID", "Start Date", "End Date", "行业", "阵地", "", "", "", "满意度", "", "团队人数", "建议"},
			slices.Concat([]string{"", "", "", "", "Response"}, surveyMulti, surveyRows, []string{"Open-Ended Response", "Open-Ended Response"})},
			row: func(i int, a answer) []string {
				return number([]string{fmt.Sprint(11827391 + i), "991", stamp(i), stamp(i)}, a, pickAll(a, surveyMulti, "", num), i)
			}},
		"typeform": {file: "h.csv", header: [][]string{slices.Concat([]string{"#", "行业"}, surveyMulti, []string{"满意度: 导流", "满意度: 留存", "团队人数", "建议", "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"})},
			row: func(i int, a answer) []string {
				return append(row([]string{fmt.Sprintf("abc%dxyz", i)}, a, pickAll(a, surveyMulti, "", opt), i), "completed", stamp(i), stamp(i), "secret-net", "")
			}},
		"limesurvey": {file: "i.csv", header: [][]string{slices.Concat([]string{"id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language", "seed. Seed", "Q1. 行业"},
			[]string{"Q2[SQ001]. 阵地 [企业微信]", "Q2[SQ002]. 阵地 [微信群, 大群]", "Q2[SQ003]. 阵地 [公众号]", "Q2[SQ004]. 阵地 [其他]", "Q3[SQ001]. 满意度 [导流]", "Q3[SQ002]. 满意度 [留存]", "Q4. 团队人数", "Q5. 建议"})},
			row: func(i int, a answer) []string {
				return row([]string{fmt.Sprint(i + 1), stamp(i), "3", "zh-Hans", "12345"}, a, pickAll(a, surveyMulti, "No", func(int) string { return "Yes" }), i)
			}},
		"qualtrics": {file: "j.csv", header: [][]string{
			slices.Concat([]string{"StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "ResponseId", "RecipientLastName", "Q1", "Q2_1", "Q2_2", "Q2_3", "Q2_4", "Q2_4_TEXT", "Q3_1", "Q3_2", "Q4", "Q5"}),
			slices.Concat([]string{"Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished", "Recorded Date", "Response ID", "Recipient Last Name", "行业"}, prefixed("阵地 - Selected Choice - ", surveyMulti, ""), []string{"阵地 - 其他 - Text", "满意度 - 导流", "满意度 - 留存", "团队人数", "建议"}),
			strings.Split(strings.TrimSuffix(strings.Repeat("{\"ImportId\":\"QID1\"}|", 20), "|"), "|")},
			row: func(i int, a answer) []string {
				return row([]string{stamp(i), stamp(i), "IP Address", "203.0.113.9", "100", "90", "True", stamp(i), fmt.Sprintf("R_%d", i), "secret-last"}, a, append(pickAll(a, surveyMulti, "", opt), "secret-typed"), i)
			}},
		"plain not selected": {file: "k.csv", header: [][]string{slices.Concat([]string{"submitted at", "行业"}, prefixed("阵地: ", surveyMulti, ""), []string{"满意度: 导流", "满意度: 留存", "团队人数", "建议"})},
			row: func(i int, a answer) []string {
				return row([]string{stamp(i)}, a, pickAll(a, surveyMulti, "Not selected", opt), i)
			}},
		"plain true": {file: "k.csv", header: [][]string{slices.Concat([]string{"submitted at", "行业"}, prefixed("阵地 [", surveyMulti, "]"), []string{"满意度 [导流]", "满意度 [留存]", "团队人数", "建议"})},
			row: func(i int, a answer) []string {
				return row([]string{stamp(i)}, a, pickAll(a, surveyMulti, "", func(int) string { return "true" }), i)
			}},
		"plain semicolons": {file: "k.csv", header: [][]string{{"submitted at", "行业", "阵地", "满意度 [导流]", "满意度 [留存]", "团队人数", "建议"}},
			row: func(i int, a answer) []string {
				return row([]string{stamp(i)}, a, []string{strings.Join(chosenTexts(a, ""), ";")}, i)
			}},
		"plain records": {file: "k.csv", header: [][]string{{"submitted at", "行业", "阵地", "满意度 [导流]", "满意度 [留存]", "团队人数", "建议"}},
			row: func(i int, a answer) []string {
				return row([]string{stamp(i)}, a, []string{joinRecord(chosenTexts(a, "")) + "\r\n"}, i)
			}},
	}
}

func (l layout) text() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, row := range l.header {
		_ = w.Write(row)
	}
	for i := range answers {
		_ = w.Write(l.row(i, known(i)))
	}
	w.Flush()
	return b.String()
}

// neteaseSyntax is what lies beside the table in the ZIP of 网易问卷.
const neteaseSyntax = `VARIABLE LABELS Q1 '行业' Q2_A1 '企业微信' Q2_A2 '微信群, 大群'
  Q2_A3 '公众号' Q2_A4 "其他" / Q3_R1 '导流' Q3_R2 '留存'.
VALUE LABELS Q1 1 '美妆' 2 '食品' 3 '母婴' / Q3_R1 Q3_R2 1 '不满意' 2 '一般' 3 '满意'.
EXECUTE.
`

func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b strings.Builder
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wanted are the tables of the known survey: counts of the single choice, the
// multiple choice, each row of the matrix, by the place of the option.
func wanted() [4][]int {
	want := [4][]int{make([]int, 3), make([]int, 4), make([]int, 3), make([]int, 3)}
	for i := range answers {
		a := known(i)
		want[0][a.single]++
		for _, k := range a.multi {
			want[1][k]++
		}
		want[2][a.rows[0]]++
		want[3][a.rows[1]]++
	}
	return want
}

// TestEveryPlatformGivesTheSameTables writes the known survey as every platform does.
func TestEveryPlatformGivesTheSameTables(t *testing.T) {
	want := wanted()
	all := layouts()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			l := all[name]
			text := l.text()
			if strings.HasSuffix(l.file, ".zip") {
				text = zipped(t, map[string]string{"data.csv": text, "spss.txt": neteaseSyntax, "crosstab.txt": "Q1 * Q2"})
			}
			d, dict, counts := imported(t, export(t, l.file, text), Options{})
			if platform := strings.ReplaceAll(strings.Fields(name)[0], "google", "google-forms"); d.Platform != platform || d.Rows != answers {
				t.Errorf("%s, %d rows", d.Platform, d.Rows)
			}
			l.compare(t, dict, counts, want)
			for _, text := range []string{d.toml(), drafted(d)} {
				if strings.Contains(text, "secret") {
					t.Errorf("typed text in\n%s", text)
				}
			}
		})
	}
}

// compare holds the counts of the questions, in the order of the questionnaire, against the known ones.
func (l layout) compare(t *testing.T, dict *schema.Dictionary, counts map[string]map[string]int, want [4][]int) {
	t.Helper()
	options := [4][]string{surveySingle, surveyMulti, surveyScale, surveyScale}
	var got []*schema.Field
	texts := 0
	for i := range dict.Fields {
		f := &dict.Fields[i]
		switch {
		case f.Role == schema.RoleOpen:
			texts++
		case len(f.Categories) > 1 && !slices.Contains([]string{"language", "platform_flag", "finished"}, f.Name):
			got = append(got, f)
		}
	}
	if len(got) != 4 || texts == 0 {
		for _, f := range dict.Fields {
			t.Logf("%s %s %q %d categories, role %q", f.Name, f.Type, f.Title, len(f.Categories), f.Role)
		}
		t.Fatalf("%d choices and %d free texts", len(got), texts)
	}
	for q, f := range got {
		for k, option := range options[q] {
			n := counts[f.Name][option]
			if l.codes && n == 0 {
				n = counts[f.Name][fmt.Sprint(k+1)]
			}
			if n != want[q][k] {
				t.Errorf("%s %q: %d, want %d (%v)", f.Title, option, n, want[q][k], counts[f.Name])
			}
		}
	}
	if got[2].Question == "" || got[2].Question != got[3].Question || !strings.HasSuffix(got[2].Title, "导流") && !l.codes && !strings.HasPrefix(got[2].Row, "R") {
		t.Errorf("matrix: %+v", got[2])
	}
}

func drafted(d *Draft) (text string) {
	chapters := d.chapters()
	for i := range chapters {
		text += d.markdown(&chapters[i])
	}
	return text + d.summary(chapters)
}
