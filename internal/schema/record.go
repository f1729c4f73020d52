package schema

// State says whether a cell holds a value, or which kind of nothing it is.
type State uint8

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
	Exact  bool // Number is Digits ÷ 10^Places as the source wrote it
	Places int16
	Symbol int32 // equal texts of one field have one symbol, as long as one goroutine decodes them; 0 = none
	Digits int64
	Number float64 // integer, number: the value, shares as 0–1; boolean: 1 or 0; dates: days since 1970-01-01
	Text   string  // string: trimmed (a category's value too); dates: YYYY-MM-DD, YYYY-MM or YYYY-MM-DDThh:mm:ss; else ""
	Codes  []int   // indexes into Categories, in the order of the cell; len(Categories) stands for Other
}

// Record is one decoded row.
type Record struct {
	File   int     // index into Dictionary.Resources
	Row    int     // line or sheet row
	Values []Value // by index into Dictionary.Fields
	Times  int     // how many rows of a database it stands for; 0 = it is one row
	Totals []Total // sums over those rows, of fields that have no value here
}

// Pair is two fields whose numbers are summed over the rows that have both. Of
// an unsigned one, rows with a negative number, or with something of nothing (A
// over a B of 0), are counted as invalid and left out.
type Pair struct {
	A, B   string
	Signed bool
}

// Total is a Pair added up; A and B are decimal texts.
type Total struct {
	Pair                   Pair
	Rows, Missing, Invalid int
	A, B                   string
}

// Total finds the sums of a pair.
func (rec *Record) Total(p Pair) *Total {
	for i := range rec.Totals {
		if rec.Totals[i].Pair == p {
			return &rec.Totals[i]
		}
	}
	return nil
}

// Rows is how many rows the record stands for.
func (rec *Record) Rows() int { return max(rec.Times, 1) }

// reset makes every value Unread and keeps the memory.
func (rec *Record) reset(row, fields int) {
	rec.Row = row
	if len(rec.Values) != fields {
		rec.Values = make([]Value, fields)
	}
	for i := range rec.Values {
		rec.Values[i] = Value{Codes: rec.Values[i].Codes[:0]}
	}
}

// Printed is a category as readers see it.
func (c Category) Printed() string {
	if c.Label != "" {
		return c.Label
	}
	return c.Value
}

// Option is the printed name of a code, Other included.
func (f *Field) Option(code int) string {
	if code >= 0 && code < len(f.Categories) {
		return f.Categories[code].Printed()
	}
	return f.Other
}
