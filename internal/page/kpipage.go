package page

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/kpi"
	"benchbook/internal/release"
)

// Trade is what a project says of its trade beside data and texts: the catalogue
// of KPIs, lines, reckonings and decision tables. All of it may be empty.
type Trade struct {
	KPIs  *kpi.Catalogue
	Lines *kpi.Lines
	Tools Tools
}

const kpiListPath = "kpi/catalogue.html"

func kpiPath(k *kpi.KPI) string         { return "kpi/" + segment(k.ID) + ".html" }
func profilePath(p *kpi.Profile) string { return "kpi/profile-" + segment(p.ID) + ".html" }

// KPINeeds asks for the tables behind the catalogue: each benchmark as a whole and
// by the field that its page is cut by.
func KPINeeds(cat *kpi.Catalogue) []Need {
	var out []Need
	for _, k := range cat.KPIs() {
		if k.Benchmark == "" {
			continue
		}
		out = append(out, Need{Ref: k.Benchmark, Pos: k.Pos})
		if k.By != "" {
			out = append(out, Need{Ref: k.Benchmark + "?by=" + k.By, Pos: k.Pos})
		}
	}
	return out
}

// kpiPages are the pages of the catalogue.
func (c *composer) kpiPages() []Page {
	if len(c.Trade.KPIs.KPIs()) == 0 {
		return nil
	}
	var sources []string
	for _, f := range c.Trade.KPIs.Frameworks {
		sources = append(sources, f.File)
	}
	out := []Page{c.generatedPage("kpis", kpiListPath, "指标目录", "kpis", nil, sources, func(m Common) any { return c.kpiList(m) })}
	for _, k := range c.Trade.KPIs.KPIs() {
		out = append(out, c.generatedPage("kpi", kpiPath(k), k.Title, "kpis", nil, sources, func(m Common) any { return c.kpiPage(m, k) }))
	}
	for _, p := range c.Trade.KPIs.Profiles {
		out = append(out, c.generatedPage("profile", profilePath(p), p.Title+"：指标方案", "kpis", nil, sources, func(m Common) any { return c.profilePage(m, p) }))
	}
	c.checkComplements()
	return out
}

func (c *composer) kpiList(m Common) KPIList {
	m.Description = "指标按家族列出，写明公式、单位、方向、性质与负责人，附同行中位数；另有按部门、阶段、目的与对象选用的方案。"
	out := KPIList{Common: m}
	for _, f := range c.Trade.KPIs.Frameworks {
		note := FrameworkNote{Title: f.Title, Source: f.Source, Summary: f.Summary, Quote: f.Quote, Count: f.Count()}
		for _, family := range f.Families {
			n := FamilyNote{ID: "family-" + segment(family.ID), Title: family.Title, Summary: family.Summary}
			for _, k := range family.KPIs {
				n.Rows = append(n.Rows, c.kpiRow(k))
			}
			note.Families = append(note.Families, n)
			out.Contents = append(out.Contents, Heading{2, n.ID, family.Title})
		}
		if note.Count > 0 {
			out.Frameworks = append(out.Frameworks, note)
		}
	}
	if rest := c.unfamilied(); len(rest.Rows) > 0 {
		out.Frameworks = append(out.Frameworks, FrameworkNote{Count: len(rest.Rows), Families: []FamilyNote{rest}})
		out.Contents = append(out.Contents, Heading{2, rest.ID, rest.Title})
	}
	for _, p := range c.Trade.KPIs.Profiles {
		i := slices.IndexFunc(out.Profiles, func(g ProfileGroup) bool { return g.Axis == p.Axis })
		if i < 0 {
			i = len(out.Profiles)
			out.Profiles = append(out.Profiles, ProfileGroup{Axis: p.Axis})
		}
		out.Profiles[i].Cards = append(out.Profiles[i].Cards, ProfileCard{Link{Title: p.Title, Path: profilePath(p)}, p.When, len(p.KPIs())})
	}
	for _, f := range out.Frameworks {
		for _, family := range f.Families {
			for _, r := range family.Rows {
				out.Sample = out.Sample || r.Sample
			}
		}
	}
	return out
}

