package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// block is one piece of the manual that a reader is told to type.
type block struct {
	file  string
	line  int
	lines []string
}

// blocks finds the fenced blocks that call the program: a shell's language, or a prompt.
func blocks(t *testing.T, file string) (found []block) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var open *block
	for i, line := range strings.Split(string(src), "\n") {
		switch {
		case open == nil && strings.HasPrefix(line, "```"):
			open = &block{file: filepath.Base(file), line: i + 1, lines: []string{strings.TrimPrefix(line, "```")}}
		case open != nil && strings.HasPrefix(line, "```"):
			language, text := open.lines[0], strings.Join(open.lines[1:], "\n")
			if open.lines = open.lines[1:]; (language == "sh" || language == "console") && strings.Contains(text, "benchbook ") || strings.Contains("\n"+text, "\n$ benchbook ") {
				found = append(found, *open)
			}
			open = nil
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	return found
}

// TestManual types every block of the readmes and the handbook that calls the
// program, each in a fresh copy of the sample project, and holds it to end well
// and, where the block shows what is printed, to print that.
func TestManual(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "content", "handbook", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	english, err := filepath.Glob(filepath.Join("..", "..", "content", "handbook", "en", "*.md"))
	if err != nil || len(english) < 9 {
		t.Fatal(err, english)
	}
	commands := 0
	for _, file := range append(append(files, english...), filepath.Join("..", "..", "README.md"), filepath.Join("..", "..", "README.zh-CN.md")) {
		for _, b := range blocks(t, file) {
			t.Run(fmt.Sprintf("%s:%d", b.file, b.line), func(t *testing.T) { commands += typed(t, b) })
		}
	}
	if commands < 15 {
		t.Errorf("only %d commands in the whole manual", commands)
	}
}

// typed runs the commands of a block in order and counts those of the program.
func typed(t *testing.T, b block) (commands int) {
	dir := filepath.Join(t.TempDir(), "project")
	copyProject(t, filepath.Join("..", ".."), dir)
	t.Chdir(dir)
	t.Setenv(passwordVariable, "梅雨-纸鹤-灯塔-七十二")
	for i, line := range b.lines {
		line, prompted := strings.CutPrefix(line, "$ ")
		printed := ""
		for part := range strings.SplitSeq(line, "&&") {
			words := strings.Fields(strings.Replace(part, "go run ./cmd/benchbook", "benchbook", 1))
			switch {
			case len(words) == 2 && words[0] == "cd":
				t.Chdir(words[1])
			case len(words) > 1 && words[0] == "benchbook":
				commands++
				printed += enter(t, words[1:])
			case len(words) > 0 && !prompted && !strings.HasPrefix(words[0], "#") && !shownBelow(b.lines[:i]) && words[0] != "git" && words[0] != "go":
				t.Errorf("line %d: %q is no command that this test can run", b.line+i+1, part)
			}
		}
		if want := below(b.lines[i+1:]); prompted && want != "" && !strings.Contains(printed, want) {
			t.Errorf("line %d: %q prints\n%s\nthe manual says\n%s", b.line+i+1, line, printed, want)
		}
	}
	return commands
}

// shownBelow reports whether a line stands under a prompt, and so is what the command prints.
func shownBelow(before []string) bool {
	for _, line := range before {
		if strings.HasPrefix(line, "$ ") {
			return true
		}
	}
	return false
}

// below is what a block shows under a prompt, up to the next one.
func below(lines []string) string {
	for i, line := range lines {
		if strings.HasPrefix(line, "$ ") {
			lines = lines[:i]
			break
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// enter runs one command of the manual; exports that it names are made first.
func enter(t *testing.T, args []string) string {
	t.Helper()
	for _, word := range args {
		if _, err := os.Stat(word); err != nil && (strings.HasSuffix(word, ".csv") || strings.HasSuffix(word, ".xlsx") || strings.HasSuffix(word, ".zip")) {
			writeExport(t, word)
		}
	}
	ctx := t.Context()
	if args[0] == "serve" { // which ends when it is told to
		args = append(args, "--addr", "127.0.0.1:0")
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 500*time.Millisecond)
		defer cancel()
	}
	var stdout, stderr bytes.Buffer
	if code := run(ctx, append(args, "--lang", "zh"), &stdout, &stderr); code != exitDone {
		t.Errorf("benchbook %s: exit code %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
	return stdout.String() + stderr.String()
}

// exportRows is an export as a survey platform writes it.
func exportRows() [][]string {
	rows := [][]string{{"序号", "所在行业", "团队人数", "在用的工具"}}
	for i := range 40 {
		rows = append(rows, []string{fmt.Sprint(i + 1), []string{"美妆", "食品"}[i%2], fmt.Sprint(1 + i*7%20), []string{"企业微信┋SCRM", "表格"}[i%3%2]})
	}
	return rows
}

func writeExport(t *testing.T, name string) {
	t.Helper()
	var data []byte
	text := ""
	for _, row := range exportRows() {
		text += strings.Join(row, ",") + "\n"
	}
	switch {
	case filepath.Base(name) == "codebook.csv":
		data = []byte("column,question,kind\n所在行业,您所在的行业？,single\n")
	case strings.HasSuffix(name, ".csv"):
		data = []byte(text)
	case strings.HasSuffix(name, ".zip"):
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("rows.csv")
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	default:
		data = sheet(t)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func sheet(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range exportRows() {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
