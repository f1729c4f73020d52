// Package workbook is a client's report as a spreadsheet that goes on computing:
// the client's days stand in one sheet, and every number of the scorecard, the
// forecast and the trend is a formula over them.
//
// In: one client.Card and the ledger that it was made from. Out: the bytes of an
// .xlsx, the same for the same card. What the program computed is stored beside
// each formula, for viewers that do not compute (phones, chats). It refuses to
// hold anything but this client's rows and the released quantiles of its peers,
// and it writes no text that a spreadsheet would run.
package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"time"

	"benchbook/internal/client"

	"github.com/xuri/excelize/v2"
)

// Names of the sheets.
const (
	cardSheet  = "记分卡"
	planSheet  = "预测"
	trendSheet = "趋势"
	daySheet   = "逐日"
	noteSheet  = "说明"
)

// book is a workbook being written. The first error ends it; later calls do nothing.
type book struct {
	file    *excelize.File
	card    *client.Card
	fields  []client.Field
	lines   []client.Line
	styles  map[string]int
	planned map[string]span // rows of the forecast sheet by KPI
	err     error
}

// span is the rows of a KPI in the forecast sheet; sum is the row that adds them up.
type span struct{ from, to, sum int }

// Make writes the workbook of a card.
func Make(card *client.Card, ledger *client.Ledger) ([]byte, error) {
	b := &book{file: excelize.NewFile(), card: card, fields: ledger.Fields(), styles: map[string]int{}, planned: map[string]span{}}
	defer b.file.Close()
	b.lines = ledger.Lines(b.first(), card.AsOf)
	b.do(b.file.SetSheetName("Sheet1", cardSheet))
	for _, name := range []string{planSheet, trendSheet, daySheet, noteSheet} {
		if name == planSheet && !b.plans() {
			continue
		}
		_, err := b.file.NewSheet(name)
		b.do(err)
	}
	b.days()
	b.plan()
	b.trend()
	b.scorecard()
	b.notes()
	b.describe()
	if b.err != nil {
		return nil, b.err
	}
	return b.pack()
}

func (b *book) do(err error) { b.err = errors.Join(b.err, err) }

// first is the earliest day that a formula looks at.
func (b *book) first() client.Day {
	day := b.card.Period.Previous().Start
	for _, s := range b.card.Scores {
		if len(s.Trend) > 0 {
			day = min(day, s.Trend[0].Period.Start)
		}
		for _, m := range b.card.Client.Planned(s.KPI, b.card.Period) {
			day = min(day, m.Period.Start)
		}
	}
	return day
}

// plans says whether a KPI of the card has a forecast by month.
func (b *book) plans() bool {
	return b.card.Complete && slices.ContainsFunc(b.card.Scores, func(s client.Score) bool { return s.Promise != nil && len(s.KPI.Plan) > 0 })
}

// sheet streams rows into one sheet.
type sheet struct {
	book *book
	w    *excelize.StreamWriter
	row  int
}

func (b *book) sheet(name string, frozen int, widths ...float64) *sheet {
	w, err := b.file.NewStreamWriter(name)
	b.do(err)
	if err != nil {
		return &sheet{book: b}
	}
	for i, width := range widths {
		b.do(w.SetColWidth(i+1, i+1, width))
	}
	if frozen > 0 {
		b.do(w.SetPanes(&excelize.Panes{Freeze: true, YSplit: frozen, XSplit: 1, TopLeftCell: at(2, frozen+1), ActivePane: "bottomRight"}))
	}
	return &sheet{b, w, 0}
}

// put writes the next row; nil leaves a cell empty.
func (s *sheet) put(cells ...any) {
	s.row++
	if s.w != nil && s.book.err == nil {
		s.book.do(s.w.SetRow(at(1, s.row), cells))
	}
}

func (s *sheet) end() {
	if s.w != nil {
		s.book.do(s.w.Flush())
	}
}

func at(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row)
	return name
}

// letter is a column's name.
func letter(col int) string {
	name, _ := excelize.ColumnNumberToName(col)
	return name
}

