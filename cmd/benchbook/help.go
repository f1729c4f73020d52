package main

import (
	"strings"

	"benchbook/internal/diag"

	"github.com/spf13/cobra"
)

// usageZH is cobra's usage text in Chinese.
const usageZH = `用法：
  {{if .Runnable}}{{.UseLine | zh}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} 命令{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

参数：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces | zh}}{{end}}{{if .HasAvailableInheritedFlags}}

各命令通用：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces | zh}}{{end}}{{if .HasAvailableSubCommands}}

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
		cobra.AddTemplateFunc("zh", strings.NewReplacer("[flags]", "[参数]", "[command]", "[命令]", "(default ", "（默认 ", ")\n", "）\n").Replace)
		root.SetUsageTemplate(usageZH)
	}
}

// flagProblem puts the flag parser's words into the language of messages.
func flagProblem(err error, command string) diag.Text {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "unknown flag: "); ok {
		return diag.T("没有参数 %s\n用法见 %s --help", "unknown flag: %s\nsee %s --help", name, command)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return diag.T("参数 %s 后面要有值\n用法见 %s --help", "flag needs an argument: %s\nsee %s --help", name, command)
	}
	return diag.T("参数写法不对：%s\n用法见 %s --help", "%s\nsee %s --help", text, command)
}
