package export

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"

	"benchbook/internal/release"
)

// kind is the type of a column, by its name in Frictionless Table Schema.
type kind string

const (
	words   kind = "string"
	amount  kind = "number"
	count   kind = "integer"
	truth   kind = "boolean"
	calends kind = "date"
)

// column of a table for machines. Name is the header of the file.
type column struct {
	name, title, about string
	kind               kind
}

// table is a table for machines: described once, written as CSV and described
// in several vocabularies.
type table struct {
	file, title, about string
	columns            []column
	key                []string
	refers             map[string]string // column → file whose key it is
	rows               [][]string
}

// tables are everything that the site has released, in long form.
func (s Site) tables() []table {
	out := []table{s.cells(), s.indicators(), s.figures(), s.fields()}
	if curves := s.curves(); len(curves.rows) > 0 {
		out = append(out, curves)
	}
	return out
}

// cells has one row a released number.
func (s Site) cells() table {
	t := table{file: "cells.csv", title: "全部单元", about: "每行一个已公布的数字，或一个按规则不公布的单元", key: []string{"cell"}, refers: map[string]string{"table": "tables.csv"},
		columns: []column{
			{"cell", "单元", "引用时写的名字，各版之间不变", words}, {"table", "表", "所在的表", words}, {"segment", "分组", "字段=值，多个用分号隔开；空 = 总体", words},
			{"segment_label", "分组名", "分组的显示名", words}, {"option", "选项", "选项、分档或区间；空 = 不分选项", words}, {"option_label", "选项名", "选项的显示名", words},
			{"stat", "统计量", "share 占比，ratio 总和之比，mean 均值，p50 中位数，p25 等为分位数", words},
			{"value", "值", "百分比写成小数，0.38 即 38%；空 = 没有或不公布", amount}, {"low", "区间下限", "95% 区间", amount}, {"high", "区间上限", "95% 区间", amount},
			{"text", "印出的值", "正文、图表、表格里的写法", words}, {"n", "计数", "有这个答案或这个数的记录", count}, {"base", "基数", "值所依据的记录，即 n=", count},
			{"contributors", "贡献者", "不同贡献者的个数，同一所有者算一个", count}, {"method", "方法", "计算方法的代号，见 README", words},
			{"suppressed", "不公布", "true = 有数但按规则不给", truth}, {"reason", "原因", "disclosure、dominance、quantile_floor 或 embargo", words}, {"warnings", "提醒", "提醒的代号，多个用分号隔开", words},
		}}
	for _, table := range s.Input.Registry.Tables() {
		for _, r := range table.Rows {
			for _, c := range r.Cells {
				t.rows = append(t.rows, cellRow(table, r, c))
			}
		}
	}
	return t
}

func cellRow(t *release.Table, r release.Row, c *release.Cell) []string {
	var segment, warnings []string
	for _, k := range c.Segment() {
		segment = append(segment, k.Field+"="+k.Value)
	}
	for _, w := range c.Warnings() {
		warnings = append(warnings, w.Code)
	}
	option, label := c.Option()
	row := []string{c.ID(), t.ID, strings.Join(segment, ";"), r.Label(), option, label, c.Stat()}
	value, ok := c.Value()
	lo, hi, has := c.Interval()
	row = append(row, decimal(value, ok), decimal(lo, has), decimal(hi, has), c.Text())
	if c.Suppressed() {
		return append(row, "", "", "", "", "true", c.Reason(), "")
	}
	return append(row, strconv.Itoa(c.N()), strconv.Itoa(c.Base()), strconv.Itoa(c.Contributors()), c.Method().Code, "false", "", strings.Join(warnings, ";"))
}

