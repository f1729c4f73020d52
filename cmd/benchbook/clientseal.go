package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"benchbook/internal/client"
	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/seal"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

// clientPassword is the beginning of the environment variables with passwords:
// BENCHBOOK_CLIENT_PASSWORD_MINGYU_TEA.
const clientPassword = "BENCHBOOK_CLIENT_PASSWORD_"

type clientSealFlags struct {
	out, sealed, passwords string
	link                   bool
}

func (f *clientSealFlags) add(a *app, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", a.text("报表所在的目录（默认：站点下的 clients-out）", "folder of the reports (default: clients-out in the site)"))
	flags.StringVar(&f.sealed, "sealed", "", a.text("加密后的目录（默认：站点下的 clients-sealed）", "folder of what is sealed (default: clients-sealed in the site)"))
	flags.StringVar(&f.passwords, "passwords", "", a.text("密码文件，在站点和代码仓库之外，一行一个：客户 = \"密码\"", "file of passwords outside the site and any repository, one a line: client = \"password\""))
}

// settle fills in where things are.
func (f *clientSealFlags) settle(dir string) {
	f.out, f.sealed = cmp.Or(f.out, filepath.Join(dir, "clients-out")), cmp.Or(f.sealed, filepath.Join(dir, "clients-sealed"))
}

func (a *app) clientSeal() *cobra.Command {
	var f clientSealFlags
	cmd := &cobra.Command{
		Use:   "seal [NAME…] [--passwords FILE]",
		Short: a.text("加密写了 sealed = true 的客户的文件夹，各用各的密码", "encrypt the folders of clients that say sealed = true, each with its own password"),
		Long: a.text("密码从 --passwords 指的文件读（TOML，客户 = \"密码\"），或从环境变量 "+clientPassword+"客户名 读（大写，连字符写成下划线）。\n密码文件要在站点和代码仓库之外；太容易猜的、两个客户相同的，都会被拒绝。",
			"Passwords come from the file of --passwords (TOML, client = \"password\"), or from environment variables "+clientPassword+"NAME (capitals, hyphens as underscores).\nThe file lies outside the site and any repository; passwords that are easy to guess, or alike for two clients, are refused."),
		Args: a.arguments(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l := &diag.List{}
			s, clients, err := a.clients(cmd.Context(), args, l)
			if err != nil {
				return err
			}
			f.settle(s.Dir)
			if err := a.sealClients(cmd.Context(), s, f, clients, l); err != nil {
				return err
			}
			return a.report(s, l, false, false)
		},
	}
	f.add(a, cmd)
	cmd.Flags().BoolVar(&f.link, "link", false, a.text("打印每个客户带钥匙的链接尾巴：有链接就能打开", "print for each client the end of a link that opens without asking"))
	return cmd
}

// sealClients seals those of the clients that are to be; what is wrong with a
// password is a finding, and stops nobody else.
func (a *app) sealClients(ctx context.Context, s *site.Site, f clientSealFlags, clients []*client.Client, l *diag.List) error {
	passwords, err := f.read(s.Dir)
	if err != nil {
		return err
	}
	owner := map[string]string{}
	count := 0
	for _, c := range clients {
		if !c.Sealed {
			continue
		}
		count++
		if err := a.sealClient(ctx, f, c, passwords, owner, l); err != nil {
			return err
		}
	}
	if count == 0 {
		a.say(diag.T("没有客户写了 sealed = true", "no client says sealed = true"))
	}
	return nil
}

func (a *app) sealClient(ctx context.Context, f clientSealFlags, c *client.Client, passwords, owner map[string]string, l *diag.List) error {
	from, to := filepath.Join(f.out, c.Slug), filepath.Join(f.sealed, c.Slug)
	if !exists(filepath.Join(from, "index.html")) {
		l.Errorf("client.unbuilt", c.Pos, diag.T("还没有生成报表：先 client build", "there are no reports: client build comes first"))
		return nil
	}
	password := cmp.Or(passwords[c.Slug], os.Getenv(clientPassword+strings.ToUpper(strings.ReplaceAll(c.Slug, "-", "_"))))
	refuse := func(text diag.Text) error {
		l.Errorf("client.password", c.Pos, text)
		return nil
	}
	if password == "" {
		return refuse(diag.T("没有密码", "there is no password"))
	}
	if other, taken := owner[password]; taken {
		return refuse(diag.T("密码与客户 %s 的相同", "the password is that of the client %s too", other))
	}
	owner[password] = c.Slug
	if err := checkSealFolders(from, to); err != nil {
		return err
	}
	salt, _, err := sealSalt(sealFlags{out: to})
	if err != nil {
		return err
	}
	known := append([]string{c.Slug, c.Name, c.Contributor, c.Industry}, strings.FieldsFunc(c.Slug, func(r rune) bool { return r == '-' })...)
	lock, err := seal.NewLock(seal.Options{Password: password, Salt: salt, Known: known})
	var refused *seal.Refused
	if errors.As(err, &refused) {
		return refuse(refused.Text)
	}
	if err != nil {
		return err
	}
	if f.link {
		fmt.Fprintf(a.stdout, "%s\t%s\n", c.Slug, lock.Link())
	}
	return a.sealInto(ctx, lock, from, to)
}

// read takes the passwords' file, from where no repository can hold it.
func (f clientSealFlags) read(dir string) (map[string]string, error) {
	if f.passwords == "" {
		return nil, nil
	}
	src, err := os.ReadFile(f.passwords)
	if err != nil {
		return nil, usageError{diag.T("读不到密码文件：%v", "the password file cannot be read: %v", err)}
	}
	at := realPath(f.passwords)
	if _, outside := site.Find(filepath.Dir(at)); outside == nil || inside(at, dir) || inRepository(filepath.Dir(at)) {
		return nil, usageError{diag.T("密码文件 %s 在站点或代码仓库里，会跟着一起流出去。移到外面", "the password file %s lies in a site or repository and would leave with it. Move it outside", f.passwords)}
	}
	var out map[string]string
	l := &diag.List{}
	if _, ok := config.Decode(filepath.Base(f.passwords), src, &out, l); !ok {
		return nil, usageError{diag.T("密码文件不是 TOML，一行一个：客户 = \"密码\"", "the password file is no TOML, one a line: client = \"password\"")}
	}
	return out, nil
}
