package main

import (
	"fmt"
	"net"

	"benchbook/internal/diag"
	"benchbook/internal/preview"

	"github.com/spf13/cobra"
)

func (a *app) serveCommand() *cobra.Command {
	var addr string
	var drafts bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.text("在本机预览，改动后自动刷新", "preview on this machine, reloading after each change"),
		Args:  a.arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			l := &diag.List{}
			s, err := a.openSite(l)
			if err != nil {
				return err
			}
			host, _, err := net.SplitHostPort(addr)
			if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
				return usageError{diag.T("--addr %q 不是本机地址；预览只在本机打开，例如 127.0.0.1:8080", "--addr %q is not an address of this machine; the preview only opens here, as in 127.0.0.1:8080", addr)}
			}
			ln, err := net.Listen("tcp", addr)
			if err != nil {
				return fmt.Errorf("%s", diag.T("不能在 %s 打开预览（%v）。用 --addr 127.0.0.1:0 让系统选一个端口", "cannot open the preview on %s (%v); --addr 127.0.0.1:0 lets the system choose a port", addr, err).In(a.lang))
			}
			fmt.Fprintf(a.stdout, "http://%s/\n", ln.Addr())
			p := &preview.Server{Dir: s.Dir, Lang: a.lang, Drafts: drafts, Log: a.say}
			return p.Run(cmd.Context(), ln)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", a.text("监听地址（只能是本机）", "address to listen on (this machine only)"))
	cmd.Flags().BoolVar(&drafts, "drafts", true, a.text("包括标为 draft 的页面", "include pages marked draft"))
	return cmd
}