// decimal is a number in the shortest form that reads back as the same one.
func decimal(x float64, ok bool) string {
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// indicators has one row a table: an indicator cut in one way.
func (s Site) indicators() table {
	t := table{file: "tables.csv", title: "指标", about: "每行一张表：一个指标按一种方式分组", key: []string{"table"},
		columns: []column{
			{"table", "表", "", words}, {"dataset", "数据集", "", words}, {"indicator", "指标", "", words}, {"title", "名称", "", words}, {"kind", "种类", "share、multi、ratio、quantile、binned、payback …", words},
			{"unit", "单位", "% 的值以小数给出", words}, {"by", "分组字段", "多个用分号隔开", words}, {"definition", "定义", "", words}, {"formula", "公式", "", words},
			{"base", "占比的分母", "answered 作答，asked 被问到，all 全部", words}, {"weight", "权重字段", "空 = 不加权", words}, {"source", "来源", "", words}, {"licence", "许可", "", words},
			{"collected_from", "收集起", "", calends}, {"collected_to", "收集止", "", calends}, {"sample", "示例数据", "true = 由程序生成，不代表真实调查", truth},
		}}
	for _, r := range s.Input.Registry.Tables() {
		var by []string
		for _, c := range r.By {
			by = append(by, c.Field)
		}
		d := r.Dataset
		t.rows = append(t.rows, []string{r.ID, d.Name, r.Indicator, r.Title, r.Kind, r.Unit, strings.Join(by, ";"), r.Definition, r.Formula,
			r.Base, r.Weight, d.Source, d.Licence, d.From, d.To, strconv.FormatBool(d.Sample)})
	}
	return t
}

// figures has one row a figure or table of the pages.
func (s Site) figures() table {
	t := table{file: "figures.csv", title: "图表", about: "每行一幅图或表，及其编号、标题与地址", key: []string{"figure"},
		columns: []column{{"figure", "图表", "", words}, {"number", "编号", "", words}, {"title", "标题", "", words}, {"subtitle", "说明", "", words},
			{"kind", "图形", "", words}, {"n", "基数", "", words}, {"source", "来源", "", words}, {"sample", "示例数据", "", truth}, {"address", "地址", "相对于站点", words}}}
	for _, f := range s.Shown {
		t.rows = append(t.rows, []string{f.ID, f.Spec.Number, f.Spec.Finding, f.Spec.Subtitle, f.Spec.Kind, f.Spec.Base, f.Spec.Source,
			strconv.FormatBool(f.Spec.Sample), "figures/" + f.ID + ".html"})
	}
	return t
}

// fields is the data dictionary: what was asked, not what was answered.
func (s Site) fields() table {
	t := table{file: "fields.csv", title: "数据字典", about: "原始数据的字段；原始记录不在数据包里", key: []string{"dataset", "field"},
		columns: []column{{"dataset", "数据集", "", words}, {"field", "字段", "", words}, {"meaning", "含义", "", words}, {"type", "类型", "", words}, {"unit", "单位", "", words}, {"base", "基数", "", words}}}
	for _, d := range s.Input.Datasets {
		for _, f := range d.Fields {
			t.rows = append(t.rows, []string{f.Dataset, f.Name, f.Meaning, f.Type, f.Unit, f.Base})
		}
	}
	return t
}

// curves has one row a step of a curve of time to an event.
func (s Site) curves() table {
	t := table{file: "curves.csv", title: "累计曲线", about: "到某时为止已经达到（如回本）的占比，阶梯状", key: []string{"table", "segment", "time"}, refers: map[string]string{"table": "tables.csv"},
		columns: []column{{"table", "表", "", words}, {"segment", "分组", "", words}, {"time", "时间", "", amount}, {"unit", "时间单位", "", words}, {"value", "累计占比", "", amount},
			{"low", "区间下限", "", amount}, {"high", "区间上限", "", amount}, {"at_risk", "在险数", "此前仍在观察的个数", count}}}
	for _, table := range s.Input.Registry.Tables() {
		for _, r := range table.Rows {
			if r.Curve == nil {
				continue
			}
			for _, p := range r.Curve.Points() {
				t.rows = append(t.rows, []string{table.ID, r.Label(), decimal(p.Time, true), r.Curve.Unit(), decimal(p.Share, true), decimal(p.Lo, true), decimal(p.Hi, true), strconv.Itoa(p.AtRisk)})
			}
		}
	}
	return t
}

// csv is the table as a file: UTF-8, no cell of words that a spreadsheet would run.
func (t table) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := make([]string, len(t.columns))
	for i, c := range t.columns {
		header[i] = c.name
	}
	_ = w.Write(header) // a buffer takes everything
	for _, row := range t.rows {
		_ = w.Write(t.inert(row))
	}
	w.Flush()
	return b.Bytes()
}

func (t table) inert(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = cell
		if t.columns[i].kind == words {
			out[i] = release.Inert(cell)
		}
	}
	return out
}
