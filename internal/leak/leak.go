// Package leak searches finished bytes for what must not be in them: values of
// personal columns, names and ids of contributors, numbers of single
// contributors and of withheld cells.
//
// In: secrets, added one at a time, then files as they are about to be
// published. Out: findings with the file, the place in it and the kind of
// secret, never the secret. It looks behind every wrapping that it knows: zip
// and gzip members, PNG text chunks, PDF streams and strings, HTML entities,
// percent, JSON, CSS and base64 forms, UTF-16, full-width letters, tags and
// spaces in the midst of a word. It knows nothing of datasets and pages.
//
// What can be searched for is what is not in every text by chance. A secret is
// taken when it has at least 3 Han characters, 6 letters and digits mixed, 8
// letters or 8 figures; a number when it has at least 8 significant figures.
// Others are counted, not searched; dates are no secrets.
//
// Secrets are kept as 64-bit hashes, 24 bytes for each, in a table of the hashes
// of their first six bytes; one pass over the bytes finds all of them. Two
// different texts with one hash are a false alarm of one in 10^12 for a site of
// a gigabyte and a million secrets.
package leak

import (
	"cmp"
	"fmt"
	"slices"
	"sync/atomic"
)

// Kind says what a secret is.
type Kind string

// The kinds.
const (
	Personal    Kind = "personal"    // value of a personal column
	Contributor Kind = "contributor" // name or id of a contributor or its owner
	Amount      Kind = "amount"      // number of one contributor
	Withheld    Kind = "withheld"    // number of a withheld cell
)

// Finding is a secret in a file.
type Finding struct {
	File  string
	Place string // where inside: "base64", "member xl/workbook.xml"; "" = plain in the file
	Line  int    // in the file, where the secret stands plain; 0 = unknown
	Kind  Kind
	From  string // what the secret was taken from: dataset and field, or cell
	Hint  string // the secret, masked: 138*****678
}

// Scanner holds secrets. Add, then Scan from any number of goroutines.
type Scanner struct {
	texts   index
	numbers map[string]secret
	allowed map[string]bool
	skipped int
	froms   []string
	fromAt  map[string]int
	scanned atomic.Int64
}

// secret says what was hidden behind a hash.
type secret struct {
	kind Kind
	from int
}

// New makes an empty scanner.
func New() *Scanner {
	return &Scanner{numbers: map[string]secret{}, allowed: map[string]bool{}, fromAt: map[string]int{}}
}

// Allow takes a text that may be published although it is a secret's value.
func (s *Scanner) Allow(text string) {
	s.allowed[fold(text)] = true
}

// Add takes the text of a cell as a secret; searched is false where it is too
// short or too common a form to be told from ordinary text.
func (s *Scanner) Add(kind Kind, from, text string) (searched bool) {
	folded := fold(text)
	if s.allowed[folded] {
		return false
	}
	if !searchable(folded) {
		s.skipped++
		return false
	}
	found := secret{kind, s.source(from)}
	s.texts.add(folded, found)
	if tight, ok := tightForm(folded); ok && tight != folded {
		s.texts.add(tight, found)
	}
	return true
}

// AddNumber takes a number as a secret, in whatever form and scale it is written.
func (s *Scanner) AddNumber(kind Kind, from string, x float64) (searched bool) {
	for _, key := range secretKeys(x) {
		if _, known := s.numbers[key]; !known {
			s.numbers[key] = secret{kind, s.source(from)}
		}
		searched = true
	}
	if !searched {
		s.skipped++
	}
	return searched
}

// Publish takes back numbers that are published elsewhere with good reason: the
// median of an odd number of amounts is one contributor's amount.
func (s *Scanner) Publish(x float64) {
	for _, key := range secretKeys(x) {
		delete(s.numbers, key)
	}
}

func (s *Scanner) source(from string) int {
	i, known := s.fromAt[from]
	if !known {
		i = len(s.froms)
		s.froms, s.fromAt[from] = append(s.froms, from), i
	}
	return i
}

// Size is how many secrets are searched for, and how many could not be.
func (s *Scanner) Size() (searched, skipped int) { return s.texts.len() + len(s.numbers), s.skipped }

// Scanned is how many bytes were searched, all wrappings included.
func (s *Scanner) Scanned() int64 { return s.scanned.Load() }

// mostFindings bounds what is reported of one file.
const mostFindings = 20

// Scan searches a file and its name. Findings are in the order of the places
// and without repeats, at most mostFindings.
func (s *Scanner) Scan(file string, data []byte) []Finding { return s.scan(file, data, false) }

// ScanTexts is Scan without the search for numbers, for files that are no data:
// a program's constants are nobody's amounts.
func (s *Scanner) ScanTexts(file string, data []byte) []Finding { return s.scan(file, data, true) }

func (s *Scanner) scan(file string, data []byte, texts bool) []Finding {
	if s.texts.len() == 0 && len(s.numbers) == 0 {
		return nil
	}
	p := &probe{scanner: s, file: file, texts: texts}
	p.text("name", []byte(file))
	p.look("", data, 0)
	slices.SortStableFunc(p.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Line, b.Line), cmp.Compare(a.From, b.From), cmp.Compare(a.Hint, b.Hint))
	})
	found := slices.Compact(p.found)
	return found[:min(len(found), mostFindings)]
}

// mask shows so little of a secret that a person who has it knows which it is.
func mask(text string) string {
	r := []rune(text)
	keep := min(len(r)/4, 2)
	return fmt.Sprintf("%s…%s", string(r[:keep]), string(r[len(r)-keep:]))
}
