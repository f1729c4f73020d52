// Package diag holds what benchbook says about its user's input: a position in
// a file, a message in both languages, a hint, notes that point elsewhere, and
// the sorted list of all of them.
//
// Every room that reads something takes a *List and adds to it; nobody stops at
// the first problem and nobody prints. The command prints the list once, as
// text with the source line and a caret, or as one JSON object a line. Problems
// of the world (disk, network, browser) are plain Go errors and never come here;
// caveats about a number are warnings of its cell and never come here either.
//
// The package knows nothing else of benchbook.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Severity says whether a finding stops the build.
type Severity int

// An Error stops the build before anything is written; a Warning does not.
const (
	Error Severity = iota
	Warning
)

// String gives the word that both output forms print.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Text is a message in both languages of the program.
type Text struct {
	zh, en string
	args   []any
}

// T makes a message from a Chinese and an English format and their common
// arguments (both use the same verbs in the same order, or indexed verbs).
func T(zh, en string, args ...any) Text { return Text{zh, en, args} }

// In renders the message in a language: "en", or Chinese for everything else.
func (t Text) In(lang string) string {
	format := t.zh
	if lang == "en" {
		format = t.en
	}
	if len(t.args) == 0 {
		return strings.ReplaceAll(format, "%%", "%") // a lone % of a text without arguments stays
	}
	return fmt.Sprintf(format, t.args...)
}

// MarshalBinary stores the text as it reads in both languages.
func (t Text) MarshalBinary() ([]byte, error) {
	return []byte(t.In("zh") + "\x00" + t.In("en")), nil
}

// UnmarshalBinary reads what MarshalBinary stored.
func (t *Text) UnmarshalBinary(data []byte) error {
	zh, en, ok := strings.Cut(string(data), "\x00")
	if !ok {
		return errors.New("diag: no stored text")
	}
	literal := strings.NewReplacer("%", "%%")
	*t = Text{zh: literal.Replace(zh), en: literal.Replace(en)}
	return nil
}

// IsZero reports whether nothing is said.
func (t Text) IsZero() bool { return t.zh == "" && t.en == "" }

// Pos is a place in a user's file. File is relative to the site, with forward
// slashes. Line and Column count from 1, Column in characters (code points);
// 0 means unknown. A spreadsheet cell is named in Cell ("门店月报!C17") instead.
type Pos struct {
	File         string
	Line, Column int
	Cell         string
}

// String is the clickable form: file:line:column, or file!sheet cell.
func (p Pos) String() string {
	switch {
	case p.Cell != "":
		return p.File + ":" + p.Cell
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// At makes a position in a text file.
func At(file string, line, column int) Pos { return Pos{File: file, Line: line, Column: column} }

// Note points at a second place that explains the first.
type Note struct {
	Pos  Pos
	Text Text
}

// Diagnostic is one finding.
type Diagnostic struct {
	Code     string // stable, listed in Codes, as in "schema.range"
	Severity Severity
	Pos      Pos
	Width    int    // characters that the caret underlines; 0 means 1
	Excerpt  string // the source line where the reader had to decode it; else it is read from the file
	Message  Text
	Hint     Text
	Notes    []Note
}

// List collects findings from many goroutines. The zero List is ready.
type List struct {
	mu    sync.Mutex
	items []Diagnostic
}

// Add takes a finding.
func (l *List) Add(d Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = append(l.items, d)
}

// Errorf adds an error without hint or notes.
func (l *List) Errorf(code string, pos Pos, message Text) {
	l.Add(Diagnostic{Code: code, Severity: Error, Pos: pos, Message: message})
}

// Warnf adds a warning without hint or notes.
func (l *List) Warnf(code string, pos Pos, message Text) {
	l.Add(Diagnostic{Code: code, Severity: Warning, Pos: pos, Message: message})
}

// HasErrors reports whether a finding stops the build.
func (l *List) HasErrors() bool { return l.count(Error) > 0 }

// Errors counts the findings that stop the build.
func (l *List) Errors() int { return l.count(Error) }

// HasErrorAt reports whether an error stands at a place already, so that a later
// room need not say it again.
func (l *List) HasErrorAt(pos Pos) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.items, func(d Diagnostic) bool { return d.Severity == Error && d.Pos == pos })
}

// Warnings counts the findings that do not stop it.
func (l *List) Warnings() int { return l.count(Warning) }

func (l *List) count(s Severity) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.items {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Sorted gives the findings by file, line, column, cell, code and message,
// without exact repeats, so that what people see does not depend on goroutines.
func (l *List) Sorted() []Diagnostic {
	l.mu.Lock()
	out := slices.Clone(l.items)
	l.mu.Unlock()
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Pos.File, b.Pos.File),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		compareCells(a.Pos.Cell, b.Pos.Cell),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message.In("en"), b.Message.In("en")),
	)
}

// compareCells orders "S!C9" before "S!C17", as a person reads a sheet.
func compareCells(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
