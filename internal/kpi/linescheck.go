package kpi

import (
	"cmp"
	"fmt"
	"slices"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// lineCheck finds what is wrong with lines: with a rule as it is written, and
// with the scales that follow from several rules together.
type lineCheck struct {
	*Lines
	src *config.Source
	cat *Catalogue
	l   *diag.List
}

func (c *lineCheck) add(code string, severity diag.Severity, message, hint diag.Text, at ...any) {
	pos, width := c.src.Value(at...)
	c.l.Add(diag.Diagnostic{Code: code, Severity: severity, Pos: pos, Width: width, Message: message, Hint: hint})
}

// rule checks one [[lines]] for itself.
func (c *lineCheck) rule(i int) {
	r := c.Rules[i]
	if r.KPI == "" {
		c.add("lines.kpi", diag.Error, diag.T("这组线没有写明是哪项指标的", "these lines do not say of which KPI they are"), diag.T("加一行 kpi = \"…\"", "add a line kpi = \"…\""), "lines", i)
	}
	if _, known := c.cat.byID[r.KPI]; !known && len(c.cat.order) > 0 && r.KPI != "" {
		c.add("lines.kpi", diag.Warning, diag.T("指标目录里没有 %q，这组线不会出现在任何指标页上", "the catalogue has no KPI %q: these lines are on no page", r.KPI),
			diag.DidYouMean(r.KPI, keys(c.cat.byID)), "lines", i, "kpi")
	}
	if len(c.Names) < len(FourLines) && (r.Pass != nil || r.Good != nil || r.Over != nil) {
		c.add("lines.name", diag.Error, diag.T("pass、good、over 是四条线的简写，这里的 names 只有 %d 个", "pass, good and over are short for four lines; names has only %d", len(c.Names)),
			diag.T("改用 [[lines.band]]", "use [[lines.band]]"), "lines", i)
	}
	for j, b := range r.Band {
		if !slices.Contains(c.Names, c.canonical(b.Name)) {
			known := slices.Concat(c.Names, keys(c.Aliases))
			c.add("lines.name", diag.Error, diag.T("没有叫 %q 的线", "there is no line called %q", b.Name), diag.DidYouMean(b.Name, known), "lines", i, "band", j, "name")
		}
	}
}

// scales checks every scale that some reader will be held against.
func (c *lineCheck) scales() {
	type who struct{ kpi, industry, client string }
	seen := map[who]bool{}
	for i, r := range c.Rules {
		w := who{r.KPI, r.Industry, r.Client}
		if r.KPI == "" || seen[w] {
			if seen[w] {
				c.add("lines.twice", diag.Error, diag.T("%s 在这一层已经有一组线", "%s has lines on this level already", r.KPI), diag.Text{}, "lines", i, "kpi")
			}
			continue
		}
		seen[w] = true
		c.scale(i, c.For(r.KPI, r.Industry, r.Client, nil, c.lower(r)))
	}
}

// lower says whether lower values are better: the catalogue knows, else the rule.
func (c *lineCheck) lower(r Rule) bool {
	if k, ok := c.cat.byID[r.KPI]; ok {
		return k.Better == Lower
	}
	return r.Better == string(Lower)
}

func (c *lineCheck) scale(i int, s Scale) {
	if !c.climbs(s) {
		c.add("lines.order", diag.Error, diag.T("%s 的几条线没有依次变好", "the lines of %s do not get better one after the other", c.Rules[i].KPI),
			diag.T("次序由 names 定；越低越好的指标依次下降", "names gives their order; where lower is better they fall"), "lines", i)
		return
	}
	for j, st := range s.Stretches {
		if st.Gap && st.Name == "" {
			c.gap(i, st)
		}
		if j == 0 {
			continue
		}
		before := s.Stretches[j-1]
		if before.To == nil || st.From == nil {
			c.overlap(i, before, st)
			continue
		}
		switch {
		case *before.To > *st.From:
			c.overlap(i, before, st)
		case before.ToClosed && st.FromClosed && *before.To == *st.From:
			c.add("lines.shared_edge", diag.Error, diag.T("端点 %[3]s 既在%[1]s里，又在%[2]s里", "the edge %[3]s is in %[1]s and in %[2]s", cmp.Or(before.Name, "空档"), cmp.Or(st.Name, "空档"), Number(*st.From)),
				diag.T("用 from_closed、to_closed 写明归谁", "say with from_closed and to_closed whose it is"), "lines", i)
		}
	}
	c.unstated(i)
}

// climbs says whether better values lie on better lines and every line has a width.
func (c *lineCheck) climbs(s Scale) bool {
	last := -1
	stretches := slices.Clone(s.Stretches)
	if s.Lower {
		slices.Reverse(stretches)
	}
	for _, st := range stretches {
		if st.From != nil && st.To != nil && *st.From > *st.To && !st.Gap {
			return false
		}
		if st.Gap {
			continue
		}
		rank := slices.Index(c.Names, st.Name)
		if rank <= last {
			return false
		}
		last = rank
	}
	return true
}

func (c *lineCheck) gap(i int, st Stretch) {
	where := "…"
	switch {
	case st.From != nil && st.To != nil:
		where = Number(*st.From) + "–" + Number(*st.To)
	case st.From != nil:
		where = Number(*st.From) + " 以上"
	case st.To != nil:
		where = Number(*st.To) + " 以下"
	}
	c.add("lines.gap", diag.Warning, diag.T("%s 的 %s 不属于任何一条线，页面上画作空档", "%s: %s belongs to no line and is drawn as a gap", c.Rules[i].KPI, where),
		diag.T("由指标负责人决定归谁；决定留着，就用 gap = \"空档的名字\" 写明", "the KPI's owner decides whose it is; to leave it open, say so with gap = \"its name\""), "lines", i, "kpi")
}

func (c *lineCheck) overlap(i int, a, b Stretch) {
	c.add("lines.overlap", diag.Error, diag.T("%s 与%s 重叠：%s 与 %s", "%s and %s overlap: %s and %s", a.Name, b.Name, span(a), span(b)), diag.Text{}, "lines", i)
}

func span(s Stretch) string {
	end := func(x *float64) string {
		if x == nil {
			return "…"
		}
		return Number(*x)
	}
	return fmt.Sprintf("%s–%s", end(s.From), end(s.To))
}

// unstated finds edges that two lines were written with (5–10, 10–15) without
// a word on whose they are. Half-open is assumed, and said.
func (c *lineCheck) unstated(i int) {
	bands := c.Rules[i].Band
	for j, a := range bands {
		for n, b := range bands {
			if n == j || a.To == nil || b.From == nil || *a.To != *b.From || a.ToClosed != nil || b.FromClosed != nil {
				continue
			}
			c.add("lines.shared_edge", diag.Warning, diag.T("端点 %[3]s 同时写在%[1]s和%[2]s里，没有说归谁；按含下限、不含上限处理", "the edge %[3]s is written in %[1]s and %[2]s, and nothing says whose it is; it is taken as the lower end of the second", a.Name, b.Name, Number(*a.To)),
				diag.T("用 from_closed 或 to_closed 写明，就不再提醒", "say so with from_closed or to_closed, and this is not said again"), "lines", i, "band", n, "from")
		}
	}
}
