package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/build"
	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/publish"
	"benchbook/internal/site"
)

// unreviewed finds client reports in the site's clients-out that nobody has
// reviewed: they rest on the benchmarks that are about to be published.
func unreviewed(ctx context.Context, s *site.Site, l *diag.List) error {
	out := filepath.Join(s.Dir, "clients-out")
	if !exists(out) {
		return nil
	}
	clients, err := build.LoadClients(ctx, s, nil, &diag.List{}) // what is wrong with a client is said when its reports are made
	if err != nil {
		return err
	}
	for _, c := range clients {
		all, err := build.Reports(out, c)
		if err != nil {
			return err
		}
		var drafts []string
		for _, f := range all {
			if f.Now.State == client.Draft {
				drafts = append(drafts, f.Data.Period)
			}
		}
		if len(drafts) > 0 {
			l.Add(diag.Diagnostic{Code: "publish.unreviewed", Pos: c.Pos, Message: diag.T("没有审阅的报表：%s", "reports that nobody has reviewed: %s", strings.Join(drafts, ", ")),
				Hint: diag.T("先 client review；只发布站点，加 --site-only", "client review comes first; --site-only publishes the site alone")})
		}
	}
	return nil
}

// publishClients publishes clients' folders, each to its own place; one that
// cannot go out is a finding and does not stop the others.
func (a *app) publishClients(ctx context.Context, s *site.Site, config publish.Config, f publishFlags, l *diag.List) error {
	names := f.clients
	if slices.Equal(names, []string{"all"}) {
		names = nil
	}
	clients, err := build.LoadClients(ctx, s, names, l)
	if err != nil {
		return a.unknownClient(err)
	}
	f.seal.out = f.out
	f.seal.settle(s.Dir)
	var ready, sealed []*client.Client
	for _, c := range clients {
		ok, err := releasedOnly(f.seal.out, c, l)
		if err != nil {
			return err
		}
		if ok && c.Sealed {
			sealed = append(sealed, c)
		} else if ok {
			ready = append(ready, c)
		}
	}
	if len(sealed) > 0 {
		before := l.Errors()
		if err := a.sealClients(ctx, s, f.seal, sealed, l); err != nil {
			return err
		}
		if l.Errors() == before {
			ready = append(ready, sealed...)
		}
	}
	for _, c := range ready {
		if err := a.publishClient(ctx, config.ForClient(c.Slug), f, c); err != nil {
			return err
		}
	}
	return a.report(s, l, false, false)
}

// releasedOnly says whether a client's reports are all released, pages included.
func releasedOnly(out string, c *client.Client, l *diag.List) (bool, error) {
	all, err := build.Reports(out, c)
	if err != nil {
		return false, err
	}
	if len(all) == 0 {
		l.Errorf("client.unbuilt", c.Pos, diag.T("还没有生成报表：先 client build", "there are no reports: client build comes first"))
		return false, nil
	}
	ok := true
	for _, f := range all {
		switch {
		case f.Then != nil && f.Then.State != client.Draft:
			l.Errorf("client.unreleased", c.Pos, diag.T("%[1]s：%[2]s之后数字变了，要重新审阅", "%[1]s: the numbers have changed since it was %[3]s; it has to be reviewed anew", f.Data.Period, f.Then.State.Title(), string(f.Then.State)))
		case f.Now.State != client.Released:
			l.Errorf("client.unreleased", c.Pos, diag.T("%[1]s：%[2]s，还没有发布", "%[1]s is %[3]s, not released", f.Data.Period, f.Now.State.Title(), string(f.Now.State)))
		case f.Data.State != string(client.Released):
			l.Errorf("client.unreleased", c.Pos, diag.T("%s：页面上还是旧状态，重新 client build", "%s: its page says an older state; run client build again", f.Data.Period))
		default:
			continue
		}
		ok = false
	}
	return ok, nil
}

func (a *app) publishClient(ctx context.Context, config publish.Config, f publishFlags, c *client.Client) error {
	dir := f.seal.out
	if c.Sealed {
		dir = f.seal.sealed
	}
	tree, err := publish.OpenTree(filepath.Join(dir, c.Slug))
	if err != nil {
		return err
	}
	a.say(diag.T("客户 %s", "client %s", c.Slug))
	return errors.Join(a.send(ctx, config, tree, f.dryRun), tree.Close())
}
