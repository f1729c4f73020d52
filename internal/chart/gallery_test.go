package chart

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	update  = flag.Bool("update", false, "rewrite the golden files and the generated part of chart.css")
	gallery = flag.String("gallery", "", "write a page with every figure to this file, to look at")
)

// examples are the gallery: one figure of every kind.
func examples() []Spec {
	var out []Spec
	for _, k := range Kinds() {
		out = append(out, k.Example())
	}
	return out
}

func TestGalleryPageForTheEye(t *testing.T) {
	if *gallery == "" {
		t.Skip("no -gallery file was asked for")
	}
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="chart.css"><link rel="stylesheet" href="page.css"><main>`)
	for _, s := range append(examples(), hardExamples()...) {
		fmt.Fprintf(&b, "<figure class=chart><h3>%s %s</h3><p>%s</p>", s.Number, s.Finding, s.Subtitle)
		for _, w := range []Width{Wide, Narrow} {
			svg, err := SVG(s, w)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(svg)
		}
		words, _ := Describe(s)
		fmt.Fprintf(&b, "<p>%s</p><p>%s</p></figure>\n", s.Footer(), words)
	}
	if err := os.WriteFile(filepath.FromSlash(*gallery), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, s := range examples() {
		alone, err := Standalone(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(*gallery), s.ID+".svg"), alone, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// hardExamples are figures that strain the layout: many long labels, many series, negative values, suppressed cells.
func hardExamples() []Spec {
	var long []Value
	names := []string{"企业微信", "在门店由导购邀请顾客添加企业微信，并在三天内由专人跟进首次回访与新客礼发放", "Which of these build tools do you use on a regular basis at work or at home?", "短视频与直播间引流", "包裹卡", "公众号菜单与文末引导", "其他（请注明）"}
	for i := range 42 {
		v := 0.9 - float64(i)*0.021
		long = append(long, share(fmt.Sprintf("%s %d", names[i%len(names)], i+1), v, v-0.03, v+0.03, 1152))
	}
	lines := make([]Series, 5)
	for i := range lines {
		lines[i] = Series{Name: fmt.Sprintf("第%d类行业的品牌", i+1), Values: points([]string{"2022", "2023", "2024", "2025", "2026"}, .3+float64(i)*.004, .31, .33+float64(i)*.01, .34, .350+float64(i)*.003)}
	}
	change := amounts([]string{"门店", "直播", "公众号", "投放"}, 12.4, 3.1, -4.2, -8.8)
	change[1].State = Missing
	months := make([]string, 36)
	values := make([]float64, 36)
	for i := range months {
		months[i] = fmt.Sprintf("%d-%02d", 2023+i/12, i%12+1)
		values[i] = 41 + float64(i%7) + float64(i)/6
	}
	uneven := histogram.example()
	uneven.ID, uneven.Bands[1].To, uneven.Bands[2].From = "uneven", 5, 5
	wide := Spec{ID: "wide-map", Kind: "heatmap", Percent: true, Finding: "列多的热力表分块排列"}
	for i := range 14 {
		wide.Series = append(wide.Series, Series{Name: months[i], Values: points([]string{"食品", "美妆个护", "母婴亲子与玩具"}, .1+float64(i)*.05, .4, .7-float64(i)*.03)})
	}
	wide.Series[3].Values[1] = suppressed("美妆个护", 5)
	single := Spec{ID: "one-line", Kind: "line", Unit: "元", Finding: "单一序列，截断的轴", Series: []Series{{Name: "客单价", Values: amounts(months, values...)}}}
	few := Spec{ID: "few", Kind: "line", Unit: "元", Finding: "少数几个点，印出数值", Series: []Series{{Name: "客单价", Values: amounts(months[:6], values[:6]...)}}, References: []Reference{{Name: "你的品牌", V: 44, Text: "44.0"}}}
	few.Series[0].Values[2] = suppressed(months[2], 5)
	return []Spec{
		{ID: "many", Kind: "bars", Percent: true, Finding: "四十二个长名称的选项", Series: []Series{{Name: "占比", Values: long}}},
		{ID: "crowd", Kind: "line", Percent: true, Finding: "五条挤在一起的线", Series: lines},
		{ID: "negative", Kind: "bars", Unit: "百分点", Finding: "有增有减", Series: []Series{{Name: "变化", Values: change}}, Attrs: map[string]string{"highlight": "投放"}},
		single, few, uneven, wide,
	}
}
