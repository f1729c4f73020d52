package chart

var retention = Kind{
	Name: "retention", Title: "留存三角",
	Use:   "每行是一批用户，每列（序列）是进来之后的第几期，格内印留存率；还没有到的期是空白，不是缺失。",
	Least: 1, Most: 24,
	draw: drawHeatmap, option: optionHeatmap, describe: describeHeatmap, table: tableOf,
	example: func() Spec {
		keys := []string{"1 月批", "2 月批", "3 月批", "4 月批"}
		month := func(name string, shares ...float64) Series {
			s := Series{Name: name, Values: points(keys, 0, 0, 0, 0)}
			for i := range keys {
				if i < len(shares) {
					s.Values[i] = point(keys[i], shares[i])
				} else {
					s.Values[i] = Value{Key: keys[i], State: Missing}
				}
			}
			return s
		}
		return Spec{
			ID: "retention-triangle", Kind: "retention", Number: "图 4-2", Finding: "新批次的首月留存逐月提高", Subtitle: "各批好友在第几个月仍未删除的比例，2026 年",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "批次", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Series: []Series{month("第 1 月", .81, .83, .84, .86), month("第 2 月", .72, .75, .76), month("第 3 月", .66, .69), month("第 4 月", .63)},
		}
	},
}

// beyond holds for cells of a retention triangle whose time has not come: nothing follows them in their row.
func (f *figure) beyond(row, column int) bool {
	if f.kind.Name != "retention" {
		return false
	}
	for _, s := range f.Series[column:] {
		if s.Values[row].State != Missing {
			return false
		}
	}
	return true
}
