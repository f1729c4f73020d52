package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/publish"

	"github.com/spf13/cobra"
)

func (a *app) hostingCommand() *cobra.Command {
	var out, host, root string
	cmd := &cobra.Command{
		Use:   "hosting nginx|caddy [TARGET]",
		Short: a.text("打印 nginx 或 Caddy 的现成配置：内容策略、缓存、压缩", "print a ready configuration for nginx or Caddy: policy, caching, compression"),
		Long: a.text("按生成好的站点里 _headers 的规则写成服务器配置。写明一个 folder 或 ssh 目标，根目录就是它的 current。",
			"Writes what the built site's _headers file asks as a server's configuration. With a target of kind folder or ssh, the root is its current."),
		Args:      a.arguments(1, 2),
		ValidArgs: publish.HostingKinds,
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(publish.HostingKinds, args[0]) {
				return usageError{diag.T("没有 %q 的配置，可用的有 %s", "there is no configuration for %q; there are %s", args[0], strings.Join(publish.HostingKinds, ", "))}
			}
			l := &diag.List{}
			s, err := a.openSite(l)
			if err != nil {
				return err
			}
			if len(args) == 2 {
				_, c, err := a.target(args[1:], l)
				if err != nil {
					return err
				}
				if c.Kind != "folder" && c.Kind != "ssh" {
					return usageError{diag.T("%s 目标不由你的服务器提供", "a target of kind %s is not served by a server of yours", c.Kind)}
				}
				root = cmp.Or(root, path.Join(filepath.ToSlash(c.Path), "current"))
				host = cmp.Or(host, c.Host)
			}
			src, err := os.ReadFile(filepath.Join(cmp.Or(out, filepath.Join(s.Dir, "public")), "_headers"))
			if errors.Is(err, fs.ErrNotExist) {
				return usageError{diag.T("还没有生成过站点，先运行 benchbook build", "there is no built site; run benchbook build first")}
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(a.stdout, publish.Hosting(args[0], cmp.Or(host, "report.example.cn"), cmp.Or(root, "/srv/report/current"), publish.HeaderRules(src)))
			return err
		},
	}
	cmd.Flags().StringVar(&out, "out", "", a.text("生成好的站点或加密文件夹（默认：站点下的 public）", "the built site's or a sealed folder (default: public in the site)"))
	cmd.Flags().StringVar(&host, "host", "", a.text("域名", "the host's name"))
	cmd.Flags().StringVar(&root, "root", "", a.text("服务器上的根目录", "the root folder on the server"))
	return cmd
}
