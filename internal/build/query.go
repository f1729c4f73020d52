package build

import (
	"context"
	"errors"
	"slices"
	"strings"

	"benchbook/internal/benchmark"
	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/release"
	"benchbook/internal/schema"
	"benchbook/internal/site"
)

// Query is one table asked for by the command.
type Query struct {
	Dataset, Column string
	By              []string
	Where           [][2]string // field, value
	Weight, Base    string
}

// RunQuery computes one table and releases it under the site's rules: protected
// data beside everything that the site publishes of them. The problem says why
// the question cannot be answered; findings about the data are in the list, and
// then the result is nil.
func RunQuery(ctx context.Context, s *site.Site, q Query, l *diag.List) (*release.QueryResult, indicator.Problem, error) {
	b := &run{ctx: ctx, site: s, list: l, query: true, opt: Options{Progress: func(diag.Text, int, int) {}}}
	if err := b.loadDatasets(); err != nil || l.HasErrors() {
		return nil, indicator.Problem{}, err
	}
	d, problem := b.named(q.Dataset)
	if d == nil {
		return nil, problem, nil
	}
	question := indicator.Query{Column: q.Column, By: q.By, Weight: q.Weight, Base: q.Base}
	if _, isField := d.Field(q.Column); !isField {
		if err := b.loadCatalogue(); err != nil || l.HasErrors() {
			return nil, indicator.Problem{}, err
		}
		question.Indicator, _ = b.catalogue.Find(d.Name, q.Column)
	}
	for _, w := range q.Where {
		question.Where = append(question.Where, indicator.Condition{Field: w[0], Value: w[1]})
	}
	answer := b.answerProtected
	if d.Open() {
		answer = b.answerOpen
	}
	registry, wrong, err := answer(question, d)
	if wrong != nil {
		return nil, *wrong, nil
	}
	if err != nil || registry == nil {
		return nil, indicator.Problem{}, err
	}
	return registry.Query(q.Column, asList(q.By), conditions(d, q.Where)), indicator.Problem{}, nil
}

// asList takes the fields apart that stand in one argument.
func asList(by []string) (fields []string) {
	for _, entry := range by {
		for f := range strings.SplitSeq(entry, ",") {
			fields = append(fields, strings.TrimSpace(f))
		}
	}
	return fields
}

// conditions are those that are left for the finished table; of open data the
// rows were chosen before.
func conditions(d *schema.Dictionary, where [][2]string) [][2]string {
	if d.Open() {
		return nil
	}
	return where
}

// answerOpen computes the rows that the conditions keep.
func (b *run) answerOpen(q indicator.Query, d *schema.Dictionary) (*release.Registry, *indicator.Problem, error) {
	plan, wrong := q.Plan(d)
	if wrong != nil {
		return nil, wrong, nil
	}
	tables, err := b.computed(plan)
	if err != nil || tables == nil {
		return nil, nil, err
	}
	return release.Answer(rules(b.site.Settings, nil), nil, tables, nil), nil, nil
}

// answerProtected computes the table with its margins, and the site's tables of
// the dataset, in one pass.
func (b *run) answerProtected(q indicator.Query, d *schema.Dictionary) (*release.Registry, *indicator.Problem, error) {
	if _, wrong := q.Lattice(d, nil); wrong != nil {
		return nil, wrong, nil
	}
	findings := b.list
	b.list = &diag.List{} // the second pass finds the same
	coarser, err := q.Coarser(d, b.singly(d))
	if b.list = findings; err != nil {
		return nil, nil, err
	}
	asked, _ := q.Lattice(d, coarser)
	plan, memory, err := b.published(d)
	if err != nil || plan == nil {
		return nil, nil, err
	}
	known := len(plan.Tasks)
	plan.Tasks = append(slices.Clone(plan.Tasks), asked...)
	tables, err := b.computed(plan)
	if err != nil || tables == nil {
		return nil, nil, err
	}
	return release.Answer(rules(b.site.Settings, memory.Told()), tables[:known], tables[known:], memory.Closed()), nil, nil
}

// published is the plan of what the site publishes of a dataset, and what
// earlier editions did; nil where the catalogue is broken, which the list says.
func (b *run) published(d *schema.Dictionary) (*indicator.Plan, *site.Released, error) {
	if err := b.loadCatalogue(); err != nil || b.groundless || b.list.HasErrors() {
		return nil, nil, err
	}
	findings := b.list
	defer func() { b.list = findings }()
	b.list = &diag.List{} // what is wrong with the texts is for check to say
	if err := errors.Join(b.loadTrade(), b.loadDocuments()); err != nil {
		return nil, nil, err
	}
	b.demand()
	memory, err := b.site.Released(findings)
	plan, _ := b.catalogue.Plan(d.Name)
	return plan, memory, err
}

// computed observes and computes a plan; nil where the list says why not.
func (b *run) computed(plan *indicator.Plan) ([]*benchmark.Table, error) {
	set, err := plan.ObserveStream(b.some(plan.Dictionary, plan), b.list)
	if err != nil || b.list.HasErrors() {
		return nil, err
	}
	tables := benchmark.Compute(set, b.list)
	if b.list.HasErrors() {
		return nil, nil
	}
	return tables, nil
}

func (b *run) named(name string) (*schema.Dictionary, indicator.Problem) {
	var names []string
	for _, d := range b.datasets {
		if d.Name == name {
			return d, indicator.Problem{}
		}
		names = append(names, d.Name)
	}
	return nil, indicator.Problem{Message: diag.T("没有数据集 %q", "there is no dataset %q", name), Hint: diag.DidYouMean(name, names)}
}
