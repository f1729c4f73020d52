package schema

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Weighting says how rows are weighted to known totals of the trade: raked to
// the margins, then trimmed, then raked once more.
type Weighting struct {
	Base    string  // weight field to start from; "" = every row weighs 1
	Trim    float64 // cap, as a multiple of the median weight; 0 = none
	Margins []Margin
	Pos     diag.Pos
}

// Margin is a field whose totals are known.
type Margin struct {
	Field   string
	File    string   // relative to the dataset's folder: a header, then category and total; "" = inline
	Targets []Target // in the order of the field's categories; those of a file after Targets is read
	Pos     diag.Pos
}

// Target is the known total of one category, in any unit that the margins share.
type Target struct {
	Category string // a category's value
	Total    float64
	Pos      diag.Pos
}

type weightingTOML struct {
	Base    string       `toml:"base"`
	Trim    *float64     `toml:"trim"`
	Margins []marginTOML `toml:"margin"`
}

type marginTOML struct {
	Field   string             `toml:"field"`
	File    string             `toml:"file"`
	Targets map[string]float64 `toml:"targets"`
}

// weighting turns the TOML into a Weighting and checks what can be known
// without rows. Reasons are the codes of package stat's refusals.
func (c *checker) weighting(raw *weightingTOML, source *config.Source) {
	if !source.Has("weighting") {
		return
	}
	d := c.dictionary
	w := &Weighting{Base: cmp.Or(raw.Base, d.Weight), Pos: source.Pos("weighting")}
	d.Weighting = w
	if raw.Base != "" {
		c.reference(raw.Base, "weighting", "base")
		if f, ok := d.Field(raw.Base); ok && !f.numeric() {
			c.fail("schema.reference", diag.T("权重字段 %q 不是数字", "the weight field %q is no number", raw.Base), diag.Text{}, "weighting", "base")
		}
	}
	if raw.Trim != nil {
		if w.Trim = *raw.Trim; !(w.Trim > 0) {
			c.fail("schema.weighting", diag.T("trim 要大于 0", "trim is above 0"),
				diag.T("例如 trim = 3：权重不超过中位数的 3 倍", "such as trim = 3: no weight above 3 times the median"), "weighting", "trim")
		}
	}
	if len(raw.Margins) == 0 && raw.Trim == nil {
		c.fail("schema.weighting", diag.T("[weighting] 里没有 margin，也没有 trim", "[weighting] has neither a margin nor a trim"),
			diag.T("加上 [[weighting.margin]]，写 field 和 targets", "add [[weighting.margin]] with field and targets"), "weighting")
	}
	for i := range raw.Margins {
		w.Margins = append(w.Margins, c.margin(&raw.Margins[i], i))
	}
	if c.ok && !slices.ContainsFunc(w.Margins, func(m Margin) bool { return m.File != "" }) {
		c.ok = d.targetsAgree(c.list)
	}
}

func (c *checker) margin(raw *marginTOML, i int) Margin {
	at := []any{"weighting", "margin", i}
	m := Margin{Field: raw.Field, File: raw.File, Pos: c.source.Pos(at...)}
	f, ok := c.dictionary.Field(raw.Field)
	if !ok {
		c.reference(raw.Field, append(at, "field")...)
		return m
	}
	if len(f.Categories) == 0 || f.Type == List || f.Role != "" {
		c.fail("schema.weighting", diag.T("字段 %q 不能作边际：要是有 categories 的单选", "field %q cannot be a margin: it has to be a single choice with categories", f.Name), diag.Text{}, append(at, "field")...)
	}
	if slices.ContainsFunc(c.dictionary.Weighting.Margins, func(o Margin) bool { return o.Field == raw.Field }) {
		c.fail("schema.weighting", diag.T("边际 %q 写了两次", "margin %q is there twice", f.Name), diag.Text{}, append(at, "field")...)
	}
	switch inline := len(raw.Targets) > 0; {
	case inline == (raw.File != ""):
		c.fail("schema.weighting", diag.T("边际 %q 要写 targets 或 file，只写一个", "margin %q has targets or a file, one of them", f.Name),
			diag.T("例如 targets = { \"美妆\" = 1200, \"食品\" = 2100 }", "such as targets = { \"a\" = 1200, \"b\" = 2100 }"), at...)
	case !inline && !inside(raw.File):
		c.fail("schema.weighting", diag.T("file %q 必须是数据集文件夹里的相对路径", "file %q must be relative and inside the dataset's folder", raw.File), diag.Text{}, append(at, "file")...)
	}
	for _, name := range slices.Sorted(maps.Keys(raw.Targets)) {
		pos, width := c.source.Value("weighting", "margin", i, "targets", name)
		c.ok = m.take(f, name, raw.Targets[name], diag.Diagnostic{Pos: pos, Width: width}, c.list.Add) && c.ok
	}
	m.order(f)
	return m
}

// take adds one target; what is wrong with it is reported as at says.
func (m *Margin) take(f *Field, name string, total float64, at diag.Diagnostic, report func(diag.Diagnostic)) bool {
	at.Code = "schema.weighting"
	i := slices.IndexFunc(f.Categories, func(c Category) bool { return c.Value == name || c.Label == name })
	switch {
	case i < 0:
		at.Message = diag.T("字段 %[2]q 没有选项 %[1]q（unknown_category）", "%q is no category of field %q (unknown_category)", name, f.Name)
		at.Hint = diag.DidYouMean(name, f.values())
	case !(total >= 0) || math.IsInf(total, 0):
		at.Message = diag.T("目标总数 %v 不能为负（bad_target）", "a target of %v: it cannot be negative (bad_target)", total)
	case slices.ContainsFunc(m.Targets, func(t Target) bool { return t.Category == f.Categories[i].Value }):
		at.Message = diag.T("选项 %q 的目标写了两次", "category %q has two targets", name)
	default:
		m.Targets = append(m.Targets, Target{f.Categories[i].Value, total, at.Pos})
		return true
	}
	report(at)
	return false
}

func (f *Field) values() []string {
	out := make([]string, len(f.Categories))
	for i, c := range f.Categories {
		out[i] = c.Value
	}
	return out
}

// order puts the targets in the order of the field's categories.
func (m *Margin) order(f *Field) {
	values := f.values()
	slices.SortFunc(m.Targets, func(a, b Target) int {
		return cmp.Compare(slices.Index(values, a.Category), slices.Index(values, b.Category))
	})
}

func (m *Margin) total() (sum float64) {
	for _, t := range m.Targets {
		sum += t.Total
	}
	return sum
}

// targetsAgree says whether all margins have the same total.
func (d *Dictionary) targetsAgree(l *diag.List) bool {
	margins := d.Weighting.Margins
	for i := range margins {
		m, first := &margins[i], &margins[0]
		a, b := first.total(), m.total()
		if math.Abs(a-b) > 1e-9*math.Max(a, b) {
			l.Add(diag.Diagnostic{Code: "schema.weighting", Pos: m.Pos,
				Message: diag.T("边际 %q 的总数是 %s，而 %q 的是 %s（targets_disagree）", "margin %q adds up to %s, and %q to %s (targets_disagree)", m.Field, plain(b), first.Field, plain(a)),
				Hint:    diag.T("各边际说的是同一个总体，总数要相等", "all margins are of one population: their totals are equal"),
				Notes:   []diag.Note{{Pos: first.Pos, Text: diag.T("另一个边际在这里", "the other margin is here")}}})
			return false
		}
	}
	return true
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
