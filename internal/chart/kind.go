package chart

import (
	"slices"
	"strconv"
	"strings"
)

// Kind is one way to draw a figure.
type Kind struct {
	Name, Title string // bars, 条形图
	Use         string // what it is for and what data it takes, for the manual
	Attributes  []Attribute
	Least, Most int  // how many series it carries
	strip       bool // the series are quantiles of one thing a row

	order    func(f *figure) int // the series whose values order the categories; nil keeps the order given
	check    func(f *figure) error
	draw     func(d *drawing) // writes marks from d.y on and leaves d.y below them
	option   func(f *figure) *option
	describe func(f *figure) string
	table    func(f *figure) DataTable
	example  func() Spec
}

// Attribute is one setting of a kind: the schema gives validation, defaults and the page of the manual.
type Attribute struct {
	Name, Title string
	Default     string
	Choices     []string // the values allowed; none means any text
	Number      bool     // the text must be a number
}

// kinds is every kind of figure, in the order of the gallery. A new kind is one file and one line here.
var kinds = []Kind{bars, grouped, stacked, likert, quantiles, boxes, line, km, histogram, bandgauge, bullet, forecast, heatmap, retention, funnel, paths, radar, dots}

// Kinds is every kind of figure, in the order of the gallery.
func Kinds() []Kind { return slices.Clone(kinds) }

// Example is a small figure of the kind, fit to be drawn.
func (k Kind) Example() Spec { return k.example() }

// kindOf finds a kind by its name.
func kindOf(name string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// kindNames lists the kinds for a message.
func kindNames() string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return strings.Join(names, ", ")
}

// accept checks one attribute against the schema.
func (k Kind) accept(name, value string) error {
	i := slices.IndexFunc(k.Attributes, func(a Attribute) bool { return a.Name == name })
	if i < 0 {
		return problem("图形 %s 没有属性 %q", "kind %s has no attribute %q", k.Name, name)
	}
	a := k.Attributes[i]
	if len(a.Choices) > 0 && !slices.Contains(a.Choices, value) {
		choices := strings.Join(a.Choices, ", ")
		return problem("属性 %s 的值 %q 不在 %s 之中", "attribute %s is %q, not one of %s", name, value, choices)
	}
	if _, err := strconv.ParseFloat(value, 64); a.Number && err != nil && value != "" {
		return problem("属性 %s 的值 %q 不是数字", "attribute %s is %q, not a number", name, value)
	}
	return nil
}