// unfamilied are the KPIs that belong to no family: profiles choose them.
func (c *composer) unfamilied() FamilyNote {
	out := FamilyNote{ID: "family-others", Title: "不在家族里的指标", Summary: "只有某些方案用到，单独列出。"}
	for _, k := range c.Trade.KPIs.KPIs() {
		if k.Family == nil {
			out.Rows = append(out.Rows, c.kpiRow(k))
		}
	}
	return out
}

func (c *composer) kpiRow(k *kpi.KPI) KPIRow {
	v := k.At(c.Settings.Date)
	row := KPIRow{Link: Link{Title: k.Title, Path: kpiPath(k)}, Formula: v.Formula, Unit: k.Unit, Better: k.Better.Title(), Measure: k.Measure.Title(), Owner: k.Owner, Benchmark: "—"}
	if row.Formula == "" {
		row.Formula = v.Definition
	}
	if cell := c.typical(k); cell != nil {
		row.Benchmark, row.Sample = typicalName(cell)+" "+cell.Text(), cell.Sample()
	}
	if len(k.Notes) > 0 {
		row.Note = k.Notes[0].Text
	}
	return row
}

// typical is the one number that stands for a KPI's benchmark: the median of
// contributors where there is one, else its main number; nil where nothing is published.
func (c *composer) typical(k *kpi.KPI) *release.Cell {
	if k.Benchmark == "" {
		return nil
	}
	for _, ref := range []string{k.Benchmark + "?stat=p50", k.Benchmark} {
		if cell, err := c.Registry.Lookup(ref); err == nil && !cell.Suppressed() {
			return cell
		}
	}
	return nil
}

func typicalName(cell *release.Cell) string {
	if cell.Stat() == "p50" {
		return "中位数"
	}
	return "合计"
}

func (c *composer) kpiPage(m Common, k *kpi.KPI) KPIPage {
	v := k.At(c.Settings.Date)
	m.Description = k.Title + "：" + v.Definition
	m.Breadcrumb = append(m.Breadcrumb, Link{Title: "指标目录", Path: kpiListPath})
	out := KPIPage{Common: m, Lead: v.Definition, Counts: k.Counts, Excludes: k.Excludes, Mistakes: k.Mistakes}
	if k.Family != nil {
		out.Family = k.Family.Title
	}
	out.Facts = c.kpiFacts(k, v)
	out.History, out.Related = versionRows(k, c.Settings.Date), c.related(k)
	for _, n := range k.Notes {
		out.Notes = append(out.Notes, KPINote(n))
	}
	c.kpiBenchmark(&out, k)
	c.kpiScales(&out, k)
	for _, file := range k.SOPs {
		if d := c.sourceDoc("content/" + strings.TrimPrefix(file, "/")); d != nil {
			out.SOPs = append(out.SOPs, c.sopCard(d))
		} else {
			c.dead(k.Pos, 0, file, diag.Nearest("content/"+file, c.sourceNames()))
		}
	}
	for _, p := range c.Trade.KPIs.Of(k) {
		out.Profiles = append(out.Profiles, Link{Title: p.Title, Path: profilePath(p)})
	}
	return out
}

// movedBy are the KPIs that name a procedure, with what they typically come to.
func (c *composer) movedBy(d *doc) []SOPBenchmark {
	var out []SOPBenchmark
	for _, k := range c.Trade.KPIs.KPIs() {
		for _, file := range k.SOPs {
			if c.sourceDoc("content/"+strings.TrimPrefix(file, "/")) != d {
				continue
			}
			b := SOPBenchmark{Label: k.Title, Value: "本版无基准", Figure: Link{Path: kpiPath(k)}}
			if cell := c.typical(k); cell != nil {
				b.Label, b.Value, b.Base, b.Sample = k.Title+typicalName(cell), cell.Text(), cell.NText(), cell.Sample()
			}
			out = append(out, b)
		}
	}
	return out
}

