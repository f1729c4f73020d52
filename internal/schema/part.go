package schema

import (
	"slices"
	"strconv"

	"benchbook/internal/dataset"
)

// batchRows is how many records are decoded before they are handed on: column by
// column, so that the look-ups of one row do not wait for those of another.
const batchRows = 128

func newRecords(fields int) []Record {
	recs, values := make([]Record, batchRows), make([]Value, batchRows*fields)
	for i := range recs {
		recs[i].Values = values[i*fields : (i+1)*fields : (i+1)*fields]
	}
	return recs
}

// records decodes the rows of a part into recs, as often as they are full.
func (dec *Decoder) records(p *dataset.Part, recs []Record, each func([]Record) error) error {
	dec.part = p
	for from := 0; from < p.Rows; from += len(recs) {
		some := recs[:min(len(recs), p.Rows-from)]
		for i := range dec.columns {
			if c := &dec.columns[i]; c.wanted {
				if cells := p.Column(c.at); cells != nil {
					dec.column(c, cells, from, some)
				}
			}
		}
		for i := range some {
			some[i].Row = p.Line(from + i)
		}
		if err := each(some); err != nil {
			return err
		}
	}
	return nil
}

// column decodes the cells of a column in rows from a place on.
func (dec *Decoder) column(c *column, cells *dataset.Column, from int, recs []Record) {
	if cells.Texts != nil && c.memo != nil {
		for i := range recs {
			dec.at = from + i
			dec.recall(c, &recs[i].Values[c.field], cells.Texts[from+i])
		}
		return
	}
	for i := range recs {
		dec.at = from + i
		dec.cell(c, &recs[i].Values[c.field], cells)
	}
}

// cell decodes the cell of the row at hand.
func (dec *Decoder) cell(c *column, v *Value, cell *dataset.Column) {
	r := dec.at
	switch {
	case cell.Texts != nil:
		dec.text(c, v, cell.Texts[r])
	case cell.Index != nil:
		if at := cell.Index[r]; at >= 0 {
			dec.entry(c, v, cell.Dictionary, at)
			return
		}
		dec.text(c, v, "")
	case cell.Empty != nil && cell.Empty[r]:
		dec.text(c, v, "")
	default:
		dec.figure(c, v, cell, r)
	}
}

// figure decodes a number that the file holds as one.
func (dec *Decoder) figure(c *column, v *Value, cell *dataset.Column, r int) {
	f := &dec.dictionary.Fields[c.field]
	if cell.Ints == nil {
		dec.written(c, v, strconv.FormatFloat(cell.Floats[r], 'f', -1, 64))
		return
	}
	n := cell.Ints[r]
	if plain := f.numeric() && f.Format == "" && len(c.kinds) == 1 && c.memo == nil && f.Constraint.Minimum == nil && f.Constraint.Maximum == nil &&
		dec.unique[c.field] == nil && -1e15 < n && n < 1e15 && (cell.Places == 0 || f.Type == Number); plain {
		*v = Value{}
		v.set(n, cell.Places, exactDigits)
		return
	}
	dec.written(c, v, dataset.Decimal(n, cell.Places))
}

// written decodes a number by its text.
func (dec *Decoder) written(c *column, v *Value, text string) {
	if c.memo != nil {
		dec.recall(c, v, text)
		return
	}
	dec.text(c, v, text)
}

// search reports the cells of columns that no field describes, where they point
// at persons; columns are their places.
func (dec *Decoder) search(p *dataset.Part, columns []int) {
	dec.part = p
	for _, col := range columns {
		cells := p.Column(col)
		if cells == nil || cells.Texts == nil && cells.Index == nil {
			continue // numbers
		}
		for dec.at = range p.Rows {
			text := ""
			if cells.Texts != nil {
				text = cells.Texts[dec.at]
			} else if at := cells.Index[dec.at]; at >= 0 {
				text = cells.Dictionary.Texts[at]
			}
			if couldBePersonal(text) {
				dec.personal(col, text)
			}
		}
	}
}

// strangers are the places of the columns that no field describes, personal ones aside.
func (dec *Decoder) strangers() (out []int) {
	for col, name := range dec.header {
		if dec.fieldAt(col) == nil && !slices.ContainsFunc(dec.dictionary.Fields, func(f Field) bool { return f.Role == RolePersonal && headerText(f.Column) == name }) {
			out = append(out, col)
		}
	}
	return out
}
