package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"benchbook/internal/build"
	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

type stageFlags struct{ out, report, by, on string }

// clientStage is `client review` or `client release`.
func (a *app) clientStage(name string, to client.State, zh, en string) *cobra.Command {
	var f stageFlags
	cmd := &cobra.Command{
		Use:   name + " [NAME…] --report LABEL --by WHO",
		Short: a.text(zh, en),
		Long: a.text("给已经生成的报表记一步，写进 client.toml 的 [[stage]]，连同这些数的摘要；之后数变了，这一步就不再算数。\n不写客户名，就是所有生成了这份报表的客户。",
			"Append a step of a report that was made to client.toml as [[stage]], with a sum of its numbers: once they change, the step no longer counts.\nWithout names it is every client that has such a report."),
		Args: a.arguments(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.advance(cmd.Context(), to, f, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.report, "report", "", a.text("哪一期：2026-06、2026-W26、2026-Q2、2026-06-30（必填）", "which period: 2026-06, 2026-W26, 2026-Q2, 2026-06-30 (required)"))
	flags.StringVar(&f.by, "by", "", a.text("谁（必填）", "who (required)"))
	flags.StringVar(&f.on, "on", "", a.text("哪天 YYYY-MM-DD（默认：上海时间今天）", "the day YYYY-MM-DD (default: today in Shanghai)"))
	flags.StringVar(&f.out, "out", "", a.text("报表所在的目录（默认：站点下的 clients-out）", "folder of the reports (default: clients-out in the site)"))
	return cmd
}

// step is one client's report that goes on.
type step struct {
	client *client.Client
	found  build.Found
	stage  client.Stage
}

func (a *app) advance(ctx context.Context, to client.State, f stageFlags, names []string) error {
	if f.report == "" || f.by == "" {
		return usageError{diag.T("用 --report 写明哪一期，用 --by 写明是谁", "say which period with --report, and who with --by")}
	}
	day, err := clientFlags{asOf: f.on}.check()
	if err != nil {
		return err
	}
	l := &diag.List{}
	s, clients, err := a.clients(ctx, names, l)
	if err != nil {
		return err
	}
	if l.HasErrors() {
		return a.report(s, l, false, false)
	}
	if f.out == "" {
		f.out = filepath.Join(s.Dir, "clients-out")
	}
	steps, err := f.steps(clients, to, day, len(names) > 0, l)
	if err != nil {
		return err
	}
	if len(steps) == 0 && !l.HasErrors() {
		return usageError{diag.T("没有客户有 %s 这一期的报表", "no client has a report of %s", f.report)}
	}
	for _, st := range steps {
		if err := writeStep(s, st); err != nil {
			return err
		}
		a.say(diag.T("%s %s：%s", "%s %s: %[4]s", st.client.Slug, f.report, to.Title(), string(to)))
	}
	return a.stamp(ctx, s, f.out, steps, l)
}

// steps finds the reports and what becomes of each; what cannot go on is a finding.
func (f stageFlags) steps(clients []*client.Client, to client.State, day client.Day, named bool, l *diag.List) (out []step, err error) {
	for _, c := range clients {
		all, err := build.Reports(f.out, c)
		if err != nil {
			return nil, err
		}
		had := false
		for _, found := range all {
			if found.Data.Period != f.report {
				continue
			}
			had = true
			stage, problem, ok := c.Advance(f.report, to, f.by, day, found.Data.Sum)
			if !ok {
				l.Errorf("client.stage", c.Pos, diag.T("%[1]s：%[2]s", "%[1]s: %[3]s", f.report, problem.In("zh"), problem.In("en")))
				continue
			}
			out = append(out, step{c, found, stage})
		}
		if !had && named {
			l.Errorf("client.unbuilt", c.Pos, diag.T("还没有生成 %s 的报表：先 client build", "there is no report of %s: client build comes first", f.report))
		}
	}
	return out, nil
}

// writeStep writes a step at the end of client.toml.
func writeStep(s *site.Site, st step) error {
	file := filepath.Join(s.Dir, filepath.FromSlash(st.client.Pos.File))
	src, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if len(src) > 0 && src[len(src)-1] != '\n' {
		src = append(src, '\n')
	}
	return output.Replace(file, append(src, st.stage.TOML()...))
}

// stamp makes the reports again as of the day that they were made, so that their
// pages say the new state.
func (a *app) stamp(ctx context.Context, s *site.Site, out string, steps []step, l *diag.List) error {
	type run struct{ cadence, asOf string }
	groups := map[run][]string{}
	var order []run
	for _, st := range steps {
		r := run{st.found.Data.Report, st.found.Data.AsOf}
		if groups[r] == nil {
			order = append(order, r)
		}
		groups[r] = append(groups[r], st.client.Slug)
	}
	for _, r := range order {
		day, _ := client.ParseDay(r.asOf)
		outcomes, err := build.Clients(ctx, s, build.ClientOptions{Names: groups[r], Cadence: client.Cadence(r.cadence), AsOf: day, Jobs: 2, Out: out, Progress: a.remaining()}, l)
		if err != nil {
			return err
		}
		for _, o := range outcomes {
			if o.Outcome == "failed" {
				fmt.Fprintln(a.stderr, o.Slug+": "+o.Why)
			}
		}
	}
	return a.report(s, l, false, false)
}

// clients opens the site and reads the clients that are named, or all.
func (a *app) clients(ctx context.Context, names []string, l *diag.List) (*site.Site, []*client.Client, error) {
	s, err := a.openSite(l)
	if err != nil {
		return nil, nil, err
	}
	clients, err := build.LoadClients(ctx, s, names, l)
	return s, clients, a.unknownClient(err)
}

// clientDrop is `client drop`: a draft that will never go out, or one too old to keep.
func (a *app) clientDrop() *cobra.Command {
	var f stageFlags
	cmd := &cobra.Command{
		Use:   "drop [NAME…] --report LABEL",
		Short: a.text("从客户的文件夹里拿掉一期报表", "take a report out of clients' folders"),
		Args:  a.arguments(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.report == "" {
				return usageError{diag.T("用 --report 写明哪一期", "say which period with --report")}
			}
			l := &diag.List{}
			s, err := a.openSite(l)
			if err != nil {
				return err
			}
			out := cmp.Or(f.out, filepath.Join(s.Dir, "clients-out"))
			outcomes, err := build.Clients(cmd.Context(), s, build.ClientOptions{Names: args, Drop: f.report, Jobs: 2, Out: out}, l)
			if err != nil {
				return a.unknownClient(err)
			}
			for _, o := range outcomes {
				if o.Outcome == "written" {
					a.say(diag.T("%s：拿掉了 %s", "%s: %s is gone", o.Slug, f.report))
				}
			}
			return a.report(s, l, false, false)
		},
	}
	cmd.Flags().StringVar(&f.report, "report", "", a.text("哪一期（必填）", "which period (required)"))
	cmd.Flags().StringVar(&f.out, "out", "", a.text("报表所在的目录（默认：站点下的 clients-out）", "folder of the reports (default: clients-out in the site)"))
	return cmd
}