func (c *composer) kpiFacts(k *kpi.KPI, v kpi.Version) []Row {
	var out []Row
	add := func(label, text string) {
		if text != "" {
			out = append(out, Row{Label: label, Text: text})
		}
	}
	add("公式", v.Formula)
	add("单位", k.Unit)
	add("方向", k.Better.Title())
	add("性质", strings.TrimSuffix(k.Measure.Title()+"："+k.Measure.Adds(), "："))
	add("对象", k.Cohort)
	add("窗口", k.Window)
	add("负责人", k.Owner)
	add("阶段", strings.Join(k.Phases, "、"))
	add("又称", strings.Join(k.Aliases, "、"))
	if v.From != "" {
		add("定义生效", v.From)
	}
	return out
}

// versionRows are the definitions over time, the latest first; none where there is one.
func versionRows(k *kpi.KPI, today string) []Row {
	if len(k.Versions) < 2 {
		return nil
	}
	var out []Row
	for _, v := range slices.Backward(k.Versions) {
		label := v.From
		if label == "" {
			label = "此前"
		} else {
			label += " 起"
		}
		if v.From > today && today != "" {
			label += "（尚未生效）"
		}
		text := v.Definition
		if v.Formula != "" {
			text += "。公式：" + v.Formula
		}
		if v.Note != "" {
			text += "。" + v.Note
		}
		out = append(out, Row{Label: label, Text: strings.ReplaceAll(text, "。。", "。")})
	}
	return out
}

// related are the KPIs that belong to this one.
func (c *composer) related(k *kpi.KPI) []Row {
	var out []Row
	link := func(label, id, text string) {
		if other, ok := c.Trade.KPIs.Find(id); ok {
			out = append(out, Row{Label: label, Text: text, Link: &Link{Title: other.Title, Path: kpiPath(other)}})
		}
	}
	for _, id := range k.Parts {
		link("分开记", id, "两个数并列，不合成一个")
	}
	if k.Complement != "" {
		link("互补", k.Complement, "同一批人、同一窗口，相加为 100%；只考核一项")
	}
	for _, other := range c.Trade.KPIs.KPIs() {
		if other.Complement == k.ID && k.Complement != other.ID {
			link("互补", other.ID, "同一批人、同一窗口，相加为 100%；只考核一项")
		}
	}
	if k.Of != "" {
		link("变化的是", k.Of, "要写明基期；没有基期不能填")
	}
	return out
}

// kpiBenchmark lays the released numbers out by segment, with the line that each
// median lies on.
func (c *composer) kpiBenchmark(out *KPIPage, k *kpi.KPI) {
	name, id, found := strings.Cut(k.Benchmark, "/")
	if !found {
		return
	}
	total, ok := c.Registry.Table(name, id, nil)
	if !ok {
		return
	}
	stats := kpiStats(total)
	b := &KPIBenchmark{Title: total.Title, Columns: append([]string{"", "n"}, statHeads(stats)...)}
	lines := c.Trade.Lines.Any(k.ID)
	if lines {
		b.Columns = append(b.Columns, "落在")
	}
	tables := []*release.Table{total}
	if cut, ok := c.Registry.Table(name, id, splitBy(k.By)); ok && k.By != "" {
		tables = append(tables, cut)
		b.Columns[0] = cut.By[0].Title
	}
	for _, t := range tables {
		for _, row := range t.Rows {
			b.Rows = append(b.Rows, c.benchmarkRow(k, row, stats, lines, len(t.By) > 0))
		}
	}
	out.Sample = total.Dataset.Sample
	b.Note = total.Dataset.Title + "，" + span(total.Dataset.From, total.Dataset.To)
	for _, f := range c.ordered {
		t := f.table()
		if t.Dataset.Name == name && t.Indicator == id && !f.IsTable && len(f.tables) == 1 && len(t.By) == len(splitBy(k.By)) && slices.Equal(tableFields(t), splitBy(k.By)) {
			out.Drawing = f.html(out.Path, f.Title)
			break
		}
	}
	if f := c.shows[k.Benchmark]; f != nil {
		b.Figure = &Link{Title: f.Spec.Number, Path: f.home() + "#fig-" + f.ID}
	}
	out.Benchmark = b
}

func tableFields(t *release.Table) []string {
	var out []string
	for _, col := range t.By {
		out = append(out, col.Field)
	}
	return out
}

