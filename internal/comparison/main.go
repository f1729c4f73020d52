// Command comparison measures benchbook beside other ways to make the same
// site: a floor program that does the least anybody could do, and Hugo.
//
// It is a module of its own, so that nothing of it enters the program's
// requirements. In: a number of pages and a seed. Out: a corpus of procedures in
// Chinese, the same for every generator, and a table of processor time, time on
// the wall and peak memory with the ratios of one run. It judges nothing and
// keeps nothing: what it prints belongs to the machine and the hour.
//
//	go run . corpus -pages 10000 -seed 1 DIR     a benchbook project and a Hugo site beside each other
//	go run . floor SOURCE OUT                    read, convert on every core, write
//	go run . run -pages 10000 -benchbook PROGRAM [-hugo PROGRAM] DIR
//
// DIR should stand in memory (/dev/shm on Linux): creating files on a busy disk
// costs more than converting all their Markdown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "comparison:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) == 0 {
		return errors.New("say corpus, floor or run; see the comment in main.go")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	c := corpus{}
	flags.IntVar(&c.pages, "pages", 10_000, "pages of the corpus")
	flags.Uint64Var(&c.seed, "seed", 1, "seed of the corpus")
	flags.IntVar(&c.chapter, "chapter", 50, "pages of a chapter")
	m := measurement{}
	flags.StringVar(&m.benchbook, "benchbook", "benchbook", "the program to measure")
	flags.StringVar(&m.hugo, "hugo", "", "Hugo's program; empty leaves Hugo out")
	flags.IntVar(&m.rounds, "rounds", 3, "how often everything is run, in turn")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch rest := flags.Args(); {
	case args[0] == "corpus" && len(rest) == 1:
		return c.write(rest[0])
	case args[0] == "floor" && len(rest) == 2:
		return floor(rest[0], rest[1])
	case args[0] == "run" && len(rest) == 1:
		dir, err := filepath.Abs(rest[0])
		if err != nil {
			return err
		}
		return m.run(c, dir)
	}
	return fmt.Errorf("%v cannot be understood; see the comment in main.go", args)
}
