package plan

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

type rawForecast struct {
	Title    string     `toml:"title"`
	Summary  string     `toml:"summary"`
	KPI      string     `toml:"kpi"`
	Unit     string     `toml:"unit"`
	Traffic  string     `toml:"traffic"`
	Source   string     `toml:"source"`
	Better   string     `toml:"better"`
	Sample   bool       `toml:"sample"`
	Decimals int        `toml:"decimals"`
	Floor    any        `toml:"floor"`
	Basis    string     `toml:"basis"`
	Cap      any        `toml:"cap"`
	Tier     []rawTier  `toml:"tier"`
	Month    []rawMonth `toml:"month"`
}

type rawTier struct {
	Over any `toml:"over"`
	Per  any `toml:"per"`
}

type rawMonth struct {
	Month     string `toml:"month"`
	Committed int64  `toml:"committed"`
	Rate      any    `toml:"rate"`
	Rates     []any  `toml:"rates"` // several steps, one after the other
	Target    any    `toml:"target"`
	Delivered any    `toml:"delivered"`
	Achieved  any    `toml:"achieved"`
}

// reader reads one file and says what is wrong, with its place.
type reader struct {
	src *config.Source
	l   *diag.List
	ok  bool
}

func (r *reader) fail(code string, message, hint diag.Text, at ...any) {
	r.ok = false
	pos, width := r.src.Value(at...)
	r.l.Add(diag.Diagnostic{Code: code, Pos: pos, Width: width, Message: message, Hint: hint})
}

// number reads a decimal that is not below zero; nil where it is not written or is none.
func (r *reader) number(v any, at ...any) *big.Rat {
	if v == nil {
		return nil
	}
	x, s, ok := decimal(v)
	if !ok || x.Sign() < 0 {
		r.fail("forecast.number", diag.T("%q 不是不小于零的数", "%q is no number of zero or more", s), diag.Text{}, at...)
		return nil
	}
	return x
}

var monthForm = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// LoadForecast reads one forecast; ok is false when something is wrong.
func LoadForecast(name, file string, src []byte, l *diag.List) (*Forecast, bool) {
	var raw rawForecast
	r := &reader{l: l}
	r.src, r.ok = config.Decode(file, src, &raw, l)
	if !r.ok {
		return nil, false
	}
	f := &Forecast{Name: name, File: file, Title: cmp.Or(raw.Title, name), Summary: raw.Summary, KPI: raw.KPI, Unit: raw.Unit, Traffic: cmp.Or(raw.Traffic, "曝光"), Source: raw.Source,
		Sample: raw.Sample, Decimals: raw.Decimals, Lower: raw.Better == "lower", Basis: Basis(raw.Basis), Pos: diag.At(file, 1, 1)}
	if !slices.Contains([]string{"", "higher", "lower"}, raw.Better) {
		r.fail("forecast.better", diag.T("better 只能是 higher 或 lower", "better is higher or lower"), diag.DidYouMean(raw.Better, []string{"higher", "lower"}), "better")
	}
	if f.Decimals < 0 || f.Decimals > 4 {
		r.fail("forecast.number", diag.T("decimals 在 0 与 4 之间", "decimals is between 0 and 4"), diag.Text{}, "decimals")
	}
	r.terms(f, raw)
	for i := range raw.Month {
		r.month(f, raw.Month, i)
	}
	if len(raw.Month) == 0 {
		r.fail("forecast.month", diag.T("预测表没有月份", "the forecast has no month"), diag.T("加一段 [[month]]", "add a [[month]]"))
	}
	return f, r.ok
}

