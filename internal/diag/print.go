package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// MaxRepeats is how many findings of one code in one file are printed in full;
// the rest are counted in one line, since a broken column would bury the others.
const MaxRepeats = 20

// Printer writes findings for people or machines.
type Printer struct {
	Lang   string                            // "zh" or "en"
	Color  bool                              // terminal colours
	Source func(file string) ([]byte, error) // reads a user's file for the excerpt; nil prints none
	lines  map[string][]string
}

// Text prints the whole list for people.
func (p *Printer) Text(w io.Writer, list []Diagnostic) error {
	seen := map[[2]string]int{}
	for _, d := range list {
		seen[[2]string{d.Code, d.Pos.File}]++
	}
	printed := map[[2]string]int{}
	for _, d := range list {
		key := [2]string{d.Code, d.Pos.File}
		printed[key]++
		if printed[key] <= MaxRepeats {
			if _, err := io.WriteString(w, p.format(d)); err != nil {
				return err
			}
			continue
		}
		if printed[key] == MaxRepeats+1 {
			more := T("%s：另有 %d 条同类问题  [%s]\n", "%s: %d more of the same  [%s]\n", d.Pos.File, seen[key]-MaxRepeats, d.Code)
			if _, err := io.WriteString(w, more.In(p.Lang)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Printer) format(d Diagnostic) string {
	var b strings.Builder
	where := d.Pos.String()
	if where != "" {
		where += ": "
	}
	fmt.Fprintf(&b, "%s%s %s  [%s]\n", where, p.paint(d.Severity), d.Message.In(p.Lang), d.Code)
	b.WriteString(p.excerpt(d))
	if !d.Hint.IsZero() {
		fmt.Fprintf(&b, "  %s %s\n", T("提示：", "hint:").In(p.Lang), d.Hint.In(p.Lang))
	}
	for _, n := range d.Notes {
		where := n.Pos.String()
		if where != "" {
			where += ": "
		}
		fmt.Fprintf(&b, "  %s %s%s\n", T("说明：", "note:").In(p.Lang), where, n.Text.In(p.Lang))
	}
	return b.String()
}

func (p *Printer) paint(s Severity) string {
	word := T("错误：", "error:")
	color := "\x1b[1;31m"
	if s == Warning {
		word, color = T("警告：", "warning:"), "\x1b[1;33m"
	}
	if !p.Color {
		return word.In(p.Lang)
	}
	return color + word.In(p.Lang) + "\x1b[0m"
}

// excerptLimit keeps a 10,000-character line from filling the screen.
const excerptLimit = 120

func (p *Printer) excerpt(d Diagnostic) string {
	line := d.Excerpt
	if line == "" && d.Pos.Line > 0 {
		line = p.line(d.Pos.File, d.Pos.Line)
	}
	if line == "" {
		return ""
	}
	runes, column := []rune(line), max(d.Pos.Column, 1)
	start := 0
	if column > excerptLimit-20 {
		start = min(column-excerptLimit/2, len(runes))
	}
	end := min(start+excerptLimit, len(runes))
	shown := visible(runes[start:end])
	gutter := fmt.Sprintf("%7d | ", d.Pos.Line)
	out := gutter + string(shown) + "\n"
	if d.Pos.Column == 0 || column-1 < start || column-1 > end {
		return out
	}
	at := min(column-1-start, len(shown))
	to := min(at+max(d.Width, 1), len(shown))
	carets := strings.Repeat("^", max(DisplayWidth(string(shown[at:to])), 1))
	return out + strings.Repeat(" ", 8) + "| " + strings.Repeat(" ", DisplayWidth(string(shown[:at]))) + carets + "\n"
}

// visible replaces control and bidirectional characters, which would move the caret or
// turn the line around on a terminal.
func visible(runes []rune) []rune {
	out := make([]rune, len(runes))
	for i, r := range runes {
		switch {
		case r == '\t':
			out[i] = ' '
		case r < 0x20 || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			out[i] = '\ufffd'
		default:
			out[i] = r
		}
	}
	return out
}

func (p *Printer) line(file string, n int) string {
	if p.Source == nil {
		return ""
	}
	if p.lines == nil {
		p.lines = map[string][]string{}
	}
	lines, ok := p.lines[file]
	if !ok {
		if src, err := p.Source(file); err == nil && utf8.Valid(src) {
			lines = strings.Split(strings.TrimPrefix(string(src), "\ufeff"), "\n")
		}
		p.lines[file] = lines
	}
	if n > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[n-1], "\r")
}

// DisplayWidth counts terminal columns: two for East Asian wide and full-width
// characters, none for combining marks.
func DisplayWidth(s string) (n int) {
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if r >= 0x300 && r <= 0x36f || r == 0x200b || r == 0xfeff {
				continue
			}
			n++
		}
	}
	return n
}

type jsonNote struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type jsonDiagnostic struct {
	Code     string     `json:"code"`
	Severity string     `json:"severity"`
	File     string     `json:"file"`
	Line     int        `json:"line"`
	Column   int        `json:"column"`
	Cell     string     `json:"cell"`
	Message  string     `json:"message"`
	Hint     string     `json:"hint"`
	Notes    []jsonNote `json:"notes"`
}

// JSON prints one object a line, all of the list.
func (p *Printer) JSON(w io.Writer, list []Diagnostic) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range list {
		out := jsonDiagnostic{d.Code, d.Severity.String(), d.Pos.File, d.Pos.Line, d.Pos.Column, d.Pos.Cell,
			d.Message.In(p.Lang), d.Hint.In(p.Lang), []jsonNote{}}
		for _, n := range d.Notes {
			out.Notes = append(out.Notes, jsonNote{n.Pos.File, n.Pos.Line, n.Pos.Column, n.Text.In(p.Lang)})
		}
		if err := enc.Encode(out); err != nil {
			return err
		}
	}
	return nil
}
