package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

// browsers are the programs that printing to PDF and pictures will look for.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "microsoft-edge", "chrome", "msedge",
	`C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"}

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: a.text("检查本机环境，并试生成一个小站点", "look at this machine, and build a small site for real"),
		Args:  a.arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			fmt.Fprintf(a.stdout, "%s %s, %s %s/%s\n", build.Generator, build.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			a.line(diag.T("浏览器", "browser"), findBrowser(), diag.T("没有找到（导出 PDF 才需要）", "none found (only needed to print PDF)"))
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

func findBrowser() string {
	for _, name := range browsers {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
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
