package intake

import (
	"fmt"
	"strings"
	"testing"

	"benchbook/internal/schema"
)

// TestRowsOfTotalsAreLeftOut puts rows that sum up others into a monthly report.
func TestRowsOfTotalsAreLeftOut(t *testing.T) {
	text := "区域,门店,行业,月份,类型,新增好友,销售额\n"
	for i := range 36 {
		text += fmt.Sprintf("%s区,店%d,%s,2026-%02d,%s,%d,%d.5\n", []string{"东", "西"}[i/3%2], i/3, []string{"美妆", "食品"}[i/3%2], i%3+1, []string{"直营", "加盟"}[i/3%2], i+1, i)
	}
	for _, row := range []string{
		"东区,合计,,,,99999,9", "东区,店1,合计行,,,99999,9", "东区,店1,美妆,本月合计,,99999,9", "东区,合 计,,,,99999,9", "东区,小计,,,,99999,9",
		"东区,牌20小计,,,,99999,9", "总计,,,,,99999,9", "总和,,,,,99999,9", "东区,全部,,2026-01,,99999,9", "东区,平均,,,,99999,9", "东区,均值：,,,,99999,9",
		"Total,,,,,99999,9", "东区,Subtotal,,,,99999,9", "东区,sub-total,,,,99999,9", "东区,Grand  Total,,,,99999,9", "北京 汇总,,,,,99999,9", "Beijing Total,,,,,99999,9",
		"东区,店1,全部,2026-01,,99999,9", "东区,店1,美妆,合计（万元）,,99999,9", "东区,店1,美妆,2026-01,小计,99999,9", "东区,甲牌（合计）,,,,99999,9", "东区, 合　计 ,,,,99999,9",
	} {
		d, dict, counts := imported(t, export(t, "kpi.csv", text+row+"\n东区,店99,美妆,2026-03,直营,7,8\n"), Options{})
		warned := strings.Join(texts(d.Warnings, "zh"), "|")
		if d.Rows != 37 || counts["新增好友"][""] != 37 || dict.Contributor != "门店" || !strings.Contains(warned, "丢弃 1 行") || !strings.Contains(warned, "第 38 行") {
			t.Errorf("%s: %d rows, contributor %q, %s", row, d.Rows, dict.Contributor, warned)
		}
	}
	for _, row := range []string{"东区,全部好店,美妆,2026-01,直营,1,2", "东区,会计之家,美妆,2026-01,直营,1,2", "东区,店1,美妆,2026-01,全部,,", "全部,店3,美妆,2026-01,直营,,"} {
		if d, _, _ := imported(t, export(t, "kpi.csv", text+row+"\n"), Options{}); d.Rows != 37 {
			t.Errorf("%s is no row of totals", row)
		}
	}
}

// TestAnswersThatSoundLikeTotalsStay imports answers, and a report that says of
// every row that it is of all shops.
func TestAnswersThatSoundLikeTotalsStay(t *testing.T) {
	for _, header := range []string{"您覆盖的地区,您用的渠道,团队人数,满意度", "提交时间,渠道,团队人数,满意度", "人,渠道,程度,满意度"} {
		text := header + "\n"
		for i := range 40 {
			text += fmt.Sprintf("%s,%s,%d,%s\n", []string{"全部", "华东", "华南"}[i%3], []string{"全部", "微信", "平均"}[i%3], i, []string{"满意", "一般"}[i%2])
		}
		if d, _, _ := imported(t, export(t, "a.csv", text), Options{}); d.Rows != 40 {
			t.Errorf("%s: %d rows", header, d.Rows)
		}
	}
	all := "渠道,月份,新增\n"
	for i := range 12 {
		all += fmt.Sprintf("全部,2026-%02d,%d\n", i+1, i*10)
	}
	d, dict, _ := imported(t, export(t, "a.csv", all), Options{})
	if f, ok := dict.Field("新增"); d.Rows != 12 || !ok || f.Type != schema.Integer {
		t.Errorf("%d rows %+v", d.Rows, f)
	}
}
