package schema

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// Rows streams the records of all resources of a dataset, in order, without those
// that the dictionary's quality rules leave out. Site is the
// site's folder on disk. Fields limits decoding to those names (nil = all). The
// record is used again after each returns. An error of each ends the pass and is
// returned; other errors are the world's. What is wrong with the data is in l.
func Rows(site string, d *Dictionary, fields []string, l *diag.List, each func(*Record) error) error {
	_, err := RowsKept(site, d, fields, l, each)
	return err
}

// RowsKept is Rows, and says how many rows each quality rule left out or flagged.
func RowsKept(site string, d *Dictionary, fields []string, l *diag.List, each func(*Record) error) ([]Exclusion, error) {
	return Spread(site, d, fields, 1, l, func() func([]Record) error {
		return func(recs []Record) error {
			for i := range recs {
				if err := each(&recs[i]); err != nil {
					return err
				}
			}
			return nil
		}
	})
}

// Spread is RowsKept, some records at a time, on a number of goroutines at once,
// each with a consumer of its own that start makes. Which rows come to which is left to chance; findings
// and exclusions do not depend on it. Rules that look back at earlier rows
// (unique values, repeated answers) are kept by reading in order, with one.
func Spread(site string, d *Dictionary, fields []string, workers int, l *diag.List, start func() func([]Record) error) ([]Exclusion, error) {
	s := &spread{dictionary: d, fields: fields, list: &limited{list: l}}
	s.start = start
	if d.looksBack() {
		workers = 1
	}
	for i := range max(workers, 1) {
		s.lanes = append(s.lanes, s.lane(i))
	}
	for i := range d.Resources {
		if err := s.resource(site, i, l); err != nil {
			return nil, err
		}
	}
	return s.exclusions(), nil
}

// looksBack says that whether a row is right depends on the rows before it.
func (d *Dictionary) looksBack() bool {
	for i := range d.Fields {
		if d.Fields[i].Constraint.Unique {
			return true
		}
	}
	return d.Quality != nil && len(d.Quality.Duplicate) > 0
}

// spread is the state of one pass over a dataset's files.
type spread struct {
	dictionary *Dictionary
	fields     []string
	header     []string
	strangers  []int
	list       *limited
	start      func() func([]Record) error
	lanes      []*lane
}

// lane is what one goroutine has for itself, from file to file.
type lane struct {
	decoder *Decoder
	judge   *judge
	each    func([]Record) error
	recs    []Record
	file    int
}

func (s *spread) lane(i int) *lane {
	dec := &Decoder{dictionary: s.dictionary, list: &limited{next: s.list}, memos: map[int]*memo{}, checking: s.fields == nil}
	l := &lane{decoder: dec, judge: s.dictionary.judge(), recs: newRecords(len(s.dictionary.Fields))}
	if i == 0 && l.judge != nil && s.fields != nil {
		s.fields = append(l.judge.fields(), s.fields...)
	}
	return l
}

// resource opens one file and hands on its rows.
func (s *spread) resource(site string, i int, l *diag.List) error {
	d := s.dictionary
	r := &d.Resources[i]
	file := path.Join(path.Dir(d.Pos.File), r.Path)
	disk := filepath.Join(site, filepath.FromSlash(file))
	reader, err := dataset.Open(file, disk, dataset.Options{Format: r.Format, Encoding: r.Encoding, Delimiter: r.Delimiter,
		Sheet: r.Sheet, HeaderRows: r.HeaderRows, SkipRows: r.SkipRows}, l)
	switch {
	case errors.Is(err, dataset.ErrReported):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		l.Add(diag.Diagnostic{Code: "schema.resource", Pos: d.Pos,
			Message: diag.T("找不到数据文件 %s", "there is no data file %s", file),
			Hint:    diag.T("路径相对于数据集文件夹，区分大小写", "the path is relative to the dataset's folder and its case matters")})
		return nil
	case err != nil:
		return err
	}
	defer reader.Close()
	if !s.bind(reader.Header(), file, i, l) {
		return nil
	}
	next := 0
	return reader.Parts(len(s.lanes), s.wanted(), func() func(*dataset.Part) error {
		lane := s.lanes[next]
		next++
		return func(p *dataset.Part) error { return s.part(lane, p) }
	})
}

// bind finds the columns of a file for every lane.
func (s *spread) bind(header []string, file string, at int, l *diag.List) bool {
	s.header, s.list.file, s.list.counts = header, file, nil
	for i, lane := range s.lanes {
		list := l
		if i > 0 {
			list = &diag.List{} // said once
		}
		if !lane.decoder.bind(header, list) {
			return false
		}
		if s.fields != nil {
			lane.decoder.Use(s.fields...)
		}
		lane.file = at
		lane.decoder.list.file = file
		if lane.each == nil {
			lane.each = s.start()
		}
	}
	s.strangers = s.lanes[0].decoder.strangers()
	return true
}

// wanted are the columns to be cut out: all of them where everything is checked.
func (s *spread) wanted() []bool {
	out := make([]bool, len(s.header))
	for i := range out {
		out[i] = s.fields == nil
	}
	for _, c := range s.lanes[0].decoder.columns {
		out[c.at] = out[c.at] || c.wanted
	}
	return out
}

// part decodes a stretch of rows.
func (s *spread) part(lane *lane, p *dataset.Part) error {
	if s.fields == nil {
		lane.decoder.search(p, s.strangers)
	}
	err := lane.decoder.records(p, lane.recs, func(recs []Record) error { return lane.take(recs) })
	if held := lane.decoder.list.take(); len(held) > 0 {
		p.Later(func() { s.list.addAll(held) })
	}
	return err
}

// take hands on the records that the rules keep.
func (l *lane) take(recs []Record) error {
	kept := 0
	for i := range recs {
		if recs[i].File = l.file; l.judge == nil || !l.judge.drops(&recs[i]) {
			recs[kept], recs[i] = recs[i], recs[kept]
			kept++
		}
	}
	return l.each(recs[:kept])
}

// exclusions adds up what the lanes left out.
func (s *spread) exclusions() []Exclusion {
	var out []Exclusion
	for _, lane := range s.lanes {
		if lane.judge == nil {
			return nil
		}
		if out == nil {
			out = append(out, lane.judge.reasons...)
			continue
		}
		for i := range out {
			out[i].Rows += lane.judge.reasons[i].Rows
		}
	}
	return out
}
