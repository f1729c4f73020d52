package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"benchbook/internal/build"
	"benchbook/internal/client"
	"benchbook/internal/client/report"
	"benchbook/internal/diag"
	"benchbook/internal/export"
	"benchbook/internal/output"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

// clientForm turns a report that stands in a folder into another form.
type clientForm struct {
	ending string
	make   func(ctx context.Context, b export.Browser, base string) ([]byte, error)
}

// clientForms are the forms of a client's report; pdf and card need a browser.
var clientForms = map[string]clientForm{
	"pdf": {".pdf", func(ctx context.Context, b export.Browser, base string) ([]byte, error) {
		return b.Print(ctx, absolute(base)+".html")
	}},
	"card": {".png", func(ctx context.Context, b export.Browser, base string) ([]byte, error) {
		return b.Picture(ctx, absolute(base)+".card.html", report.FaceWidth, report.FaceHeight, 2)
	}},
	"xlsx": {".xlsx", func(_ context.Context, _ export.Browser, base string) ([]byte, error) {
		return os.ReadFile(base + ".xlsx")
	}},
	"text": {".txt", func(_ context.Context, _ export.Browser, base string) ([]byte, error) {
		return os.ReadFile(base + ".txt")
	}},
}

// absolute is a path as a browser wants it.
func absolute(base string) string {
	if abs, err := filepath.Abs(base); err == nil {
		return abs
	}
	return base
}

var clientFormNames = []string{"pdf", "card", "xlsx", "text"}

type clientExportFlags struct {
	out, into, period, asOf string
	jobs                    int
}

func (a *app) clientExport() *cobra.Command {
	var f clientExportFlags
	cmd := &cobra.Command{
		Use:   "export pdf|card|xlsx|text [NAME…]",
		Short: a.text("把客户报表导出成 PDF、聊天用的卡片图、工作簿、文字", "client reports as PDF, picture for a chat, workbook, text"),
		Long: a.text(`pdf   A4，与网页同一份内容；需要本机装有 Chromium、Chrome 或 Edge
card  1080 × 1440 的图片，发到群里；需要浏览器
xlsx  工作簿，数都是公式，由每日数据算出
text  粘贴到聊天里的文字

导出 --as-of 那天为止每个客户每种周期最近的一份，写到站点下的 exports/clients/。`,
			`pdf   A4, what the page says; needs Chromium, Chrome or Edge
card  a picture of 1080 × 1440 for a chat; needs a browser
xlsx  a workbook whose numbers are formulas over the days
text  lines to paste into a chat

Exports the last report of each cadence up to the day of --as-of; files go to exports/clients/ in the site.`),
		Args:      a.arguments(1, -1),
		ValidArgs: clientFormNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.exportClients(cmd.Context(), f, args[0], args[1:])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", a.text("报表所在的目录（默认：站点下的 clients-out）", "folder of the reports (default: clients-out in the site)"))
	flags.StringVar(&f.into, "into", "", a.text("写到这个目录，每个客户一个文件夹（默认：站点下的 exports/clients）", "folder to write, with a folder for each client (default: exports/clients in the site)"))
	flags.StringVar(&f.period, "period", "", a.text("只要 day、week、month 或 quarter", "only day, week, month or quarter"))
	flags.StringVar(&f.asOf, "as-of", "", a.text("哪一天为止 YYYY-MM-DD（默认：上海时间今天）", "up to which day YYYY-MM-DD (default: today in Shanghai)"))
	flags.IntVar(&f.jobs, "jobs", max(runtime.GOMAXPROCS(0)/2, 1), a.text("同时导出几份", "reports at once"))
	return cmd
}

func (a *app) exportClients(ctx context.Context, f clientExportFlags, name string, names []string) error {
	form, ok := clientForms[name]
	if !ok {
		return usageError{diag.T("没有导出形式 %q，可用的有 %s", "there is no form %q; there are %s", name, strings.Join(clientFormNames, ", "))}
	}
	day, err := clientFlags{asOf: f.asOf, period: f.period}.check()
	if err != nil {
		return err
	}
	l := &diag.List{}
	s, clients, err := a.clients(ctx, names, l)
	if err != nil {
		return err
	}
	out, into := cmp.Or(f.out, filepath.Join(s.Dir, "clients-out")), cmp.Or(f.into, filepath.Join(s.Dir, "exports", "clients"))
	if err := refuseOut(into, s.Dir); err != nil {
		return err
	}
	var browser export.Browser
	if name == "pdf" || name == "card" {
		if browser, err = export.FindBrowser(); err != nil {
			return a.exportFailed(err)
		}
	}
	todo, err := f.wanted(out, into, form.ending, clients, day, len(names) > 0, l)
	if err != nil {
		return err
	}
	if err := a.exportAll(ctx, form, browser, todo, max(f.jobs, 1)); err != nil {
		return err
	}
	return a.report(s, l, false, false)
}

// wanted pairs each report with the file that it becomes.
func (f clientExportFlags) wanted(out, into, ending string, clients []*client.Client, day client.Day, named bool, l *diag.List) (todo [][2]string, err error) {
	for _, c := range clients {
		all, err := build.Reports(out, c)
		if err != nil {
			return nil, err
		}
		before := len(todo)
		for _, cadence := range client.Cadences {
			if f.period != "" && f.period != string(cadence) {
				continue
			}
			if found, ok := build.Last(all, cadence, day); ok {
				todo = append(todo, [2]string{found.Base, filepath.Join(into, c.Slug, c.Slug+"-"+found.Data.Period+ending)})
			}
		}
		if len(todo) == before && named {
			l.Errorf("client.unbuilt", c.Pos, diag.T("还没有生成报表：先 client build", "there are no reports: client build comes first"))
		}
	}
	return todo, nil
}

func (a *app) exportAll(ctx context.Context, form clientForm, browser export.Browser, todo [][2]string, jobs int) error {
	progress := a.remaining()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(jobs)
	var mu sync.Mutex
	done := 0
	for _, pair := range todo {
		g.Go(func() error {
			data, err := form.make(ctx, browser, pair[0])
			if err != nil {
				return err
			}
			if err := output.Replace(pair[1], data); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if done++; progress != nil {
				progress(diag.T("导出", "exporting"), done, len(todo))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, pair := range todo {
		fmt.Fprintln(a.stdout, pair[1])
	}
	return nil
}
