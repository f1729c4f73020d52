package dataset

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
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
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return nil, fmt.Errorf("open %s: %w", in.file, err)
	}
	if err != nil {
		return nil, in.refuse(diag.T("ZIP 文件已损坏", "the ZIP is damaged"), diag.T("重新下载或重新压缩（%v）", "download or pack it again (%v)", err))
	}
	defer archive.Close()
	var tables []*zip.File
	for _, f := range archive.File {
		names = append(names, f.Name)
		if slices.Contains(tableExtensions, extension(f.Name)) && !strings.HasPrefix(f.Name, "__MACOSX/") {
			tables = append(tables, f)
		}
	}
	if slices.Contains(names, "xl/workbook.xml") {
		if err := in.bounded(archive.File); err != nil {
			return nil, err
		}
		return names, in.lookOverSheets(archive.File)
	}
	table := onlyTable(tables)
	if table == nil {
		return names, nil
	}
	if table.Flags&1 != 0 {
		return nil, in.refuse(diag.T("ZIP 有密码", "the ZIP has a password"), diag.T("先解压，再导入里面的文件", "unpack it first"))
	}
	in.enter(table)
	if ext := extension(table.Name); ext == ".xlsx" || ext == ".xlsm" {
		return []string{"xl/workbook.xml"}, nil
	}
	return nil, nil
}

// maxRatio is how much smaller packing makes a file at most, by its method.
const maxRatio = 1100

// bounded refuses a workbook that is small on disk and does not fit when unpacked,
// or whose parts claim more than their bytes can hold: the library sets memory
// aside for what they claim. Sheets go to disk when they are large, other parts do not.
func (in *input) bounded(files []*zip.File) error {
	var total uint64
	for _, f := range files {
		if f.UncompressedSize64/maxRatio > f.CompressedSize64+4 {
			return in.refuse(diag.T("工作簿已损坏：%s 自称解压后有 %d MB", "the workbook is damaged: %s claims to be %d MB when unpacked", f.Name, f.UncompressedSize64>>20),
				diag.T("重新下载或重新导出", "download or export it again"))
		}
		total += min(f.UncompressedSize64, 1<<40)
		if !strings.HasPrefix(f.Name, "xl/worksheets/") && f.UncompressedSize64 > maxShared || total > maxUnzipped {
			return in.refuse(diag.T("工作簿解压后太大（%s 有 %d MB）", "the workbook is too large when unpacked (%s has %d MB)", f.Name, f.UncompressedSize64>>20),
				diag.T("在表格软件里另存为 CSV 再导入", "save it as CSV and import that"))
		}
	}
	in.unpacked = total
	return nil
}

// tableExtensions are the files in a ZIP that can be its table.
var tableExtensions = []string{".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm"}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// besideTable names files that platforms pack with the table: lists of codes and SPSS syntax.
var besideTable = regexp.MustCompile(`(?i)code|编码|spss|crosstab|交叉|label|readme|说明`)

// onlyTable is the one table among files; texts and lists of codes beside it do
// not count. nil = there are several, or none.
func onlyTable(tables []*zip.File) *zip.File {
	for _, keep := range []func(f *zip.File) bool{
		func(*zip.File) bool { return true },
		func(f *zip.File) bool { return extension(f.Name) != ".txt" },
		func(f *zip.File) bool {
			return extension(f.Name) != ".txt" && !besideTable.MatchString(path.Base(f.Name))
		},
	} {
		kept := slices.DeleteFunc(slices.Clone(tables), func(f *zip.File) bool { return !keep(f) })
		if len(kept) == 1 {
			return kept[0]
		}
	}
	return nil
}

// enter makes a file of the archive the input.
func (in *input) enter(entry *zip.File) {
	in.because("ZIP 里的表格是 %s", "the table in the ZIP is %s", entry.Name)
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
				if err != nil {
					z.Close()
					return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
				}
				return &zipped{r, z}, nil
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

// Read tells a damaged entry from a disk that fails.
func (z *zipped) Read(b []byte) (int, error) {
	n, err := z.Reader.Read(b)
	if path := (*fs.PathError)(nil); err != nil && err != io.EOF && !errors.As(err, &path) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return n, err
}

func (z *zipped) Close() error { return z.archive.Close() }
