package intake

import (
	"errors"
	"fmt"
	"hash/maphash"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// source is the raw export: one file, or several batches of one survey whose
// rows follow one another.
type source struct {
	paths  []string
	read   []dataset.Options // as decided, one a file
	header []string          // of the first file, one name a column
	cells  [][]string        // the header rows of every column
	keyed  []int             // columns by which a row is known again in another batch; none = it is not
	totals totals            // which rows are passed over; the zero totals finds none
	units  []string          // units of the columns, where the first row holds them; nil = it holds data
	left   [reasons]leftRows // rows that are no data, of the last pass
	twice  int               // rows that another batch had, of the last pass
	about  []int             // columns that say which answer a row is: its number, its times
}

// open opens a file as it was decided, or decides.
func (s *source) open(i int, want dataset.Options, l *diag.List) (*dataset.Reader, error) {
	if i < len(s.read) {
		want = s.read[i]
	}
	r, err := dataset.Open(filepath.Base(s.paths[i]), s.paths[i], want, l)
	if err == nil && i == len(s.read) {
		s.read = append(s.read, r.Settings())
	}
	return r, err
}

// errColumns is wrapped when a batch lacks columns of the first.
var errColumns = errors.New("intake: other columns")

// columns pairs the columns of a batch with those of the first file, by name.
func (s *source) columns(i int, header []string, l *diag.List) ([]int, error) {
	at := make([]int, len(s.header))
	names := uniqueHeaders(header)
	var lost []string
	for k, name := range s.header {
		if at[k] = slices.Index(names, name); at[k] < 0 {
			lost = append(lost, name)
		}
	}
	if len(lost) > 0 {
		l.Add(diag.Diagnostic{Code: "intake.batch", Pos: diag.Pos{File: filepath.Base(s.paths[i])},
			Message: diag.T("和 %s 不是同一份问卷的导出：缺列 %q", "not an export of the same survey as %s: columns %q are missing", filepath.Base(s.paths[0]), lost[:min(len(lost), 5)]),
			Hint:    diag.T("分别导入，或改好列名再一起导入", "import them one by one, or mend the column names")})
		return nil, fmt.Errorf("%w: %w", errColumns, dataset.ErrReported)
	}
	return at, nil
}

// each passes over the rows of all files, with the columns in the order of the
// first, without totals and without rows that an earlier batch had.
func (s *source) each(l *diag.List, visit func(values []string, line int) error) error {
	s.twice, s.left = 0, [reasons]leftRows{}
	m := memory{seed: maphash.MakeSeed(), rows: map[uint64]int{}, answers: map[uint64]int{}}
	for i := range s.paths {
		m.read, m.otherwise = 0, 0
		err := s.file(i, l, func(values []string, line int) error {
			if len(s.paths) > 1 && m.knows(s, i, values) {
				s.twice++
				return nil
			}
			return visit(values, line)
		})
		if err == nil && m.read > 0 && m.otherwise*2 > m.read {
			err = s.sameAnswers(i, l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// memory is what is known of the rows of earlier batches.
type memory struct {
	seed            maphash.Seed
	rows, answers   map[uint64]int // the file that had it first
	read, otherwise int            // rows of this file; those that an earlier one has with other contents
}

// knows reports whether an earlier file has this row, and remembers it.
func (m *memory) knows(s *source, file int, values []string) bool {
	m.read++
	if len(s.keyed) > 0 {
		key := s.key(m.seed, s.keyed, values)
		if before, known := m.rows[key]; !known {
			m.rows[key] = file
		} else if before != file {
			return true
		}
	}
	if len(s.about) >= 2 {
		key := s.key(m.seed, s.about, values)
		if before, known := m.answers[key]; !known {
			m.answers[key] = file
		} else if before != file {
			m.otherwise++
		}
	}
	return false
}

// sameAnswers refuses a file that is an earlier one in another writing, such as
// the coded table beside the readable one: its answers would count twice.
func (s *source) sameAnswers(i int, l *diag.List) error {
	l.Add(diag.Diagnostic{Code: "intake.batch", Pos: diag.Pos{File: filepath.Base(s.paths[i])},
		Message: diag.T("和 %s 是同一批答卷，只是写法不同（例如可读版与编码版）", "the same answers as in another of the files, such as %s, written otherwise (readable and coded)", filepath.Base(s.paths[0])),
		Hint:    diag.T("只导入其中一个，可读的那个", "import one of them, the readable one")})
	return fmt.Errorf("%w: %w", errColumns, dataset.ErrReported)
}

func (s *source) file(i int, l *diag.List, visit func([]string, int) error) error {
	r, err := s.open(i, dataset.Options{HeaderRows: s.read[0].HeaderRows}, l)
	if err != nil {
		return err
	}
	defer r.Close()
	at, err := s.columns(i, r.Header(), l)
	if err != nil {
		return err
	}
	foot := footer{s: s, file: i, visit: visit}
	values := make([]string, len(at))
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		for k, from := range at {
			values[k] = row.Values[from]
		}
		if reason := s.noData(values); reason >= 0 {
			s.pass(reason, i, row.Line)
			continue
		}
		if err := foot.take(values, row.Line); err != nil {
			return err
		}
	}
	foot.end()
	return r.Err()
}

func (s *source) key(seed maphash.Seed, columns []int, values []string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, k := range columns {
		// A Hash takes every write.
		_, _ = h.WriteString(clean(values[k]))
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// knownAgain finds the columns by which a row is known again: all but running
// numbers, which batches begin anew; and only where a time or an id tells people apart.
func (s *source) knownAgain(p platform) {
	apart := false
	for k, name := range s.header {
		l, about := p.lead(s.cells[k][0])
		if about && (l.serial || l.name == submittedAt.name || l.name == startedAt.name || l.name == tookTime.name) {
			s.about = append(s.about, k)
		}
		if about && l.serial {
			continue
		}
		s.keyed = append(s.keyed, k)
		apart = apart || submitted.MatchString(name) || about && l.name == submittedAt.name || identifier.MatchString(strings.TrimSpace(name))
	}
	if !apart {
		s.keyed = nil
	}
}

// Batches groups files that have the same columns, which are batches of one
// survey; a file that cannot be read is one of its own, and says so when it is joined.
func Batches(paths []string, read Reading) [][]string {
	var groups [][]string
	var headers []string
	for _, p := range paths {
		header := "\x00" + p
		if r, err := dataset.Open(filepath.Base(p), p, read, &diag.List{}); err == nil {
			names := slices.Sorted(slices.Values(r.Header()))
			header = strings.Join(names, "\x1f")
			r.Close()
		}
		if i := slices.Index(headers, header); i >= 0 {
			groups[i] = append(groups[i], p)
			continue
		}
		headers, groups = append(headers, header), append(groups, []string{p})
	}
	return groups
}
