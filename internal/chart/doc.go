// Package chart draws figures. In goes a [Spec]: a kind of figure and the released values it shows, each with the one
// string that is printed wherever it appears. Out come two drawings of the same values (static SVG, laid out for two
// widths, and the option JSON of Apache ECharts), a data table and a sentence for readers who do not see.
//
//	Validate  is the specification fit to be drawn
//	SVG       the published drawing, for a wide and for a narrow column
//	Standalone the file a reader saves: with title, base and source inside
//	Option    the interactive drawing, as JSON that may stand in a script element
//	Table     everything that is drawn, as rows of strings
//	Describe  one to three sentences: kind, extremes, trend
//
// A kind of figure is one file and one line in kinds. Its schema of attributes serves validation, defaults and manual.
//
// The package refuses to format a number that is data: it only formats the ticks of an axis, so that sentence, drawing,
// table and download cannot disagree about rounding. It knows nothing of indicators, pages or files, has no clock and
// draws no random number, and gives the same bytes for the same specification on every machine. Text comes from
// strangers: what XML forbids and what reorders a line (bidirectional controls) is removed at the door, and the rest is
// escaped by the writer. The renderers of go-echarts are never called, because they do not escape; only its types are used.
//
// All text a reader sees is Chinese; shares are given as fractions (0.38 is 38 %).
package chart

//go:generate go run ./bundle ../../templates/assets/echarts
