package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"benchbook/internal/build"
	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

type clientFlags struct {
	out, board, period, asOf string
	jobs                     int
	json                     bool
}

// shanghai is where the clients' days begin and end; there is no summer time.
var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

func (a *app) clientCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "client",
		Short: a.text("客户报表：日报、周报、月报、季报", "client reports by day, week, month and quarter"),
		Long: a.text("把 data/clients/ 下的每个客户与行业基准、预测表和四条线对照，各自生成一个互不相干的文件夹。\n报表讲的是 --as-of 那天结束时已经过完的最近一期。",
			"Set each client under data/clients/ against the industry's benchmarks, its forecast and its four lines, and make a folder of its own for each.\nA report is about the last period that was over when the day of --as-of ended."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
	}
	cmd.AddCommand(a.clientSub("list", "列出客户与报表状态", "list clients and the state of their reports", a.clientList),
		a.clientSub("build", "生成客户报表", "make client reports", a.clientBuild),
		a.clientSub("due", "列出某一天该发出的报表", "list the reports that have to go out on a day", a.clientDue),
		a.clientSub("board", "重做客户总表：谁需要关注，按轻重排", "remake the board of all clients, sorted by who needs attention", a.clientBoard),
		a.clientStage("review", client.Reviewed, "记下审阅：谁、哪天看过了哪份报表的数", "note who reviewed the numbers of a report, and when"),
		a.clientStage("release", client.Released, "记下发布：审阅过、数没有变的报表可以发给客户", "note who released a report that was reviewed and has not changed since"),
		a.clientDrop(), a.clientSeal(), a.clientExport())
	return cmd
}

func (a *app) clientSub(name, zh, en string, run func(context.Context, *site.Site, clientFlags, client.Day, []string, *diag.List) error) *cobra.Command {
	var f clientFlags
	cmd := &cobra.Command{
		Use:   name + " [NAME…]",
		Short: a.text(zh, en),
		Args:  a.arguments(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := f.check()
			if err != nil {
				return err
			}
			l := &diag.List{}
			s, err := a.openSite(l)
			if err != nil {
				return err
			}
			return a.unknownClient(run(cmd.Context(), s, f, day, args, l))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.asOf, "as-of", "", a.text("哪一天 YYYY-MM-DD（默认：上海时间今天）", "the day YYYY-MM-DD (default: today in Shanghai)"))
	flags.StringVar(&f.period, "period", "", a.text("day、week、month 或 quarter（默认：每个客户自己的）", "day, week, month or quarter (default: each client's own)"))
	flags.BoolVar(&f.json, "json", false, a.text("在标准输出打印 JSON", "print JSON to standard output"))
	if name == "build" || name == "board" {
		flags.StringVar(&f.board, "board", "", a.text("客户总表的目录（默认：站点下的 clients-board）", "folder of the board of all clients (default: clients-board in the site)"))
		flags.StringVar(&f.out, "out", "", a.text("输出目录，每个客户一个文件夹（默认：站点下的 clients-out）", "output folder with a folder for each client (default: clients-out in the site)"))
	}
	if name == "build" {
		flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), a.text("同时生成几个客户", "clients at once"))
	}
	return cmd
}

// unknownClient says which name was meant.
func (a *app) unknownClient(err error) error {
	var unknown *build.ErrNoClient
	if errors.As(err, &unknown) {
		return usageError{diag.T("没有客户 %q。%s", "there is no client %q. %s", unknown.Name, diag.DidYouMean(unknown.Name, unknown.Known).In(a.lang))}
	}
	return err
}

// check reads the flags; the clock is read here alone, and only without --as-of.
func (f clientFlags) check() (client.Day, error) {
	if f.period != "" && !slices.Contains(client.Cadences, client.Cadence(f.period)) {
		return 0, usageError{diag.T("--period 只能是 day、week、month 或 quarter，不能是 %q", "--period is day, week, month or quarter, not %q", f.period)}
	}
	if f.asOf == "" {
		return client.DayOf(time.Now().In(shanghai)), nil
	}
	day, ok := client.ParseDay(f.asOf)
	if !ok {
		return 0, usageError{diag.T("--as-of %q 不是 YYYY-MM-DD 形式的日期", "--as-of %q is not a date like YYYY-MM-DD", f.asOf)}
	}
	return day, nil
}

func (a *app) clientBuild(ctx context.Context, s *site.Site, f clientFlags, day client.Day, names []string, l *diag.List) error {
	if f.jobs < 1 {
		return usageError{diag.T("--jobs 至少是 1", "--jobs is at least 1")}
	}
	out, board, err := f.folders(s.Dir)
	if err != nil {
		return err
	}
	outcomes, err := build.Clients(ctx, s, build.ClientOptions{Names: names, Cadence: client.Cadence(f.period), AsOf: day, Jobs: f.jobs, Out: out, Progress: a.remaining()}, l)
	if err != nil {
		return err
	}
	failed := map[string]string{}
	for _, o := range outcomes {
		if o.Outcome == "failed" {
			failed[o.Slug] = o.Why
		}
	}
	if len(outcomes) > 0 {
		if _, err := build.Board(ctx, s, build.BoardOptions{Out: out, Board: board, AsOf: day, Cadence: client.Cadence(f.period), Failed: failed}); err != nil {
			return err
		}
	}
	if err := a.clientSummary(f, out, board, outcomes); err != nil {
		return err
	}
	return a.report(s, l, false, false)
}