// style makes a style once, by its look and number format.
func (b *book) style(look, format string) int {
	key := look + "\x00" + format
	if id, ok := b.styles[key]; ok {
		return id
	}
	s := excelize.Style{}
	switch look {
	case "title":
		s.Font = &excelize.Font{Bold: true, Size: 16}
	case "mute":
		s.Font = &excelize.Font{Color: "5A626C"}
	case "head":
		s.Font = &excelize.Font{Bold: true, Color: "FFFFFF"}
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.card.Client.Brand.Light.Accent}}
		s.Alignment = &excelize.Alignment{WrapText: true, Vertical: "center"}
	case "input": // what a reader may change
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF6D6"}}
	case "wrap":
		s.Alignment = &excelize.Alignment{WrapText: true, Vertical: "top"}
	case "strong":
		s.Font = &excelize.Font{Bold: true}
	}
	if format != "" {
		s.CustomNumFmt = &format
	}
	id, err := b.file.NewStyle(&s)
	b.do(err)
	b.styles[key] = id
	return id
}

// text is a cell of words; they are stored as words, so that none of them runs.
func (b *book) text(words, look string) excelize.Cell {
	return excelize.Cell{StyleID: b.style(look, ""), Value: words}
}

// heads is a row of column titles.
func (b *book) heads(words ...string) (out []any) {
	for _, w := range words {
		out = append(out, b.text(w, "head"))
	}
	return out
}

// number is a plain number, nil where it is not known.
func (b *book) number(x float64, look, format string) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return excelize.Cell{StyleID: b.style(look, format), Value: x}
}

// formula is a formula with what the program computed; value is a number or words.
func (b *book) formula(text string, value any, look, format string) any {
	if x, ok := value.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
		value = "—"
	}
	return excelize.Cell{StyleID: b.style(look, format), Formula: text, Value: value}
}

const dayFormat = "yyyy-mm-dd"

// epoch is day 0 of client.Day in the numbering of spreadsheets.
const epoch = 25569

func (b *book) day(d client.Day, look string) any {
	return excelize.Cell{StyleID: b.style(look, dayFormat), Value: int(d) + epoch}
}

// format is how a KPI's numbers are printed.
func format(k *client.KPI) string {
	out := "#,##0"
	if k.Decimals > 0 {
		out += "." + "0000"[:k.Decimals]
	}
	if k.Percent {
		out += "%"
	}
	return out
}

func (b *book) notes() {
	s := b.sheet(noteSheet, 0, 18, 90)
	for _, line := range [][2]string{
		{"怎样用", "「记分卡」「预测」「趋势」里的数都是公式，由「逐日」的行算出。改「逐日」或黄底的格子，其余随之更新。"},
		{"与网页一致", "没有改动时，每个数与网页版报表相同；手机和聊天软件里不重算，显示的是生成时的值。"},
		{"怎样合并", "流量相加，存量取期末一天，比率由分子、分母各自合并再相除，去重人数不相加。"},
		{"评定", "用整数比较：恰好达到下限算达到。不完整的期不评定。"},
		{"同行", "分位数不含本企业及其关联品牌，经过公布控制；空着的就是不公布。"},
		{"数据截至", b.card.AsOf.String() + "；之后收到的行不在内。"},
	} {
		s.put(b.text(line[0], "strong"), b.text(line[1], "wrap"))
	}
	s.end()
}

// describe fills the document's properties; its date is the report's.
func (b *book) describe() {
	day := b.card.AsOf.String() + "T00:00:00Z"
	creator := "benchbook"
	if b.card.Client.WhiteLabel {
		creator = b.card.Client.Name
	}
	b.do(b.file.SetDocProps(&excelize.DocProperties{Title: b.title(), Creator: creator, LastModifiedBy: creator, Created: day, Modified: day, Language: "zh-CN"}))
	b.do(b.file.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel"}))
	recalculate := true
	b.do(b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &recalculate}))
}

func (b *book) title() string {
	return b.card.Client.Name + " " + b.card.Period.Cadence.Title() + " · " + b.card.Period.Title()
}

// computedWords is a formula's cell whose stored words the library writes in a
// form that only cells without formulas have.
var computedWords = regexp.MustCompile(`t="inlineStr"><f>([^<]*)</f><is><t[^>]*>([^<]*)</t></is>`)

// pack writes the parts again, in the order of their names and without the hour.
func (b *book) pack() ([]byte, error) {
	buf, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, entry := range r.File {
		if err := repack(z, entry); err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name, err)
		}
	}
	err = z.Close()
	return out.Bytes(), err
}

func repack(z *zip.Writer, entry *zip.File) error {
	in, err := entry.Open()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); err != nil {
		return err
	}
	data = computedWords.ReplaceAll(data, []byte(`t="str"><f>$1</f><v>$2</v>`))
	w, err := z.CreateHeader(&zip.FileHeader{Name: entry.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}
