package page

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/selector"
)

// SelectorNeeds asks for the tables behind the numbers of decision tables.
func SelectorNeeds(list []*selector.Selector) []Need {
	var out []Need
	for _, s := range list {
		for _, r := range s.Results {
			for _, f := range r.Figures {
				if ref, ok := strings.CutPrefix(f.Ref, "fact:"); !ok && ref != "" {
					out = append(out, Need{Ref: strings.TrimPrefix(f.Ref, "stat:"), Pos: r.Pos})
				}
			}
		}
	}
	return out
}

// selectors are the decision tables that an article shows.
func (c *composer) selectorsOf(d *doc, m *Common) []Selector {
	var out []Selector
	for _, name := range d.Front.Selectors {
		if s := c.Trade.Tools.selector(name); s != nil {
			out = append(out, c.selectorModel(m, s))
		} else {
			c.noTool(d, "selectors", name)
		}
	}
	ahead(m, len(out), func(i int) Heading { return Heading{2, "select-" + out[i].ID, out[i].Title} })
	return out
}

func (c *composer) selectorModel(m *Common, s *selector.Selector) Selector {
	out := Selector{ID: identifier(s.Name), Title: s.Title, Source: s.Source, Summary: s.Summary, Note: s.Note}
	for _, q := range s.Questions {
		n := SelectorQuestion{ID: identifier(q.ID), Text: q.Text, Help: q.Help}
		for _, o := range q.Options {
			n.Options = append(n.Options, SelectorOption{o.ID, o.Text})
		}
		out.Questions = append(out.Questions, n)
	}
	for _, r := range s.Rules {
		rule := SelectorRule{Result: target(out.ID, r.Result), Note: r.Note}
		var when []string
		for _, q := range s.Questions {
			rule.Words = append(rule.Words, s.Words(r, q))
			if ids := r.When[q.ID]; len(ids) > 0 {
				when = append(when, identifier(q.ID)+"="+strings.Join(ids, "|"))
			}
		}
		rule.When = strings.Join(when, ";")
		out.Rules = append(out.Rules, rule)
	}
	for _, r := range s.Results {
		out.Results = append(out.Results, c.selectorResult(m, out.ID, r))
	}
	return out
}

func target(id string, r *selector.Result) SelectorTarget {
	return SelectorTarget{id + "-" + identifier(r.ID), r.Title, r.None}
}

func (c *composer) selectorResult(m *Common, id string, r *selector.Result) SelectorResult {
	out := SelectorResult{SelectorTarget: target(id, r), Text: r.Text}
	for _, l := range r.Links {
		file, fragment, _ := strings.Cut(l.Page, "#")
		source := "content/" + strings.TrimPrefix(file, "/")
		switch to := c.sourceDoc(source); {
		case to != nil:
			out.Links = append(out.Links, Link{Title: cmp.Or(l.Title, to.Front.Short, to.Title), Path: withFragment(to.path, fragment)})
		case c.generated(trimRoot(file)):
			out.Links = append(out.Links, Link{Title: cmp.Or(l.Title, file), Path: withFragment(trimRoot(file), fragment)})
		default:
			c.dead(r.Pos, 0, l.Page, diag.Nearest(source, c.sourceNames()))
		}
	}
	for _, f := range r.Figures {
		ref := document.LabelledRef{Label: f.Label, Ref: document.Ref{Kind: document.Stat, Pos: r.Pos}}
		if fact, quoted := strings.CutPrefix(f.Ref, "fact:"); quoted {
			ref.Ref.Kind, ref.Ref.Target = document.Fact, fact
			if _, _, known := c.Facts.Lookup(fact); !known {
				c.l.Add(diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Message: diag.T("没有引用数据 %q", "there is no quoted fact %q", fact)})
				continue
			}
			if live, ok := c.benchmark(ref); ok {
				out.Figures = append(out.Figures, live)
			}
			continue
		}
		cell, err := c.Registry.Lookup(strings.TrimPrefix(f.Ref, "stat:"))
		if err != nil {
			if !c.l.HasErrorAt(r.Pos) {
				c.l.Add(diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Message: diag.T("%s 不存在", "%s does not exist", f.Ref)})
			}
			continue
		}
		live := SOPBenchmark{Label: cmp.Or(f.Label, cell.Title()), Value: cell.Text(), Base: cell.NText(), Sample: cell.Sample(), Figure: Link{Path: c.edition("methodology.html")}}
		if b := c.shows[cell.Dataset()+"/"+cell.Indicator()]; b != nil {
			live.Figure.Path = b.home() + "#fig-" + b.ID
		}
		if cell.Suppressed() {
			live.Value = cell.ReasonText()
		}
		out.Figures = append(out.Figures, live)
		m.Sample = m.Sample || cell.Sample()
	}
	return out
}

// generatedPaths are the addresses of pages that no single document makes, for links.
func (c *composer) generatedPaths() []string {
	var out []string
	for _, k := range c.Trade.KPIs.KPIs() {
		out = append(out, kpiPath(k))
	}
	for _, p := range c.Trade.KPIs.Profiles {
		out = append(out, profilePath(p), formPath(p))
	}
	t := c.Trade.Tools
	for _, s := range t.Selectors {
		out = append(out, selectorPath(s)+".html")
	}
	for _, f := range t.Forecasts {
		out = append(out, forecastPath(f)+".html")
	}
	for _, p := range t.Paybacks {
		out = append(out, paybackPath(p)+".html")
	}
	slices.Sort(out)
	return out
}
