package client

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// kpi reads one [[kpi]].
func (r *loader) kpi(i int, trade *Trade) {
	raw := &r.raw.KPI[i]
	k := KPI{ID: raw.ID, Title: cmp.Or(raw.Title, raw.ID), Unit: raw.Unit, Field: raw.Field, Over: raw.Over, Numerator: raw.Numerator,
		Denominator: raw.Denominator, Down: raw.Better == "lower", Traffic: raw.Traffic}
	k.Percent = k.Unit == "%"
	if raw.ID == "" || slices.ContainsFunc(r.client.KPIs, func(o KPI) bool { return o.ID == raw.ID }) {
		r.fail("client.kpi", diag.T("第 %s 个 KPI 没有 id 或与前面重复", "KPI %s has no id, or one that is taken", describe(i, raw.ID)), diag.Text{}, "kpi", i, "id")
	}
	if !slices.Contains([]string{"", "higher", "lower"}, raw.Better) {
		r.fail("client.kpi", diag.T("better 只能是 higher 或 lower", "better is higher or lower"), diag.DidYouMean(raw.Better, []string{"higher", "lower"}), "kpi", i, "better")
	}
	sound := r.ok
	r.formula(&k, i)
	r.decimals(&k, raw.Decimals)
	r.targets(&k, raw, i)
	if raw.Benchmark != "" {
		dataset, id, found := strings.Cut(raw.Benchmark, "/")
		if !found {
			r.fail("client.kpi", diag.T("benchmark 要写成 数据集/指标", "benchmark is DATASET/INDICATOR"), diag.Text{}, "kpi", i, "benchmark")
		}
		k.Benchmark = [2]string{dataset, id}
		k.pos, _ = r.source.Value("kpi", i, "benchmark")
	}
	k.Lines = trade.of(raw.Lines.lines("合同"), r.client.Slug, r.client.Industry, k.ID)
	if !k.Lines.ordered(k.Down) {
		r.fail("client.lines", diag.T("%s 的四条线没有依次变好", "the lines of %s do not get better one after the other", k.Title),
			diag.T("pass、pass_to、good、over 依次上升；越低越好的指标依次下降", "pass, pass_to, good and over climb; where lower is better they fall"), "kpi", i, "lines")
	}
	if sound || r.ok {
		r.client.KPIs = append(r.client.KPIs, k)
	}
}

// formula checks which fields the KPI is made of.
func (r *loader) formula(k *KPI, i int) {
	switch {
	case k.Field != "" && k.Numerator+k.Denominator == "":
		f, ok := r.field(k.Field, "kpi", i, "field")
		if ok && f.Measure == "ratio" && k.Over == "" {
			r.fail("client.kpi", diag.T("%q 是比率：要写 over（它是什么的比率），否则不能由日加到月", "%q is a ratio: name in over what it is a ratio of, or days do not become months", k.Field), diag.Text{}, "kpi", i, "field")
		}
		if ok && f.Format == "percent" {
			k.Percent = true
		}
		if k.Over != "" {
			r.field(k.Over, "kpi", i, "over")
		}
	case k.Field == "" && k.Numerator != "" && k.Denominator != "":
		r.field(k.Numerator, "kpi", i, "numerator")
		r.field(k.Denominator, "kpi", i, "denominator")
	default:
		r.fail("client.kpi", diag.T("KPI %s 要么写 field，要么写 numerator 和 denominator", "KPI %s has a field, or a numerator and a denominator", describe(i, k.ID)), diag.Text{}, "kpi", i)
	}
	if k.Traffic != "" {
		r.field(k.Traffic, "kpi", i, "traffic")
	}
}

// field finds a number (or, for received, a date) of the client's dictionary.
func (r *loader) field(name string, at ...any) (*schema.Field, bool) {
	f, ok := r.client.Dictionary.Field(name)
	dated := at[0] == "received"
	switch {
	case !ok:
		r.fail("client.field", diag.T("数据里没有字段 %q", "the data have no field %q", name), diag.DidYouMean(name, r.client.Dictionary.FieldNames()), at...)
	case dated != (f.Type == schema.Date || f.Type == schema.DateTime) || !dated && f.Type != schema.Integer && f.Type != schema.Number:
		ok = false
		r.fail("client.field", diag.T("字段 %q 的类型 %s 在这里不能用", "field %q of type %s is no use here", name, string(f.Type)), diag.Text{}, at...)
	}
	return f, ok
}

func (r *loader) decimals(k *KPI, given *int) {
	switch {
	case given != nil:
		k.Decimals = min(max(*given, 0), 4)
	case k.ratio():
		k.Decimals = 1
	}
}

// targets reads what the contract promises of a KPI: one figure for every
// month, or committed traffic × rate by month.
func (r *loader) targets(k *KPI, raw *kpiTOML, i int) {
	if raw.Target != nil {
		v, exact := hundredths(*raw.Target)
		if !exact || v <= 0 {
			r.fail("client.target", diag.T("目标 %v 要大于零，至多两位小数", "the target %v is above zero and has at most two digits after the point", *raw.Target), diag.Text{}, "kpi", i, "target")
		}
		k.Target = &v
	}
	if raw.Bonus != nil {
		per, exact := hundredths(raw.Bonus.Per)
		top, whole := hundredths(raw.Bonus.Cap)
		if !exact || !whole || per <= 0 || top < 0 || k.ratio() {
			r.fail("client.bonus", diag.T("奖金要写单价 per（大于零，至多到分），只用于可以数的指标", "a bonus has a price per unit above zero, in cents at the finest, and is for KPIs that are counted"), diag.Text{}, "kpi", i, "bonus")
		}
		k.Bonus = &Bonus{Per: per, Cap: top}
	}
	if len(raw.Months) > 0 && (k.ratio() || raw.Target != nil) {
		r.fail("client.target", diag.T("预测表（month）只用于人数一类可数的指标，且不与 target 同写", "a forecast by month is for KPIs that are counted, and not beside target"), diag.Text{}, "kpi", i)
		return
	}
	for j, m := range raw.Months {
		r.month(k, i, j, m.Month, m.Committed, m.Rate)
	}
	slices.SortFunc(k.Plan, func(a, b Month) int { return cmp.Compare(a.Period.Start, b.Period.Start) })
}

func (r *loader) month(k *KPI, i, j int, label string, committed int, percent float64) {
	first, err := time.Parse("2006-01", label)
	rate, exact := hundredths(percent)
	p := PeriodOf(Monthly, DayOf(first))
	twice := slices.ContainsFunc(k.Plan, func(m Month) bool { return m.Period == p })
	switch {
	case err != nil || twice:
		r.fail("client.target", diag.T("预测的月份 %q 不是 2026-04 这样的月份，或写了两次", "the forecast's month %q is none like 2026-04, or is there twice", label), diag.Text{}, "kpi", i, "month", j, "month")
	case committed < 0 || !exact || rate < 0 || rate > 10_000:
		r.fail("client.target", diag.T("承诺 %d 与率 %v%% 要不小于零，率至多两位小数、不超过 100", "committed %d and rate %v%% are not below zero, the rate has at most two digits and is at most 100", committed, percent), diag.Text{}, "kpi", i, "month", j)
	default:
		k.Plan = append(k.Plan, Month{p, int64(committed), rate})
	}
}
