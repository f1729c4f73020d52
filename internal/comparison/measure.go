package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// measurement is what to run and how often.
type measurement struct {
	benchbook, hugo string
	rounds          int
}

// contender is one way to make the site.
type contender struct {
	name    string
	prepare func() error // before each run, not measured; may be nil
	command []string
	runs    []cost
}

// cost is what the system says of one finished process.
type cost struct {
	cpu, wall time.Duration
	peak      int64 // KiB
}

// run makes the corpus and measures every contender in turn, so that a machine
// whose speed drifts is as unkind to one as to the other.
func (m measurement) run(c corpus, dir string) error {
	if err := c.write(dir); err != nil {
		return err
	}
	contenders, err := m.contenders(dir)
	if err != nil {
		return err
	}
	for range m.rounds {
		for i := range contenders {
			if err := contenders[i].measure(); err != nil {
				return err
			}
		}
	}
	report(c, contenders)
	return nil
}

func (m measurement) contenders(dir string) ([]contender, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	project := filepath.Join(dir, benchbookSite)
	remove := func(names ...string) func() error {
		return func() error {
			for _, name := range names {
				if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	build := []string{m.benchbook, "build", "--quiet", "--site", project}
	edited := filepath.Join(project, "content", "sop", c0)
	edits := 0
	edit := func() error {
		edits++
		f, err := os.OpenFile(edited, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(f, "\n第 %d 次修改。\n", edits)
		return errors.Join(err, f.Close())
	}
	out := []contender{
		{name: "floor", prepare: remove("floor"), command: []string{self, "floor", filepath.Join(project, "content"), filepath.Join(dir, "floor")}},
		{name: "benchbook", prepare: remove(benchbookSite+"/public", benchbookSite+"/.benchbook"), command: build},
		{name: "benchbook, nothing changed", command: build},
		{name: "benchbook, one page edited", prepare: edit, command: build},
	}
	if m.hugo != "" {
		out = append(out, contender{name: "Hugo", prepare: remove(hugoSite+"/public", hugoSite+"/resources"),
			command: []string{m.hugo, "--quiet", "--source", filepath.Join(dir, hugoSite)}})
	}
	return out, nil
}

// c0 is the page that is edited.
var c0 = corpus{chapter: 50}.name(7)

func (c *contender) measure() error {
	if c.prepare != nil {
		if err := c.prepare(); err != nil {
			return err
		}
	}
	var said bytes.Buffer
	cmd := exec.Command(c.command[0], c.command[1:]...)
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c.name, err, said.Bytes()[max(0, said.Len()-2000):])
	}
	state := cmd.ProcessState
	cost := cost{cpu: state.UserTime() + state.SystemTime(), wall: time.Since(start)}
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		cost.peak = int64(usage.Maxrss)
	}
	c.runs = append(c.runs, cost)
	return nil
}

// report prints medians, and ratios to the first contender's.
func report(c corpus, contenders []contender) {
	fmt.Printf("%d pages, seed %d, chapters of %d; medians of %d runs in turn\n\n", c.pages, c.seed, c.chapter, len(contenders[0].runs))
	fmt.Println("| | CPU s | ÷ floor | ÷ benchbook | wall s | peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
	base, full := median(contenders[0].runs), median(contenders[1].runs)
	for _, x := range contenders {
		m := median(x.runs)
		fmt.Printf("| %s | %.2f | %.2f | %.3f | %.2f | %d |\n", x.name, m.cpu.Seconds(), m.cpu.Seconds()/base.cpu.Seconds(),
			m.cpu.Seconds()/full.cpu.Seconds(), m.wall.Seconds(), m.peak/1024)
	}
}

// median takes each figure's middle by itself.
func median(runs []cost) cost {
	var cpu, wall []time.Duration
	var peak []int64
	for _, r := range runs {
		cpu, wall, peak = append(cpu, r.cpu), append(wall, r.wall), append(peak, r.peak)
	}
	slices.Sort(cpu)
	slices.Sort(wall)
	slices.Sort(peak)
	return cost{cpu[len(cpu)/2], wall[len(wall)/2], peak[len(peak)/2]}
}
