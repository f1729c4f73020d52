package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/output"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manDay stands in the manual pages for the day they were made, so that they are
// the same whenever that is.
var manDay = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// manCommand writes manual pages for man(1).
func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man [DIR]",
		Short: a.text("打印手册页，或把每个命令的手册页写进一个目录", "print the manual page, or write one for each command into a folder"),
		Args:  a.arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			root.DisableAutoGenTag = true
			if len(args) == 0 {
				return doc.GenMan(root, manHeader(), a.stdout)
			}
			if info, err := os.Stat(args[0]); err == nil && !info.IsDir() {
				return usageError{diag.T("%s 不是目录", "%s is no folder", args[0])}
			}
			return a.manPages(root, args[0])
		},
	}
}

func manHeader() *doc.GenManHeader {
	return &doc.GenManHeader{Section: "1", Date: &manDay, Source: build.Generator + " " + build.Version, Manual: "benchbook"}
}

func (a *app) manPages(c *cobra.Command, dir string) error {
	var b bytes.Buffer
	if err := doc.GenMan(c, manHeader(), &b); err != nil {
		return err
	}
	name := filepath.Join(dir, manName(c)+".1")
	if err := output.Replace(name, b.Bytes()); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, name)
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			if err := a.manPages(sub, dir); err != nil {
				return err
			}
		}
	}
	return nil
}

func manName(c *cobra.Command) string {
	if c.HasParent() {
		return manName(c.Parent()) + "-" + c.Name()
	}
	return c.Name()
}
