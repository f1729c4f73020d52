// Package dataset reads files of rows: CSV, TSV, XLSX, JSON records and Parquet,
// each also as the only table in a ZIP.
//
// In: a file on disk and what is known about it; the rest (format, encoding,
// delimiter, line ends, sheet) is decided from the bytes, and Evidence says on
// what ground. Out: a header and rows of texts, one at a time, each cell knowing
// its place. Nobody holds all rows and no record may exceed MaxRecord bytes, so
// memory does not grow with the file. It refuses meaning: whether a cell is a
// number, missing or wrong is for package schema.
package dataset

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// Options say how to read a file. Empty settings are recognised from the bytes.
type Options struct {
	Format     string // csv, tsv, xlsx, json, parquet
	Encoding   string // utf-8, utf-16le, utf-16be, gb18030, windows-1252, big5 …
	Delimiter  string // one character
	Sheet      string // of a workbook
	HeaderRows int    // rows that make up the header, joined by "/"; 0 = 1
	SkipRows   int    // records above the header; 0 = title lines are recognised
}

// MaxHeaderRows bounds Options.HeaderRows.
const MaxHeaderRows = 5

// MaxColumns bounds how wide a table may be. A question that is asked in more
// columns than that is no survey, and every column costs memory.
const MaxColumns = 4096

// MaxRecord is the longest record, in bytes of UTF-8. A lone quote would
// otherwise pull the rest of the file into memory.
const MaxRecord = 16 << 20

// ErrReported is what Open gives when the file cannot be read as a table and
// the list of diagnostics says why. Other errors are the world's (disk).
var ErrReported = errors.New("dataset: not readable as a table")

// ErrDamaged is wrapped by what ends the rows early where the file itself is at
// fault, not the disk.
var ErrDamaged = errors.New("dataset: the file is damaged")

// format is one kind of file. To add one, write its file and a line in formats.
type format struct {
	name string
	// is decides by the first bytes, the lower-case extension and, for a ZIP, the names in it.
	is   func(head []byte, ext string, names []string) bool
	open func(in *input, opts Options) (records, error)
}

// formats in the order in which they are tried.
var formats = []format{
	{"xlsx", isXLSX, openXLSX},
	{"parquet", isParquet, openParquet},
	{"json", isJSON, openJSON},
	{"tsv", isTSV, openTSV},
	{"csv", isCSV, openCSV},
}

// Formats names the formats.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	slices.Sort(names)
	return names
}

// records is what a format gives: raw records from the top of the file.
type records interface {
	next() (*record, bool) // the record is valid until the next call
	err() error            // the world's error that ended them
	close() error
}

// input is the file to open, already out of its ZIP.
type input struct {
	file     string // for diagnostics
	disk     string
	size     int64
	unpacked uint64 // of a workbook; 0 = not known
	open     func() (io.ReadCloser, error)
	list     *limited
	evidence []diag.Text
	settings Options // as decided
}

func (in *input) because(zh, en string, args ...any) {
	in.evidence = append(in.evidence, diag.T(zh, en, args...))
}

// refuse reports that the file as a whole is no table.
func (in *input) refuse(message, hint diag.Text) error {
	return in.refuseAt(diag.Pos{File: in.file}, message, hint)
}

// refuseAt is refuse where the place is known.
func (in *input) refuseAt(at diag.Pos, message, hint diag.Text) error {
	in.list.Add(diag.Diagnostic{Code: "dataset.unreadable", Pos: at, Message: message, Hint: hint})
	return ErrReported
}

// Open opens a file: disk is where it is, file its name relative to the site.
// When the file is there but is no table, the list says why and the error is ErrReported.
func Open(file, disk string, opts Options, l *diag.List) (*Reader, error) {
	in := &input{file: file, disk: disk, list: &limited{list: l, file: file}}
	in.open = openDisk(disk)
	r, err := in.start(opts)
	if errors.Is(err, ErrDamaged) {
		err = in.refuse(diag.T("文件已损坏，读不下去", "the file is damaged and cannot be read on"), diag.T("重新下载或重新导出（%v）", "download or export it again (%v)", err))
	}
	return r, err
}

