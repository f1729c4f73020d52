package build

import (
	"strconv"
	"strings"

	"benchbook/internal/benchmark"
	"benchbook/internal/diag"
	"benchbook/internal/leak"
	"benchbook/internal/output"
	"benchbook/internal/release"
	"benchbook/internal/schema"
	"benchbook/internal/site"
)

// rules are the site's disclosure rules as package release reads them; told are
// the cells that earlier editions released.
func rules(s site.Settings, told map[string]bool) release.Rules {
	out := release.Rules{Minimum: s.Minimum, PPercent: s.Disclosure.PPercent, Digits: s.Disclosure.Digits, Date: s.Date, Told: told}
	for _, d := range s.Disclosure.Dominance {
		out.Dominance = append(out.Dominance, release.Dominance{N: d.N, K: d.K})
	}
	for _, d := range s.Disclosure.Money {
		out.Money = append(out.Money, release.Dominance{N: d.N, K: d.K})
	}
	if s.Disclosure.Preset == site.PresetSafetyZone {
		out = out.SafetyZone()
	}
	return out
}

// refuseExposed stops the build where a withheld number could be worked out.
func (b *run) refuseExposed(r *release.Registry) {
	for _, e := range r.Exposed() {
		what := strings.Join(e.Cells, "、")
		if what == "" {
			what = e.Where
		}
		b.list.Errorf("release.exposed", diag.Pos{File: site.SettingsName}, diag.T("隐去的数能由公布的数推算出来：%s", "a withheld number can be worked out from what is published: %s", what))
	}
}

// learn gathers what must not be in the finished files: values of personal
// columns, contributors' names, their amounts, numbers of withheld cells.
func (b *run) learn(r *release.Registry, tables []*benchmark.Table) error {
	b.secrets = leak.New()
	for _, text := range b.site.Settings.Disclosure.Allow {
		b.secrets.Allow(text)
	}
	for _, d := range b.datasets {
		if err := b.learnRows(d); err != nil {
			return err
		}
	}
	secrets, released := r.Secrets(tables)
	for _, s := range secrets {
		kind := leak.Withheld
		if s.Amount {
			kind = leak.Amount
		}
		b.secrets.AddNumber(kind, s.Cell, s.Value)
	}
	for _, x := range released {
		b.secrets.Publish(x)
	}
	return nil
}

// learnRows takes the secrets that stand in a dataset's rows.
func (b *run) learnRows(d *schema.Dictionary) error {
	columns := map[string]*column{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if kind, ok := secretKind(d, f); ok {
			columns[f.Name] = &column{scanner: b.secrets, kind: kind, from: d.Name + "/" + f.Name}
		}
	}
	if len(columns) == 0 {
		return nil
	}
	if told := b.told[d.Name]; told != nil {
		for i, texts := range told.fields {
			for text := range texts {
				columns[d.Fields[i].Name].take(text)
			}
		}
	}
	wanted := func(f *schema.Field) bool { return columns[f.Name] != nil }
	if err := schema.Texts(b.site.Dir, d, wanted, func(f *schema.Field, text string) { columns[f.Name].take(text) }); err != nil {
		return err
	}
	for _, c := range columns {
		c.finish()
	}
	return nil
}

// secretKind says whether a field's values must not be in the site. Values that
// are printed as groups or options are no secrets, and of open data only what
// is personal is one.
func secretKind(d *schema.Dictionary, f *schema.Field) (leak.Kind, bool) {
	switch {
	case f.Role == schema.RolePersonal:
		return leak.Personal, true
	case d.Open() || len(f.Categories) > 0:
		return "", false
	case f.Name == d.Contributor || f.Name == d.Owner || f.Role == "id":
		return leak.Contributor, true
	case f.Role == "" && (f.Type == schema.Number || f.Type == schema.Integer):
		return leak.Amount, true
	}
	return "", false
}

// fewValues is up to how many different values a personal column may have to be
// one of groups, such as provinces, in which nobody is named; each then stands
// in several rows.
const (
	fewValues   = 200
	rowsOfValue = 5
)

// column decides whether a column's values are told apart enough to be secrets.
type column struct {
	scanner *leak.Scanner
	kind    leak.Kind
	from    string
	rows    int
	waiting map[string]bool // values seen while they are few
	named   bool            // they are many
}

func (c *column) take(text string) {
	switch {
	case c.kind == leak.Amount:
		c.amount(text)
	case c.kind == leak.Contributor || c.named:
		c.scanner.Add(c.kind, c.from, text)
	default:
		if c.waiting == nil {
			c.waiting = map[string]bool{}
		}
		c.waiting[text] = true
		c.rows++
		if len(c.waiting) > fewValues {
			c.release()
		}
	}
}

// amount takes a cell of a number; only long ones are searched for.
func (c *column) amount(text string) {
	if x, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64); err == nil {
		c.scanner.AddNumber(c.kind, c.from, x)
	}
}

func (c *column) release() {
	c.named = true
	for text := range c.waiting {
		c.scanner.Add(c.kind, c.from, text)
	}
	c.waiting = nil
}

// finish takes the values of a short column, unless they repeat like groups do.
// What is a telephone number or an address by its form is taken all the same.
func (c *column) finish() {
	if c.rows < rowsOfValue*len(c.waiting) {
		c.release()
		return
	}
	for text := range c.waiting {
		if kind, _ := schema.Personal(text); kind != "" {
			c.scanner.Add(c.kind, c.from, text)
		}
	}
}

// guard searches every file on its way into the sink.
type guard struct {
	output.Sink
	run *run
}

// Write refuses nothing by itself: what it finds is an error in the list, and
// with errors no caller makes the staged files the site.
func (g guard) Write(name string, data []byte, sources ...string) error {
	if secrets := g.run.secrets; secrets != nil {
		scan := secrets.Scan
		if len(sources) == 1 && sources[0] == "templates" {
			scan = secrets.ScanTexts
		}
		// The manifest names every file with its sources.
		found := append(scan(name, data), secrets.ScanTexts(output.ManifestName, []byte(strings.Join(sources, "\n")))...)
		for _, f := range found {
			leaked(f, g.run.list)
		}
	}
	return g.Sink.Write(name, data, sources...)
}

// inspect is Result.Inspect.
func (b *run) inspect(name string, data []byte, l *diag.List) {
	for _, f := range b.secrets.Scan(name, data) {
		leaked(f, l)
	}
}

func leaked(f leak.Finding, l *diag.List) {
	place := f.Place
	if f.Line > 0 {
		place = strconv.Itoa(f.Line)
	}
	l.Add(diag.Diagnostic{Code: "leak." + string(f.Kind), Pos: diag.Pos{File: f.File, Cell: place},
		Message: diag.T("要写出的文件里有 %s 的值（%s）", "the file to be written holds a value of %s (%s)", f.From, f.Hint)})
}