// kpiStats are the statistics that a page of a KPI prints.
func kpiStats(t *release.Table) []string {
	var out []string
	for _, want := range []string{"share", "ratio", "p25", "p50", "p75"} {
		if slices.Contains(t.Stats(), want) && (want != "share" || len(t.Options) == 0 || len(t.Bands) == 0 && len(t.Options) == 1) {
			out = append(out, want)
		}
	}
	return out
}

func statHeads(stats []string) []string {
	out := make([]string, len(stats))
	for i, s := range stats {
		out[i] = statName(s, "")
	}
	return out
}

func (c *composer) benchmarkRow(k *kpi.KPI, row release.Row, stats []string, lines, cut bool) []string {
	out := []string{row.Label(), "—"}
	line := "—"
	for _, s := range stats {
		cell, ok := row.Cell(s, "")
		if !ok && len(row.Cells) == 1 {
			cell, ok = row.Cells[0], true
		}
		if !ok {
			out = append(out, "—")
			continue
		}
		if cell.Suppressed() {
			out = append(out, cell.ReasonText())
			continue
		}
		out[1] = strings.TrimPrefix(cell.NText(), "n=")
		out = append(out, cell.Text())
		if s == "p50" || s == "share" {
			line = c.lineOf(k, row, cell, cut)
		}
	}
	if lines {
		out = append(out, line)
	}
	return out
}

// lineOf is the line that a released number lies on, by the scale of its segment.
func (c *composer) lineOf(k *kpi.KPI, row release.Row, cell *release.Cell, cut bool) string {
	industry := ""
	if cut {
		industry = row.Values[0]
	}
	v, ok := cell.Value()
	if !ok {
		return "—"
	}
	x := new(big.Rat).SetFloat64(v)
	if cell.Percent() {
		x.Mul(x, big.NewRat(100, 1))
	}
	st, ok := c.Trade.Lines.For(k.ID, industry, "", nil, k.Better == kpi.Lower).Of(x)
	if !ok {
		return "—"
	}
	if st.Name == "" {
		return "空档"
	}
	return st.Name
}

// kpiScales lays out the lines: those of the whole trade, and of each category
// that has its own.
func (c *composer) kpiScales(out *KPIPage, k *kpi.KPI) {
	lines := c.Trade.Lines
	if !lines.Any(k.ID) {
		return
	}
	for _, industry := range append([]string{""}, lines.Industries(k.ID)...) {
		s := lines.For(k.ID, industry, "", nil, k.Better == kpi.Lower)
		note := ScaleNote{Who: industry, Unset: s.Unset, Source: s.Sources}
		if industry == "" {
			note.Who = "全行业"
		}
		for _, st := range s.Stretches {
			level := st.Level
			switch {
			case st.Gap:
				level = "没有归属"
			case st.Implied:
				level = "由相邻的线推得"
			}
			note.Rows = append(note.Rows, ScaleRow{Name: orGap(st.Name), Range: rangeText(st, k.Unit), Level: level, Gap: st.Gap})
		}
		out.Scales = append(out.Scales, note)
	}
	for alias, name := range sortedMap(lines.Aliases) {
		out.ScaleNotes = append(out.ScaleNotes, fmt.Sprintf("「%s」是「%s」的别名。", alias, name))
	}
}

func orGap(name string) string {
	if name == "" {
		return "空档"
	}
	return name
}

