package schema

import (
	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// State says whether a cell holds a value, or which kind of nothing it is.
type State int

// The states. The zero State is that of fields nobody asked for.
const (
	Unread   State = iota // not decoded: outside the projection, or personal
	Present               // a value
	Blank                 // asked, not answered
	NotAsked              // the respondent was led past the question
	Refused               // would not say
	Invalid               // not a value of the type; a diagnostic says so
)

// Value is one decoded cell.
type Value struct {
	State  State
	Number float64 // integer, number: the value, shares as 0–1; boolean: 1 or 0; dates: days since 1970-01-01
	Text   string  // string: trimmed; dates: YYYY-MM-DD or YYYY-MM-DDThh:mm:ss; else ""
	Codes  []int   // indexes into Categories, in the order of the cell; len(Categories) stands for Other
}

// Record is one decoded row.
type Record struct {
	Row    int     // line or sheet row
	Values []Value // by index into Dictionary.Fields
}

// Decoder turns rows into records.
type Decoder struct{}

// Decoder finds the dictionary's columns in a file's header.
func (d *Dictionary) Decoder(header []string, l *diag.List) (*Decoder, bool) { return nil, false }

// Use limits decoding to the named fields; without it all are decoded.
func (dec *Decoder) Use(fields ...string) {}

// Decode fills rec from a row; rec and its slices are used again at the next call.
func (dec *Decoder) Decode(row dataset.Row, rec *Record) {}

// Rows streams the records of all resources of a dataset, in order. Site is the
// site's folder on disk. Fields limits decoding to those names (nil = all). An
// error of each ends the pass and is returned; otherwise errors are the world's.
func Rows(site string, d *Dictionary, fields []string, l *diag.List, each func(*Record) error) error {
	return nil
}

// Load reads data/NAME/dataset.toml.
func Load(file string, src []byte, l *diag.List) (*Dictionary, bool) { return nil, false }
