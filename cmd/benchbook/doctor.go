package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/export"
	"benchbook/internal/output"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: a.text("检查本机环境，并试生成一个小站点", "look at this machine, and build a small site for real"),
		Args:  a.arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			fmt.Fprintf(a.stdout, "%s %s, %s %s/%s\n", build.Generator, build.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			browser, _ := export.FindBrowser()
			a.line(diag.T("浏览器", "browser"), browser.Program, diag.T("没有找到（导出 PDF 和公众号文章才需要）", "none found (only needed for PDF and WeChat articles)"))
			dir, err := site.Find(".")
			if a.dir != "" {
				dir, err = site.Find(a.dir)
			}
			if err != nil {
				dir = ""
			}
			a.line(diag.T("站点", "site"), dir, diag.T("这里没有（用 benchbook new 目录 新建）", "none here (make one with benchbook new DIR)"))
			return a.trial(cmd)
		},
	}
}

func (a *app) line(name diag.Text, value string, missing diag.Text) {
	if value == "" {
		value = missing.In(a.lang)
	}
	fmt.Fprintf(a.stdout, "%s: %s\n", name.In(a.lang), value)
}

// trial makes a new site in a temporary folder and builds it to disk.
func (a *app) trial(cmd *cobra.Command) error {
	dir, err := os.MkdirTemp("", "benchbook-doctor-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	quiet := &app{stdout: a.stdout, stderr: a.stderr, lang: a.lang, quiet: true}
	if err := quiet.newSite(filepath.Join(dir, "site")); err != nil {
		return err
	}
	l := &diag.List{}
	s, err := site.Open(filepath.Join(dir, "site"), l)
	if err != nil {
		return err
	}
	folder, err := output.OpenFolder(filepath.Join(s.Dir, "public"))
	if err != nil {
		return err
	}
	result, err := build.Run(cmd.Context(), s, build.Options{}, folder, l)
	if err != nil {
		return err
	}
	if _, err := folder.Commit(build.Generator, build.Version); err != nil {
		return err
	}
	if err := a.report(s, l, false, false); err != nil {
		return err
	}
	a.line(diag.T("试生成", "trial build"), diag.T("正常，%d 页", "fine, %d pages", result.Pages).In(a.lang), diag.Text{})
	return nil
}
