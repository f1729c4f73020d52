package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/export"
	"benchbook/internal/output"
	"benchbook/internal/publish"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: a.text("检查本机环境与站点，并试生成一个小站点", "look at this machine and the site, and build a small site for real"),
		Args:  a.arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			fmt.Fprintf(a.stdout, "%s %s, %s %s/%s\n", build.Generator, build.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			browser, _ := export.FindBrowser()
			a.line(diag.T("浏览器", "browser"), browser.Program, diag.T("没有找到（导出 PDF、图片和公众号文章才需要）", "none found (only needed for PDF, pictures and WeChat articles)"))
			if runtime.GOOS == "linux" {
				a.line(diag.T("中文字体", "Chinese fonts"), chineseFont(cmd.Context()), diag.T("没有找到（浏览器导出的中文会是方框；Debian：apt install fonts-noto-cjk）", "none found (exports by the browser will show boxes; Debian: apt install fonts-noto-cjk)"))
			}
			git, _ := exec.LookPath("git")
			a.line(diag.T("git", "git"), git, diag.T("没有找到（发布到 git 分支才需要）", "none found (only needed to publish to a git branch)"))
			if err := a.siteState(); err != nil {
				return err
			}
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

// chineseFont asks the system for a font that has Han characters.
func chineseFont(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "fc-list", ":lang=zh-cn", "family").Output()
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return first
}

// siteState tells of the site around: where it is, whether its output can be
// written, where it is published to, whether the keys for that are there.
func (a *app) siteState() error {
	dir := a.dir
	if dir == "" {
		dir = "."
	}
	root, err := site.Find(dir)
	if err != nil {
		a.line(diag.T("站点", "site"), "", diag.T("这里没有（用 benchbook new 目录 新建）", "none here (make one with benchbook new DIR)"))
		return nil
	}
	a.line(diag.T("站点", "site"), root, diag.Text{})
	probe, err := os.CreateTemp(root, ".benchbook-doctor-*")
	if err == nil {
		err = probe.Close()
		_ = os.Remove(probe.Name())
	}
	if err != nil {
		return fmt.Errorf("%s", diag.T("不能在站点目录里写文件：%v", "nothing can be written in the site's folder: %v", err).In(a.lang))
	}
	l := &diag.List{}
	s, err := site.Open(root, l)
	if err != nil {
		return err
	}
	for _, c := range publish.Settings(s, l) {
		a.line(diag.T("发布目标 "+c.Name, "target "+c.Name), c.Kind+" "+c.Place(), diag.Text{})
	}
	return a.report(s, l, false, false)
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
