package release

import (
	"fmt"
	"math"
	"strings"

	"benchbook/internal/benchmark"
)

// DefaultMinimum is the fewest distinct contributors of a published cell.
const DefaultMinimum = 5

// Rules are the disclosure rules of a site. The zero Rules ask for
// DefaultMinimum contributors and do not look at amounts.
type Rules struct {
	Minimum   int         // fewest distinct contributors; 0 = DefaultMinimum
	Dominance []Dominance // of sums, ratios of sums and means
	PPercent  float64     // how near the second largest may come to the largest amount, in percent; 0 = not asked
	Preset    string      // PresetSafetyZone, or ""

	// Told are ids of cells that an earlier edition released. Withholding them
	// now protects nothing, so they protect no other number.
	Told map[string]bool
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

// SafetyZone adds the preset's limits to rules.
func (r Rules) SafetyZone() Rules {
	r.Minimum = max(r.minimum(), 5)
	r.Dominance = append([]Dominance{{1, 25}}, r.Dominance...)
	r.Preset = PresetSafetyZone
	return r
}

func (r Rules) minimum() int {
	if r.Minimum <= 0 {
		return DefaultMinimum
	}
	return r.Minimum
}

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
	m, open := r.rules.minimum(), false
	for _, t := range r.order {
		open = open || t.Dataset.Open
	}
	out := []Rule{
		{"最少贡献者", fmt.Sprintf("一个单元至少有 %d 个不同的贡献者才给数字；同一所有者的算一个。", m)},
		{"选项的人数", fmt.Sprintf("选择某项的贡献者有 1 至 %d 个时，这一项不给数字；只有「是」与「否」两面时，两面都这样看。", m-1)},
	}
	if len(r.rules.Dominance) > 0 || r.rules.PPercent > 0 {
		out = append(out, Rule{"占比过大", r.rules.amounts()})
	}
	out = append(out,
		Rule{"防止相减", fmt.Sprintf("全站所有表、合计、分组与单个数字放在一起看：能由公布的数加减出来的，连同隐去。每次生成都对全部公布的数解一遍方程组，隐去的人数至少要能取到 %d，且没有一个隐去的数只剩一个可能的值，否则不出站点。", m)},
		Rule{"分位数", "中位数至少 5 个贡献者，P25、P75 至少 12 个，P10、P90 至少 20 个，更靠外的更多；不公布最小值、最大值和离群点。"},
		Rule{"区间", fmt.Sprintf("分位数的区间端点是某一家的数，少于 %d 个贡献者、或端点正好是最小最大值时不给。", intervalFloor)},
		Rule{"回本曲线", fmt.Sprintf("时间取整，每一级台阶至少含 %d 个新回本的项目，观察中的贡献者少于 %d 个时不再往后画。", m, m)})
	if open {
		out = append(out, Rule{"已公开的数据", "数据字典里写明 disclosure = \"open\" 的数据集本来就是公开的，不作隐去。"})
	}
	if r.rules.Preset == PresetSafetyZone {
		out = append(out, Rule{"safety-zone-1996（已撤回）", "采用美国 1996 年「安全区」的界限：至少 5 个来源、最大的一个不超过 25%。美国司法部 2023-02-03、联邦贸易委员会 2023-07-14 已撤回它；这里只作为数值界限，不构成任何法律保障。"})
	}
	return out
}

// amounts are the rules about sums in words.
func (r Rules) amounts() string {
	var parts []string
	for _, d := range r.Dominance {
		parts = append(parts, fmt.Sprintf("最大的 %d 个贡献者合计超过 %s%%", d.N, fixed(d.K, shortDecimals(d.K))))
	}
	if r.PPercent > 0 {
		parts = append(parts, fmt.Sprintf("第二大的贡献者能把最大的一个估到 %s%% 以内", fixed(r.PPercent, shortDecimals(r.PPercent))))
	}
	return "均值、合计之比的分子和分母，" + strings.Join(parts, "，或") + "，不给数字。"
}

// shortDecimals is 0 for a whole number, else 1.
func shortDecimals(x float64) int {
	if x == math.Trunc(x) {
		return 0
	}
	return 1
}
