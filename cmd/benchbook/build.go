package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"benchbook/internal/build"
	"benchbook/internal/cache"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/publish"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

type buildFlags struct {
	out, baseURL, date           string
	drafts, verify, json, strict bool
	record, timings              bool
}

func (a *app) buildCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: a.text("生成站点", "build the site"),
		Long: a.text("从 content/ 和 data/ 生成站点，写到 public/。先在旁边写好，再一次换入：失败或中断时旧站点原样不动。",
			"Build the site from content/ and data/ into public/. Everything is written beside it and swapped in at once: after a failure the old site is as it was."),
		Args: a.arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", a.text("输出目录（默认：站点下的 public）", "output folder (default: public in the site)"))
	flags.StringVar(&f.baseURL, "base-url", "", a.text("站点的完整地址，覆盖 benchbook.toml", "the site's whole address, instead of benchbook.toml's"))
	flags.StringVar(&f.date, "date", "", a.text("发布日期 YYYY-MM-DD，覆盖 benchbook.toml", "date of publication YYYY-MM-DD, instead of benchbook.toml's"))
	flags.BoolVar(&f.drafts, "drafts", false, a.text("包括标为 draft 的页面", "include pages marked draft"))
	flags.BoolVar(&f.verify, "verify", false, a.text("生成两遍并逐字节比较", "build twice and compare byte for byte"))
	flags.BoolVar(&f.strict, "strict", false, a.text("有警告也不写", "write nothing when there are warnings"))
	flags.BoolVar(&f.record, "record", false, a.text("把公布与隐去的单元记入 data/released.toml", "record what was released and withheld in data/released.toml"))
	flags.BoolVar(&f.timings, "timings", false, a.text("打印每一步用了多久", "print how long each step took"))
	flags.BoolVar(&f.json, "json", false, a.text("在标准输出打印 JSON", "print JSON to standard output"))
	return cmd
}

// timed prints the steps of a build, the writing to disk among them.
func (a *app) timed(steps []build.Step, total time.Duration) {
	for _, st := range steps {
		total -= st.Took
	}
	for _, st := range append(steps, build.Step{Name: diag.T("其余：换入、打印", "the rest: swapping in, printing"), Took: total}) {
		fmt.Fprintf(a.stderr, "%8.1f ms  %s\n", float64(st.Took.Microseconds())/1000, st.Name.In(a.lang))
	}
}

func (a *app) build(ctx context.Context, f buildFlags) error {
	start := time.Now()
	l := &diag.List{}
	s, err := a.openSite(l)
	if err != nil {
		return err
	}
	if err := f.override(s); err != nil {
		return err
	}
	out := f.out
	if out == "" {
		out = filepath.Join(s.Dir, "public")
	}
	if err := refuseOut(out, s.Dir); err != nil {
		return err
	}
	folder, err := output.OpenFolder(out)
	if err != nil {
		return err
	}
	var store *cache.Store
	if !f.verify && !f.record { // a proof and a record are made of the whole site
		store = cache.Open(s.Dir)
		defer store.Close()
	}
	result, l, err := a.run(ctx, s, f, store, folder, l)
	if err == nil && f.verify && !l.HasErrors() {
		err = a.verify(ctx, s, f, folder)
	}
	if err == nil && result.Inspect != nil && !l.HasErrors() { // what the swap would keep is published as well
		err = folder.Foreign(func(name string, data []byte) { result.Inspect(name, data, l) })
	}
	if err != nil || l.HasErrors() || f.strict && l.Warnings() > 0 {
		if abort := folder.Abort(); err == nil {
			err = abort
		}
		if err != nil {
			return err
		}
		return a.report(s, l, false, f.strict)
	}
	if err := a.commit(folder, result); err != nil {
		return err
	}
	if f.record {
		if err := result.Record(); err != nil {
			return err
		}
	}
	if f.timings {
		a.timed(result.Steps, time.Since(start))
	}
	result.WallMS = time.Since(start).Milliseconds()
	return a.built(s, l, f, out, result)
}

