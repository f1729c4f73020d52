package plan

import (
	"fmt"
)

// added writes the row of the months added up. Only months that are judged count.
func (m *sheetMaker) added(row int) {
	m.put(SheetCell{Row: row, Col: m.label, Text: "逐月合计"})
	m.promised(row)
	status := m.column(m.status)
	judged := fmt.Sprintf(`COUNTIF(%s,"达标")+COUNTIF(%s,"未达标")=0`, status, status)
	sum := func(col int, format string) {
		m.formula(col, row, format, `IF(%s,"—",SUMIF(%s,"达标",%s)+SUMIF(%s,"未达标",%s))`, judged, status, m.column(col), status, m.column(col))
	}
	sum(m.delivered, "#,##0")
	sum(m.adjusted, places10(m.fine()))
	sum(m.floor, places10(m.Decimals))
	sum(m.achieved, places10(m.Decimals))
	if len(m.Tiers) > 0 {
		sum(m.bonusAt(), "#,##0.00")
	}
	m.put(SheetCell{Row: row, Col: m.factor, Text: "—"})
	m.put(SheetCell{Row: row, Col: m.done, Text: "—"})
	m.formula(m.status, row, "", `IF(%s,"未评定",IF(COUNTIF(%s,"未达标")>0,"未达标","达标"))`, judged, status)
	line := m.column(m.line)
	m.formula(m.line, row, "", `IF(%s,"—",IF(COUNTIF(%s,"不及格线")>0,"不及格线",IF(COUNTIF(%s,"正常线")>0,"正常线","优良线")))`, judged, line, line)
}

// column is the range of a column over the months.
func (m *sheetMaker) column(col int) string {
	return fixed(col, m.first) + ":" + fixed(col, m.last)
}

// promised writes what was promised in all.
func (m *sheetMaker) promised(row int) {
	m.formula(m.committed, row, "#,##0", "SUM(%s)", m.column(m.committed))
	if m.rated() {
		m.put(SheetCell{Row: row, Col: m.rate, Text: "—"})
	}
	m.formula(m.target, row, places10(m.Decimals), "SUM(%s)", m.column(m.target))
}

// whole writes the row of all months as one. Numerator and denominator are reduced
// before they are multiplied, so that they stay exact.
func (m *sheetMaker) whole(row int) {
	m.put(SheetCell{Row: row, Col: m.label, Text: "累计"})
	m.promised(row)
	known := fmt.Sprintf(`(%s<>"")*(%s<>"")`, m.column(m.delivered), m.column(m.achieved))
	count := fmt.Sprintf("SUMPRODUCT(%s)=0", known)
	sum := func(col int) string { return fmt.Sprintf("SUMPRODUCT(%s,%s)", known, m.column(col)) }
	m.formula(m.delivered, row, "#,##0", `IF(%s,"—",%s)`, count, sum(m.delivered))
	m.formula(m.achieved, row, places10(m.Decimals), `IF(%s,"—",%s)`, count, sum(m.achieved))
	m.formula(m.won, row, "0", "ROUND(N(%s)*%d,0)", ref(m.achieved, row), m.unit)

	// four numbers below the table: target numerator over its scale, delivered over committed
	n, s, d, c := m.reduced(row, known)
	m.formula(m.p, row, "0", "(%s/GCD(%s,%s))*(%s/GCD(%s,%s))", n, n, c, d, d, s)
	m.formula(m.q, row, "0", "(%s/GCD(%s,%s))*(%s/GCD(%s,%s))", s, d, s, c, n, c)
	m.formula(m.factor, row, "0.00%", `IF(%s,"—",QUOTIENT(%s*10000,%s)/10000)`, count, d, c)
	m.judged(row, count, count)
	if len(m.Tiers) > 0 {
		m.put(SheetCell{Row: row, Col: m.bonusAt(), Text: "—"})
	}
}

// reduced writes the numbers that the cumulative fraction is made of, below the
// table, and gives their cells.
func (m *sheetMaker) reduced(row int, known string) (n, s, d, c string) {
	at := row + 2
	shares := m.column(m.share)
	numerator := fmt.Sprintf("SUMPRODUCT(%s,%s)", known, shares)
	if m.rated() {
		numerator = fmt.Sprintf("(SUMPRODUCT(%s,%s)*%d+SUMPRODUCT(%s,%s))", known, shares, m.scale, known, m.column(m.rest))
	}
	scale := m.scale
	if m.rated() {
		scale *= m.unit
	}
	m.put(SheetCell{Row: at, Col: m.share, Text: "累计用：分子、比例、实到、承诺（已约分）", Helper: true})
	at++
	all := fmt.Sprintf("SUMPRODUCT(%s,%s)", known, m.column(m.committed))
	got := fmt.Sprintf("MIN(N(%s),%s)", ref(m.delivered, row), all)
	m.formula(m.share, at, "0", "%s/MAX(1,GCD(%s,%d))", numerator, numerator, scale)
	m.formula(m.rest, at, "0", "%d/MAX(1,GCD(%s,%d))", scale, numerator, scale)
	m.formula(m.p, at, "0", "IF(%s=0,1,%s/MAX(1,GCD(%s,%s)))", all, got, got, all)
	m.formula(m.q, at, "0", "IF(%s=0,1,%s/MAX(1,GCD(%s,%s)))", all, all, got, all)
	return fixed(m.share, at), fixed(m.rest, at), fixed(m.p, at), fixed(m.q, at)
}
