package release

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// DefaultMinimum is the fewest distinct contributors of a published cell.
const DefaultMinimum = 5

// Rules are the disclosure rules of a site. The zero Rules ask for
// DefaultMinimum contributors and do not look at amounts.
type Rules struct {
	Minimum   int         // fewest distinct contributors; 0 = DefaultMinimum
	Dominance []Dominance // of sums, ratios of sums and means
	Money     []Dominance // the same where the amount is money
	PPercent  float64     // how near the second largest may come to the largest amount, in percent; 0 = not asked
	Preset    string      // PresetSafetyZone, or ""
	Digits    int         // significant digits of amounts; 0 = DefaultDigits
	Date      string      // YYYY-MM-DD of publication, held against embargoes; "" is before all of them

	// Told are ids of cells that an earlier edition released. Withholding them
	// now protects nothing, so they protect no other number.
	Told map[string]bool
}

// Embargoed says that nothing of a dataset may be published yet. With the safety
// zone's preset, data have to be three months old.
func (r Rules) Embargoed(d benchmark.Dataset) bool {
	if d.Embargo != "" && r.Date < d.Embargo {
		return true
	}
	end, err := time.Parse(time.DateOnly, d.To)
	return r.Preset == PresetSafetyZone && err == nil && r.Date < end.AddDate(0, safetyZoneMonths, 0).Format(time.DateOnly)
}

// Dominance asks that the N largest contributors hold at most K percent of a sum.
type Dominance struct {
	N int
	K float64
}

// PresetSafetyZone is the name of the limits of the former US antitrust "safety
// zone" for exchanges of information: five sources, none above 25 percent. Both
// agencies withdrew it in 2023, so it is offered as history and not as cover.
const PresetSafetyZone = "safety-zone-1996"

// safetyZoneMonths is how old data had to be in the safety zone.
const safetyZoneMonths = 3

// SafetyZone adds the preset's limits to rules.
func (r Rules) SafetyZone() Rules {
	r.Minimum = max(r.minimum(), 5)
	r.Dominance, r.Money = append([]Dominance{{1, 25}}, r.Dominance...), append([]Dominance{{1, 25}}, r.Money...)
	r.Preset = PresetSafetyZone
	return r
}

func (r Rules) minimum() int {
	if r.Minimum <= 0 {
		return DefaultMinimum
	}
	return r.Minimum
}

// of are the rules for an indicator: those about money where its unit is one.
func (r Rules) of(ind *indicator.Indicator) Rules {
	if money(ind.Unit) {
		r.Dominance = r.Money
	}
	return r
}

// money says that a unit is a currency, or one per something.
func money(unit string) bool {
	return slices.ContainsFunc([]string{"元", "￥", "¥", "$", "€", "CNY", "RMB", "USD", "HKD", "EUR"}, func(word string) bool {
		return strings.Contains(strings.ToUpper(unit), word)
	})
}

// amountRules says that amounts are looked at.
func (r Rules) amountRules() bool { return len(r.Dominance) > 0 || len(r.Money) > 0 || r.PPercent > 0 }

// dominated says whether a few contributors make up a sum (Hundepool et al.
// 2012, Statistical Disclosure Control, 4.2.2), forgiving 1e-12 of it.
func (r Rules) dominated(m benchmark.Magnitude) bool {
	return m.Total > 0 && r.margin(m) > 1e-12*m.Total
}

// margin is how far above the sum an outsider's upper bound must stay, so that
// no rule is broken by what it tells of the largest; 0 where none is.
func (r Rules) margin(m benchmark.Magnitude) float64 {
	top, out := func(n int) (sum float64) {
		for _, x := range m.Top[:min(n, len(m.Top))] {
			sum += x
		}
		return sum
	}, 0.0
	for _, d := range r.Dominance {
		out = math.Max(out, 100/d.K*top(d.N)-m.Total)
	}
	if r.PPercent > 0 && len(m.Top) > 0 {
		out = math.Max(out, r.PPercent/100*m.Top[0]-(m.Total-top(2)))
	}
	return out
}

// Rule is one rule in words for readers.
type Rule struct{ Label, Text string }

