package plan

import (
	"cmp"
	"fmt"
	"math/big"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Payback is one project's ledger by month, as it is written.
type Payback struct {
	Name, File, Title, Summary, Source string
	Sample                             bool
	Decimals                           int
	Months                             []LedgerMonth
	Pos                                diag.Pos
}

// LedgerMonth is a month's gross profit and outlay, in yuan.
type LedgerMonth struct{ Earned, Spent *big.Rat }

// Return is what a ledger comes to. Months count from 1.
type Return struct {
	*Payback
	Net, Cash []*big.Rat // by month, and added up
	Breakeven int        // first month whose net is not below 0; 0 = none
	Month     int        // at whose end the sum is first not below 0 again; 0 = not yet
	Time      *big.Rat   // linear within that month; nil = not yet
	Profit    int        // first month after that with a net above 0; 0 = none
	Relapse   int        // first month after that at whose end the sum is below 0 again; 0 = none
	Never     bool       // the sum was never below 0: there was nothing to pay back
}

type rawPayback struct {
	Title    string `toml:"title"`
	Summary  string `toml:"summary"`
	Source   string `toml:"source"`
	Sample   bool   `toml:"sample"`
	Decimals int    `toml:"decimals"`
	Month    []struct {
		Earned any `toml:"earned"`
		Spent  any `toml:"spent"`
	} `toml:"month"`
}

// LoadPayback reads one ledger; ok is false when something is wrong.
func LoadPayback(name, file string, src []byte, l *diag.List) (*Payback, bool) {
	var raw rawPayback
	r := &reader{l: l}
	r.src, r.ok = config.Decode(file, src, &raw, l)
	p := &Payback{Name: name, File: file, Title: cmp.Or(raw.Title, name), Summary: raw.Summary, Source: raw.Source, Sample: raw.Sample, Decimals: min(max(raw.Decimals, 0), 2), Pos: diag.At(file, 1, 1)}
	for i, m := range raw.Month {
		w := LedgerMonth{r.number(m.Earned, "month", i, "earned"), r.number(m.Spent, "month", i, "spent")}
		for _, x := range []*big.Rat{w.Earned, w.Spent} {
			if x == nil || half(x, p.Decimals).Cmp(x) != 0 {
				r.fail("payback.month", diag.T("第 %d 个月要写 earned 与 spent，不比 decimals = %d 更细", "month %d has earned and spent, no finer than decimals = %d", i+1, p.Decimals), diag.Text{}, "month", i)
				break
			}
		}
		p.Months = append(p.Months, w)
	}
	if r.ok && len(p.Months) == 0 {
		r.fail("payback.month", diag.T("台账没有月份", "the ledger has no month"), diag.T("加一段 [[month]]", "add a [[month]]"))
	}
	return p, r.ok
}

// Reckon follows the money.
func (p *Payback) Reckon() *Return {
	r := &Return{Payback: p}
	sum, was, zero := new(big.Rat), false, new(big.Rat)
	for i, m := range p.Months {
		net := new(big.Rat).Sub(m.Earned, m.Spent)
		before := new(big.Rat).Set(sum)
		sum = new(big.Rat).Add(sum, net)
		r.Net, r.Cash = append(r.Net, net), append(r.Cash, sum)
		if r.Breakeven == 0 && net.Sign() >= 0 {
			r.Breakeven = i + 1
		}
		switch {
		case r.Month > 0:
			if r.Profit == 0 && net.Sign() > 0 {
				r.Profit = i + 1
			}
			if r.Relapse == 0 && sum.Cmp(zero) < 0 {
				r.Relapse = i + 1
			}
		case was && sum.Sign() >= 0:
			r.Month = i + 1
			r.Time = new(big.Rat).Add(new(big.Rat).SetInt64(int64(i)), new(big.Rat).Quo(new(big.Rat).Neg(before), net))
		}
		was = was || sum.Sign() < 0
	}
	r.Never = !was
	return r
}

// TimeText is the time to payback with two decimals, or for how long there has been none.
func (r *Return) TimeText() string {
	switch {
	case r.Never:
		return "从未垫钱"
	case r.Time == nil:
		return fmt.Sprintf("至少 %d 个月，尚未回本", len(r.Months))
	}
	return text(half(r.Time, 2), 2) + " 个月"
}

// Sentences says what the ledger comes to, one thing each.
func (r *Return) Sentences() []string {
	month := func(n int, none string) string {
		if n == 0 {
			return none
		}
		return fmt.Sprintf("第 %d 个月", n)
	}
	out := []string{"单月盈亏平衡：" + month(r.Breakeven, "还没有"), "回本用时：" + r.TimeText()}
	if r.Month > 0 {
		out = append(out, "回本后首个盈利月："+month(r.Profit, "还没有"))
	}
	if r.Relapse > 0 {
		out = append(out, fmt.Sprintf("回本后又转负：第 %d 个月", r.Relapse))
	}
	if r.Time == nil && !r.Never {
		out = append(out, "统计时按「至少这么久」计入，不剔除")
	}
	return out
}

// View lays the ledger out.
func (r *Return) View() View {
	v := View{Columns: []Column{{"月份", false}, {"毛利（元）", true}, {"投入（元）", true}, {"当月净额", true}, {"累计净额", true}, {"标志", false}}}
	for i, m := range r.Months {
		v.Rows = append(v.Rows, []string{fmt.Sprintf("第 %d 个月", i+1), text(m.Earned, r.Decimals), text(m.Spent, r.Decimals), text(r.Net[i], r.Decimals), text(r.Cash[i], r.Decimals), r.mark(i + 1)})
	}
	return v
}

// mark says what happens in a month, the most important first.
func (r *Return) mark(month int) string {
	switch month {
	case r.Month:
		return "回本"
	case r.Relapse:
		return "转负"
	case r.Breakeven:
		return "单月平衡"
	case r.Profit:
		return "盈利"
	}
	return "—"
}

// Points are the sums that a chart draws.
func (r *Return) Points() Points {
	var p Points
	for i := range r.Months {
		p.Labels = append(p.Labels, fmt.Sprint(i+1))
		p.Actual = append(p.Actual, point(r.Cash[i], r.Decimals))
	}
	return p
}

// Sheet is the ledger as a spreadsheet with live formulas.
func (r *Return) Sheet() (*Sheet, bool) {
	limit := new(big.Rat).SetInt64(1 << 44)
	for i := range r.Months {
		for _, x := range []*big.Rat{r.Months[i].Earned, r.Months[i].Spent, new(big.Rat).Abs(r.Cash[i])} {
			if new(big.Rat).Mul(x, pow10(r.Decimals)).Cmp(limit) > 0 {
				return nil, false
			}
		}
	}
	s := &Sheet{Title: r.Title, First: 5, Widths: []float64{14}}
	first, last := 6, 5+len(r.Months)
	put := func(c SheetCell) { s.Cells = append(s.Cells, c) }
	put(SheetCell{Row: 1, Col: 1, Text: r.Title, Head: true})
	put(SheetCell{Row: 2, Col: 1, Text: "底色格是输入，其余是公式。"})
	put(SheetCell{Row: 3, Col: 1, Text: "回本用时（个月）"})
	put(SheetCell{Row: 3, Col: 2, Formula: fmt.Sprintf(`IF(COUNTIF(E%d:E%d,"<0")=0,"从未垫钱",IF(SUM(I%d:I%d)=0,"尚未回本",SUM(I%d:I%d)))`, first, last, first, last, first, last), Format: "0.00"})
	for i, c := range r.View().Columns {
		put(SheetCell{Row: s.First, Col: i + 1, Text: c.Title, Head: true})
	}
	unit := pow10(r.Decimals).Num().Int64()
	for i, m := range r.Months {
		r.sheetMonth(put, i, first+i, first, unit, m)
	}
	return s, true
}

func (r *Return) sheetMonth(put func(SheetCell), i, row, first int, unit int64, m LedgerMonth) {
	money := places10(r.Decimals)
	cell := func(col int, formula, format string, args ...any) {
		put(SheetCell{Row: row, Col: col, Formula: fmt.Sprintf(formula, args...), Format: format, Helper: col > 6})
	}
	put(SheetCell{Row: row, Col: 1, Text: fmt.Sprintf("第 %d 个月", i+1)})
	put(SheetCell{Row: row, Col: 2, Number: m.Earned, Format: money, Input: true})
	put(SheetCell{Row: row, Col: 3, Number: m.Spent, Format: money, Input: true})
	before, low, hit := "0", "FALSE", "0"
	if row > first {
		before = fmt.Sprintf("G%d", row-1)
		low = fmt.Sprintf("COUNTIF(G$%d:G%d,\"<0\")>0", first, row-1)
		hit = fmt.Sprintf("SUM(H$%d:H%d)", first, row-1)
	}
	cell(4, "(ROUND(B%d*%d,0)-ROUND(C%d*%d,0))/%d", money, row, unit, row, unit, unit)
	cell(5, "G%d/%d", money, row, unit)
	cell(7, "%s+ROUND(D%d*%d,0)", "0", before, row, unit)
	cell(8, "IF(AND(%s,G%d>=0,%s=0),1,0)", "0", low, row, hit)
	cell(9, "IF(H%d=1,QUOTIENT(2*100*(%d*ROUND(D%d*%d,0)-%s)+ROUND(D%d*%d,0),2*ROUND(D%d*%d,0))/100,0)", "0.00", row, i, row, unit, before, row, unit, row, unit)
	past := "0"
	if row > first {
		past = hit
	}
	earlier := func(col string, condition string) string {
		if row == first {
			return "0"
		}
		return fmt.Sprintf("COUNTIF(%s$%d:%s%d,\"%s\")", col, first, col, row-1, condition)
	}
	// J: relapse, K: breakeven, L: profit, each at its first month
	cell(10, "IF(AND(%s>0,G%d<0,%s=0),1,0)", "0", past, row, earlier("J", "1"))
	cell(11, "IF(AND(D%d>=0,%s=0),1,0)", "0", row, earlier("K", "1"))
	cell(12, "IF(AND(%s>0,D%d>0,%s=0),1,0)", "0", past, row, earlier("L", "1"))
	cell(6, `IF(H%d=1,"回本",IF(J%d=1,"转负",IF(K%d=1,"单月平衡",IF(L%d=1,"盈利","—"))))`, "", row, row, row, row)
}
