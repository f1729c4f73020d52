// Package intake takes a raw export in: it recognises the platform, decides for
// every column what it holds and says why, leaves personal columns at the door,
// and writes data/NAME/ (clean rows and a data dictionary) and a drafted chapter.
//
// In: a table in any format of package dataset, or several batches of one. Out: a Draft to look at, and the files
// that it writes. It reads the file twice, as a stream: once to look, once to
// copy. It refuses to guess in silence: every decision stands as a comment in
// the dictionary that it writes, where people change it, and importing again
// keeps what they wrote.
//
// A survey platform is one file here and one line in platforms.
package intake

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Reading says how to read a file, where recognising it fails.
type Reading = dataset.Options

// ErrReported is what Recognise and Write give when the list of diagnostics says why.
var ErrReported = dataset.ErrReported

// Options say what the file cannot.
type Options struct {
	As       string          // name of the dataset; "" = from the file's name
	Open     bool            // the data are already public: nothing is suppressed and free text stays
	Codebook string          // CSV with columns column, question, kind (single, multi, open); "" = none
	Read     dataset.Options // how to read the file, where recognising it fails
}

// Draft is what was recognised.
type Draft struct {
	Dataset   string
	Format    string
	Platform  string // see platforms
	Encoding  string
	Delimiter string
	Rows      int
	Title     string
	Open      bool
	Fields    []Field
	Dropped   []Dropped
	Evidence  []diag.Text // how the file was read
	Warnings  []diag.Text

	source   source
	missing  []string // texts that mean no answer, over all columns
	skipped  []string
	refused  []string
	period   schema.Period
	plain    bool     // no survey: rows of totals are dropped
	platform platform // what wrote the export
	stale    int      // rows of zeros
	findings map[string]finding
	tallies  map[string]tally
	sequence bool // options are written as their numbers
}

// Field is one column that is kept.
type Field struct {
	schema.Field
	Shape    string                              // single, multi, matrix, rank, number, date, boolean, text, id
	Why      diag.Text                           // the ground of the decision
	lead     bool                                // about the answer, not of it
	utc      bool                                // times move to Beijing's clock
	made     func() func(values []string) string // makes the cells out of the raw row; nil = they are copied
	first    bool                                // of a ranking, what stands first
	mend     func(string) string                 // puts another way of writing into the usual one; nil = as it is
	group    string                              // title of the question of several columns
	sources  []int                               // columns of the raw file: several when each option had its own
	options  []string                            // the options of several sources
	raw      string                              // how the raw cells are split, which the clean ones may not be
	labels   map[string]string                   // of the codes that stand in the cells
	glued    map[string]bool                     // options that hold the separator themselves
	nothing  []string                            // texts of this column that mean no answer
	distinct int                                 // different answers, as far as counted
}

// Dropped is a column that was left at the door.
type Dropped struct {
	Column string
	Reason diag.Text
}

// Recognise looks at a raw export. What is wrong with its rows goes to l;
// an error that wraps dataset.ErrReported stands there too, others are the world's.
func Recognise(path string, opts Options, l *diag.List) (*Draft, error) {
	return Join([]string{path}, opts, l)
}

// Join looks at several batches of one survey as if they were one export; rows
// that two of them have count once.
func Join(paths []string, opts Options, l *diag.List) (*Draft, error) {
	book, err := readCodebook(opts.Codebook, l)
	if err != nil {
		return nil, err
	}
	if opts.Codebook == "" {
		book = archived(paths[0])
	}
	d := &Draft{Open: opts.Open, source: source{paths: paths}}
	if err := d.readHeader(opts.Read, l); err != nil {
		return nil, err
	}
	p := d.platform
	profiles := make([]*profile, len(d.source.header))
	for i := range profiles {
		profiles[i] = newProfile(p.marks, d.source.header[i])
		profiles[i].commas = d.source.read[0].Delimiter != "," && d.source.read[0].Delimiter != ""
	}
	if err := d.look(profiles, l); err != nil {
		return nil, err
	}
	d.settle(opts, p, d.source.header, profiles, book)
	if len(d.Fields) == 0 {
		l.Errorf("intake.empty", diag.Pos{File: filepath.Base(paths[0])}, diag.T("没有可以保留的列", "no column can be kept"))
		return nil, fmt.Errorf("%w: %w", ErrEmpty, dataset.ErrReported)
	}
	return d, nil
}

