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
	"benchbook/internal/diag"
)

// Date is a day as YYYY-MM-DD, written in TOML as a local date or as text.
type Date string

// Source knows where the keys and values of one file stand.
type Source struct {
	file string
	text []byte
	root *node
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
	return nil, false
}

// Pos is the place of a key: Pos("field", 3, "type") is where `type` is
// written in the fourth [[field]] table (for a table, its header). A key that is
// absent gives the place of its nearest ancestor that is there.
func (s *Source) Pos(path ...any) diag.Pos { return diag.Pos{File: s.file} }

// Value is the place of a key's value and its width in characters (0 for
// values of several lines). A key that is absent gives the place of its nearest ancestor.
func (s *Source) Value(path ...any) (diag.Pos, int) { return diag.Pos{File: s.file}, 0 }

type node struct{}
