package benchmark

import (
	"fmt"
	"math"
)

// Warning is a caveat about a number; it goes to the page as a footnote.
type Warning struct {
	Code string
	Text string
}

// Thresholds of the caveats (house rules in the spirit of the NCHS presentation
// standards for proportions, 2017).
const (
	smallBase     = 20   // contributors
	smallNEff     = 20   // Kish's effective number, of weighted numbers
	baseGap       = 0.20 // between groups, in the share of their rows that count
	wideShare     = 0.30 // width of an interval of a share
	bigDesign     = 2.0  // design effect
	manyCensored  = 0.5
	fewAtRisk     = 5
	dominantShare = 0.5 // of a denominator, held by one contributor
)

var smallN = Warning{"small_n", fmt.Sprintf("样本较小（少于 %d 个贡献者），仅供参考。", smallBase)}

var (
	smallEff     = Warning{"small_n", fmt.Sprintf("加权后的有效样本量不足 %d，仅供参考。", smallNEff)}
	designEffect = Warning{"design_effect", "权重或成组使有效样本量不到一半，区间已按此放宽。"}
	lonely       = Warning{"no_variance", "有的层只有一个群，精度无法估计，因此不给区间。"}
	baseDiffers  = Warning{"base_differs", "各组计入的记录所占比例相差 20 个百分点以上（被问到或作答的多少不同），比较各组时留意。"}
	unpaired     = Warning{"overlap", "两版有相同的贡献者，仍按独立样本计，区间与检验只是近似。"}
	// LargestRest is said of shares that were rounded to add up.
	LargestRest = Warning{"adds_up", "各项按最大余数法取整，使合计恰为 100%。"}
)

// WarningTitles names every caveat for the methodology page, in its order.
var WarningTitles = []Warning{
	{"small_n", "样本较小"},
	{"wide", "区间较宽"},
	{"design_effect", "权重或成组使精度下降"},
	{"no_variance", "精度无法估计"},
	{"base_differs", "各组的基数差别大"},
	{"definition_changed", "两版口径不同"},
	{"overlap", "两版有相同的贡献者"},
	{"adds_up", "取整后合计为 100%"},
	{"repeated", "同一贡献者有多条记录"},
	{"open_bin", "落在不封顶的一档"},
	{"unusable", "有的记录无法使用"},
	{"over", "分子大于分母"},
	{"dominated", "一个贡献者占比过大"},
	{"censored", "多数尚未回本"},
	{"at_risk", "观察到这时的数量太少"},
	{"relapsed", "回本后又转负"},
	{"calendar", "以首个有记录的月份为起点"},
}

// warn puts caveats on an estimate.
func (e *Estimate) warn(w ...Warning) { e.Warnings = append(e.Warnings, w...) }

// general adds the caveats that every number may carry.
func (e *Estimate) general() {
	if e.BaseContributors > 0 && e.BaseContributors < smallBase {
		e.warn(smallN)
	} else if e.NEff > 0 && e.NEff < smallNEff {
		e.warn(smallEff)
	}
	if width := e.Hi - e.Lo; e.Share && !math.IsNaN(width) && width > wideShare {
		e.warn(Warning{"wide", "95% 区间宽于 30 个百分点，谨慎引用。"})
	}
}

func unusable(n int) Warning {
	return Warning{"unusable", fmt.Sprintf("另有 %d 条记录缺数或数值不成立，未计入。", n)}
}