// folders are where reports and the board go, which must not lie in each other
// or in the site's own places.
func (f clientFlags) folders(dir string) (out, board string, err error) {
	out, board = cmp.Or(f.out, filepath.Join(dir, "clients-out")), cmp.Or(f.board, filepath.Join(dir, "clients-board"))
	for _, folder := range []string{out, board} {
		if err = errors.Join(refuseOut(folder, dir), refusePublic(folder, dir)); err != nil {
			return out, board, err
		}
	}
	if inside(board, out) || inside(out, board) {
		err = usageError{diag.T("客户总表的目录不能在 --out 里面，也不能包含它：它讲的是所有客户", "the board's folder can neither lie in --out nor hold it: it tells of all clients")}
	}
	return out, board, err
}

func (a *app) clientBoard(ctx context.Context, s *site.Site, f clientFlags, day client.Day, names []string, l *diag.List) error {
	if len(names) > 0 {
		return usageError{diag.T("客户总表总是讲所有客户", "the board is always of all clients")}
	}
	out, dir, err := f.folders(s.Dir)
	if err != nil {
		return err
	}
	board, err := build.Board(ctx, s, build.BoardOptions{Out: out, Board: dir, AsOf: day, Cadence: client.Cadence(f.period)})
	if err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(a.stdout).Encode(board)
	}
	fmt.Fprintln(a.stdout, filepath.Join(dir, "index.html"))
	a.say(diag.T("%s", "%[2]s", board.Lead, fmt.Sprintf("%d clients", len(board.Rows))))
	return nil
}

// clientSummary lists what became of each client, those in need of attention first.
func (a *app) clientSummary(f clientFlags, out, board string, outcomes []build.ClientOutcome) error {
	if f.json {
		return json.NewEncoder(a.stdout).Encode(map[string]any{"clients": append([]build.ClientOutcome{}, outcomes...)})
	}
	counts := map[string]int{}
	slices.SortStableFunc(outcomes, func(x, y build.ClientOutcome) int { return y.Bad - x.Bad })
	for _, o := range outcomes {
		counts[o.Outcome]++
		if o.Outcome == "failed" {
			a.say(diag.T("失败 %s：%s", "failed %s: %s", o.Slug, o.Why))
		} else if o.Bad > 0 {
			a.say(diag.T("%s（%s）：%d 项需要关注", "%s (%s): %d KPIs want attention", o.Slug, o.Name, o.Bad))
		}
	}
	a.say(diag.T("%d 个客户：写出 %d，没有变化 %d，失败 %d\n%s\n客户总表 %s", "%d clients: %d written, %d unchanged, %d failed\n%s\nboard of all clients: %s",
		len(outcomes), counts["written"], counts["unchanged"], counts["failed"], out, filepath.Join(board, "index.html")))
	return nil
}

// refusePublic keeps client reports out of what is published.
func refusePublic(out, dir string) error {
	abs, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(filepath.Join(dir, "public"), abs)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return usageError{diag.T("客户报表不能放进 public/，请换一个目录", "client reports do not belong in public/; choose another folder")}
	}
	return nil
}

// remaining is progress with the time that is left.
func (a *app) remaining() func(diag.Text, int, int) {
	show := a.progress()
	if show == nil {
		return nil
	}
	start := time.Now()
	return func(stage diag.Text, done, total int) {
		if done > 0 && done < total {
			left := time.Since(start) * time.Duration(total-done) / time.Duration(done)
			stage = diag.T("%s，还要 %s", "%s, %s left", stage.In(a.lang), left.Round(time.Second).String())
		}
		show(stage, done, total)
	}
}

func (a *app) clientList(ctx context.Context, s *site.Site, f clientFlags, day client.Day, names []string, l *diag.List) error {
	clients, err := build.LoadClients(ctx, s, names, l)
	if err != nil {
		return err
	}
	type line struct {
		Slug     string   `json:"slug"`
		Name     string   `json:"name"`
		Industry string   `json:"industry"`
		Cadences []string `json:"cadences"`
		KPIs     int      `json:"kpis"`
		Report   string   `json:"report"`
		State    string   `json:"state"`
	}
	lines := []line{}
	for _, c := range clients {
		x := line{Slug: c.Slug, Name: c.Name, Industry: c.Industry, KPIs: len(c.KPIs), Cadences: []string{}}
		for _, cadence := range c.Cadences {
			x.Cadences = append(x.Cadences, string(cadence))
		}
		if len(c.Cadences) > 0 {
			label := client.Last(c.Cadences[len(c.Cadences)-1], day).Label()
			x.Report, x.State = label, string(c.Written(label).State)
		}
		lines = append(lines, x)
	}
	if f.json {
		err = json.NewEncoder(a.stdout).Encode(lines)
	} else {
		for _, x := range lines {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\t%s\t%s\n", x.Slug, x.Name, x.Industry, strings.Join(x.Cadences, ","), x.Report, x.State)
		}
	}
	return errors.Join(err, a.report(s, l, false, false))
}

func (a *app) clientDue(ctx context.Context, s *site.Site, f clientFlags, day client.Day, names []string, l *diag.List) error {
	clients, err := build.LoadClients(ctx, s, names, l)
	if err != nil {
		return err
	}
	type line struct {
		Slug   string `json:"slug"`
		Name   string `json:"name"`
		Period string `json:"period"`
		Report string `json:"report"`
		AsOf   string `json:"as_of"`
		State  string `json:"state"`
	}
	lines := []line{}
	for _, c := range clients {
		for _, p := range c.DueOn(day) {
			if f.period == "" || f.period == string(p.Cadence) {
				lines = append(lines, line{c.Slug, c.Name, string(p.Cadence), p.Label(), day.String(), string(c.Written(p.Label()).State)})
			}
		}
	}
	if f.json {
		err = json.NewEncoder(a.stdout).Encode(lines)
	} else {
		for _, x := range lines {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\t%s\n", x.Slug, x.Name, x.Period, x.Report, x.State)
		}
	}
	return errors.Join(err, a.report(s, l, false, false))
}
