package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/page"
	"benchbook/internal/schema"
	"benchbook/internal/site"
	"benchbook/internal/warehouse"
)

// grouped has a database answer for a plan. What the site is built from is told
// by a hash of the answer, in any order of its rows.
func (b *run) grouped(plan *indicator.Plan, info *page.DatasetInfo) indicator.Stream {
	return func(_ []string, start func() func([]schema.Record) error) error {
		if ind, apart := plan.Apart(); apart {
			b.list.Add(diag.Diagnostic{Code: "schema.warehouse", Pos: ind.Pos,
				Message: diag.T("指标 %q 要分清每一行是谁的，数据集 %q 没有 contributor，数据库又把行合在一起", "indicator %q has to know whose row each is; dataset %q has no contributor, and a database groups rows", ind.ID, plan.Dictionary.Name),
				Hint:    diag.T("在 data/%s/dataset.toml 里写 contributor = \"…\"", "write contributor = \"…\" in data/%s/dataset.toml", plan.Dictionary.Name)})
			return nil
		}
		each := start()
		names := b.names(plan.Dictionary)
		result, err := warehouse.Read(b.ctx, b.request(plan), b.list, func(recs []schema.Record) error {
			names.take(recs)
			return each(recs)
		})
		info.Excluded, info.Hash = exclusions(result.Exclusions), result.Hash
		return err
	}
}

func (b *run) request(plan *indicator.Plan) warehouse.Request {
	keys, pairs := plan.Needs()
	return warehouse.Request{Dictionary: plan.Dictionary, Keys: keys, Pairs: pairs, Progress: func(rows int) {
		b.opt.Progress(diag.T("数据库里的行", "rows in the database"), rows, 0)
	}}
}

// singly streams some fields of a dataset one record after another, wherever it is.
func (b *run) singly(d *schema.Dictionary) indicator.Rows {
	return func(fields []string, each func(*schema.Record) error) error {
		if d.Warehouse == nil {
			return schema.Rows(b.site.Dir, d, fields, b.list, each)
		}
		_, err := warehouse.Read(b.ctx, warehouse.Request{Dictionary: d, Keys: fields}, b.list, func(recs []schema.Record) error {
			for i := range recs {
				if err := each(&recs[i]); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
}

// names are those of contributors that a database gave: secrets of the site,
// which learn looks for in files otherwise.
type names struct {
	fields map[int]map[string]bool
}

func (b *run) names(d *schema.Dictionary) *names {
	if b.told == nil {
		b.told = map[string]*names{}
	}
	n := &names{fields: map[int]map[string]bool{}}
	for i := range d.Fields {
		if f := &d.Fields[i]; !d.Open() && len(f.Categories) == 0 && (f.Name == d.Contributor || f.Name == d.Owner || f.Role == schema.RoleID) {
			n.fields[i] = map[string]bool{}
		}
	}
	b.told[d.Name] = n
	return n
}

func (n *names) take(recs []schema.Record) {
	for i, seen := range n.fields {
		for r := range recs {
			if text := recs[r].Values[i].Text; text != "" {
				seen[text] = true
			}
		}
	}
}

// Explain gives the statements that a build would send to databases, by dataset.
func Explain(ctx context.Context, s *site.Site, l *diag.List) (statements [][2]string, err error) {
	b := &run{ctx: ctx, site: s, list: l, opt: Options{Progress: func(diag.Text, int, int) {}}}
	if err := b.load(); err != nil || b.groundless {
		return nil, err
	}
	b.demand()
	for _, d := range b.datasets {
		if d.Warehouse == nil {
			continue
		}
		plan, _ := b.catalogue.Plan(d.Name)
		text, err := warehouse.Explain(ctx, b.request(plan), l)
		if err != nil {
			return nil, err
		}
		statements = append(statements, [2]string{d.Name, text})
	}
	return statements, nil
}

// sourceHash stands for a database's rows until they have been asked for.
func sourceHash(w *schema.Warehouse) string {
	h := sha256.Sum256([]byte(w.Driver + "\x00" + w.Env + "\x00" + w.Catalog + "\x00" + w.Schema + "\x00" + w.Table))
	return hex.EncodeToString(h[:])
}
