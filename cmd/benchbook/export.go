package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/export"
	"benchbook/internal/output"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

// exporter makes the files of one form.
type exporter func(ctx context.Context, s export.Site, pages []string) ([]export.File, []diag.Text, error)

// forms are the forms that a site can be exported in.
var forms = map[string]exporter{
	"pdf": func(ctx context.Context, s export.Site, pages []string) ([]export.File, []diag.Text, error) {
		b, err := export.FindBrowser()
		if err != nil {
			return nil, nil, err
		}
		return export.PDF(ctx, s, b, pages)
	},
	"wechat": func(ctx context.Context, s export.Site, pages []string) ([]export.File, []diag.Text, error) {
		b, err := export.FindBrowser()
		if err != nil {
			return nil, nil, err
		}
		return export.WeChat(ctx, s, b, pages)
	},
	"xlsx": wholeSite(export.Workbook),
	"data": wholeSite(export.DataPackage),
	"zip":  wholeSite(export.Offline),
}

// wholeSite is a form that takes no pages.
func wholeSite(make func(export.Site) ([]export.File, error)) exporter {
	return func(_ context.Context, s export.Site, pages []string) ([]export.File, []diag.Text, error) {
		if len(pages) > 0 {
			return nil, nil, usageError{diag.T("这种形式总是导出整个站点，不能指定页面", "this form always holds the whole site; it takes no pages")}
		}
		files, err := make(s)
		return files, nil, err
	}
}

var formNames = []string{"pdf", "wechat", "xlsx", "data", "zip"}

func (a *app) exportCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "export pdf|wechat|xlsx|data|zip [PAGE…]",
		Short: a.text("把同一批页面和表格导出成别的形式", "other forms of the same pages and tables"),
		Long: a.text(`pdf     整本报告（带页码目录、书签），或指定的页面；需要本机装有 Chromium、Chrome 或 Edge
wechat  公众号文章：执行摘要与各章，或指定的页面；图表转成图片，需要浏览器
xlsx    全部表格的工作簿
data    数据包：Frictionless、CSVW、schema.org 三种说明
zip     离线站点，解压后双击 index.html

写到站点下的 exports/；页面写地址（2026/budget）或源文件（chapters/01-budget.md）。`,
			`pdf     the whole report (contents with page numbers, bookmarks), or the pages named; needs Chromium, Chrome or Edge
wechat  articles: the summary and the chapters, or the pages named; charts become pictures, which needs a browser
xlsx    a workbook of every table
data    a data package, described in Frictionless, CSVW and schema.org terms
zip     the site to be read offline: unpack it and open index.html

Files go to exports/ in the site. Name pages by address (2026/budget) or source file (chapters/01-budget.md).`),
		Args:      a.arguments(1, -1),
		ValidArgs: formNames,
		RunE:      func(cmd *cobra.Command, args []string) error { return a.export(cmd.Context(), f, args[0], args[1:]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", a.text("导出目录（默认：站点下的 exports）", "folder of exports (default: exports in the site)"))
	flags.StringVar(&f.baseURL, "base-url", "", a.text("站点的完整地址，覆盖 benchbook.toml", "the site's whole address, instead of benchbook.toml's"))
	flags.StringVar(&f.date, "date", "", a.text("发布日期 YYYY-MM-DD，覆盖 benchbook.toml", "date of publication YYYY-MM-DD, instead of benchbook.toml's"))
	flags.BoolVar(&f.drafts, "drafts", false, a.text("包括标为 draft 的页面", "include pages marked draft"))
	return cmd
}

func (a *app) export(ctx context.Context, f buildFlags, form string, pages []string) error {
	make, ok := forms[form]
	if !ok {
		return usageError{diag.T("没有导出形式 %q，可用的有 %s", "there is no form %q; there are %s", form, strings.Join(formNames, ", "))}
	}
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
		out = filepath.Join(s.Dir, "exports")
	}
	if err := refuseOut(out, s.Dir); err != nil {
		return err
	}
	tree := output.NewMemory()
	result, err := build.Run(ctx, s, build.Options{Drafts: f.drafts, Progress: a.progress()}, tree, l)
	if err != nil {
		return err
	}
	if err := a.report(s, l, false, false); err != nil {
		return err
	}
	files, notes, err := make(ctx, export.Site{Composition: result.Composition, Tree: tree}, pages)
	if err != nil {
		return a.exportFailed(err)
	}
	for _, file := range files { // what the pages hold was searched; this is the form as it leaves the house
		if form != "zip" { // whose members are those pages
			result.Inspect(file.Name, file.Bytes, l)
		}
	}
	if l.HasErrors() {
		return a.report(s, l, false, false)
	}
	return a.deliver(s, out, files, notes)
}

// exportFailed tells a wrong page name from a machine without a browser.
func (a *app) exportFailed(err error) error {
	var problem *export.Problem
	if errors.As(err, &problem) {
		return usageError{problem.Text}
	}
	if errors.Is(err, export.ErrNoBrowser) {
		return errors.New(diag.T("没有找到浏览器：导出 PDF 和公众号文章需要 Chromium、Chrome 或 Edge。装上其中一个再试（Debian：apt install chromium）",
			"no browser found: PDF and WeChat articles need Chromium, Chrome or Edge. Install one of them (Debian: apt install chromium)").In(a.lang))
	}
	return err
}

// deliver writes single files each in one step, and files that belong together
// as one folder that is swapped in whole. Paths go to standard output.
func (a *app) deliver(s *site.Site, out string, files []export.File, notes []diag.Text) error {
	folders := map[string][]export.File{}
	var order []string
	for _, file := range files {
		dir := path.Dir(file.Name)
		if !slices.Contains(order, dir) {
			order = append(order, dir)
		}
		folders[dir] = append(folders[dir], file)
	}
	for _, dir := range order {
		var err error
		if dir == "." {
			err = a.deliverFiles(out, folders[dir])
		} else {
			err = a.deliverFolder(filepath.Join(out, filepath.FromSlash(dir)), folders[dir])
		}
		if err != nil {
			return err
		}
	}
	for _, n := range notes {
		a.say(diag.T("注意：%s", "note: %s", n.In(a.lang)))
	}
	return nil
}

func (a *app) deliverFiles(out string, files []export.File) error {
	for _, file := range files {
		to := filepath.Join(out, file.Name)
		if err := output.Replace(to, file.Bytes); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, to)
	}
	return nil
}

func (a *app) deliverFolder(dir string, files []export.File) error {
	folder, err := output.OpenFolder(dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := folder.Write(path.Base(file.Name), file.Bytes); err != nil {
			return errors.Join(err, folder.Abort())
		}
	}
	if _, err := folder.Commit(build.Generator, build.Version); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, dir)
	return nil
}
