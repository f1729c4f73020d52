// Package config reads TOML strictly: every key must be known, every value of
// the right type, and whatever is wrong is said at once, with the line and the
// column in characters where it stands, and what was probably meant.
//
// In: the bytes of a file and a pointer to a struct with `toml` tags. Out: the
// filled struct, and a Source that knows where each key and value was written,
// so that the rooms above can point at them too. It refuses to know what any
// key means.
//
// The TOML library checks the syntax and gives plain values; it has no
// positions for unknown keys and stops at the first wrong type. So positions
// come from a scanner of our own (scan.go) and the struct is filled by our own
// decoder (decode.go), which goes on after a mistake.
package config

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"benchbook/internal/diag"
)

// Source knows where the keys and values of one file stand.
type Source struct {
	file  string
	text  string
	lines []int // byte offsets of line starts
	root  *node
}

// Decode reads a TOML file into a struct with `toml:"name"` tags and adds every
// problem to l. File is the name relative to the site; ok is false when
// anything was an error, and then into may be filled in part. Fields without a
// tag are left alone. A struct that has a field tagged `toml:"name,bare"` may be
// written as that field's value alone. The Source is never nil.
//
// Text that is a part of a file (front matter) is padded with as many newlines
// as lines stand before it.
func Decode(file string, src []byte, into any, l *diag.List) (*Source, bool) {
	s := newSource(file, string(bytes.TrimPrefix(src, []byte("\ufeff"))))
	root, deep := scan(s.text)
	s.root = root
	if deep != (span{}) {
		s.syntax(deep, diag.T("表或数组嵌套超过 %d 层", "tables or arrays are nested more than %d deep", maxDepth), l)
		return s, false
	}
	var values map[string]any
	if err := toml.Unmarshal([]byte(s.text), &values); err != nil {
		s.libraryError(err, l)
		return s, false
	}
	d := decoder{source: s, list: l, ok: true}
	d.value(reflect.ValueOf(into).Elem(), values, nil)
	return s, d.ok
}

func newSource(file, text string) *Source {
	s := &Source{file: file, text: text, lines: []int{0}, root: &node{}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// libraryError passes on what the TOML library found, in characters.
func (s *Source) libraryError(err error, l *diag.List) {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		s.syntax(span{}, diag.T("TOML 语法错误：%s", "TOML syntax: %s", err.Error()), l)
		return
	}
	start := min(max(parse.Position.Start, 0), len(s.text))
	end := min(start+max(parse.Position.Len, 1), len(s.text))
	s.syntax(span{start, max(start, end)}, diag.T("TOML 语法错误：%s", "TOML syntax: %s", parse.Message), l)
}

func (s *Source) syntax(at span, message diag.Text, l *diag.List) {
	pos, width := s.place(at)
	l.Add(diag.Diagnostic{Code: "config.syntax", Pos: pos, Width: width, Message: message})
}

// Pos is the place of a key: Pos("field", 3, "type") is where `type` is
// written in the fourth [[field]] table; for a table it is the header. A key that is
// absent gives the place of its nearest ancestor that is there.
func (s *Source) Pos(path ...any) diag.Pos {
	pos, _ := s.place(s.find(path).key)
	return pos
}

// Value is the place of a key's value and its width in characters (to the end
// of the first line). A key that is absent gives the place of its nearest
// ancestor's key.
func (s *Source) Value(path ...any) (diag.Pos, int) {
	n := s.find(path)
	if !s.Has(path...) {
		return s.place(n.key)
	}
	return s.place(n.value)
}

// Has reports whether a key was written.
func (s *Source) Has(path ...any) bool {
	n := s.root
	for _, step := range path {
		if n = n.step(step); n == nil {
			return false
		}
	}
	return true
}

// find goes down as far as the path leads.
func (s *Source) find(path []any) *node {
	n := s.root
	for _, step := range path {
		next := n.step(step)
		if next == nil {
			break
		}
		n = next
	}
	return n
}

func (n *node) step(step any) *node {
	switch step := step.(type) {
	case string:
		return n.children[step]
	case int:
		if step >= 0 && step < len(n.items) {
			return n.items[step]
		}
	}
	return nil
}

// place turns bytes into line, column and width in characters. The root, which
// has no place of its own, is the file as a whole.
func (s *Source) place(at span) (diag.Pos, int) {
	if at == (span{}) {
		return diag.Pos{File: s.file}, 0
	}
	line := 0
	for lo, hi := 0, len(s.lines); lo < hi; {
		mid := (lo + hi) / 2
		if s.lines[mid] <= at.start {
			line, lo = mid, mid+1
		} else {
			hi = mid
		}
	}
	text := s.text[at.start:at.end]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = strings.TrimSuffix(text[:i], "\r")
	}
	column := utf8.RuneCountInString(s.text[s.lines[line]:at.start]) + 1
	return diag.At(s.file, line+1, column), utf8.RuneCountInString(text)
}
