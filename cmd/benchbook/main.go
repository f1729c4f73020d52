// Command benchbook publishes industry benchmarks: it takes survey exports and
// KPI datasets plus Markdown, computes the benchmarks and writes a static
// white paper.
//
// The command holds no rule of the trade: a table of commands, their flags, exit codes and
// printing. Results go to standard output, everything meant for a person to
// standard error. Exit codes: 0 done (warnings included), 1 findings in the
// user's input, 2 wrong usage, 3 the world failed (disk, network, browser).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

// The exit codes of the contract.
const (
	exitDone     = 0
	exitFindings = 1
	exitUsage    = 2
	exitWorld    = 3
)

// errFindings ends a command whose findings have been printed.
var errFindings = errors.New("findings")

// usageError is a call that cannot be understood.
type usageError struct{ text diag.Text }

func (u usageError) Error() string { return u.text.In("en") }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program; tests call it in their own process.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	a := &app{stdout: stdout, stderr: stderr, lang: language(args, os.Getenv)}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return a.exit(root.ExecuteContext(ctx))
}

// app is one run of the program: where it prints and the flags every command has.
type app struct {
	stdout, stderr io.Writer
	lang           string // "zh" or "en"
	dir            string // --site
	quiet, verbose bool
}

// say prints a line for a person, unless --quiet.
func (a *app) say(text diag.Text) {
	if !a.quiet {
		fmt.Fprintln(a.stderr, text.In(a.lang))
	}
}

func (a *app) exit(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &usage):
		fmt.Fprintln(a.stderr, "benchbook: "+usage.text.In(a.lang))
		return exitUsage
	case errors.Is(err, site.ErrNotFound):
		fmt.Fprintln(a.stderr, "benchbook: "+diag.T("这里和上级目录都没有 benchbook.toml。先运行 benchbook new 目录，或用 --site 指定站点",
			"no benchbook.toml here or in any folder above. Run benchbook new DIR first, or name the site with --site").In(a.lang))
		return exitUsage
	case errors.Is(err, output.ErrBusy):
		fmt.Fprintln(a.stderr, "benchbook: "+diag.T("另一个 benchbook 正在写同一个输出目录，等它结束再试", "another benchbook is writing to the same folder; wait until it has finished").In(a.lang))
		return exitWorld
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "benchbook: "+diag.T("已中断，站点保持原样", "interrupted; the site is as it was").In(a.lang))
		return exitWorld
	}
	fmt.Fprintln(a.stderr, "benchbook: "+a.words(err))
	return exitWorld
}

// language chooses the language of messages: --lang, then the environment.
// Windows sets no such variable, and there most users read Chinese.
func language(args []string, getenv func(string) string) string {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if !ok && arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && (value == "zh" || value == "en") {
			return value
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return "zh"
			}
			return "en"
		}
	}
	if runtime.GOOS == "windows" {
		return "zh"
	}
	return "en"
}

// text picks the language of help and messages.
func (a *app) text(zh, en string) string { return diag.T(zh, en).In(a.lang) }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "benchbook",
		Short: a.text("从问卷导出和 KPI 数据生成行业基准白皮书", "Publish industry benchmarks from survey exports and KPI data"),
		Long: a.text(`benchbook（标尺）读入问卷导出、KPI 数据和 Markdown，算出行业基准，生成白皮书站点。

从一份导出到一个站点：
  benchbook new 我的报告 && cd 我的报告
  benchbook import ../问卷.xlsx
  benchbook build`, `benchbook reads survey exports, KPI data and Markdown, computes industry
benchmarks, and writes a white-paper site.

From an export to a site:
  benchbook new my-report && cd my-report
  benchbook import ../survey.xlsx
  benchbook build`),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.dir, "site", "", a.text("站点目录（默认：向上最近的含 benchbook.toml 的目录）", "the site's folder (default: the nearest one upwards that has benchbook.toml)"))
	flags.String("lang", a.lang, a.text("消息语言：zh 或 en", "language of messages: zh or en"))
	flags.BoolVarP(&a.quiet, "quiet", "q", false, a.text("只打印错误和结果", "print only errors and results"))
	flags.BoolVarP(&a.verbose, "verbose", "v", false, a.text("打印每一步", "print each step"))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{flagProblem(err, cmd.CommandPath())}
	})
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if v, _ := cmd.Flags().GetString("lang"); v != "zh" && v != "en" {
			return usageError{diag.T("--lang 只能是 zh 或 en，不能是 %q", "--lang is zh or en, not %q", v)}
		}
		return nil
	}
	for _, c := range a.commands() {
		root.AddCommand(c)
	}
	a.localise(root)
	return root
}

// commands is the table of commands, in the order of the help text.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.newCommand(), a.importCommand(), a.checkCommand(), a.buildCommand(), a.serveCommand(), a.queryCommand(),
		a.clientCommand(), a.sealCommand(), a.publishCommand(), a.rollbackCommand(), a.hostingCommand(),
		a.exportCommand(), a.referenceCommand(), a.explainCommand(), a.doctorCommand(), a.manCommand(), a.versionCommand(),
	}
}

func (a *app) unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	text := diag.T("没有命令 %q。运行 benchbook --help 查看全部命令", "there is no command %q; benchbook --help lists them", name)
	if near := diag.Nearest(name, names); near != "" {
		text = diag.T("没有命令 %q，是不是 %q？", "there is no command %q; did you mean %q?", name, near)
	}
	return usageError{text}
}

// arguments checks the number of arguments and says what is expected.
func (a *app) arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return nil
		}
		return usageError{diag.T("参数个数不对，用法：%s", "wrong number of arguments; usage: %s", cmd.UseLine())}
	}
}

// openSite finds and opens the site; findings in benchbook.toml go to the list.
func (a *app) openSite(l *diag.List) (*site.Site, error) {
	dir := a.dir
	if dir == "" {
		dir = "."
	} else if _, err := os.Stat(dir); err != nil {
		return nil, usageError{diag.T("--site %s：没有这个目录", "--site %s: there is no such folder", dir)}
	}
	root, err := site.Find(dir)
	if err != nil {
		return nil, err
	}
	return site.Open(root, l)
}

// report prints findings and says whether they end the command.
func (a *app) report(s *site.Site, l *diag.List, asJSON, strict bool) error {
	list := l.Sorted()
	p := &diag.Printer{Lang: a.lang, Color: isTerminal(a.stderr)}
	if s != nil {
		p.Source = s.Read
	}
	if a.quiet && !asJSON {
		list = errorsOnly(list)
	}
	var err error
	if asJSON {
		err = p.JSON(a.stdout, list)
	} else {
		err = p.Text(a.stderr, list)
	}
	if err != nil {
		return err
	}
	if l.HasErrors() || strict && l.Warnings() > 0 {
		return errFindings
	}
	return nil
}

func errorsOnly(list []diag.Diagnostic) (out []diag.Diagnostic) {
	for _, d := range list {
		if d.Severity == diag.Error {
			out = append(out, d)
		}
	}
	return out
}

// isTerminal reports whether a person is looking: colours and progress are for them only.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
