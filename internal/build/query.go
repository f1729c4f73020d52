package build

import (
	"context"

	"benchbook/internal/benchmark"
	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/page"
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

// RunQuery computes one table and releases it under the site's rules. The
// problem says why the question cannot be answered; findings about the data are
// in the list, and then the result is nil.
func RunQuery(ctx context.Context, s *site.Site, q Query, l *diag.List) (*release.QueryResult, indicator.Problem, error) {
	b := &run{ctx: ctx, site: s, list: l, opt: Options{Progress: func(diag.Text, int, int) {}}}
	if err := b.loadDatasets(); err != nil || l.HasErrors() {
		return nil, indicator.Problem{}, err
	}
	d, problem := b.named(q.Dataset)
	if d == nil {
		return nil, problem, nil
	}
	question := indicator.Query{Column: q.Column, By: q.By, Weight: q.Weight, Base: q.Base}
	for _, w := range q.Where {
		question.Where = append(question.Where, indicator.Condition{Field: w[0], Value: w[1]})
	}
	plan, wrong := question.Plan(d)
	if wrong != nil {
		return nil, *wrong, nil
	}
	set, err := plan.Observe(b.rows(d, &page.DatasetInfo{}), l)
	if err != nil || l.HasErrors() {
		return nil, indicator.Problem{}, err
	}
	tables := benchmark.Compute(set, l)
	if l.HasErrors() {
		return nil, indicator.Problem{}, nil
	}
	registry := release.Release(rules(s.Settings, nil), tables)
	result, _ := registry.Query(q.Dataset, q.Column, q.By)
	return result, indicator.Problem{}, nil
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
