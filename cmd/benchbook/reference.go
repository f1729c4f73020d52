package main

import (
	"fmt"
	"os"

	"benchbook/internal/diag"
	"benchbook/internal/reference"

	"github.com/spf13/cobra"
)

func (a *app) referenceCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "reference DIR",
		Short: a.text("用参考案例核对统计函数", "check the statistics against reference cases"),
		Long: a.text("运行 DIR/cases 下的参考案例（benchbook-stat-cases/1），用的就是站点用的函数，打印不一致之处；--json 打印结果文件。",
			"Run the reference cases under DIR/cases (benchbook-stat-cases/1) with the functions that the site uses, and print what differs; --json prints the results file."),
		Args: a.arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := os.Stat(args[0]); err != nil {
				return usageError{diag.T("没有目录 %s", "there is no folder %s", args[0])}
			}
			r, err := reference.Run(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				if err := r.WriteJSON(a.stdout); err != nil {
					return err
				}
			}
			for _, d := range r.Differences {
				fmt.Fprintln(a.stderr, diag.T("%s：%s：%s 得到 %s，应为 %s", "%s: %s: %s is %s, expected %s", d.File, d.Case, d.Key, d.Got, d.Want).In(a.lang))
			}
			a.say(diag.T("%d 个案例，%d 处不一致", "%d cases, %d differences", r.Cases, len(r.Differences)))
			if len(r.Differences) > 0 {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.text("打印 benchbook-stat-results/1", "print benchbook-stat-results/1"))
	return cmd
}