// sortedMap walks through a map in the order of its keys.
func sortedMap(m map[string]string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		var names []string
		for k := range m {
			names = append(names, k)
		}
		slices.Sort(names)
		for _, k := range names {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// rangeText is a stretch in words: 「5% 至 17%，两端都含」.
func rangeText(s kpi.Stretch, unit string) string {
	if unit != "%" && unit != "" {
		unit = " " + unit
	}
	switch {
	case s.From == nil && s.To == nil:
		return "全部"
	case s.From == nil:
		return "低于 " + kpi.Number(*s.To) + unit + including(s.ToClosed)
	case s.To == nil:
		if s.FromClosed {
			return kpi.Number(*s.From) + unit + " 及以上"
		}
		return "高于 " + kpi.Number(*s.From) + unit
	}
	ends := map[[2]bool]string{{true, true}: "两端都含", {true, false}: "含下端", {false, true}: "含上端", {false, false}: "两端都不含"}
	return kpi.Number(*s.From) + unit + " 至 " + kpi.Number(*s.To) + unit + "，" + ends[[2]bool{s.FromClosed, s.ToClosed}]
}

func including(closed bool) string {
	if closed {
		return "（含）"
	}
	return ""
}

func (c *composer) profilePage(m Common, p *kpi.Profile) ProfilePage {
	m.Description = strings.TrimSuffix(p.Title+"："+p.When, "：")
	m.Breadcrumb = append(m.Breadcrumb, Link{Title: "指标目录", Path: kpiListPath})
	out := ProfilePage{Common: m, Lead: p.When, Source: p.Source, Rule: p.Rule, Brief: p.Brief, ByMonth: p.ByMonth()}
	from := 1
	for _, s := range p.Stages {
		n := StageNote{Title: s.Title, Leave: s.Leave, Owner: s.Owner}
		if p.ByMonth() {
			n.Months = fmt.Sprintf("第 %d 个月起", from)
			if s.UntilMonth > 0 {
				n.Months = fmt.Sprintf("第 %d 到 %d 个月", from, s.UntilMonth)
				from = s.UntilMonth + 1
			}
		}
		for _, k := range s.KPIs {
			row := c.kpiRow(k)
			out.Sample = out.Sample || row.Sample
			n.Rows = append(n.Rows, row)
		}
		out.Stages = append(out.Stages, n)
	}
	form := profileForm(p, c.Settings.Date)
	out.Form = Download{Path: formPath(p), Label: "空白表，CSV，" + size(len(form))}
	return out
}

func formPath(p *kpi.Profile) string { return "kpi/profile-" + segment(p.ID) + ".csv" }

// profileForm is the profile as a form to fill in, in a spreadsheet's form of text.
func profileForm(p *kpi.Profile, today string) []byte {
	var b strings.Builder
	b.WriteString("\ufeff" + csvLine("段", "指标", "口径", "单位", "方向", "负责人", "现在", "一年后"))
	for _, s := range p.Stages {
		for _, k := range s.KPIs {
			v := k.At(today)
			formula := v.Formula
			if formula == "" {
				formula = v.Definition
			}
			b.WriteString(csvLine(s.Title, k.Title, formula, k.Unit, k.Better.Title(), k.Owner, "", ""))
		}
	}
	return []byte(b.String())
}

func csvLine(cells ...string) string {
	for i, s := range cells {
		if strings.ContainsAny(s, ",\"\n") {
			cells[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
	}
	return strings.Join(cells, ",") + "\r\n"
}

// profileForms are the forms of all profiles.
func (c *composer) profileForms() []File {
	var out []File
	for _, p := range c.Trade.KPIs.Profiles {
		out = append(out, File{Path: formPath(p), Bytes: profileForm(p, c.Settings.Date), Sources: []string{p.Pos.File}})
	}
	return out
}

// checkComplements holds the released ratios of two KPIs that are said to add up
// to the whole against each other.
func (c *composer) checkComplements() {
	for _, k := range c.Trade.KPIs.KPIs() {
		other, ok := c.Trade.KPIs.Find(k.Complement)
		if !ok || k.Complement == "" || k.Benchmark == "" || other.Benchmark == "" {
			continue
		}
		a, err1 := c.Registry.Lookup(k.Benchmark)
		b, err2 := c.Registry.Lookup(other.Benchmark)
		if err1 != nil || err2 != nil || a.Suppressed() || b.Suppressed() {
			continue
		}
		x, _ := a.Value()
		y, _ := b.Value()
		if sum := x + y; sum < 1-5e-4 || sum > 1+5e-4 {
			c.l.Add(diag.Diagnostic{Code: "kpi.complement", Severity: diag.Warning, Pos: k.Pos,
				Message: diag.T("%s %s 与%s %s 说是互补，相加却不是 100%%", "%s %s and %s %s are said to be complements, and do not add up to 100%%", k.Title, a.Text(), other.Title, b.Text()),
				Hint:    diag.T("多半不是同一批人或同一窗口：对一遍分子与分母", "most likely they are not of the same people or window: compare numerators and denominators")})
		}
	}
}
