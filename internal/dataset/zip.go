package dataset

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// unzip looks into a ZIP. A workbook stays as it is (its names are given); an
// archive that holds one table becomes that table.
func (in *input) unzip() (names []string, err error) {
	head, err := in.head(4)
	if err != nil || string(head) != "PK\x03\x04" {
		return nil, err
	}
	archive, err := zip.OpenReader(in.disk)
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) {
		return nil, in.refuse(diag.T("ZIP 文件已损坏", "the ZIP is damaged"), diag.Text{})
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", in.file, err)
	}
	defer archive.Close()
	var tables []*zip.File
	for _, f := range archive.File {
		names = append(names, f.Name)
		ext := strings.ToLower(path.Ext(f.Name))
		if slices.Contains([]string{".csv", ".tsv", ".txt"}, ext) && !strings.HasPrefix(f.Name, "__MACOSX/") {
			tables = append(tables, f)
		}
	}
	if slices.Contains(names, "xl/workbook.xml") || len(tables) != 1 {
		return names, nil
	}
	in.enter(tables[0])
	return nil, nil
}

// enter makes a file of the archive the input.
func (in *input) enter(entry *zip.File) {
	in.because("ZIP 里唯一的表格是 %s", "the only table in the ZIP is %s", entry.Name)
	name, archive := entry.Name, in.disk
	in.size = int64(min(entry.UncompressedSize64, 1<<62))
	in.open = func() (io.ReadCloser, error) {
		z, err := zip.OpenReader(archive)
		if err != nil {
			return nil, err
		}
		for _, f := range z.File {
			if f.Name == name {
				r, err := f.Open()
				return &zipped{r, z}, err
			}
		}
		return nil, zip.ErrFormat
	}
	in.disk = name
}

// zipped is a file in an archive that closes both.
type zipped struct {
	io.Reader
	archive *zip.ReadCloser
}

func (z *zipped) Close() error { return z.archive.Close() }
