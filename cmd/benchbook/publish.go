package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/build"
	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/publish"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

type publishFlags struct {
	buildFlags // out, base-url and date, as the site was built
	dryRun     bool
	siteOnly   bool
	clients    []string // slugs; "all" = every client
	seal       clientSealFlags
}

func (a *app) publishCommand() *cobra.Command {
	var f publishFlags
	cmd := &cobra.Command{
		Use:   "publish [TARGET]",
		Short: a.text("把站点发布到网站主机", "bring the site to a web host"),
		Long: a.text("把 public/ 发布到 benchbook.toml 里的一个 [[target]]。只有一个目标时不用写名称。\n先检查：源文件有错，public/ 不是现在的源文件生成的，或 clients-out 里有没审阅的客户报表，就不发布。\n--client 发布的是一个客户的文件夹，放在目标下这个客户自己的位置；它的报表全部发布（client release）过才行。",
			"Publish public/ to a [[target]] of benchbook.toml; with only one target its name may be left out.\nThe site is checked first: with errors in the sources, when public/ is not what the sources give now, or with client reports in clients-out that nobody has reviewed, nothing is published.\n--client publishes the folder of a client instead, to a place of its own below the target, if all its reports are released."),
		Args: a.arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.publish(cmd.Context(), args, f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, a.text("只打印计划", "only print the plan"))
	flags.StringSliceVar(&f.clients, "client", nil, a.text("发布这个客户的文件夹，可重复；all 是全部客户", "publish the folder of this client, repeatable; all means every client"))
	flags.StringVar(&f.seal.passwords, "passwords", "", a.text("加密客户的密码文件，写法见 client seal", "passwords of sealed clients, as for client seal"))
	flags.BoolVar(&f.siteOnly, "site-only", false, a.text("不看客户报表的审阅状态", "whatever the state of client reports"))
	flags.StringVar(&f.out, "out", "", a.text("站点所在的目录（默认：站点下的 public）", "the built site's folder (default: public in the site)"))
	flags.StringVar(&f.baseURL, "base-url", "", a.text("build 时用的 --base-url", "the --base-url that build was given"))
	flags.StringVar(&f.date, "date", "", a.text("build 时用的 --date", "the --date that build was given"))
	return cmd
}

func (a *app) publish(ctx context.Context, args []string, f publishFlags) error {
	l := &diag.List{}
	s, config, err := a.target(args, l)
	if err != nil {
		return err
	}
	if len(f.clients) > 0 {
		return a.publishClients(ctx, s, config, f, l)
	}
	if err := f.override(s); err != nil {
		return err
	}
	if f.out == "" {
		f.out = filepath.Join(s.Dir, "public")
	}
	if !f.siteOnly {
		if err := unreviewed(ctx, s, l); err != nil {
			return err
		}
	}
	tree, err := a.finished(ctx, s, f.out, l)
	if err != nil {
		return err
	}
	defer tree.Close()
	return a.send(ctx, config, tree, f.dryRun)
}

// send brings a finished tree to a target.
func (a *app) send(ctx context.Context, config publish.Config, tree *publish.Tree, dryRun bool) error {
	if config.Compress {
		if err := tree.Compress(); err != nil {
			return err
		}
	}
	t, err := publish.Open(ctx, config)
	if err != nil {
		return publish.Explain(err)
	}
	defer t.Close()
	plan, err := publish.Run(ctx, t, tree, publish.Options{DryRun: dryRun, Keep: config.Keep, Progress: a.sending()})
	if err != nil {
		return publish.Explain(err)
	}
	if dryRun {
		return plan.Print(a.stdout, a.lang)
	}
	a.say(plan.Summary())
	return nil
}

// target opens the site and picks the target that is meant.
func (a *app) target(args []string, l *diag.List) (*site.Site, publish.Config, error) {
	s, err := a.openSite(l)
	if err != nil {
		return nil, publish.Config{}, err
	}
	all := publish.Settings(s, l)
	if l.HasErrors() {
		return nil, publish.Config{}, a.report(s, l, false, false)
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	switch {
	case len(all) == 0:
		return nil, publish.Config{}, usageError{diag.T("benchbook.toml 里没有 [[target]]，写法见手册的「发布」", "benchbook.toml has no [[target]]; the handbook's page on publishing shows how to write one")}
	case len(args) == 0 && len(all) > 1:
		return nil, publish.Config{}, usageError{diag.T("有几个目标，请写明一个：%s", "there are several targets; name one: %s", strings.Join(names, ", "))}
	case len(args) == 0:
		return s, all[0], nil
	}
	i := slices.Index(names, args[0])
	if i < 0 {
		return nil, publish.Config{}, usageError{diag.T("没有目标 %q。%s", "there is no target %q. %s", args[0], diag.DidYouMean(args[0], names).In(a.lang))}
	}
	return s, all[i], nil
}

// finished opens the built site, and refuses one with findings or one that the
// sources would not give now: it builds again in memory and compares.
func (a *app) finished(ctx context.Context, s *site.Site, out string, l *diag.List) (*publish.Tree, error) {
	tree, err := publish.OpenTree(out)
	if errors.Is(err, publish.ErrUnbuilt) {
		l.Errorf("publish.unbuilt", diag.Pos{File: filepath.Base(out)}, diag.T("还没有生成过站点，先运行 benchbook build", "there is no built site; run benchbook build first"))
		return nil, a.report(s, l, false, false)
	}
	if err != nil {
		return nil, err
	}
	now := output.NewMemory()
	if _, err := build.Run(ctx, s, build.Options{Progress: a.progress()}, now, l); err != nil {
		return nil, errors.Join(err, tree.Close())
	}
	if !l.HasErrors() {
		if differ := tree.Differences(now.Manifest(build.Generator, build.Version)); len(differ) > 0 {
			l.Errorf("publish.stale", diag.Pos{File: filepath.Base(out)}, diag.T("不是现在的源文件生成的：%[1]d 个文件不同，例如 %[2]s。请重新 benchbook build", "not what the sources give now: %[1]d files differ, for one %[2]s. Run benchbook build again", len(differ), differ[0]))
		}
	}
	if err := a.report(s, l, false, false); err != nil {
		return nil, errors.Join(err, tree.Close())
	}
	return tree, nil
}

// sending shows how much is sent, on a terminal.
func (a *app) sending() func(done, total int64) {
	if a.quiet || !isTerminal(a.stderr) {
		return nil
	}
	return func(done, total int64) {
		fmt.Fprintf(a.stderr, "\r\x1b[K%s %d/%d kB", a.text("发送", "sending"), done/1000, total/1000)
		if done >= total {
			fmt.Fprint(a.stderr, "\r\x1b[K")
		}
	}
}

func (a *app) rollbackCommand() *cobra.Command {
	var list bool
	var slug string
	cmd := &cobra.Command{
		Use:   "rollback TARGET [RELEASE]",
		Short: a.text("让主机回到较早的版本", "take a web host back to an earlier release"),
		Long: a.text("切换到目标上保留的一个版本；不写版本时是现在这个之前的一个。--list 列出保留的版本。",
			"Switch to a release that is kept at the target; without a name to the one before the present. --list prints those that are kept."),
		Args: a.arguments(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error { return a.rollback(cmd.Context(), args, list, slug) },
	}
	cmd.Flags().StringVar(&slug, "client", "", a.text("这个客户的文件夹", "of the folder of this client"))
	cmd.Flags().BoolVar(&list, "list", false, a.text("列出保留的版本", "print the releases that are kept"))
	return cmd
}

func (a *app) rollback(ctx context.Context, args []string, list bool, slug string) error {
	_, config, err := a.target(args[:1], &diag.List{})
	if err != nil {
		return err
	}
	if slug != "" {
		if !client.SlugForm.MatchString(slug) {
			return usageError{diag.T("没有客户 %q", "there is no client %q", slug)}
		}
		config = config.ForClient(slug)
	}
	t, err := publish.Open(ctx, config)
	if err != nil {
		return publish.Explain(err)
	}
	defer t.Close()
	if list {
		return a.releases(ctx, t)
	}
	id, err := publish.Rollback(ctx, t, strings.Join(args[1:], ""))
	var unknown publish.Unknown
	if errors.As(err, &unknown) {
		return usageError{unknown.Text()}
	}
	if err != nil {
		return publish.Explain(err)
	}
	a.say(diag.T("现在提供的是 %s", "%s is served now", id))
	return nil
}

// releases prints what is kept, the served one marked.
func (a *app) releases(ctx context.Context, t publish.Target) error {
	state, err := t.Look(ctx)
	if err != nil {
		return publish.Explain(err)
	}
	for _, r := range state.Kept {
		mark := " "
		if r.ID == state.Current {
			mark = "*"
		}
		fmt.Fprintf(a.stdout, "%s %s %d\n", mark, r.ID, len(r.Files))
	}
	return nil
}

// words says an error of the world in the reader's language where it has one.
func (a *app) words(err error) string {
	var failure *publish.Failure
	var busy *publish.Busy
	switch {
	case errors.As(err, &failure):
		return failure.Text(a.lang)
	case errors.As(err, &busy):
		return busy.Text().In(a.lang)
	}
	return err.Error()
}
