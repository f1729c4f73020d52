package publish

import (
	"bytes"
	"compress/gzip"
	"path"
	"slices"
)

// shrinks are the endings of files that get smaller; pictures and archives do not.
var shrinks = []string{".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".md"}

// Compress adds a .gz twin beside every text file that it makes smaller, for
// servers that hand out precompressed files (nginx gzip_static, Caddy precompressed).
func (t *Tree) Compress() error {
	taken := map[string]bool{}
	for _, f := range t.Files {
		taken[f.Path] = true
	}
	for _, f := range slices.Clone(t.Files) {
		name := f.Path + ".gz"
		if f.Bytes < 512 || taken[name] || len(path.Base(name)) > 255 || !slices.Contains(shrinks, path.Ext(f.Path)) {
			continue
		}
		data, err := t.Read(f)
		if err != nil {
			return err
		}
		if data, err = squeeze(data); err != nil {
			return err
		}
		if int64(len(data)) < f.Bytes {
			t.made[name] = data
			t.Files = append(t.Files, File{name, sum(data), int64(len(data))})
		}
	}
	t.sort()
	return nil
}

// squeeze writes no name and no time, so equal bytes give equal bytes.
func squeeze(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