// Rules are the rules as they were applied, in words.
func (r *Registry) Rules() []Rule {
	m, open, later := r.rules.minimum(), false, []string{}
	for _, t := range r.order {
		open = open || t.Dataset.Open
		if name := cmp.Or(t.Dataset.Title, t.Dataset.Name); r.rules.Embargoed(t.Dataset) && !slices.Contains(later, name) {
			later = append(later, name)
		}
	}
	out := []Rule{
		{"最少贡献者", fmt.Sprintf("一个单元至少有 %d 个不同的贡献者才给数字；同一所有者的算一个。", m)},
		{"选项的人数", fmt.Sprintf("选择某项的贡献者有 1 至 %d 个时，这一项不给数字；只有「是」与「否」两面时，两面都这样看。", m-1)},
	}
	if r.rules.amountRules() {
		out = append(out, Rule{"占比过大", r.rules.amounts()})
	}
	out = append(out,
		Rule{"防止相减", fmt.Sprintf("全站所有表、合计、分组与单个数字放在一起看：能由公布的数加减出来的，连同隐去。每次生成都对全部公布的数解一遍方程组，隐去的人数至少要能取到 %d，且没有一个隐去的数只剩一个可能的值，否则不出站点。", m)},
		Rule{"分位数", "中位数至少 5 个贡献者，P25、P75 至少 12 个，P10、P90 至少 20 个，更靠外的更多；不公布最小值、最大值和离群点。"},
		Rule{"区间", fmt.Sprintf("分位数的区间端点出自某一家的数，少于 %d 个贡献者、或端点正好是最小最大值时不给。", intervalFloor)},
		Rule{"取整", fmt.Sprintf("均值、分位数、合计之比和它们的区间只给 %d 位有效数字，加权占比、回本曲线只到 0.1 个百分点，网页、图的数据和下载都一样：完整的小数乘以样本量就是合计，中位数可能正好是一家的数。不加权的占比由样本量和人数就能算出，照原样给。", r.rules.digits())},
		Rule{"回本曲线", fmt.Sprintf("时间取整，每一级台阶至少含 %d 个新回本的项目，观察中的贡献者少于 %d 个时不再往后画。", m, m)})
	if open {
		out = append(out, Rule{"已公开的数据", "数据字典里写明 disclosure = \"open\" 的数据集本来就是公开的，不作隐去。"})
	}
	if len(later) > 0 {
		out = append(out, Rule{"还没到公布日", "这些数据整体暂不公布：" + strings.Join(later, "、") + "。"})
	}
	if r.rules.Preset == PresetSafetyZone {
		out = append(out, Rule{"safety-zone-1996（已撤回）", "采用美国 1996 年「安全区」的界限：至少 5 个来源、最大的一个不超过 25%、数据收集结束满 3 个月。美国司法部 2023-02-03、联邦贸易委员会 2023-07-14 已撤回它；这里只作为数值界限，不构成任何法律保障。"})
	}
	return out
}

// amounts are the rules about sums in words.
func (r Rules) amounts() string {
	var parts []string
	if r.PPercent > 0 {
		parts = append(parts, fmt.Sprintf("第二大的贡献者能把最大的一个估到 %s%% 以内", fixed(r.PPercent, shortDecimals(r.PPercent))))
	}
	if slices.Equal(r.Dominance, r.Money) {
		parts = append(dominanceTexts(r.Dominance), parts...)
		return "均值、合计之比的分子和分母，" + strings.Join(parts, "，或") + "，不给数字。"
	}
	text := "均值、合计之比的分子和分母，"
	for _, kind := range []struct {
		name  string
		rules []Dominance
	}{{"金额", r.Money}, {"其他数量", r.Dominance}} {
		if len(kind.rules) > 0 {
			text += kind.name + strings.Join(dominanceTexts(kind.rules), "或") + "，"
		}
	}
	if len(parts) > 0 {
		text += "或" + parts[0] + "，"
	}
	return text + "不给数字。"
}

func dominanceTexts(rules []Dominance) (out []string) {
	for _, d := range rules {
		out = append(out, fmt.Sprintf("最大的 %d 个贡献者合计超过 %s%%", d.N, fixed(d.K, shortDecimals(d.K))))
	}
	return out
}

// shortDecimals is 0 for a whole number, else 1.
func shortDecimals(x float64) int {
	if x == math.Trunc(x) {
		return 0
	}
	return 1
}
