package build

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/fact"
	"benchbook/internal/kpi"
)

// sampleSite is the sample, built once for all tests of this file.
func sampleSite(t *testing.T) made {
	t.Helper()
	once.Do(func() { builtOnce, _ = makeOnce(t, sample) })
	builtOnce.wantNoErrors(t)
	return builtOnce
}

var (
	once      sync.Once
	builtOnce made
)

// pages are the readable texts of the sample's pages, without tags.
func pages(t *testing.T) map[string]string {
	t.Helper()
	m := sampleSite(t)
	out := map[string]string{}
	for name, data := range m.files {
		if path.Ext(name) == ".html" && !strings.HasPrefix(name, "zh-tw/") {
			out[name] = readable(string(data))
		}
	}
	return out
}

var anyTag = regexp.MustCompile(`<[^>]*>`)

func readable(html string) string {
	html = anyTag.ReplaceAllString(html, " ")
	return strings.Join(strings.Fields(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&amp;", "&", "&#39;", "'").Replace(html)), " ")
}

// TestTrapsOfTheTrade holds the pages of the sample against the traps that the
// source articles set.
func TestTrapsOfTheTrade(t *testing.T) {
	site := pages(t)
	traps := []struct{ name, page, says, never string }{
		{"a list of ten is not called nine", "kpi/catalogue.html", "共 10 项。原话：「大概9个指标」", "共 9 项"},
		{"KOC is two numbers", "kpi/koc.html", "两个数并列，不合成一个", ""},
		{"the gap stays a gap", "kpi/diversion_rate.html", "及格与优良之间 17% 至 20%，两端都不含 没有归属", ""},
		{"below 5 follows from 5", "kpi/diversion_rate.html", "不及格线 低于 5% 由相邻的线推得", ""},
		{"超额线 has no number", "kpi/diversion_rate.html", "超额线 没有数字 写进合同", ""},
		{"及格线 is another name", "kpi/diversion_rate.html", "「及格线」是「正常线」的别名", ""},
		{"exactly 80.00% passes", "kpi/forecast.html", "2026-04 达标 正常线 30,000 14.5% 4,350 30,000 100.00% 4,350.00 3,480 3,480 80.00%", ""},
		{"79.99% is not printed as 80%", "kpi/forecast.html", "79.99% 未达标", ""},
		{"both bases are told", "kpi/forecast.html", "换一种口径 逐月合计：未达标", ""},
		{"a cost has a ceiling", "kpi/forecast.html", "逐月；上限为预测除以 80%", ""},
		{"six times is plus five hundred percent", "facts.html", "500%", "增长 600%"},
		{"6–10 people are inferred", "2026/team.html", "推算", ""},
		{"edges of the ladder are half-open", "models/stages.html", "正好 10% 归数字化能力，正好 15% 归拓展业态：含下限，不含上限", ""},
		{"two strengths of one fact", "2026/budget.html", "50% 以上", ""},
		{"two strengths of one fact, the other", "2026/budget.html", "实录给的是 65%", ""},
		{"n is not disclosed", "facts.html", "n 未披露", ""},
		{"the doubled force is quoted with a note", "models/four-forces.html", "运营力、产品力、产品力、组织力", ""},
		{"low and low has no model", "models/modes.html", "无匹配", ""},
		{"a caution goes with its KPI", "kpi/gmv.html", "每个动作都要求立刻成交，会伤品牌", ""},
		{"the newest issue first", "editions/index.html", "第五期 私域代运营正在爆发", ""},
		{"a redefined number is not compared", "editions/2025-2026.html", "口径变更", ""},
		{"a rewritten article teaches no aliases", "glossary.html", "导流率", "又称：方针"},
	}
	for _, trap := range traps {
		text, ok := site[trap.page]
		if !ok {
			t.Errorf("%s: there is no page %s", trap.name, trap.page)
			continue
		}
		if !strings.Contains(text, trap.says) {
			t.Errorf("%s: %s does not say %q", trap.name, trap.page, trap.says)
		}
		if trap.never != "" && strings.Contains(text, trap.never) {
			t.Errorf("%s: %s says %q", trap.name, trap.page, trap.never)
		}
	}
	for name, text := range site {
		if strings.Contains(text, "+600%") || strings.Contains(text, "提升 600%") {
			t.Errorf("%s prints six times as +600%%", name)
		}
	}
	if list := site["editions/index.html"]; strings.Index(list, "第五期 私域代运营") > strings.Index(list, "第一期 2021") {
		t.Error("the issues are not listed from the newest on")
	}
}

// Numbers of boilerplate and figures of speech are nobody's statistics.
func TestBoilerplateNumbersAreNoStatistics(t *testing.T) {
	var l diag.List
	facts := fact.Load("data/facts.toml", []byte(read(t, "data/facts.toml")), &l)
	for _, f := range facts.Facts {
		for _, no := range []string{"羽毛", "课程", "20 元券", "平均1小时", "平均 1 小时", "发表文章", "浏览", "五万粉丝", "十万交易", "有效期"} {
			if strings.Contains(f.Statement, no) {
				t.Errorf("%s quotes %q as a statistic", f.ID, no)
			}
		}
		if slices.Contains([]float64{706, 1139, 250}, f.Value) || f.Value == 110 && f.Unit != "%" {
			t.Errorf("%s is a number of the page round an article", f.ID)
		}
	}
}

// TestEveryFactIsQuotedWithItsSource: each has its own entry with source, date and base.
func TestEveryFactIsQuotedWithItsSource(t *testing.T) {
	m := sampleSite(t)
	html := string(m.files["facts.html"])
	var l diag.List
	facts := fact.Load("data/facts.toml", []byte(read(t, "data/facts.toml")), &l)
	if len(facts.Facts) < 37 {
		t.Errorf("%d facts", len(facts.Facts))
	}
	for _, f := range facts.Facts {
		_, entry, ok := strings.Cut(html, `id="`+f.ID+`"`)
		if !ok {
			t.Errorf("%s has no entry", f.ID)
			continue
		}
		entry, _, _ = strings.Cut(entry, "</section>")
		text := readable("<" + entry)
		for _, want := range []string{f.Text(), f.Source, "日期", f.Base} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q: %s", f.ID, want, text)
			}
		}
	}
}

