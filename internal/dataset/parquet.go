package dataset

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	types "github.com/parquet-go/parquet-go/format"

	"benchbook/internal/diag"
)

func isParquet(head []byte, ext string, names []string) bool {
	return names == nil && strings.HasPrefix(string(head), "PAR1")
}

// parquetFile streams rows; the header is its first record. Columns are the
// leaves of the schema, named by their path; a repeated leaf is a list.
type parquetFile struct {
	in      *input
	file    *os.File
	rows    *parquet.GenericReader[any]
	columns []leaf
	line    int
	problem error
	rec     record
	buffer  [1]parquet.Row
}

type leaf struct {
	name     string
	repeated bool
	node     parquet.Node
}

func openParquet(in *input, opts Options) (recs records, err error) {
	f, err := os.Open(in.disk)
	if err != nil {
		return nil, in.refuse(diag.T("ZIP 里的 Parquet 请先解压", "unpack a Parquet file first"), diag.Text{})
	}
	defer func() {
		if r := recover(); r != nil { // the library may stumble over a hostile file
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			f.Close()
			recs, err = nil, in.refuse(diag.T("Parquet 文件已损坏", "the Parquet file is damaged"), diag.T("重新导出（%v）", "export it again (%v)", err))
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := checkFooter(f, info.Size()); err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	p := &parquetFile{in: in, file: f}
	schema := file.Schema()
	for _, path := range schema.Columns() {
		column, _ := schema.Lookup(path...)
		p.columns = append(p.columns, leaf{name: strings.Join(dropList(path), "/"), repeated: column.MaxRepetitionLevel > 0, node: column.Node})
	}
	if len(p.columns) > MaxColumns {
		return nil, errors.New("too many columns")
	}
	p.rows = parquet.NewGenericReader[any](file)
	return p, nil
}

// dropList takes the wrapping names of a list ("a/list/element") off a path.
func dropList(path []string) []string {
	if n := len(path); n >= 3 && path[n-2] == "list" {
		return path[:n-2]
	}
	return path
}

func (p *parquetFile) err() error   { return p.problem }
func (p *parquetFile) close() error { return errors.Join(p.rows.Close(), p.file.Close()) }

func (p *parquetFile) next() (rec *record, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			p.problem = fmt.Errorf("%w: %s, row %d (%v)", ErrDamaged, p.in.file, p.line, r)
			rec, ok = nil, false
		}
	}()
	p.line++
	p.rec = record{line: p.line, sheet: "Parquet", values: make([]string, len(p.columns))}
	if p.line == 1 {
		for i, c := range p.columns {
			p.rec.values[i] = c.name
		}
		return &p.rec, true
	}
	p.buffer[0] = p.buffer[0][:0]
	n, err := p.rows.ReadRows(p.buffer[:])
	if n == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			p.problem = fmt.Errorf("%w: %s, row %d: %w", ErrDamaged, p.in.file, p.line, err)
		}
		return nil, false
	}
	lists := make([][]string, len(p.columns))
	for _, v := range p.buffer[0] {
		if i := v.Column(); i >= 0 && i < len(lists) && !v.IsNull() {
			lists[i] = append(lists[i], p.columns[i].text(v))
		}
	}
	for i, list := range lists {
		if p.columns[i].repeated {
			p.rec.values[i] = csvRecord(list)
		} else if len(list) > 0 {
			p.rec.values[i] = list[0]
		}
	}
	return &p.rec, true
}

// text is a value as people write it: dates and times in ISO form, decimals exact.
func (c leaf) text(v parquet.Value) string {
	if logical := c.node.Type().LogicalType(); logical != nil {
		switch t := logical.Value.(type) {
		case *types.DateType:
			return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
		case *types.TimestampType:
			return instant(v.Int64(), t.Unit.Value.Duration())
		case *types.DecimalType:
			if v.Kind() == parquet.Int32 || v.Kind() == parquet.Int64 {
				return Decimal(v.Int64(), int(t.Scale))
			}
		}
	}
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32:
		return strconv.FormatInt(int64(v.Int32()), 10)
	case parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	}
	return strings.ToValidUTF8(string(v.ByteArray()), "\ufffd")
}

// instant writes a time that is counted in a unit from 1970 on; whole seconds
// and the rest are taken apart, since nanoseconds alone end in 2262.
func instant(n int64, unit time.Duration) string {
	per := int64(time.Second / unit)
	return time.Unix(n/per, n%per*int64(unit)).UTC().Format(time.DateTime)
}

// Decimal writes n ÷ 10^scale with its point.
func Decimal(n int64, scale int) string {
	digits, sign := strconv.FormatInt(n, 10), ""
	if n < 0 {
		digits, sign = digits[1:], "-"
	}
	if scale <= 0 {
		return sign + digits
	}
	for len(digits) <= scale {
		digits = "0" + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}
