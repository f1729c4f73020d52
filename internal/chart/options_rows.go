package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

// lying is an option with the categories down the side and values across.
func (f *figure) lying(series ...charts.SingleSeries) *option {
	return &option{x: valueAxis(f.Percent, ""), y: downwards(f.keys()), legend: f.legendNames(), series: series, head: len(f.References)}
}

// barSeries is a series of bars in a colour.
func (f *figure) barSeries(i int, r sheet.Role) charts.SingleSeries {
	return charts.SingleSeries{Name: clip(f.seriesName(i)), Type: types.ChartBar, Data: plainItems(f.Series[i].Values), ItemStyle: filled(r)}
}

// whiskers are the intervals of a series along the rows, or nothing.
func (f *figure) whiskers(i int) []charts.SingleSeries {
	var data []datum
	for row, v := range f.Series[i].Values {
		if v.hasInterval() {
			data = append(data, item(v, []float64{v.low(), float64(row), v.high()}))
		}
	}
	if data == nil {
		return nil
	}
	return []charts.SingleSeries{custom(f.seriesName(i), "whisker", sheet.Ink, data)}
}

func optionBars(f *figure) *option {
	series := f.barSeries(0, f.colour(0))
	series.MarkLines = markLines(f.References, true)
	return f.lying(append([]charts.SingleSeries{series}, f.whiskers(0)...)...)
}
