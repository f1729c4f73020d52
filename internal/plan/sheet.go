package plan

import (
	"fmt"
	"math/big"
	"strings"
)

// Sheet is a spreadsheet with live formulas. Every formula works on whole numbers
// below 2⁵³, which a spreadsheet holds exactly, so that it comes to the digits of
// the page; First is the row of the table's head, under which the rows of the View
// stand in its columns.
type Sheet struct {
	Title  string
	Cells  []SheetCell
	First  int
	Widths []float64
}

// SheetCell is one cell: a text, an input, or a formula. Format is a number format.
type SheetCell struct {
	Row, Col int // from 1
	Text     string
	Number   *big.Rat
	Formula  string
	Format   string
	Input    bool
	Head     bool
	Helper   bool
}

// ref is the address of a cell.
func ref(col, row int) string { return letters(col) + fmt.Sprint(row) }

func letters(col int) string {
	if col > 26 {
		return letters((col-1)/26) + string(rune('A'+(col-1)%26))
	}
	return string(rune('A' + col - 1))
}

func fixed(col, row int) string { return fmt.Sprintf("$%s$%d", letters(col), row) }

// places are the columns of a forecast's sheet.
type places struct {
	label, committed, rate, target, delivered, factor, adjusted, floor, achieved, done, status, line, bonus int
	share, rest, p, q, won                                                                                  int // helpers, right of the table
}

func (f *Forecast) places() places {
	p, next := places{}, 1
	take := func(into *int, want bool) {
		if want {
			*into = next
			next++
		}
	}
	for _, c := range []struct {
		into *int
		want bool
	}{{&p.label, true}, {&p.status, true}, {&p.line, true}, {&p.committed, true}, {&p.rate, f.rated()}, {&p.target, true}, {&p.delivered, true}, {&p.factor, true}, {&p.adjusted, true}, {&p.floor, true},
		{&p.achieved, true}, {&p.done, true}, {&p.bonus, len(f.Tiers) > 0}} {
		take(c.into, c.want)
	}
	next++ // an empty column keeps the helpers apart
	for _, into := range []*int{&p.share, &p.rest, &p.p, &p.q, &p.won} {
		take(into, true)
	}
	return p
}

// sheetMaker writes the cells of one forecast.
type sheetMaker struct {
	*Table
	places
	out                     *Sheet
	floorN, floorD          string // the floor as a reduced fraction, in cells
	first, last             int    // rows of the months
	scale, unit             int64
	tierOver, tierPer, caps []string // cells, in units and cents
}

// Sheet makes the spreadsheet; ok is false where its numbers would pass 2⁵³ and
// a spreadsheet could not hold them exactly.
func (t *Table) Sheet() (*Sheet, bool) {
	m := &sheetMaker{Table: t, places: t.places(), out: &Sheet{Title: t.Title}}
	m.unit = pow10(t.Decimals).Num().Int64()
	m.scale = pow10(2 + t.rateDecimals()).Num().Int64()
	if !t.rated() {
		m.scale = m.unit
	}
	if !m.holds() {
		return nil, false
	}
	row := m.terms()
	m.out.First = row
	m.first, m.last = row+1, row+len(t.Months)
	for i, c := range t.columns() {
		m.put(SheetCell{Row: row, Col: i + 1, Text: c.Title, Head: true})
	}
	for i, title := range []string{"份额（整数）", "余数", "分子", "分母", "实际（整数）"} {
		m.put(SheetCell{Row: row, Col: m.share + i, Text: title, Helper: true})
	}
	for i := range t.Months {
		m.month(i, m.first+i)
	}
	if !t.Lower {
		m.added(m.last + 1)
		m.whole(m.last + 2)
	}
	m.out.Widths = []float64{14}
	return m.out, true
}

// exactLimit is the first whole number beyond which a spreadsheet's are not all exact.
var exactLimit = new(big.Int).Lsh(big.NewInt(1), 53)

