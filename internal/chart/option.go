package chart

import (
	"encoding/json"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

// option is the interactive drawing as go-echarts types. Functions are names that the page's own script knows; data are
// our own items, because those of the library have no field for the printed text.
type option struct {
	x, y   opts.XAxis
	legend []string // names in the order of the marks; none means no legend
	series []charts.SingleSeries
	head   int // how many captions of references stand above the plot
}

// datum is one item of a series. The tooltip shows the strings, never the number.
type datum struct {
	Name      string          `json:"name,omitempty"`
	Value     any             `json:"value"`
	Text      string          `json:"text"`
	Names     []string        `json:"names,omitempty"` // what Texts are, one each
	Texts     []string        `json:"texts,omitempty"` // more printed texts of the item
	LoText    string          `json:"lo,omitempty"`
	HiText    string          `json:"hi,omitempty"`
	NText     string          `json:"n,omitempty"`
	ItemStyle *opts.ItemStyle `json:"itemStyle,omitempty"`
	Label     *opts.Label     `json:"label,omitempty"`
}

// Option is the interactive drawing as JSON of Apache ECharts: deterministic, and escaped so that it may stand in a
// script element of type application/json. Colours are the light palette; the member "theme" maps each to the custom
// property that replaces it.
func Option(s Spec) ([]byte, error) {
	f, err := prepare(s)
	if err != nil {
		return nil, err
	}
	return json.Marshal(f.kind.option(f).object())
}

// object is the option as go-echarts encodes it, with what its types cannot express added.
func (o *option) object() map[string]any {
	c := charts.NewCustom()
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithColorsOpts(paletteHex()),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", Formatter: "tip"}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(o.legend) > 0), Data: o.legend, Top: "0", TextStyle: &opts.TextStyle{Color: sheet.Ink.Light}}),
		charts.WithGridOpts(opts.Grid{Left: "8", Right: "24", Top: itoa(44 + 16*o.head), Bottom: o.bottom(), ContainLabel: opts.Bool(true)}),
		charts.WithYAxisOpts(upright(o.y)),
	)
	c.SetXAxis(o.x.Data)
	c.XAxisList[0] = o.x
	c.MultiSeries = o.series
	c.Validate()
	object := c.JSON()
	object["progressive"] = 0
	object["theme"] = themeMap()
	return object
}

// bottom leaves room for the name of the horizontal axis.
func (o *option) bottom() string {
	if o.x.Name != "" {
		return "32"
	}
	return "8"
}

// upright turns an axis into the library's other type for the same thing.
func upright(a opts.XAxis) opts.YAxis {
	return opts.YAxis{Type: a.Type, Data: a.Data, Min: a.Min, Max: a.Max, Inverse: a.Inverse,
		AxisLabel: a.AxisLabel, SplitLine: a.SplitLine, AxisLine: a.AxisLine, Scale: a.Scale}
}

// paletteHex is the light palette, in order.
func paletteHex() []string {
	out := make([]string, len(sheet.Categories))
	for i, r := range sheet.Categories {
		out[i] = r.Light
	}
	return out
}

// themeMap gives the custom property of each light colour.
func themeMap() map[string]string {
	out := map[string]string{}
	for _, r := range sheet.Roles() {
		if _, taken := out[r.Light]; !taken {
			out[r.Light] = "--chart-" + r.Name
		}
	}
	return out
}

// legendNames are the names of the series in the order of the marks; one series needs no legend.
func (f *figure) legendNames() []string {
	if len(f.Series) < 2 {
		return nil
	}
	out := make([]string, len(f.Series))
	for i := range f.Series {
		out[i] = clip(f.seriesName(i))
	}
	return out
}

// clip cuts a name to what a label or a tooltip can show; the table has it whole.
func clip(name string) string {
	if r := []rune(name); len(r) > 60 {
		return string(r[:59]) + sheet.Ellipsis
	}
	return name
}

// categoryAxis lists names; long ones break.
func categoryAxis(names []string) opts.XAxis {
	label := axisLabel()
	label.Width, label.Overflow, label.Color = 150, "break", sheet.Ink.Light
	clipped := make([]string, len(names))
	for i, name := range names {
		clipped[i] = clip(name)
	}
	return opts.XAxis{Type: "category", Data: clipped, AxisLabel: label, AxisLine: axisLine()}
}

// downwards is a category axis that starts at the top.
func downwards(names []string) opts.XAxis {
	a := categoryAxis(names)
	a.Inverse = opts.Bool(true)
	return a
}

// valueAxis is a numeric axis. The script prints its ticks: percent or plain.
func valueAxis(percent bool, name string) opts.XAxis {
	label := axisLabel()
	label.Formatter = tickFormat(percent)
	return opts.XAxis{Type: "value", Name: name, NameLocation: "middle", NameGap: 28, AxisLabel: label,
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: sheet.Grid.Light}}}
}

// tickFormat is the name of the script's function that prints the ticks of an axis.
func tickFormat(percent bool) types.FuncStr {
	if percent {
		return "percent"
	}
	return "plain"
}

func axisLabel() *opts.AxisLabel {
	return &opts.AxisLabel{Show: opts.Bool(true), Color: sheet.Mute.Light, FontSize: sheet.Size, HideOverlap: opts.Bool(true)}
}

func axisLine() *opts.AxisLine {
	return &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: sheet.Axis.Light}}
}

// item is a value as data of a series; what must not be shown is a gap with its excuse.
func item(v Value, value any) datum {
	d := datum{Name: clip(v.Key), Value: value, Text: v.print(), LoText: v.LoText, HiText: v.HiText, NText: v.NText}
	if !v.drawn() {
		d.Value = "-"
	}
	if v.State == Hollow {
		d.ItemStyle = &opts.ItemStyle{Opacity: opts.Float(0.5)}
	}
	return d
}

// plainItems are the values of a series, one number each.
func plainItems(values []Value) []datum {
	out := make([]datum, len(values))
	for i, v := range values {
		out[i] = item(v, v.V)
	}
	return out
}

// custom is a series that the page's script draws by a function of the given name.
func custom(name, function string, r sheet.Role, data any) charts.SingleSeries {
	return charts.SingleSeries{Name: clip(name), Type: types.ChartCustom, RenderItem: types.FuncStr(function), Data: data, ItemStyle: filled(r)}
}

func filled(r sheet.Role) *opts.ItemStyle { return &opts.ItemStyle{Color: r.Light} }