func catalogue(t *testing.T) *kpi.Catalogue {
	t.Helper()
	var l diag.List
	cat := kpi.Load([]kpi.File{{Name: "data/kpi.toml", Src: []byte(read(t, "data/kpi.toml"))}}, &l)
	if found := l.Sorted(); len(found) > 0 {
		t.Fatal(found)
	}
	return cat
}

func TestEveryKPIHasItsPage(t *testing.T) {
	m := sampleSite(t)
	for _, k := range catalogue(t).KPIs() {
		text := readable(string(m.files["kpi/"+k.ID+".html"]))
		for _, want := range []string{k.Title, k.At("2026-11-01").Definition, k.Better.Title(), k.Measure.Title()} {
			if !strings.Contains(text, want) {
				t.Errorf("the page of %s does not say %q", k.ID, want)
			}
		}
		if k.Benchmark != "" && !strings.Contains(text, "总体") {
			t.Errorf("the page of %s has no benchmark", k.ID)
		}
		if len(k.SOPs) > 0 && !strings.Contains(text, "能推动它的 SOP") {
			t.Errorf("the page of %s leads to no procedure", k.ID)
		}
	}
}

func TestEveryProfileHasItsPage(t *testing.T) {
	m := sampleSite(t)
	for _, p := range catalogue(t).Profiles {
		text := readable(string(m.files["kpi/profile-"+p.ID+".html"]))
		form := string(m.files["kpi/profile-"+p.ID+".csv"])
		for _, k := range p.KPIs() {
			if !strings.Contains(text, k.Title) || !strings.Contains(form, k.Title) {
				t.Errorf("profile %s lacks %s on its page or form", p.ID, k.Title)
			}
		}
		for _, s := range p.Stages {
			if !strings.Contains(text, s.Title) || !strings.Contains(text, s.Leave) {
				t.Errorf("profile %s does not tell of %q", p.ID, s.Title)
			}
		}
	}
}

// TestEverySOPIsAWorkingOne: the head block, numbered steps that say when they are
// done, a check-list, and a live number.
func TestEverySOPIsAWorkingOne(t *testing.T) {
	m := sampleSite(t)
	n := 0
	for name, data := range m.files {
		if !strings.HasPrefix(name, "sop/") || path.Ext(name) != ".html" || name == "sop/index.html" {
			continue
		}
		n++
		html := string(data)
		for _, want := range []string{"何时用", "何时不用", "触发条件", "角色", "准备", "用时", "负责人", "版本", "最近复核", "完成标志", "对应基准", `class="task"`, `class="script"`} {
			if !strings.Contains(html, want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
	if n < 20 {
		t.Errorf("%d procedures", n)
	}
}

func TestVendorsHaveTheirFields(t *testing.T) {
	m := sampleSite(t)
	html := string(m.files["vendors/index.html"])
	if n := strings.Count(html, "<dt>出身</dt>"); n != 7 {
		t.Errorf("the handbook compares %d vendors", n)
	}
	if !strings.Contains(html, "data-library") {
		t.Error("the vendors cannot be filtered")
	}
	for _, field := range []string{"类型", "出身", "擅长", "短板", "适合", "不适合", "常见计费", "收录方式"} {
		if strings.Count(html, "<dt>"+field+"</dt>") != 7 {
			t.Errorf("not every vendor has %s", field)
		}
	}
}
