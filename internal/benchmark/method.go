package benchmark

import "strings"

// Method is how a number was made, for the line under a figure and the
// methodology page.
type Method struct {
	Code  string
	Title string
	Text  string
}

// The methods. Sources: package stat, where each formula stands.
var (
	Wilson          = Method{"wilson", "占比与 Wilson 区间", "占比＝选择该项的数量÷基数；95% 区间用 Wilson 得分法，不作连续性校正。"}
	ClopperPearson  = Method{"clopper-pearson", "占比与 Clopper–Pearson 区间", "占比＝选择该项的数量÷基数；95% 区间用精确二项法（Clopper–Pearson），偏宽但不低于名义水平。"}
	KornGraub       = Method{"korn-graubard", "加权或成组数据的占比", "先按贡献者汇总（有权重时加权），方差按群与层线性化；95% 区间用 Korn–Graubard 法，有效样本量不超过贡献者数。"}
	LogitShares     = Method{"xlogit", "加权或成组数据的占比（logit 区间）", "先按贡献者汇总（有权重时加权），方差按群与层线性化；95% 区间在 logit 尺度上用 t 分布给出。"}
	OfAnswers       = Method{"of-answers", "占全部选择的比例", "一项被选的次数÷各项被选的总次数，合计为 100%；同一人的几个选择彼此相关，因此不给区间。"}
	Calibrated      = Method{"calibrated", "加权到已知总数的占比", "权重经迭代比例调整到已知总数；方差用对边际回归后的残差（校准方差），95% 区间用 Korn–Graubard 法。区间只反映抽样误差，不包括自愿参与带来的偏差。"}
	CalibratedLogit = Method{"calibrated-xlogit", "加权到已知总数的占比（logit 区间）", "权重经迭代比例调整到已知总数；方差用对边际回归后的残差（校准方差），95% 区间在 logit 尺度上给出。区间只反映抽样误差，不包括自愿参与带来的偏差。"}
	MeanT           = Method{"mean", "均值", "（加权）算术平均；95% 区间用 t 分布，按贡献者汇总。均值受极端值影响大，只作参考。"}
	Pooled          = Method{"ratio-of-sums", "总和之比", "分子合计÷分母合计，规模大的贡献者权重大；95% 区间用刀切法在 logit 尺度上给出，自由度按有效贡献者数。"}
	PooledPlain     = Method{"ratio-of-sums-t", "总和之比（线性化区间）", "分子合计÷分母合计；95% 区间用线性化方差与 t 分布。"}
	BandShares      = Method{"bands", "档位占比", "每个贡献者算自己的值，数落在各档的数量；端点按整数精确比较；95% 区间用 Wilson 法。"}
	BinMedian       = Method{"binned-median", "分档数据的分位数", "在所在档内按均匀分布插值，档的实际界限各外推 0.5；落在不封顶的一档时只说「大于」。"}
	NaiveMean       = Method{"naive-mean", "已回本者的平均用时", "只平均已经回本的，漏掉还没回本的，因此偏低；仅用来说明这种偏差。"}
	RestrictedMean  = Method{"restricted-mean", "到观察结束为止的平均用时", "Kaplan–Meier 曲线下的面积：还没回本的按已经等了多久算进去，只算到观察结束那一刻，因此是真实平均用时的下限。"}
	CountOnly       = Method{"count", "计数", "直接计数。"}
	BoxOpen         = Method{"box", "箱线图", "须线到四分位距 1.5 倍以内的最远值，其外只报个数。"}
	BoxProtected    = Method{"box-protected", "箱线图（不公布极端值）", "须线是 P10 与 P90，不画离群点：最小值、最大值和离群值都是单个贡献者的数。"}
	Shrunk          = Method{"beta-binomial", "收缩后的比率分布", "用 β–二项模型把小规模贡献者的比率向总体收拢，去掉偶然波动；只给分布，不给单个贡献者的值。"}
	Newcombe        = Method{"newcombe", "两版占比之差", "新版减旧版，单位是百分点；95% 区间用 Newcombe 法（第 10 种）；检验用合并方差的 z，期望数不到 5 时用 Fisher 精确检验。"}
	WeightedChange  = Method{"weighted-change", "两版加权占比之差", "新版减旧版，单位是百分点；区间由两版各自的界限合成（MOVER），检验用 t 分布，两版按独立样本计。"}
	MeasuredChange  = Method{"measured-change", "两版比率或均值之差", "新版减旧版；区间由两版各自的界限合成（MOVER），检验用 Welch t（曲线上的占比用正态）。两版按独立样本计。"}
	QuantileChange  = Method{"quantile-change", "两版分位数之差", "新版减旧版；区间由两版各自的界限合成（MOVER），p 值由同一种区间反推，检验与区间不会互相矛盾，略偏保守。两版按独立样本计。"}
	PairedWeighted  = Method{"paired-weighted-change", "同一批贡献者的两版之差（加权或成组）", "只算两版都作答的贡献者，用新一版的权重；95% 区间用 Bonett–Price 法按有效样本量计，检验用 t 分布。"}
	PairedMean      = Method{"paired-mean-change", "同一批贡献者的均值之差", "只算两版都有数的贡献者，取各自变化的（加权）平均；95% 区间与检验用 t 分布。"}
	PairedRatio     = Method{"paired-ratio-change", "同一批贡献者的总和之比之差", "只算两版都有数的贡献者，两版各算总和之比再相减；95% 区间与检验用刀切法与 t 分布，自由度按有效贡献者数。"}
	PairedQuantile  = Method{"paired-quantile-change", "同一批贡献者的分位数之差", "只算两版都有数的贡献者，两版各取分位数再相减；区间由两版的界限按相关程度合成（MOVER），p 值由同一种区间反推。"}
	PairedChange    = Method{"paired-change", "同一批贡献者的两版之差", "只算两版都作答的贡献者；95% 区间用 Bonett–Price 法，检验用 McNemar 精确检验。"}
	PlainChange     = Method{"change", "两版占比之差（口径不同）", "新版减旧版，单位是百分点；两版口径不同，不给区间，不作检验。"}
	RankWilson      = Method{"rank", "百分位", "比它低的同行占比，相等的算一半，自己不在其中；95% 区间用 Wilson 法。"}
)

