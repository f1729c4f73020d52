package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// scales are known answer scales from low to high; words on one place mean the same.
var scales = [][]string{
	{"非常不满意|很不满意|极不满意", "不满意|不太满意|比较不满意", "一般|中立|尚可|说不清", "满意|比较满意|较满意", "非常满意|很满意|十分满意"},
	{"非常不同意|很不同意|完全不同意|强烈反对", "不同意|不太同意|比较不同意|反对", "一般|中立|不确定|说不清", "同意|比较同意|较同意", "非常同意|很同意|完全同意|强烈同意"},
	{"非常不符合|完全不符合|很不符合", "不符合|不太符合|比较不符合", "一般|不确定|中立", "符合|比较符合", "非常符合|完全符合|很符合"},
	{"非常不重要|完全不重要|很不重要", "不重要|不太重要", "一般|中立", "重要|比较重要", "非常重要|很重要|极其重要"},
	{"非常不可能|绝对不会", "不太可能|不可能|可能不会", "一般|不确定", "可能|比较可能|可能会", "非常可能|很可能|一定会"},
	{"从不|从未|没有过", "很少|极少|偶尔", "有时", "经常|常常", "总是|每次|一直"},
	{"很差|非常差|极差", "差|较差|比较差", "一般|中等", "好|较好|比较好|良好", "很好|非常好|优秀"},
	{"很低|非常低", "低|较低|比较低", "一般|中等", "高|较高|比较高", "很高|非常高"},
	{"小学|小学及以下", "初中|初中及以下", "高中|中专|高中/中专|高中及以下", "大专|专科", "本科|大学本科", "硕士|研究生|硕士研究生|硕士及以上", "博士|博士研究生"},
	{"strongly disagree", "disagree", "neutral|neither agree nor disagree", "agree", "strongly agree"},
	{"very dissatisfied", "dissatisfied|somewhat dissatisfied", "neutral|neither satisfied nor dissatisfied", "satisfied|somewhat satisfied", "very satisfied"},
	{"never", "rarely|less often", "yearly|annually", "quarterly", "monthly", "weekly", "daily|every day"},
	{"never", "rarely|seldom|almost never", "occasionally|sometimes", "often|frequently", "always|almost always"},
	{"not at all important|not important", "slightly important", "moderately important", "very important", "extremely important"},
	{"very unlikely", "unlikely", "neutral", "likely", "very likely"},
	{"very poor", "poor", "fair|average", "good", "very good", "excellent"},
	{"low", "medium", "high"},
	{"从不|从未|没有", "每年|每年一次|一年一次", "每半年|半年一次", "每季度|每季|每季度一次", "每月|每月一次|每个月", "每两周|每半月|两周一次", "每周|每周一次|每星期", "每周多次|每周数次|每周2-3次", "每天|每日|每天一次", "每天多次|一天多次|每天数次"},
	{"没听说过|完全不了解", "听说过|略有了解|了解一点", "了解|基本了解", "很了解|非常了解"},
	{"小", "中", "大"},
}

// degrees are the words that make a scale of any adjective: 非常满意, 比较满意, 一般,
// 不太满意, 非常不满意. Longer words stand before those that they begin with.
var degrees = []struct {
	words string
	place int
}{
	{"完全不|非常不|很不|极不|十分不|毫不|强烈不|绝对不|一点也不|一点都不", 0},
	{"不太|不怎么|不大|比较不|较不|有点不|有些不|不甚", 2},
	{"不|没有|没", 1},
	{"比较|较为|较|还算|有点|有些|基本|略|稍", 4},
	{"非常|十分|完全|特别|极其|极为|极|很|最|高度|强烈|绝对", 6},
}

// neutral are the words in the middle of such scales.
var neutral = words("一般 中立 不确定 不一定 说不清 说不准 无所谓 一般般 普通 尚可 中等 都可以 没感觉")

// degree takes a value apart into its place on a scale and what the scale is of.
func degree(v string) (place int, of string) {
	if neutral[v] {
		return 3, ""
	}
	for _, d := range degrees {
		for w := range strings.SplitSeq(d.words, "|") {
			if rest, ok := strings.CutPrefix(v, w); ok && rest != "" {
				return d.place, rest
			}
		}
	}
	return 5, v
}

// orderDegrees sorts values that are degrees of one thing, three of them at least,
// each on a place of its own.
func orderDegrees(values []string) bool {
	places, taken, of := map[string]int{}, map[int]bool{}, ""
	for _, v := range values {
		place, stem := degree(v)
		if taken[place] || stem != "" && of != "" && stem != of {
			return false
		}
		places[v], taken[place] = place, true
		if stem != "" {
			of = stem
		}
	}
	if len(values) < 3 || of == "" || taken[5] && len(taken) < 3 {
		return false
	}
	slices.SortFunc(values, func(a, b string) int { return places[a] - places[b] })
	return true
}

// orderStars sorts ★, ★★ … by their number.
func orderStars(values []string) bool {
	for _, v := range values {
		if strings.Trim(v, "★☆⭐") != "" || v == "" {
			return false
		}
	}
	stars := func(v string) int { return strings.Count(v, "★") + strings.Count(v, "⭐") }
	slices.SortStableFunc(values, func(a, b string) int { return stars(a) - stars(b) })
	return len(values) > 1
}

