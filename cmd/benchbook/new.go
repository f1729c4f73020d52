package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"benchbook/internal/client"
	"benchbook/internal/diag"

	"github.com/spf13/cobra"
)

//go:embed all:starter
var starter embed.FS

// kinds are the single things that `new` adds to a site: templates and places.
var kinds = map[string][]struct{ template, place string }{
	"sop":     {{"starter/one/sop.md", "content/sop/%s.md"}},
	"chapter": {{"starter/one/chapter.md", "content/chapters/%s.md"}},
	"edition": {{"starter/one/edition.md", "content/editions/%s.md"}},
	"client":  {{"starter/one/client/client.toml", "data/clients/%s/client.toml"}, {"starter/one/client/dataset.toml", "data/clients/%s/dataset.toml"}, {"starter/one/client/days.csv", "data/clients/%s/days.csv"}},
	"dataset": {{"starter/one/dataset.toml", "data/%s/dataset.toml"}, {"starter/one/rows.csv", "data/%s/rows.csv"}},
}

func (a *app) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new DIR | new sop|chapter|client|edition|dataset NAME",
		Short: a.text("新建站点，或在站点里新建一份 SOP、一章、一个客户、一个版本、一个数据集", "make a site, or one SOP, chapter, client, edition or dataset in it"),
		Long: a.text("benchbook new 目录：新建一个马上能生成的站点，不需要网络。\nbenchbook new sop 名称：在当前站点里加一份 SOP（chapter、client、edition、dataset 同理）。已有的文件不会被覆盖。",
			"benchbook new DIR makes a site that builds at once, without network.\nbenchbook new sop NAME adds a procedure to the site here (likewise chapter, client, edition, dataset). Nothing that exists is overwritten."),
		Args: a.arguments(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, isKind := kinds[args[0]]; len(args) == 1 && isKind {
				return usageError{diag.T("缺少名称：benchbook new %s 名称（要建一个叫 %[1]s 的站点，写 ./%[1]s）", "the name is missing: benchbook new %s NAME (for a site of that name write ./%[1]s)", args[0])}
			}
			if len(args) == 1 {
				return a.newSite(args[0])
			}
			return a.newThing(args[0], args[1])
		},
	}
}

func (a *app) newSite(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usageError{diag.T("%s 不是空目录，请换一个名字", "%s is not empty; choose another name", dir)}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	title := filepath.Base(abs)
	err = fs.WalkDir(starter, "starter/site", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel := strings.TrimPrefix(p, "starter/site/")
		if rel == "gitignore" {
			rel = ".gitignore"
		}
		return writeStarter(p, filepath.Join(dir, filepath.FromSlash(rel)), title)
	})
	if err != nil {
		return err
	}
	for _, sub := range []string{"content/chapters", "data", "public"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(sub)), 0o755); err != nil {
			return err
		}
	}
	a.say(diag.T("站点建在 %s\n接着：\n  cd %s\n  benchbook import 问卷.xlsx\n  benchbook build",
		"made a site in %s\nnext:\n  cd %[2]s\n  benchbook import survey.xlsx\n  benchbook build", dir, dir))
	return nil
}

// thingName keeps a name usable as a file name everywhere and inside its folder.
var thingName = regexp.MustCompile(`^[\p{L}\p{N}_-][\p{L}\p{N}._-]{0,79}$`)

func (a *app) newThing(kind, name string) error {
	k, ok := kinds[kind]
	if !ok {
		return usageError{diag.T("不能新建 %q：可以是 sop、chapter、client、edition、dataset", "cannot make %q: it may be sop, chapter, client, edition or dataset", kind)}
	}
	if !thingName.MatchString(name) {
		return usageError{diag.T("名称 %q 只能用字母、数字、汉字、点和连字符", "the name %q may only have letters, digits, dots and hyphens", name)}
	}
	if kind == "client" && !client.SlugForm.MatchString(name) {
		return usageError{diag.T("客户名 %q 要做地址：只用小写字母、数字和连字符；真名写在 client.toml 里", "a client's name %q becomes an address: lower-case letters, digits and hyphens only; the real name goes into client.toml", name)}
	}
	l := &diag.List{}
	s, err := a.openSite(l)
	if err != nil {
		return err
	}
	for _, file := range k {
		if rel := fmt.Sprintf(file.place, name); exists(filepath.Join(s.Dir, filepath.FromSlash(rel))) {
			return usageError{diag.T("%s 已经存在", "%s exists already", rel)}
		}
	}
	for _, file := range k {
		rel := fmt.Sprintf(file.place, name)
		if err := writeStarter(file.template, filepath.Join(s.Dir, filepath.FromSlash(rel)), name); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, rel)
	}
	return nil
}

// writeStarter writes one template with its title filled in; TOML strings
// cannot hold a bare quote or backslash.
func writeStarter(template, to, title string) error {
	src, err := starter.ReadFile(template)
	if err != nil {
		return err
	}
	title = strings.NewReplacer(`\`, "", `"`, "", "\n", " ").Replace(title)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.ReplaceAll(string(src), "{{title}}", title))
	return errors.Join(err, f.Close())
}