// terms reads floor, basis and bonus.
func (r *reader) terms(f *Forecast, raw rawForecast) {
	if x, s, ok := decimal(raw.Floor); ok {
		f.Floor, f.FloorText = x, s
		if s[len(s)-1] != '%' { // 80 is 80%
			f.Floor, f.FloorText = new(big.Rat).Quo(x, big.NewRat(100, 1)), s+"%"
		}
	}
	if f.Floor == nil || f.Floor.Sign() <= 0 || f.Floor.Cmp(big.NewRat(1, 1)) > 0 {
		r.fail("forecast.floor", diag.T("下限 floor 要是大于 0、不超过 100 的百分数", "floor is a percentage above 0 and at most 100"), diag.T("例如 floor = 80", "for example floor = 80"), "floor")
		f.Floor = big.NewRat(1, 1)
	}
	if f.Basis != Monthly && f.Basis != Cumulative {
		r.fail("forecast.basis", diag.T("没有写明按月（monthly）还是累计（cumulative）考核", "basis says neither monthly nor cumulative"),
			diag.T("两种算法结果不同，合同要写明一种", "the two give different answers; the contract has to name one"), "basis")
	} else if f.Lower && f.Basis == Cumulative {
		r.fail("forecast.basis", diag.T("单价不能相加：越低越好的预测表只能按月考核", "prices do not add up: where lower is better, months are judged"), diag.Text{}, "basis")
	}
	f.Cap = r.number(raw.Cap, "cap")
	for i, t := range raw.Tier {
		tier := Tier{r.number(t.Over, "tier", i, "over"), r.number(t.Per, "tier", i, "per")}
		if tier.Over == nil || tier.Per == nil || f.Lower || i > 0 && f.Tiers[i-1].Over != nil && tier.Over.Cmp(f.Tiers[i-1].Over) <= 0 {
			r.fail("forecast.tier", diag.T("奖金的每一级写 over 与 per，over 依次变大；只用于越高越好的指标", "each tier has over and per, over climbs, and higher is better"), diag.Text{}, "tier", i)
			tier = Tier{new(big.Rat), new(big.Rat)}
		}
		f.Tiers = append(f.Tiers, tier)
	}
}

func (r *reader) month(f *Forecast, all []rawMonth, i int) {
	raw := all[i]
	m := Month{Label: raw.Month, Committed: raw.Committed}
	twice := slices.ContainsFunc(all[:i], func(o rawMonth) bool { return o.Month >= raw.Month })
	if !monthForm.MatchString(raw.Month) || twice {
		r.fail("forecast.month", diag.T("月份 %q 要写成 2026-04 的样子，依次向后", "a month is written like 2026-04, and they follow one another: %q", raw.Month), diag.Text{}, "month", i, "month")
	}
	if raw.Committed < 0 {
		r.fail("forecast.number", diag.T("承诺不能小于零", "what is committed is not below zero"), diag.Text{}, "month", i, "committed")
	}
	m.Rate, m.RateText = r.rate(raw, i)
	m.Target = r.number(raw.Target, "month", i, "target")
	if (m.Rate == nil) == (m.Target == nil) {
		r.fail("forecast.rate", diag.T("每个月写率（rate 或 rates），或写 target，二者取一", "a month has a rate (or rates) or a target, one of them"), diag.Text{}, "month", i)
		m.Target = new(big.Rat)
	}
	if m.Rate != nil && f.Lower {
		r.fail("forecast.rate", diag.T("越低越好的指标写 target，不写率", "where lower is better a month has a target and no rate"), diag.Text{}, "month", i)
	}
	m.Delivered, m.Achieved = r.number(raw.Delivered, "month", i, "delivered"), r.number(raw.Achieved, "month", i, "achieved")
	r.grain(f, m, i)
	f.Months = append(f.Months, m)
}

// grain checks that numbers are no finer than the table shows, since what is
// compared has to be what a reader sees.
func (r *reader) grain(f *Forecast, m Month, i int) {
	if m.Delivered != nil && !m.Delivered.IsInt() {
		r.fail("forecast.number", diag.T("实到要是整数", "what was delivered is a whole number"), diag.Text{}, "month", i, "delivered")
	}
	for key, x := range map[string]*big.Rat{"achieved": m.Achieved, "target": m.Target} {
		if x != nil && f.Decimals >= 0 && f.Decimals <= 4 && half(x, f.Decimals).Cmp(x) != 0 {
			r.fail("forecast.number", diag.T("%s 比表里显示的更细（decimals = %d）", "%s is finer than the table shows (decimals = %d)", key, f.Decimals), diag.Text{}, "month", i, key)
		}
	}
}

// rate reads one rate or the product of several steps. A bare number is a percentage.
func (r *reader) rate(raw rawMonth, i int) (*big.Rat, string) {
	steps := raw.Rates
	if raw.Rate != nil {
		steps = append([]any{raw.Rate}, steps...)
	}
	if len(steps) == 0 {
		return nil, ""
	}
	product, shown := big.NewRat(1, 1), ""
	for j, step := range steps {
		x, s, ok := decimal(step)
		if ok && s[len(s)-1] != '%' {
			x, s = new(big.Rat).Quo(x, big.NewRat(100, 1)), s+"%"
		}
		if !ok || x.Sign() < 0 || x.Cmp(big.NewRat(1, 1)) > 0 {
			r.fail("forecast.rate", diag.T("率要在 0%% 与 100%% 之间", "a rate is between 0%% and 100%%"), diag.Text{}, "month", i)
			return new(big.Rat), ""
		}
		product.Mul(product, x)
		if j > 0 {
			shown += " × "
		}
		shown += s
	}
	return product, shown
}