// holds says whether every product of the formulas stays below 2⁵³.
func (m *sheetMaker) holds() bool {
	unit := new(big.Rat).SetInt64(m.unit)
	small := func(factors ...*big.Rat) bool {
		product := big.NewRat(1, 1)
		for _, f := range factors {
			product.Mul(product, f)
		}
		return product.IsInt() && product.Num().CmpAbs(exactLimit) < 0 || !product.IsInt() && product.Cmp(new(big.Rat).SetInt(exactLimit)) < 0
	}
	for i, r := range m.Table.Rows {
		committed := new(big.Rat).SetInt64(max(r.Committed, 1))
		before := []*big.Rat{m.Months[i].target(), unit, committed}
		if m.rated() {
			before = []*big.Rat{m.Months[i].target(), new(big.Rat).SetInt64(m.scale), unit}
		}
		if !small(before...) || !m.rowHolds(r) {
			return false
		}
	}
	sum := m.All[1].Target
	return m.Lower || small(sum, new(big.Rat).SetInt64(m.scale), unit) && m.rowHolds(m.All[1])
}

// rowHolds looks at the products that a row's verdict and its rounding are made of.
func (m *sheetMaker) rowHolds(r Row) bool {
	if r.Adjusted == nil {
		return true
	}
	const share = 10_000 // a completion in hundredths of a percent
	p, q := r.Adjusted.Num(), r.Adjusted.Denom()
	unit, won := big.NewInt(m.unit), new(big.Int)
	if r.Achieved != nil {
		won = new(big.Rat).Mul(r.Achieved, new(big.Rat).SetInt64(m.unit)).Num()
	}
	floor := big.NewInt(share)
	for _, x := range []*big.Int{m.Floor.Num(), m.Floor.Denom(), pow10(m.fine()).Num()} {
		if floor.Cmp(x) < 0 {
			floor = x
		}
	}
	for _, pair := range [][2]*big.Int{{new(big.Int).Mul(p, unit), floor}, {new(big.Int).Mul(won, q), floor}, {q, floor}} {
		if new(big.Int).Mul(pair[0], pair[1]).Cmp(exactLimit) >= 0 {
			return false
		}
	}
	return true
}

func (m *sheetMaker) put(c SheetCell) { m.out.Cells = append(m.out.Cells, c) }

func (m *sheetMaker) formula(col, row int, format, formula string, args ...any) {
	m.put(SheetCell{Row: row, Col: col, Formula: fmt.Sprintf(formula, args...), Format: format, Helper: col >= m.share})
}

func (m *sheetMaker) input(col, row int, x *big.Rat, format string) {
	m.put(SheetCell{Row: row, Col: col, Number: x, Format: format, Input: true})
}

// terms writes floor, basis and bonus, and gives the row after them.
func (m *sheetMaker) terms() int {
	m.put(SheetCell{Row: 1, Col: 1, Text: m.Title, Head: true})
	m.put(SheetCell{Row: 2, Col: 1, Text: "底色格是输入，其余是公式；判定用整数比较，不先取整。"})
	m.put(SheetCell{Row: 3, Col: 1, Text: m.FloorName() + "占预测"})
	m.input(2, 3, m.Floor, "0.####%")
	m.put(SheetCell{Row: 4, Col: 1, Text: "考核口径"})
	m.put(SheetCell{Row: 4, Col: 2, Text: m.Basis.Title()})
	scale := int64(1_000_000)
	m.formula(m.share, 3, "0", "ROUND(B3*%d,0)/GCD(ROUND(B3*%d,0),%d)", scale, scale, scale)
	m.formula(m.rest, 3, "0", "%d/GCD(ROUND(B3*%d,0),%d)", scale, scale, scale)
	m.floorN, m.floorD = fixed(m.share, 3), fixed(m.rest, 3)
	row := 5
	for i, t := range m.Tiers {
		m.put(SheetCell{Row: row, Col: 1, Text: fmt.Sprintf("奖金第 %d 级：超过，每%s（元）", i+1, m.Unit)})
		m.input(2, row, t.Over, places10(m.Decimals))
		m.input(3, row, t.Per, "#,##0.00")
		m.formula(m.share, row, "0", "ROUND(B%d*%d,0)", row, m.unit)
		m.formula(m.rest, row, "0", "ROUND(C%d*100,0)", row)
		m.tierOver, m.tierPer = append(m.tierOver, fixed(m.share, row)), append(m.tierPer, fixed(m.rest, row))
		row++
	}
	if m.Cap != nil {
		m.put(SheetCell{Row: row, Col: 1, Text: "奖金封顶（元）"})
		m.input(2, row, m.Cap, "#,##0.00")
		m.formula(m.share, row, "0", "ROUND(B%d*100,0)", row)
		m.caps = []string{fixed(m.share, row)}
		row++
	}
	return row + 1
}

