package kpi

import (
	"cmp"
	"regexp"
	"slices"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// File is one TOML file, named relative to the site.
type File struct {
	Name string
	Src  []byte
}

type rawFile struct {
	Title   string       `toml:"title"`
	Source  string       `toml:"source"`
	Summary string       `toml:"summary"`
	Quote   string       `toml:"quote"`
	Family  []rawFamily  `toml:"family"`
	KPI     []rawKPI     `toml:"kpi"`
	Profile []rawProfile `toml:"profile"`
}

type rawFamily struct {
	ID      string `toml:"id"`
	Title   string `toml:"title"`
	Summary string `toml:"summary"`
}

type rawKPI struct {
	ID          string       `toml:"id"`
	Title       string       `toml:"title"`
	Family      string       `toml:"family"`
	Unit        string       `toml:"unit"`
	Measure     string       `toml:"measure"`
	Better      string       `toml:"better"`
	Owner       string       `toml:"owner"`
	Phases      []string     `toml:"phases"`
	Definition  string       `toml:"definition"`
	Formula     string       `toml:"formula"`
	Numerator   string       `toml:"numerator"`
	Denominator string       `toml:"denominator"`
	Cohort      string       `toml:"cohort"`
	Window      string       `toml:"window"`
	Counts      []string     `toml:"counts"`
	Excludes    []string     `toml:"excludes"`
	Mistakes    []string     `toml:"mistakes"`
	Aliases     []string     `toml:"aliases"`
	Parts       []string     `toml:"parts"`
	Complement  string       `toml:"complement"`
	Of          string       `toml:"of"`
	Benchmark   string       `toml:"benchmark"`
	By          string       `toml:"by"`
	SOPs        []string     `toml:"sops"`
	Note        []rawNote    `toml:"note"`
	Version     []rawVersion `toml:"version"`
}

type rawNote struct {
	Text string `toml:"text"`
	By   string `toml:"by"`
}

type rawVersion struct {
	From       config.Date `toml:"from"`
	Definition string      `toml:"definition"`
	Formula    string      `toml:"formula"`
	Note       string      `toml:"note"`
}

type rawProfile struct {
	ID     string     `toml:"id"`
	Title  string     `toml:"title"`
	Axis   string     `toml:"axis"`
	When   string     `toml:"when"`
	Source string     `toml:"source"`
	Rule   string     `toml:"rule"`
	Brief  bool       `toml:"brief"`
	Stage  []rawStage `toml:"stage"`
}

type rawStage struct {
	Title      string   `toml:"title"`
	UntilMonth int      `toml:"until_month"`
	Leave      string   `toml:"leave"`
	Owner      string   `toml:"owner"`
	KPIs       []string `toml:"kpis"`
}

// loader reads all files before it joins what one says of another.
type loader struct {
	cat      *Catalogue
	families map[string]*Family
	l        *diag.List
	file     rawFile
	src      *config.Source
	joins    []func() // once every entry is known
}

// Load reads the catalogue. Everything wrong goes to the list; what was right is
// there all the same. No files give an empty catalogue.
func Load(files []File, l *diag.List) *Catalogue {
	r := &loader{cat: &Catalogue{byID: map[string]*KPI{}}, families: map[string]*Family{}, l: l}
	for _, f := range files {
		r.file = rawFile{}
		r.src, _ = config.Decode(f.Name, f.Src, &r.file, l)
		fw := &Framework{File: f.Name, Title: r.file.Title, Source: r.file.Source, Summary: r.file.Summary, Quote: r.file.Quote}
		r.cat.Frameworks = append(r.cat.Frameworks, fw)
		for i := range r.file.Family {
			r.family(fw, i)
		}
		for i := range r.file.KPI {
			r.kpi(i)
		}
		for i := range r.file.Profile {
			r.profile(i)
		}
	}
	for _, join := range r.joins {
		join()
	}
	return r.cat
}

func (r *loader) fail(code string, message, hint diag.Text, at ...any) {
	pos, width := r.src.Value(at...)
	r.l.Add(diag.Diagnostic{Code: code, Pos: pos, Width: width, Message: message, Hint: hint})
}

// idForm keeps ids usable as addresses.
var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

func (r *loader) id(what, id string, taken bool, at ...any) bool {
	if !idForm.MatchString(id) {
		r.fail("kpi.id", diag.T("id %q 只能用小写字母、数字、_ 和 -", "an id has lower-case letters, digits, _ and - only, not %q", id), diag.Text{}, at...)
		return false
	}
	if taken {
		r.fail("kpi.id", diag.T("id %q 已经用过", "the id %q is taken", id), diag.Text{}, at...)
		return false
	}
	return true
}

func (r *loader) family(fw *Framework, i int) {
	raw := r.file.Family[i]
	if !r.id("family", raw.ID, r.families[raw.ID] != nil, "family", i, "id") {
		return
	}
	f := &Family{ID: raw.ID, Title: cmp.Or(raw.Title, raw.ID), Summary: raw.Summary, Framework: fw}
	r.families[raw.ID] = f
	fw.Families = append(fw.Families, f)
}

func (r *loader) kpi(i int) {
	raw := r.file.KPI[i]
	if !r.id("kpi", raw.ID, r.cat.byID[raw.ID] != nil, "kpi", i, "id") {
		return
	}
	k := &KPI{ID: raw.ID, Title: cmp.Or(raw.Title, raw.ID), Unit: raw.Unit, Measure: Measure(raw.Measure), Better: Better(cmp.Or(raw.Better, string(Higher))),
		Owner: raw.Owner, Phases: raw.Phases, Numerator: raw.Numerator, Denominator: raw.Denominator, Cohort: raw.Cohort, Window: raw.Window,
		Counts: raw.Counts, Excludes: raw.Excludes, Mistakes: raw.Mistakes, Aliases: raw.Aliases, Parts: raw.Parts, Complement: raw.Complement,
		Of: raw.Of, Benchmark: raw.Benchmark, By: raw.By, SOPs: raw.SOPs, Pos: r.src.Pos("kpi", i, "id")}
	for _, n := range raw.Note {
		k.Notes = append(k.Notes, Note(n))
	}
	r.cat.byID[k.ID], r.cat.order = k, append(r.cat.order, k)
	r.vocabulary(k, i)
	r.versions(k, i)
	r.shape(k, i)
	src := r.src
	r.joins = append(r.joins, func() { r.src = src; r.join(k, raw, i) })
}

// join finds the entries that a KPI names.
func (r *loader) join(k *KPI, raw rawKPI, i int) {
	if raw.Family != "" {
		if k.Family = r.families[raw.Family]; k.Family == nil {
			r.fail("kpi.unknown", diag.T("没有家族 %q", "there is no family %q", raw.Family), diag.DidYouMean(raw.Family, keys(r.families)), "kpi", i, "family")
		} else {
			k.Family.KPIs = append(k.Family.KPIs, k)
		}
	}
	named := []struct {
		key string
		ids []string
	}{{"parts", raw.Parts}, {"complement", one(raw.Complement)}, {"of", one(raw.Of)}}
	for _, n := range named {
		for _, id := range n.ids {
			if r.cat.byID[id] == nil {
				r.unknownKPI(id, "kpi", i, n.key)
			}
		}
	}
	r.complement(k, i)
}

func (r *loader) unknownKPI(id string, at ...any) {
	r.fail("kpi.unknown", diag.T("没有指标 %q", "there is no KPI %q", id), diag.DidYouMean(id, keys(r.cat.byID)), at...)
}

func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (r *loader) profile(i int) {
	raw := r.file.Profile[i]
	_, taken := r.cat.Profile(raw.ID)
	if !r.id("profile", raw.ID, taken, "profile", i, "id") {
		return
	}
	p := &Profile{ID: raw.ID, Title: cmp.Or(raw.Title, raw.ID), Axis: raw.Axis, When: raw.When, Source: raw.Source, Rule: raw.Rule, Brief: raw.Brief, Pos: r.src.Pos("profile", i, "id")}
	r.cat.Profiles = append(r.cat.Profiles, p)
	src := r.src
	r.joins = append(r.joins, func() { r.src = src; r.stages(p, raw, i) })
}
