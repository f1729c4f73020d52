package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/publish"
	"benchbook/internal/seal"

	"github.com/spf13/cobra"
)

// passwordVariable holds the password where no file is named.
const passwordVariable = "BENCHBOOK_SEAL_PASSWORD"

type sealFlags struct {
	out, passwordFile, hint, salt string
	keyword, link                 bool
}

func (a *app) sealCommand() *cobra.Command {
	var f sealFlags
	cmd := &cobra.Command{
		Use:   "seal DIR --out DIR",
		Short: a.text("加密一个生成好的站点或报告，凭密码打开", "encrypt a finished site or report, to be opened with a password"),
		Long: a.text(`把 DIR 里生成好的全部文件加密，写到 --out：页面、图、下载、搜索、标题和文件名都在内。
结果放在任何主机上都能用，也能从本机打开。

密码放在环境变量 `+passwordVariable+`，或站点之外的一个文件里（--password-file）。
容易猜的密码会被拒绝；--keyword 用于公开发放的关键词，它只是礼貌的门，不是锁。`,
			`Encrypt every file of the finished site in DIR and write it to --out: pages, figures, downloads,
search, titles and file names. The result works on any host and opens from disk.

The password comes from the environment variable `+passwordVariable+`, or from a file outside
the site (--password-file). One that is easy to guess is refused; --keyword is for a keyword
that is given away, which is a polite door and no lock.`),
		Args: a.arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.seal(cmd.Context(), f, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", a.text("写到这个目录（必填）", "the folder to write (required)"))
	flags.StringVar(&f.passwordFile, "password-file", "", a.text("从这个文件读密码；文件要在站点和代码仓库之外", "read the password from this file, which lies outside the site and any repository"))
	flags.StringVar(&f.hint, "hint", "", a.text("密码框下的提示，谁都能看到", "a hint under the field, which everybody can read"))
	flags.StringVar(&f.salt, "salt", "", a.text("以前打印的盐；默认沿用 --out 里已有的，没有就新抽一个", "a salt printed before; by default that of what is in --out, or else a new one"))
	flags.BoolVar(&f.keyword, "keyword", false, a.text("公开发放的关键词：不查强度，页面上说明", "a keyword that is given away: not tested, and the page says so"))
	flags.BoolVar(&f.link, "link", false, a.text("打印带钥匙的链接尾巴：有链接就能打开", "print the end of a link that opens without asking: who has it has everything"))
	return cmd
}

func (a *app) seal(ctx context.Context, f sealFlags, dir string) error {
	if err := checkSealFolders(dir, f.out); err != nil {
		return err
	}
	password, err := sealPassword(f, dir)
	if err != nil {
		return err
	}
	salt, fresh, err := sealSalt(f)
	if err != nil {
		return err
	}
	lock, err := seal.NewLock(seal.Options{Password: password, Salt: salt, Hint: f.hint, Keyword: f.keyword, Known: folderWords(dir)})
	var refused *seal.Refused
	if errors.As(err, &refused) {
		return usageError{refused.Text}
	}
	if err != nil {
		return err
	}
	if err := a.sealInto(ctx, lock, dir, f.out); err != nil {
		return err
	}
	if f.keyword {
		a.say(diag.T("提醒：关键词是公开的，知道它的人都能打开，也能转发", "note: a keyword is public; whoever knows it can open this and pass it on"))
	}
	if fresh {
		a.say(diag.T("新的盐：%s\n它不是秘密。在别处重新加密时用 --salt 给出，就得到逐字节相同的文件", "new salt: %s\nit is no secret; give it with --salt elsewhere to get the same bytes", seal.SaltText(salt)))
	}
	if f.link {
		fmt.Fprintln(a.stdout, lock.Link())
	}
	return nil
}

// sealInto seals a folder into another, which changes in one step.
func (a *app) sealInto(ctx context.Context, lock *seal.Lock, dir, out string) error {
	folder, err := output.OpenFolder(out)
	if err != nil {
		return err
	}
	count := 0
	var failed error
	err = lock.Seal(finishedFiles(ctx, dir, &failed), func(name string, data []byte) error {
		count++
		return folder.Write(name, data)
	})
	if err = errors.Join(failed, err); err != nil {
		return errors.Join(err, folder.Abort())
	}
	if _, err := folder.Commit(build.Generator, build.Version); err != nil {
		return err
	}
	a.say(diag.T("加密为 %d 个文件\n打开 %s", "sealed as %d files\nopen %s", count, filepath.Join(out, "index.html")))
	return nil
}

// finishedFiles reads what a folder's manifest lists, or where it has none every
// regular file. What goes wrong ends the sequence and is left in failed.
func finishedFiles(ctx context.Context, dir string, failed *error) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		tree, err := publish.OpenTree(dir)
		if errors.Is(err, publish.ErrUnbuilt) {
			*failed = everyFile(ctx, dir, yield)
			return
		}
		if err != nil {
			*failed = err
			return
		}
		defer tree.Close()
		for _, f := range tree.Files {
			data, err := tree.Read(f)
			if err = errors.Join(ctx.Err(), err); err != nil {
				*failed = err
				return
			}
			if !yield(f.Path, data) {
				return
			}
		}
	}
}

// everyFile walks a folder that no build made; names with a dot are not for readers.
func everyFile(ctx context.Context, dir string, yield func(string, []byte) bool) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || ctx.Err() != nil:
			return errors.Join(err, ctx.Err())
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return fmt.Errorf("%s is no regular file", name)
		}
		data, err := root.ReadFile(name)
		if err == nil && !yield(name, data) {
			err = fs.SkipAll
		}
		return err
	})
}
