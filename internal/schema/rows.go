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
	var rec Record
	j := d.judge()
	if j != nil && fields != nil {
		fields = append(j.fields(), fields...)
	}
	for i := range d.Resources {
		err := d.resourceRows(site, &d.Resources[i], fields, l, func(row dataset.Row, dec *Decoder) error {
			dec.Decode(row, &rec)
			if j != nil && j.drops(&rec) {
				return nil
			}
			return each(&rec)
		})
		if err != nil {
			return nil, err
		}
	}
	if j == nil {
		return nil, nil
	}
	return j.reasons, nil
}

// resourceRows opens one file and hands on its rows.
func (d *Dictionary) resourceRows(site string, r *Resource, fields []string, l *diag.List, each func(dataset.Row, *Decoder) error) error {
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
	dec, ok := d.Decoder(reader.Header(), l)
	if !ok {
		return nil
	}
	dec.list.file = file
	if fields != nil {
		dec.Use(fields...)
	}
	for row, more := reader.Next(); more; row, more = reader.Next() {
		if fields == nil {
			dec.personal(row, reader.Header())
		}
		if err := each(row, dec); err != nil {
			return err
		}
	}
	return reader.Err()
}
