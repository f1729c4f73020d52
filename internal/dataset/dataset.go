// Package dataset reads files of rows: CSV, TSV and XLSX, one file a format.
//
// In: a file on disk and what is known about it. Out: a header and rows of
// texts, one at a time, each cell knowing its place. Nobody holds all rows, so
// memory does not grow with the file. It refuses meaning: whether a cell is a
// number, missing or wrong is for package schema.
package dataset

import (
	"errors"

	"benchbook/internal/diag"
)

// Options say how to read a file. Empty settings are recognised from the bytes.
type Options struct {
	Format     string // csv, tsv, xlsx
	Encoding   string // utf-8, utf-16le, utf-16be, gb18030, windows-1252, big5 …
	Delimiter  string // one character
	Sheet      string // of a workbook
	HeaderRows int    // rows that make up the header, joined by "/"; 0 = 1
	SkipRows   int    // rows above the header
}

// ErrReported is what Open gives when the file cannot be read as a table and
// the list of diagnostics says why. Other errors are the world's (disk).
var ErrReported = errors.New("dataset: not readable as a table")

// Reader gives the rows of one file.
type Reader struct{}

// Open opens a file: disk is where it is, file its name relative to the site.
func Open(file, disk string, opts Options, l *diag.List) (*Reader, error) {
	return nil, ErrReported
}

// Header is the column names, in file order, trimmed, with repeats and blanks as they are.
func (r *Reader) Header() []string { return nil }

// Next gives the next row that is not blank; ok is false at the end.
// The row is valid until the next call.
func (r *Reader) Next() (row Row, ok bool) { return Row{}, false }

// Err is the world's error that ended the rows early, or nil.
func (r *Reader) Err() error { return nil }

// Close lets go of the file.
func (r *Reader) Close() error { return nil }

// Row is one record: as many values as the header has.
type Row struct {
	Values []string
	Line   int // physical line where the record starts, or the sheet's row number; from 1
}

// Pos is the place of a cell, with its column in characters, or in a spreadsheet "Sheet!C17".
func (r Row) Pos(col int) diag.Pos { return diag.Pos{Line: r.Line} }