// run builds into the folder, and the whole again where files lie beside a site
// that is as it was: these have to be searched for what the site keeps secret.
// The list is that of the build that counts.
func (a *app) run(ctx context.Context, s *site.Site, f buildFlags, store *cache.Store, folder *output.Folder, l *diag.List) (build.Result, *diag.List, error) {
	result, err := build.Run(ctx, s, build.Options{Drafts: f.drafts, Cache: store, Progress: a.progress()}, folder, l)
	if err != nil || !result.Unchanged || result.Inspect != nil {
		return result, l, err
	}
	stray := false
	if err = folder.Foreign(func(string, []byte) { stray = true }); err == nil && stray {
		l = &diag.List{}
		result, err = build.Run(ctx, s, build.Options{Drafts: f.drafts, Progress: a.progress()}, folder, l)
	}
	return result, l, err
}

// commit makes the staged files the site, or leaves a site that is right as it stands.
func (a *app) commit(folder *output.Folder, r build.Result) error {
	if r.Unchanged {
		return folder.Abort()
	}
	if _, err := folder.Commit(build.Generator, build.Version); err != nil {
		return err
	}
	if err := r.Keep(); err != nil && a.verbose { // the next build makes everything again
		a.say(diag.T("没有存下缓存：%v", "the cache was not stored: %v", err))
	}
	return nil
}

func (a *app) built(s *site.Site, l *diag.List, f buildFlags, out string, r build.Result) error {
	if err := a.report(s, l, false, false); err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(a.stdout).Encode(r)
	}
	a.say(diag.T("%d 页、%d 张图表、%d 个数据单元（%d 个因样本不足不公布），%d 条警告，用时 %.1f 秒\n打开 %s",
		"%d pages, %d figures, %d cells (%d suppressed), %d warnings, in %.1f s\nopen %s",
		r.Pages, r.Figures, r.Cells, r.Suppressed, r.Warnings, float64(r.WallMS)/1000, filepath.Join(out, "index.html")))
	return nil
}

// override puts the flags over what benchbook.toml says.
func (f buildFlags) override(s *site.Site) error {
	if f.baseURL != "" {
		if !strings.HasPrefix(f.baseURL, "https://") && !strings.HasPrefix(f.baseURL, "http://") {
			return usageError{diag.T("--base-url 要以 https:// 开头", "--base-url has to start with https://")}
		}
		s.Settings.BaseURL = strings.TrimRight(f.baseURL, "/")
	}
	if f.date != "" {
		if _, err := time.Parse(time.DateOnly, f.date); err != nil {
			return usageError{diag.T("--date %q 不是 YYYY-MM-DD 形式的日期", "--date %q is not a date like YYYY-MM-DD", f.date)}
		}
		s.Settings.Date = f.date
	}
	return nil
}

// refuseOut keeps the output out of the sources: a folder that holds the site,
// or one of its source folders, would be swapped away with them in it.
func refuseOut(out, dir string) error {
	abs, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	refuse := usageError{diag.T("--out %s 含有站点的源文件，请换一个目录", "--out %s holds the site's sources; choose another folder", out)}
	if rel, err := filepath.Rel(abs, dir); err == nil && (rel == "." || !strings.HasPrefix(rel, "..")) {
		return refuse
	}
	for _, source := range []string{"content", "data", "templates", "cmd", "internal", ".git"} {
		rel, err := filepath.Rel(filepath.Join(dir, source), abs)
		if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return refuse
		}
	}
	return nil
}

// verify builds a second time, in memory, and compares the two manifests.
func (a *app) verify(ctx context.Context, s *site.Site, f buildFlags, first *output.Folder) error {
	second := output.NewMemory()
	if _, err := build.Run(ctx, s, build.Options{Drafts: f.drafts}, second, &diag.List{}); err != nil {
		return err
	}
	differ := output.Differences(first.Manifest(build.Generator, build.Version), second.Manifest(build.Generator, build.Version))
	if len(differ) > 0 {
		return fmt.Errorf("%s", diag.T("两次生成的结果不同：%s", "two builds differ in: %s", strings.Join(differ, ", ")).In(a.lang))
	}
	a.say(diag.T("两次生成逐字节相同", "two builds are equal byte for byte"))
	return nil
}

// progress shows the stage and count on a terminal, on one line that is wiped at the end.
func (a *app) progress() func(stage diag.Text, done, total int) {
	if a.quiet || !isTerminal(a.stderr) {
		if a.verbose {
			return func(stage diag.Text, done, total int) {
				if done == total {
					a.say(diag.T("%s（%d）", "%s (%d)", stage.In(a.lang), total))
				}
			}
		}
		return nil
	}
	return func(stage diag.Text, done, total int) {
		if done == total {
			fmt.Fprint(a.stderr, "\r\x1b[K")
			return
		}
		fmt.Fprintf(a.stderr, "\r\x1b[K%s %d/%d", stage.In(a.lang), done, total)
	}
}

