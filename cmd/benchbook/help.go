package main

import (
	"github.com/spf13/cobra"
)

// usageZH is cobra's usage text in Chinese.
const usageZH = `用法：
  {{if .Runnable}}{{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} 命令{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

参数：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

各命令通用：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

每个命令的说明：{{.CommandPath}} 命令 --help{{end}}
`

// localise puts help into the language of messages.
func (a *app) localise(root *cobra.Command) {
	root.SetHelpCommand(&cobra.Command{Use: "help [command]", Short: a.text("命令的说明", "help about a command"), RunE: func(c *cobra.Command, args []string) error {
		found, _, err := root.Find(args)
		if err != nil || found == nil {
			return a.unknownCommand(root, args[0])
		}
		return found.Help()
	}})
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Short = a.text("为 shell 生成补全脚本", "make a completion script for a shell")
		}
		c.Flags().BoolP("help", "h", false, a.text("这个命令的说明", "help about this command"))
		c.Flags().SortFlags = false
	}
	root.Flags().BoolP("help", "h", false, a.text("说明", "help"))
	if a.lang == "zh" {
		root.SetUsageTemplate(usageZH)
	}
}