// ruleTexts say what each rule of quantiles is.
var ruleTexts = map[string]string{
	"type7":  "样本分位数用第 7 型定义（与 Excel 的 PERCENTILE.INC 相同）",
	"type1":  "样本分位数用第 1 型定义（经验分布的反函数）",
	"type2":  "样本分位数用第 2 型定义（恰好落在台阶上时取两侧平均，与加权分位数同一规则）",
	"type5":  "样本分位数用第 5 型定义（分段线性，节点在 (k−0.5)/n）",
	"type6":  "样本分位数用第 6 型定义（与 Excel 的 PERCENTILE.EXC 相同）",
	"type8":  "样本分位数用第 8 型定义（近似中位无偏）",
	"school": "加权经验分布的分位数，恰好落在台阶上时取两侧平均",
	"math":   "加权经验分布的分位数，取累计权重首次达到该比例的值",
}

// quantileMethod is the method of the indicator's quantiles, by its rule.
func (t *Table) quantileMethod() Method {
	rule := t.Indicator.Rule
	switch {
	case t.Indicator.Weight == "":
		return Method{rule, "分位数（" + strings.Replace(rule, "type", "第 ", 1) + " 型）", ruleTexts[rule] + "；95% 区间由次序统计量给出，不假定分布形状。"}
	case t.Indicator.Interval == woodruff:
		return Method{rule + "-woodruff", "加权分位数（" + rule + "，Woodruff 区间）", ruleTexts[rule] + "；95% 区间由占比的 logit 区间反推（Woodruff），样本小时尾部偏窄。"}
	}
	return Method{rule, "加权分位数（" + rule + "）", ruleTexts[rule] + "；95% 区间按 Kish 有效样本量反推。"}
}

// withoutInterval is a quantile of rows that are not independent.
func withoutInterval(m Method) Method {
	text, _, _ := strings.Cut(m.Text, "；")
	return Method{m.Code + "-plain", strings.TrimSuffix(m.Title, "）") + "，无区间）", text + "。同一贡献者或同一群有多条记录，记录之间不独立，因此不给区间。"}
}

// kaplanMeier is the method of times to payback, by the scale of its limits.
func kaplanMeier(scale string) Method {
	if scale == "" {
		scale = "log-log"
	}
	return Method{"kaplan-meier-" + scale, "回本时间（Kaplan–Meier，" + scale + " 区间）", "还没回本的按「至少这么久」计入，不剔除；95% 区间在 " + scale + " 尺度上给出。"}
}
