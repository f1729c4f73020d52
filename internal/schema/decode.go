package schema

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// Decoder turns rows of one file into records and checks them. It is for one
// goroutine.
type Decoder struct {
	dictionary *Dictionary
	list       *limited
	columns    []column // one a field that is read
	unique     map[int]map[string]int
	memos      map[int]*memo // by field
	header     []string
	checking   bool          // cells that point at persons are findings
	failed     bool          // the cell at hand had a finding
	part       *dataset.Part // that is decoded, at
	at         int
	single     dataset.Row // where there is no part
	where      diag.Pos    // of what has no rows; else none
}

// report tells a finding at the cell in a column.
func (dec *Decoder) report(col int, d diag.Diagnostic) {
	if dec.where.File != "" {
		d.Pos = dec.where
		dec.list.Add(d)
		return
	}
	dec.row().Report(col, d, dec.list.Add)
}

// row is the row at hand, with the places of its cells.
func (dec *Decoder) row() dataset.Row {
	if dec.part != nil {
		return dec.part.Row(dec.at)
	}
	return dec.single
}

func (dec *Decoder) line() int {
	if dec.part != nil {
		return dec.part.Line(dec.at)
	}
	return dec.single.Line
}

// column is a field, its place in the file and its look-up tables.
type column struct {
	field  int
	at     int
	codes  map[string]int   // category text to index
	kinds  map[string]State // texts that are a kind of nothing
	format *dateFormat
	wanted bool
	first  [4]uint64 // which first bytes a kind of nothing has
	memo   *memo
	found  entries
}

// nothing says which kind of nothing a text is.
func (c *column) nothing(text string) (State, bool) {
	if text == "" {
		return c.kinds[""], true
	}
	if c.first[text[0]>>6]>>(text[0]&63)&1 == 0 {
		return Present, false
	}
	state, is := c.kinds[text]
	return state, is
}

// Decoder finds the dictionary's columns in a file's header. A column that is
// missing or there twice is an error; columns that the dictionary does not name
// are left alone. The error's position is the field's, in dataset.toml.
func (d *Dictionary) Decoder(header []string, l *diag.List) (*Decoder, bool) {
	dec := &Decoder{dictionary: d, list: &limited{list: l}, memos: map[int]*memo{}}
	return dec, dec.bind(header, l)
}

// bind finds the columns in another file's header and keeps what was learnt of texts.
func (dec *Decoder) bind(header []string, l *diag.List) bool {
	d, ok := dec.dictionary, true
	dec.columns, dec.unique, dec.header = dec.columns[:0], map[int]map[string]int{}, header
	d.personalNames(header, l)
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Role == RolePersonal {
			continue
		}
		at, found := findColumn(f, header, l)
		if !found {
			ok = false
			continue
		}
		column := d.column(f, i, at)
		column.memo = dec.memo(f, i)
		dec.columns = append(dec.columns, column)
		if f.Constraint.Unique {
			dec.unique[i] = map[string]int{}
		}
	}
	return ok
}

func findColumn(f *Field, header []string, l *diag.List) (at int, ok bool) {
	want := headerText(f.Column)
	at = slices.Index(header, want)
	if at < 0 {
		l.Add(diag.Diagnostic{Code: "schema.column_missing", Pos: f.Pos, Hint: diag.DidYouMean(want, header),
			Message: diag.T("文件里没有列 %q（字段 %q）", "the file has no column %q (field %q)", want, f.Name)})
		return at, false
	}
	if again := slices.Index(header[at+1:], want); again >= 0 {
		l.Add(diag.Diagnostic{Code: "schema.column_repeated", Pos: f.Pos,
			Message: diag.T("列 %q 在表头里出现两次（第 %d 列和第 %d 列）", "column %q is in the header twice (columns %d and %d)", want, at+1, at+again+2),
			Hint:    diag.T("给其中一列改名", "rename one of them")})
		return at, false
	}
	return at, true
}

// headerText brings a column name to the form in which package dataset gives headers.
func headerText(s string) string { return strings.Join(strings.Fields(s), " ") }

func (d *Dictionary) column(f *Field, i, at int) column {
	c := column{field: i, at: at, wanted: true, codes: map[string]int{}, kinds: map[string]State{"": Blank}}
	for j, cat := range f.Categories {
		c.codes[clean(cat.Value)] = j
	}
	for _, set := range []struct {
		texts []string
		state State
	}{{d.Missing, Blank}, {f.Missing, Blank}, {d.Skipped, NotAsked}, {f.Skipped, NotAsked}, {d.Refused, Refused}} {
		for _, text := range set.texts {
			c.kinds[clean(text)] = set.state
		}
	}
	for text := range c.kinds {
		if text != "" {
			c.first[text[0]>>6] |= 1 << (text[0] & 63)
		}
	}
	if f.dated() {
		c.format = newDateFormat(f.Format)
	}
	return c
}

// Use limits decoding to the named fields; without it all are decoded. Names
// that are no fields are ignored: whoever holds them reports them with a place.
func (dec *Decoder) Use(fields ...string) {
	for i := range dec.columns {
		name := dec.dictionary.Fields[dec.columns[i].field].Name
		dec.columns[i].wanted = slices.Contains(fields, name)
	}
}

// Decode fills rec from a row; rec and its slices are used again at the next
// call. What is wrong with a cell goes to the list and makes its value Invalid.
func (dec *Decoder) Decode(row dataset.Row, rec *Record) {
	rec.reset(row.Line, len(dec.dictionary.Fields))
	dec.part, dec.single = nil, row
	for i := range dec.columns {
		if c := &dec.columns[i]; c.wanted && c.at < len(row.Values) {
			dec.text(c, &rec.Values[c.field], row.Values[c.at])
		}
	}
}

// text decodes one cell.
func (dec *Decoder) text(c *column, v *Value, raw string) {
	*v = Value{}
	text := clean(raw)
	cell{&dec.dictionary.Fields[c.field], c, dec}.decode(v, text)
	if dec.checking && !v.Exact && couldBePersonal(raw) {
		dec.personal(c.at, raw)
	}
	if seen := dec.unique[c.field]; seen != nil && v.State == Present {
		cell{&dec.dictionary.Fields[c.field], c, dec}.once(seen, text)
	}
}

// clean trims a cell: white space of every kind, line ends, and marks that
// cannot be seen.
func clean(s string) string {
	if n := len(s); n > 0 && visible(s[0]) && (visible(s[n-1]) && s[n-1] < utf8.RuneSelf || n >= 3 && visible(s[n-3]) && s[n-3] >= utf8.RuneSelf) {
		return s // as nearly all cells are
	}
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060'
	})
}

// visible says that a byte begins a character that is no space: of ASCII, or a
// Chinese one, of three bytes.
func visible(b byte) bool { return b > ' ' && b < 0x7f || b >= 0xe4 && b <= 0xe9 }