// look fills the profiles. Rows whose cells stand in wrong columns end it: what
// is counted and written of them would be other people's answers.
func (d *Draft) look(profiles []*profile, l *diag.List) error {
	var found diag.List
	err := d.source.each(&found, func(values []string, _ int) error {
		d.Rows++
		if d.plain && stale(values) {
			d.stale++
		}
		for i, v := range values {
			profiles[i].add(v)
		}
		return nil
	})
	if errors.Is(err, dataset.ErrDamaged) {
		l.Add(diag.Diagnostic{Code: "dataset.unreadable", Pos: diag.Pos{File: filepath.Base(d.source.paths[0])},
			Message: diag.T("文件在第 %d 行之后损坏，没有写入任何文件", "the file is damaged behind row %d; nothing was written", d.Rows+1),
			Hint:    diag.T("重新下载或重新导出（%v）", "download or export it again (%v)", err)})
		return fmt.Errorf("%w: %w", err, dataset.ErrReported)
	}
	damage := map[string]int{}
	for _, finding := range found.Sorted() {
		if finding.Code == "dataset.encoding" {
			finding.Severity = diag.Warning // the character is lost, its cell is where it was
		}
		l.Add(finding)
		if finding.Severity == diag.Error && finding.Pos.Cell == "" && slices.Contains(misplaced, finding.Code) {
			damage[finding.Pos.File]++
		}
	}
	for _, file := range sortedKeys(damage) {
		l.Add(diag.Diagnostic{Code: "dataset.long_row", Pos: diag.Pos{File: file},
			Message: diag.T("格子错了位（%d 处，见各行），没有写入任何文件", "cells stand in wrong columns (places: %d, listed by row); nothing was written", damage[file]),
			Hint:    diag.T("在那几行给含分隔符的格子加引号、补上右引号；或在表格软件里改好，另存为 xlsx 再导入", "quote the cells that hold the delimiter, close the quotes; or mend the table in a spreadsheet program and import it as xlsx")})
	}
	if err == nil && len(damage) > 0 {
		err = fmt.Errorf("%w: %w", errMisplaced, dataset.ErrReported)
	}
	return err
}

// misplaced are the findings after which cells stand in wrong columns. In a
// workbook every cell has its place, so that one too many harms no other.
var misplaced = []string{"dataset.long_row", "dataset.quote", "dataset.too_long"}

var errMisplaced = errors.New("intake: cells in wrong columns")

// readHeader recognises the platform by the first header row, and reads on by
// how many rows of header that platform writes.
func (d *Draft) readHeader(want dataset.Options, l *diag.List) error {
	s := &d.source
	var found diag.List // of the header; rows are read again
	r, err := s.open(0, want, &found)
	for _, finding := range found.Sorted() {
		l.Add(finding)
	}
	if err != nil {
		return err
	}
	p := recognisePlatform(r.Header())
	if p.rows > 1 && want.HeaderRows == 0 {
		r.Close()
		want.HeaderRows, s.read = p.rows, nil
		if r, err = s.open(0, want, &diag.List{}); err != nil {
			return err
		}
	}
	defer r.Close()
	d.platform, d.Platform, d.plain = p, p.name, p.name == plain.name
	d.Evidence = r.Evidence()
	s.header, s.cells = uniqueHeaders(r.Header()), withoutPersons(r.HeaderCells())
	if d.plain {
		rows := head(r)
		if s.units = unitRow(rows, len(s.header)); s.units != nil {
			rows = rows[1:]
		}
		s.totals = newTotals(s.header, rows)
	}
	s.knownAgain(p)
	return nil
}

// ErrEmpty is wrapped when nothing of the file can be kept.
var ErrEmpty = errors.New("intake: nothing to keep")

// settle makes the decisions once all rows were seen.
func (d *Draft) settle(opts Options, p platform, names []string, profiles []*profile, book codebook) {
	s := d.source.read[0]
	if d.stale > 0 {
		d.warn("%d 行的数字全是 0：可能是平台还没统计完，不一定真是 0；请核对或删去", "all numbers of %d rows are 0: the platform may not have finished counting; check or remove them", d.stale)
	}
	d.leftWarnings()
	if d.source.twice > 0 {
		d.warn("%d 行在前面的文件里已有，只算一次", "%d rows were in an earlier file and count once", d.source.twice)
	}
	d.Format, d.Encoding, d.Delimiter = s.Format, s.Encoding, s.Delimiter
	d.Dataset = opts.As
	if d.Dataset == "" {
		d.Dataset = datasetName(d.source.paths[0])
	}
	d.Title = exportTitle(d.source.paths[0])
	columns := p.arrange(names, d.source.cells, profiles, book)
	d.sequence = p.codes || strings.Contains(bareName(d.source.paths[0]), "按序号") || slices.ContainsFunc(columns, func(c column) bool { return c.coded })
	for _, c := range columns {
		if q, ok := book[c.header]; ok {
			c.title, c.kind, c.labels = cmp.Or(q.question, c.title), q.kind, q.labels
		} else if q, ok := book[c.question]; ok && c.question != "" {
			c.group, c.title = q.question, q.question+"（"+c.row+"）"
		}
		d.take(c, profiles)
	}
	d.orderColumns()
	d.alignRows()
	d.typedWarning(profiles)
	d.collect()
	d.findPeriod(profiles)
	d.nameFields()
}

func (d *Draft) warn(zh, en string, args ...any) {
	d.Warnings = append(d.Warnings, diag.T(zh, en, args...))
}
