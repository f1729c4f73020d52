package schema

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// Texts streams the cells of a dataset as they stand in its files, field by
// field, personal ones included: whoever searches the finished site for what
// must not be in it has to know what that is. Nothing else may use it. Findings
// about the files are those of Rows and are not made again.
func Texts(site string, d *Dictionary, wanted func(*Field) bool, each func(f *Field, text string)) error {
	for _, r := range d.Resources {
		file := path.Join(path.Dir(d.Pos.File), r.Path)
		reader, err := dataset.Open(file, filepath.Join(site, filepath.FromSlash(file)), dataset.Options{Format: r.Format, Encoding: r.Encoding, Delimiter: r.Delimiter,
			Sheet: r.Sheet, HeaderRows: r.HeaderRows, SkipRows: r.SkipRows}, &diag.List{})
		if errors.Is(err, dataset.ErrReported) || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		err = d.texts(reader, wanted, each)
		reader.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *Dictionary) texts(reader *dataset.Reader, wanted func(*Field) bool, each func(*Field, string)) error {
	at := make([]int, len(d.Fields))
	for i := range d.Fields {
		if at[i] = -1; wanted(&d.Fields[i]) {
			at[i] = slices.Index(reader.Header(), headerText(d.Fields[i].Column))
		}
	}
	for row, more := reader.Next(); more; row, more = reader.Next() {
		for i, k := range at {
			if k >= 0 && k < len(row.Values) {
				if text := clean(row.Values[k]); text != "" {
					each(&d.Fields[i], text)
				}
			}
		}
	}
	return reader.Err()
}
