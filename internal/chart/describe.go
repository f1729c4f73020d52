package chart

import (
	"fmt"
	"strings"
)

// Describe is the figure in one to three Chinese sentences: kind, extremes, trend, and what is not shown.
func Describe(s Spec) (string, error) {
	f, err := prepare(s)
	if err != nil {
		return "", err
	}
	return f.describe(), nil
}

// describe joins the sentence of the kind with what is left out.
func (f *figure) describe() string { return f.kind.describe(f) + f.omitted() }

// omitted says how many values are not shown.
func (f *figure) omitted() string {
	hidden, missing := 0, 0
	series := f.Series
	if f.kind.strip { // a row is one thing
		series = series[len(series)/2:][:1]
	}
	for _, s := range series {
		for _, v := range s.Values {
			hidden += one(v.State == Suppressed)
			missing += one(v.State == Missing)
		}
	}
	var parts []string
	if hidden > 0 {
		parts = append(parts, fmt.Sprintf("%d 项样本不足，未显示", hidden))
	}
	if missing > 0 {
		parts = append(parts, fmt.Sprintf("%d 项没有数据", missing))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "；") + "。"
}

// extremes are the greatest and the least value drawn.
func extremes(values []Value) (most, least Value, found bool) {
	for _, v := range values {
		if !v.drawn() {
			continue
		}
		if !found || v.V > most.V {
			most = v
		}
		if !found || v.V < least.V {
			least = v
		}
		found = true
	}
	return most, least, found
}

// rangeOf says from where to where the values reach. That one is higher than
// another is for a test to say, and charts do not test.
func rangeOf(values []Value) string {
	most, least, found := extremes(values)
	switch {
	case !found:
		return "没有可显示的数值"
	case most.V == least.V:
		return "各项均为 " + most.Text
	}
	return fmt.Sprintf("从 %s（%s）到 %s（%s）", least.Text, short(least.Key), most.Text, short(most.Key))
}

// short keeps a name to a length that can be listened to.
func short(name string) string {
	if r := []rune(name); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return name
}

// describeRows describes kinds with categories: each series by its extremes, when there are few.
func describeRows(f *figure) string {
	head := fmt.Sprintf("%s，%d 个类别", f.kind.Title, len(f.Series[0].Values))
	if len(f.Series) == 1 {
		return head + "。" + rangeOf(f.Series[0].Values) + "。"
	}
	var parts []string
	for i, s := range f.Series[:min(3, len(f.Series))] {
		parts = append(parts, short(f.seriesName(i))+"："+rangeOf(s.Values))
	}
	return fmt.Sprintf("%s，%d 个序列。%s。", head, len(f.Series), strings.Join(parts, "；"))
}

// describeParts describes stacked kinds: the largest part of the first rows.
func describeParts(f *figure) string {
	rows := len(f.Series[0].Values)
	var parts []string
	for row := range min(3, rows) {
		values := make([]Value, len(f.Series))
		for i, s := range f.Series {
			values[i] = s.Values[row]
			values[i].Key = f.seriesName(i)
		}
		text := "没有可显示的数值"
		if most, _, found := extremes(values); found {
			text = fmt.Sprintf("%s最多（%s）", short(most.Key), most.Text)
		}
		parts = append(parts, short(f.Series[0].Values[row].Key)+"："+text)
	}
	return fmt.Sprintf("%s，%d 个类别，%d 个部分。%s。", f.kind.Title, rows, len(f.Series), strings.Join(parts, "；"))
}

// describeCourse describes kinds along an ordered axis: where each series starts and ends.
func describeCourse(f *figure) string {
	var parts []string
	for i, s := range f.Series[:min(3, len(f.Series))] {
		parts = append(parts, short(f.seriesName(i))+course(s.Values))
	}
	return fmt.Sprintf("%s，%d 个序列。%s。", f.kind.Title, len(f.Series), strings.Join(parts, "；"))
}

// course says from where to where a series goes, by the first and the last value drawn.
func course(values []Value) string {
	var drawn []Value
	for _, v := range values {
		if v.drawn() {
			drawn = append(drawn, v)
		}
	}
	if len(drawn) == 0 {
		return "没有可显示的数值"
	}
	first, last := drawn[0], drawn[len(drawn)-1]
	verb := "降至"
	switch {
	case len(drawn) == 1:
		return fmt.Sprintf("在 %s 为 %s", short(first.Key), first.Text)
	case last.V == first.V:
		return fmt.Sprintf("从 %s 的 %s 到 %s 持平", short(first.Key), first.Text, short(last.Key))
	case last.V > first.V:
		verb = "升至"
	}
	return fmt.Sprintf("从 %s 的 %s %s %s 的 %s", short(first.Key), first.Text, verb, short(last.Key), last.Text)
}