// orderScale sorts the values when all of them stand on one known scale, each
// on a place of its own.
func orderScale(values []string) bool {
	if len(values) < 2 {
		return false
	}
	for _, scale := range scales {
		places := map[string]int{}
		taken := map[int]bool{}
		for _, v := range values {
			for place, words := range scale {
				if slices.Contains(strings.Split(words, "|"), strings.ToLower(v)) && !taken[place] {
					places[v] = place
					taken[place] = true
				}
			}
		}
		if len(places) == len(values) {
			slices.SortFunc(values, func(a, b string) int { return places[a] - places[b] })
			return true
		}
	}
	return false
}

var (
	firstNumber = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)\s*(万|亿|千|百|k|K|M)?`)
	timeUnit    = regexp.MustCompile(`(?i)^[^\d]{0,3}?(秒|分钟|小时|天|日|周|个月|月|季度|年|second|minute|hour|day|week|month|quarter|year)`)
	below       = regexp.MustCompile(`(?i)^\s*(?:<|≤|＜|less than|fewer than|under|below|up to|不足|少于|低于|小于|最多)|(?:以下|以内|以里|及以下|不到|or less|or fewer)\s*[^\d]*$`)
	above       = regexp.MustCompile(`(?i)^\s*(?:>|≥|＞|more than|over|above|at least|超过|多于|大于|高于)|(?:以上|及以上|\+|or more|and more|and above|or over)(?:\s|$|[^\d]*$)`)
	bareNumber  = regexp.MustCompile(`^\d+$`)
	none        = regexp.MustCompile(`(?i)^(?:没有|无|暂无|从未|none|never|no .*)$`)
)

// orderRanges sorts values by the numbers in them (不足10人, 10–49人, 50人以上;
// "less than 1 day", "1 to 5 years") when every one has a number and they make
// different places. One value may say that there is nothing, and comes first.
func orderRanges(values []string) bool {
	if len(values) < 2 || len(values) == 2 && !bareNumber.MatchString(values[0]+values[1]) {
		return false
	}
	places := map[string]float64{}
	taken := map[float64]bool{}
	bare := 0
	for _, v := range values {
		place, ok := rangePlace(v)
		if !ok && none.MatchString(v) && bare == 0 {
			place, ok = -1, true
			bare++
		}
		if !ok || taken[place] {
			return false
		}
		places[v], taken[place] = place, true
	}
	slices.SortFunc(values, func(a, b string) int {
		if places[a] < places[b] {
			return -1
		}
		return 1
	})
	return true
}

// rangePlace is the first number of a text, a little less for 「以下」 and a
// little more for 「以上」; times are counted in days.
func rangePlace(v string) (float64, bool) {
	m := firstNumber.FindStringSubmatchIndex(v)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(v[m[2]:m[3]], ",", ""), 64)
	if err != nil {
		return 0, false
	}
	if m[4] >= 0 {
		n *= map[string]float64{"百": 1e2, "千": 1e3, "k": 1e3, "K": 1e3, "万": 1e4, "M": 1e6, "亿": 1e8}[v[m[4]:m[5]]]
	} else if later := firstNumber.FindStringSubmatch(v[m[3]:]); later != nil && later[2] == "万" {
		n *= 1e4 // 10-50万 begins at 10万
	} else if later != nil && later[2] == "亿" && !strings.Contains(v[:m[3]], "万") {
		n *= 1e8
	}
	if unit := timeUnit.FindStringSubmatch(v[m[1]:]); unit != nil {
		n *= days[strings.ToLower(unit[1])]
	}
	switch {
	case below.MatchString(v):
		n -= n*0.001 + 0.001
	case above.MatchString(v):
		n += n*0.001 + 0.001
	}
	return n, true
}

// days are units of time in days.
var days = map[string]float64{
	"秒": 1.0 / 86400, "second": 1.0 / 86400, "分钟": 1.0 / 1440, "minute": 1.0 / 1440, "小时": 1.0 / 24, "hour": 1.0 / 24,
	"天": 1, "日": 1, "day": 1, "周": 7, "week": 7, "个月": 30, "月": 30, "month": 30, "季度": 91, "quarter": 91, "年": 365, "year": 365,
}

// periodForms are parts of a year, or of an unknown year, that are no dates.
var periodForms = []*regexp.Regexp{
	regexp.MustCompile(`^(?:(\d{4})\s*[-年/]?\s*)?(?:第)?[Qq]?([1-4])(?:季度?|Q)?$`),
	regexp.MustCompile(`^(?:(\d{4})\s*[-年/]?\s*)?(?:第)?[Ww]?(\d{1,2})\s*周?$`),
	regexp.MustCompile(`^()(\d{1,2})月(?:(\d{1,2})日?)?$`),
}

// periodPlace is the place of 2022Q1, 第12周, 3月5日 among its like; ok is false
// for a bare number.
func periodPlace(v string) (form, place int, ok bool) {
	if !strings.ContainsAny(v, "QqWw季周月") {
		return 0, 0, false
	}
	for i, re := range periodForms {
		m := re.FindStringSubmatch(v)
		if m == nil {
			continue
		}
		part := func(k int) int {
			if k >= len(m) {
				return 0
			}
			n, _ := strconv.Atoi(m[k])
			return n
		}
		return i + 1, part(1)*10000 + part(2)*100 + part(3), true
	}
	return 0, 0, false
}

// orderPeriods sorts values that are all periods of one kind.
func orderPeriods(values []string) bool {
	kind := 0
	for _, v := range values {
		form, _, ok := periodPlace(v)
		if !ok || kind != 0 && form != kind {
			return false
		}
		kind = form
	}
	slices.SortStableFunc(values, func(a, b string) int {
		_, x, _ := periodPlace(a)
		_, y, _ := periodPlace(b)
		return x - y
	})
	return len(values) > 0
}
