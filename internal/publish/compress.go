package publish

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"slices"

	"github.com/andybalholm/brotli"
)

// shrinks are the endings of files that get smaller; pictures and archives do not.
var shrinks = []string{".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".md"}

// packers make the twins: what is asked for by every browser, and what is smaller.
var packers = []struct {
	ending string
	pack   func([]byte) ([]byte, error)
}{{".gz", squeeze}, {".br", squash}}

// Compress adds a .gz and a .br twin beside every text file that they make
// smaller, for servers that hand out precompressed files (nginx gzip_static and
// brotli_static, Caddy precompressed).
func (t *Tree) Compress() error {
	taken := map[string]bool{}
	for _, f := range t.Files {
		taken[f.Path] = true
	}
	for _, f := range slices.Clone(t.Files) {
		if f.Bytes < 512 || !slices.Contains(shrinks, path.Ext(f.Path)) {
			continue
		}
		data, err := t.Read(f)
		if err != nil {
			return err
		}
		for _, p := range packers {
			name := f.Path + p.ending
			if taken[name] || len(path.Base(name)) > 255 {
				continue
			}
			packed, err := p.pack(data)
			if err != nil {
				return err
			}
			if int64(len(packed)) < f.Bytes {
				t.made[name] = packed
				t.Files = append(t.Files, File{name, sum(packed), int64(len(packed))})
			}
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
	return packed(&b, w, data)
}

// large is the size from which the best brotli takes longer than it is worth.
const large = 1 << 18

func squash(data []byte) ([]byte, error) {
	level := brotli.BestCompression
	if len(data) > large {
		level = 8
	}
	var b bytes.Buffer
	return packed(&b, brotli.NewWriterLevel(&b, level), data)
}

func packed(b *bytes.Buffer, w io.WriteCloser, data []byte) ([]byte, error) {
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}
