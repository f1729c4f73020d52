package schema

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// ReadTargets reads the margins' totals that stand in files of their own: a
// header, then one category and its total a row. Site is the site's folder on
// disk. ok is false when something was wrong with them; the error is the world's.
func (d *Dictionary) ReadTargets(site string, l *diag.List) (ok bool, err error) {
	if d.Weighting == nil {
		return true, nil
	}
	ok, read := true, false
	for i := range d.Weighting.Margins {
		m := &d.Weighting.Margins[i]
		if m.File == "" {
			continue
		}
		read = true
		good, err := d.readMargin(site, m, l)
		if err != nil {
			return false, err
		}
		ok = ok && good
	}
	if ok && read {
		ok = d.targetsAgree(l)
	}
	return ok, nil
}

func (d *Dictionary) readMargin(site string, m *Margin, l *diag.List) (ok bool, err error) {
	f, known := d.Field(m.Field)
	if !known {
		return false, nil
	}
	file := path.Join(path.Dir(d.Pos.File), m.File)
	reader, err := dataset.Open(file, filepath.Join(site, filepath.FromSlash(file)), dataset.Options{HeaderRows: 1}, l)
	switch {
	case errors.Is(err, dataset.ErrReported):
		return false, nil
	case errors.Is(err, fs.ErrNotExist):
		l.Add(diag.Diagnostic{Code: "schema.resource", Pos: m.Pos, Message: diag.T("找不到目标总数的文件 %s", "there is no file of targets %s", file)})
		return false, nil
	case err != nil:
		return false, err
	}
	defer reader.Close()
	ok = true
	if len(reader.Header()) != 2 {
		l.Add(diag.Diagnostic{Code: "schema.weighting", Pos: diag.Pos{File: file}, Message: diag.T("要有两列：选项、总数", "two columns are wanted: category and total")})
		return false, nil
	}
	for row, more := reader.Next(); more; row, more = reader.Next() {
		total, _, good := ParseNumber(clean(row.Values[1]), "")
		if !good {
			row.Report(1, diag.Diagnostic{Code: "schema.weighting", Message: diag.T("%q 不是数字（bad_target）", "%q is no number (bad_target)", row.Values[1])}, l.Add)
			ok = false
			continue
		}
		at := diag.Diagnostic{Pos: row.Pos(0), Width: row.Width(0)}
		ok = m.take(f, clean(row.Values[0]), total, at, l.Add) && ok
	}
	m.order(f)
	return ok, reader.Err()
}