func (a *app) checkCommand() *cobra.Command {
	var fix, strict, asJSON, drafts, explain bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: a.text("查出所有能出错的地方，不写任何文件", "find everything that can be wrong, writing nothing"),
		Long: a.text("检查设置、数据字典、每一行数据、指标、图表、正文里的数字与链接，一次列出全部问题。\n--fix 把正文里与数据不符的数字改对。",
			"Check settings, data dictionaries, every row, indicators, charts, and the numbers and links in the text; all problems at once.\n--fix rewrites numbers in the text that disagree with the data."),
		Args: a.arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if explain {
				return a.explainSQL(cmd.Context())
			}
			return a.check(cmd.Context(), fix, strict, asJSON, drafts)
		},
	}
	cmd.Flags().BoolVar(&fix, "fix", false, a.text("改写正文里与数据不符的数字", "rewrite numbers in the text that disagree with the data"))
	cmd.Flags().BoolVar(&strict, "strict", false, a.text("警告也算问题（退出码 1）", "warnings count as findings (exit code 1)"))
	cmd.Flags().BoolVar(&asJSON, "json", false, a.text("每条诊断一行 JSON", "one JSON diagnostic a line"))
	cmd.Flags().BoolVar(&drafts, "drafts", false, a.text("包括标为 draft 的页面", "include pages marked draft"))
	cmd.Flags().BoolVar(&explain, "explain", false, a.text("只打印要发给数据库的查询", "only print the statements that databases would be sent"))
	return cmd
}

// explainSQL prints the statement of each dataset that is in a database.
func (a *app) explainSQL(ctx context.Context) error {
	l := &diag.List{}
	s, err := a.openSite(l)
	if err != nil {
		return err
	}
	statements, err := build.Explain(ctx, s, l)
	if err != nil {
		return err
	}
	for _, st := range statements {
		fmt.Fprintf(a.stdout, "-- %s\n%s;\n", st[0], st[1])
	}
	return a.report(s, l, false, false)
}

func (a *app) check(ctx context.Context, fix, strict, asJSON, drafts bool) error {
	l := &diag.List{}
	s, err := a.openSite(l)
	if err != nil {
		return err
	}
	publish.Settings(s, l)
	result, err := build.Run(ctx, s, build.Options{Drafts: drafts, Progress: a.progress()}, output.NewMemory(), l)
	if err != nil {
		return err
	}
	if fix && len(result.Fixes) > 0 {
		files, err := build.Fix(s, result.Fixes)
		if err != nil {
			return err
		}
		a.say(diag.T("改写了 %[1]d 处数字，在 %[2]d 个文件里", "rewrote %[3]s in %[4]s", len(result.Fixes), len(files), plural(len(result.Fixes), "number"), plural(len(files), "file")))
		return a.check(ctx, false, strict, asJSON, drafts)
	}
	if err := a.report(s, l, asJSON, strict); err != nil {
		return err
	}
	if !asJSON {
		a.say(diag.T("没有错误，%d 条警告", "no errors, %d warnings", l.Warnings()))
	}
	return nil
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain CODE",
		Short: a.text("解释一个诊断代码", "explain a diagnostic code"),
		Args:  a.arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, c := range diag.Codes() {
					fmt.Fprintf(a.stdout, "%-28s %s\n", c.Code, c.Summary.In(a.lang))
				}
				return nil
			}
			c, ok := diag.Explain(args[0])
			if !ok {
				var names []string
				for _, c := range diag.Codes() {
					names = append(names, c.Code)
				}
				return usageError{diag.T("没有诊断代码 %q。%s", "there is no code %q. %s", args[0], diag.DidYouMean(args[0], names).In(a.lang))}
			}
			fmt.Fprintf(a.stdout, "%s\n  %s\n  %s\n", c.Code, c.Summary.In(a.lang), c.Remedy.In(a.lang))
			return nil
		},
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.text("打印版本", "print the version"),
		Args:  a.arguments(0, 0),
		Run: func(*cobra.Command, []string) {
			fmt.Fprintln(a.stdout, build.Generator, build.Version)
		},
	}
}

// plural is a count with its English noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// exists reports whether something stands at a path already.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
