package benchmark

// Method is how a number was made, for the line under a figure and the
// methodology page.
type Method struct {
	Code  string
	Title string
	Text  string
}

// The methods. Sources: package stat, where each formula stands.
var (
	Wilson      = Method{"wilson", "占比与 Wilson 区间", "占比＝选择该项的数量÷基数；95% 区间用 Wilson 得分法，不作连续性校正。"}
	KornGraub   = Method{"korn-graubard", "加权或成组数据的占比", "先按贡献者汇总（有权重时加权），95% 区间用 Korn–Graubard 法，有效样本量不超过贡献者数。"}
	Type7       = Method{"type7", "分位数", "样本分位数用第 7 型定义（与 Excel 的 PERCENTILE.INC 相同）；95% 区间由次序统计量给出，不假定分布形状。"}
	Type7Plain  = Method{"type7-plain", "分位数（贡献者有多条记录）", "样本分位数用第 7 型定义。同一贡献者有多条记录，记录之间不独立，因此不给区间。"}
	School      = Method{"school", "加权分位数", "加权经验分布的分位数，恰好落在台阶上时取两侧平均；95% 区间按 Kish 有效样本量反推。"}
	MeanT       = Method{"mean", "均值", "（加权）算术平均；95% 区间用 t 分布，按贡献者汇总。均值受极端值影响大，只作参考。"}
	Pooled      = Method{"ratio-of-sums", "总和之比", "分子合计÷分母合计，规模大的贡献者权重大；95% 区间用刀切法在 logit 尺度上给出，自由度按有效贡献者数。"}
	PooledPlain = Method{"ratio-of-sums-t", "总和之比（不封顶）", "分子合计÷分母合计；95% 区间用线性化方差与 t 分布。"}
	BandShares  = Method{"bands", "档位占比", "每个贡献者算自己的值，数落在各档的数量；端点按整数精确比较；95% 区间用 Wilson 法。"}
	BinMedian   = Method{"binned-median", "分档数据的中位数", "在所在档内按均匀分布插值，档的实际界限各外推 0.5；落在不封顶的一档时只说「大于」。"}
	KaplanMeier = Method{"kaplan-meier", "回本时间（Kaplan–Meier）", "还没回本的按「至少这么久」计入，不剔除；95% 区间在 log-log 尺度上给出。"}
	NaiveMean   = Method{"naive-mean", "已回本者的平均用时", "只平均已经回本的，漏掉还没回本的，因此偏低；仅用来说明这种偏差。"}
	CountOnly   = Method{"count", "计数", "直接计数。"}
)