// places10 is the number format of so many decimals.
func places10(decimals int) string {
	if decimals == 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", decimals)
}

// month writes one month.
func (m *sheetMaker) month(i, row int) {
	w := m.Months[i]
	m.put(SheetCell{Row: row, Col: m.label, Text: w.Label})
	m.input(m.committed, row, new(big.Rat).SetInt64(w.Committed), "#,##0")
	c, at := ref(m.committed, row), func(col int) string { return ref(col, row) }
	if m.rated() {
		m.input(m.rate, row, w.Rate, percentFormat(m.rateDecimals()))
		n := fmt.Sprintf("%s*ROUND(%s*%d,0)*%d", c, at(m.rate), m.scale, m.unit)
		m.formula(m.share, row, "0", "QUOTIENT(%s,%d)", n, m.scale)
		m.formula(m.rest, row, "0", "MOD(%s,%d)", n, m.scale)
		m.spread(row)
	} else {
		m.input(m.target, row, w.Target, places10(m.Decimals))
		m.formula(m.share, row, "0", "ROUND(%s*%d,0)", at(m.target), m.unit)
	}
	m.input(m.delivered, row, w.Delivered, "#,##0")
	m.input(m.achieved, row, w.Achieved, places10(m.Decimals))
	d := at(m.delivered)
	m.formula(m.factor, row, "0.00%", `IF(%s="","—",IF(%s=0,1,QUOTIENT(MIN(%s,%s)*10000,%s)/10000))`, d, c, d, c, c)
	m.fraction(row)
	m.formula(m.won, row, "0", `ROUND(N(%s)*%d,0)`, at(m.achieved), m.unit)
	m.judged(row, fmt.Sprintf(`OR(%s="",%s)`, d, m.none(row)), fmt.Sprintf(`%s=""`, at(m.achieved)))
	m.bonus(row)
}

// none is the condition under which a month cannot be adjusted.
func (m *sheetMaker) none(row int) string {
	if !m.Lower {
		return "FALSE"
	}
	return fmt.Sprintf("AND(%s>0,N(%s)=0)", ref(m.committed, row), ref(m.delivered, row))
}

func percentFormat(decimals int) string {
	if decimals == 0 {
		return "0%"
	}
	return "0." + strings.Repeat("0", decimals) + "%"
}

// spread gives the largest remainders one more, so that the months add up.
func (m *sheetMaker) spread(row int) {
	rests := fmt.Sprintf("%s:%s", fixed(m.rest, m.first), fixed(m.rest, m.last))
	above := "0"
	if row > m.first {
		above = fmt.Sprintf("COUNTIF(%s:%s,%s)", fixed(m.rest, m.first), fixed(m.rest, row-1), ref(m.rest, row))
	}
	left := fmt.Sprintf("QUOTIENT(2*SUM(%s)+%d,%d)", rests, m.scale, 2*m.scale)
	m.formula(m.target, row, places10(m.Decimals), `(%s+IF(COUNTIF(%s,">"&%s)+%s<%s,1,0))/%d`, ref(m.share, row), rests, ref(m.rest, row), above, left, m.unit)
}

