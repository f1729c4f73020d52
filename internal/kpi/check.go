package kpi

import (
	"slices"

	"benchbook/internal/diag"
)

// vocabulary checks the words that have a closed list.
func (r *loader) vocabulary(k *KPI, i int) {
	var measures []string
	for _, m := range Measures {
		measures = append(measures, string(m.Measure))
	}
	if !slices.Contains(measures, string(k.Measure)) {
		hint := diag.DidYouMean(string(k.Measure), measures)
		if hint.IsZero() {
			hint = diag.T("写 flow、distinct、stock、ratio、change 或 grade", "write flow, distinct, stock, ratio, change or grade")
		}
		r.fail("kpi.measure", diag.T("指标 %q 没有写明性质，或没有性质 %q", "KPI %q has no measure, or one that does not exist: %q", k.ID, string(k.Measure)), hint, "kpi", i, "measure")
	}
	directions := []string{string(Higher), string(Lower), string(Neither)}
	if !slices.Contains(directions, string(k.Better)) {
		r.fail("kpi.better", diag.T("better 只能是 higher、lower 或 neither，不能是 %q", "better is higher, lower or neither, not %q", string(k.Better)),
			diag.DidYouMean(string(k.Better), directions), "kpi", i, "better")
	}
}

// versions reads the definition, or the definitions over time. One entry
// without versions is one version without a beginning.
func (r *loader) versions(k *KPI, i int) {
	raw := r.file.KPI[i]
	if len(raw.Version) == 0 || raw.Definition != "" {
		k.Versions = append(k.Versions, Version{Definition: raw.Definition, Formula: raw.Formula})
	}
	for j, v := range raw.Version {
		last := ""
		if n := len(k.Versions); n > 0 {
			last = k.Versions[n-1].From
		}
		if v.From == "" || string(v.From) <= last && j > 0 {
			r.fail("kpi.version", diag.T("定义的每一版要写生效日期 from，并且依次向后", "each version of a definition has a from, and they follow one another"), diag.Text{}, "kpi", i, "version", j)
		}
		k.Versions = append(k.Versions, Version{string(v.From), v.Definition, v.Formula, v.Note})
	}
	for j := range k.Versions {
		if k.Versions[j].Definition == "" {
			r.fail("kpi.definition", diag.T("指标 %q 没有定义", "KPI %q has no definition", k.ID), diag.Text{}, "kpi", i, "definition")
			return
		}
		if k.Versions[j].Formula == "" && k.Measure == Ratio && k.Numerator != "" {
			k.Versions[j].Formula = k.Numerator + " ÷ " + k.Denominator
		}
	}
}

// shape checks that a measure has what it cannot do without.
func (r *loader) shape(k *KPI, i int) {
	if k.Measure == Ratio && (k.Numerator == "" || k.Denominator == "") {
		r.fail("kpi.ratio", diag.T("比率 %q 要写明分子 numerator 与分母 denominator，否则不能由日加到月", "the ratio %q names its numerator and denominator, or days do not become months", k.ID),
			diag.Text{}, "kpi", i)
	}
	if k.Measure == Change && k.Of == "" {
		r.fail("kpi.base", diag.T("「%s」说的是变化，要用 of 写明是哪项指标相对基期的变化", "%q is a change: say in of which KPI changes against its base", k.Title), diag.Text{}, "kpi", i)
	}
}

// complement checks that two KPIs can add up to the whole: the same people over
// the same time.
func (r *loader) complement(k *KPI, i int) {
	other := r.cat.byID[k.Complement]
	if other == nil {
		return
	}
	if other == k || other.Denominator != k.Denominator || other.Cohort != k.Cohort || other.Window != k.Window {
		pos, width := r.src.Value("kpi", i, "complement")
		r.l.Add(diag.Diagnostic{Code: "kpi.complement", Severity: diag.Warning, Pos: pos, Width: width,
			Message: diag.T("%s与%s说是互补，却不是同一批人、同一窗口、同一分母，相加不会是 100%%", "%s and %s are said to be complements, but not of the same people, window and denominator: they will not add up to 100%%", k.Title, other.Title),
			Hint:    diag.T("把 cohort、window、denominator 写成一样，或删去 complement", "make cohort, window and denominator equal, or drop complement"),
			Notes:   []diag.Note{{Pos: other.Pos, Text: diag.T("另一项在这里", "the other one is here")}}})
	}
}

// stages reads the stages of a profile.
func (r *loader) stages(p *Profile, raw rawProfile, i int) {
	for j, s := range raw.Stage {
		stage := Stage{Title: s.Title, UntilMonth: s.UntilMonth, Leave: s.Leave, Owner: s.Owner}
		for n, id := range s.KPIs {
			if k := r.cat.byID[id]; k != nil {
				stage.KPIs = append(stage.KPIs, k)
			} else {
				r.unknownKPI(id, "profile", i, "stage", j, "kpis", n)
			}
		}
		if len(s.KPIs) == 0 {
			r.fail("kpi.profile", diag.T("方案 %q 的一段里没有指标", "a stage of profile %q has no KPI", p.ID), diag.Text{}, "profile", i, "stage", j)
		}
		p.Stages = append(p.Stages, stage)
	}
	if len(raw.Stage) == 0 {
		r.fail("kpi.profile", diag.T("方案 %q 没有选任何指标", "profile %q chooses no KPI", p.ID), diag.T("至少写一段 [[profile.stage]]，一项指标也可以", "write one [[profile.stage]] at least; a single KPI will do"), "profile", i)
	}
	r.months(p, i)
}

// months checks that stages by months follow one another and the last is open.
func (r *loader) months(p *Profile, i int) {
	byMonth := slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.UntilMonth != 0 })
	for j, s := range p.Stages {
		last := j == len(p.Stages)-1
		wrong := byMonth && (last != (s.UntilMonth == 0) || !last && j > 0 && s.UntilMonth <= p.Stages[j-1].UntilMonth) || s.UntilMonth < 0
		if wrong {
			r.fail("kpi.profile", diag.T("按月切换的方案：除最后一段外都写 until_month，依次变大", "a profile that switches by months has until_month in every stage but the last, each later than the one before"), diag.Text{}, "profile", i, "stage", j)
			return
		}
	}
}
