package plan

import "math/big"

// View is a table as it is shown: the page prints it, and the spreadsheet comes
// to the same texts in the same columns.
type View struct {
	Columns []Column
	Rows    [][]string
}

// Column is the head of a column.
type Column struct {
	Title   string
	Numeric bool
}

// Fine is how many decimals an adjusted forecast is shown with.
func (f *Forecast) fine() int { return max(2, f.Decimals) }

// FloorName is what the floor of the table is called.
func (f *Forecast) FloorName() string {
	if f.Lower {
		return "上限"
	}
	return "下限"
}

// rated says whether the table is traffic × rates.
func (f *Forecast) rated() bool { return len(f.Months) > 0 && f.Months[0].Rate != nil }

// rateDecimals is how many decimals a percentage needs to be shown exactly.
func (f *Forecast) rateDecimals() int {
	most := 0
	for _, m := range f.Months {
		for m.Rate != nil && !new(big.Rat).Mul(m.Rate, pow10(2+most)).IsInt() {
			most++
		}
	}
	return most
}

func (f *Forecast) columns() []Column {
	out := []Column{{"月份", false}, {"判定", false}, {"落在", false}, {"承诺" + f.Traffic, true}}
	if f.rated() {
		out = append(out, Column{"率", true})
	}
	out = append(out, Column{"原预测", true}, Column{"实到" + f.Traffic, true}, Column{"到位率", true}, Column{"调整后", true}, Column{f.FloorName(), true},
		Column{"实际", true}, Column{"完成率", true})
	if len(f.Tiers) > 0 {
		out = append(out, Column{"奖金（元）", true})
	}
	return out
}

// View lays the table out.
func (t *Table) View() View {
	v := View{Columns: t.columns()}
	d := t.rateDecimals()
	for i, r := range t.Rows {
		rate := ""
		if t.rated() {
			rate = new(big.Rat).Mul(t.Months[i].Rate, big.NewRat(100, 1)).FloatString(d) + "%"
		}
		v.Rows = append(v.Rows, t.texts(r, rate))
	}
	if !t.Lower {
		for _, r := range t.All {
			v.Rows = append(v.Rows, t.texts(r, "—"))
		}
	}
	return v
}

func (t *Table) texts(r Row, rate string) []string {
	out := []string{r.Label, r.Status.Title(), r.Line, text(new(big.Rat).SetInt64(r.Committed), 0)}
	if t.rated() {
		out = append(out, rate)
	}
	out = append(out, r.TargetText, text(r.Delivered, 0), percent(r.Factor), text(rounded(r.Adjusted, t.fine()), t.fine()), text(r.Floor, t.Decimals),
		text(r.Achieved, t.Decimals), percent(r.Done))
	if len(t.Tiers) > 0 {
		out = append(out, text(r.Bonus, 2))
	}
	return out
}

// Points are the numbers that a chart of the table draws, with their texts.
type Points struct {
	Labels                  []string
	Adjusted, Floor, Actual []Point
}

// Point is one of them; Known is false where there is none.
type Point struct {
	V     float64
	Text  string
	Known bool
}

// Points gives what can be drawn of a forecast: where nothing has been delivered
// yet, the forecast as it was promised.
func (t *Table) Points() Points {
	var p Points
	for _, r := range t.Rows {
		adjusted, floor := r.Adjusted, r.Floor
		if adjusted == nil && r.Delivered == nil {
			promised := Row{Target: r.Target, Factor: big.NewRat(1, 1)}
			t.judge(&promised)
			adjusted, floor = promised.Adjusted, promised.Floor
		}
		p.Labels = append(p.Labels, r.Label)
		p.Adjusted = append(p.Adjusted, point(rounded(adjusted, t.fine()), t.fine()))
		p.Floor = append(p.Floor, point(floor, t.Decimals))
		p.Actual = append(p.Actual, point(r.Achieved, t.Decimals))
	}
	return p
}

func point(x *big.Rat, decimals int) Point {
	if x == nil {
		return Point{Text: "—"}
	}
	v, _ := x.Float64()
	return Point{v, text(x, decimals), true}
}