// fraction writes the adjusted forecast of a month as a reduced fraction.
func (m *sheetMaker) fraction(row int) {
	c, d := ref(m.committed, row), ref(m.delivered, row)
	var p, q string
	got := fmt.Sprintf("IF(%s=0,1,MIN(N(%s),%s))", c, d, c)
	all := fmt.Sprintf("IF(%s=0,1,%s)", c, c)
	switch {
	case m.rated():
		p, q = fmt.Sprintf("ROUND(%s*%d,0)*MIN(N(%s),%s)", ref(m.rate, row), m.scale, d, c), fmt.Sprint(m.scale)
	case m.Lower:
		p, q = fmt.Sprintf("%s*%s", ref(m.share, row), all), fmt.Sprintf("%d*%s", m.unit, got)
	default:
		p, q = fmt.Sprintf("%s*%s", ref(m.share, row), got), fmt.Sprintf("%d*%s", m.unit, all)
	}
	m.formula(m.p, row, "0", "(%s)/MAX(1,GCD(%s,%s))", p, p, q)
	m.formula(m.q, row, "0", "(%s)/MAX(1,GCD(%s,%s))", q, p, q)
}

// judged writes what follows from the fraction and the result. Blank and unknown
// are conditions under which there is no forecast and no result.
func (m *sheetMaker) judged(row int, blank, unknown string) {
	p, q, a := ref(m.p, row), ref(m.q, row), ref(m.won, row)
	fine := pow10(m.fine()).Num().Int64()
	m.formula(m.adjusted, row, places10(m.fine()), `IF(%s,"—",QUOTIENT(2*%s*%d+%s,2*%s)/%d)`, blank, p, fine, q, q, fine)
	n, d := fmt.Sprintf("%s*%s*%d", p, m.floorN, m.unit), fmt.Sprintf("%s*%s", q, m.floorD)
	won, asked := fmt.Sprintf("%s*%s", a, q), fmt.Sprintf("%s*%d", p, m.unit)
	floor := fmt.Sprintf("(QUOTIENT(%s,%s)+IF(MOD(%s,%s)>0,1,0))/%d", n, d, n, d, m.unit)
	if m.Lower {
		won, asked = asked, won
		floor = fmt.Sprintf("QUOTIENT(%s*%s*%d,%s*%s)/%d", p, m.floorD, m.unit, q, m.floorN, m.unit)
	}
	m.formula(m.floor, row, places10(m.Decimals), `IF(%s,"—",%s)`, blank, floor)
	m.formula(m.done, row, "0.00%", `IF(OR(%s,%s,%s=0),"—",QUOTIENT(%s*10000,%s)/10000)`, blank, unknown, asked, won, asked)
	m.formula(m.status, row, "", `IF(OR(%s,%s),"未评定",IF(%s*%s>=%s*%s,"达标","未达标"))`, blank, unknown, won, m.floorD, asked, m.floorN)
	over := ""
	if m.Table.Forecast.Tiers != nil && row <= m.last {
		over = fmt.Sprintf(`IF(N(%s)>0,"超额线",`, ref(m.bonusAt(), row))
	}
	line := fmt.Sprintf(`IF(OR(%s,%s),"—",%sIF(%s>=%s,"优良线",IF(%s*%s>=%s*%s,"正常线","不及格线"))`, blank, unknown, over, won, asked, won, m.floorD, asked, m.floorN)
	if over != "" {
		line += ")"
	}
	m.formula(m.line, row, "", "%s)", line)
}

func (m *sheetMaker) bonusAt() int { return m.places.bonus }

// bonus writes what is paid beyond the tiers, in whole cents.
func (m *sheetMaker) bonus(row int) {
	if len(m.Tiers) == 0 {
		return
	}
	a := ref(m.won, row)
	var parts []string
	for i := range m.tierOver {
		top := a
		if i+1 < len(m.tierOver) {
			top = fmt.Sprintf("MIN(%s,%s)", a, m.tierOver[i+1])
		}
		parts = append(parts, fmt.Sprintf("MAX(0,%s-%s)*%s", top, m.tierOver[i], m.tierPer[i]))
	}
	cents := fmt.Sprintf("QUOTIENT(%s,%d)", strings.Join(parts, "+"), m.unit)
	for _, c := range m.caps {
		cents = fmt.Sprintf("MIN(%s,%s)", c, cents)
	}
	won, asked := fmt.Sprintf("%s*%s", a, ref(m.q, row)), fmt.Sprintf("%s*%d", ref(m.p, row), m.unit)
	m.formula(m.bonusAt(), row, "#,##0.00", `IF(%s="未评定","—",IF(%s>=%s,%s/100,0))`, ref(m.status, row), won, asked, cents)
}