// start recognises the file and reads up to its header.
func (in *input) start(opts Options) (*Reader, error) {
	file, disk := in.file, in.disk
	info, err := os.Stat(disk)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	if info.IsDir() {
		return nil, in.refuse(diag.T("这是一个文件夹", "this is a folder"), diag.Text{})
	}
	in.size = info.Size()
	names, err := in.unzip()
	if err != nil {
		return nil, err
	}
	head, err := in.head(4096)
	if err != nil {
		return nil, err
	}
	f, err := in.recognise(head, names, opts)
	if err != nil {
		return nil, err
	}
	in.settings = opts
	in.settings.Format = f.name
	recs, err := f.open(in, opts)
	if err != nil {
		return nil, err
	}
	return newReader(in, recs, opts)
}

func openDisk(disk string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return os.Open(disk) }
}

// head reads the first bytes of the file.
func (in *input) head(n int) ([]byte, error) {
	r, err := in.open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", in.file, err)
	}
	defer r.Close()
	head := make([]byte, n)
	got, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, fmt.Errorf("read %s: %w", in.file, err)
	}
	return head[:got], nil
}

func (in *input) recognise(head []byte, names []string, opts Options) (*format, error) {
	if len(head) == 0 {
		return nil, in.refuse(diag.T("文件是空的", "the file is empty"), diag.Text{})
	}
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(in.disk), "."))
	for i := range formats {
		if opts.Format == formats[i].name || opts.Format == "" && formats[i].is(head, ext, names) {
			return &formats[i], nil
		}
	}
	return nil, in.refuse(diag.T("不是可以读取的表格文件", "this is no table that can be read"), unreadableHint(head))
}

// markup recognises web pages, XML and MIME messages, which are saved under the
// names of tables.
func markup(head []byte) bool {
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n"))
	return slices.ContainsFunc([]string{"<!doctype", "<html", "<?xml", "<table", "<head", "<meta", "<style", "<script", "mime-version:"},
		func(mark string) bool { return strings.HasPrefix(text, mark) })
}

// unreadableHint names well-known files that only look like tables.
func unreadableHint(head []byte) diag.Text {
	switch {
	case strings.HasPrefix(string(head), "\xd0\xcf\x11\xe0"):
		return diag.T("这是旧的 .xls 或加密的工作簿；在表格软件里另存为 .xlsx", "this is an old .xls or an encrypted workbook; save it as .xlsx")
	case strings.HasPrefix(string(head), "$FL2"), strings.HasPrefix(string(head), "$FL3"):
		return diag.T("这是 SPSS 数据文件；在 SPSS 里另存为 CSV（保存值标签），或用 --codebook 给出 .sps 语法", "this is an SPSS file; save it as CSV (with value labels), or give its syntax with --codebook")
	case markup(head):
		return diag.T("这是网页、XML 或邮件，不是表格：不少系统导出的 .xls 其实是网页，没登录时下载到的也是网页；在表格软件里打开，另存为 .xlsx 再导入",
			"this is a web page, XML or mail: what many systems export as .xls is a web page, and so is what one gets without logging in; open it in a spreadsheet program and save it as .xlsx")
	case strings.HasPrefix(string(head), "%PDF"):
		return diag.T("这是 PDF；需要的是导出的表格", "this is a PDF; the exported table is wanted")
	case strings.Contains(string(head), "opendocument.spreadsheet"):
		return diag.T("这是 ODS；在表格软件里另存为 .xlsx 或 CSV", "this is an ODS; save it as .xlsx or CSV")
	case strings.HasPrefix(string(head), "7z\xbc\xaf"), strings.HasPrefix(string(head), "Rar!"), strings.HasPrefix(string(head), "\x1f\x8b"):
		return diag.T("先解压，再导入里面的文件", "unpack it, then import the file inside")
	case strings.HasPrefix(string(head), "PK\x03\x04"):
		return diag.T("ZIP 里要恰好有一个表格文件", "a ZIP must hold exactly one table")
	}
	return diag.T("支持的格式：%s", "formats that are known: %s", strings.Join(Formats(), ", "))
}
