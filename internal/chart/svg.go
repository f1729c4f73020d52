package chart

import (
	"strings"

	"benchbook/internal/chart/sheet"
)

// drawing is a figure being drawn: a sheet, and how far down it is filled.
type drawing struct {
	*sheet.Sheet
	f      *figure
	y      float64
	wide   bool
	margin float64 // the most room that printed values get beside the marks of a row
	unsaid bool    // something is hatched without words beside it
}

// draw draws the figure, and explains the hatching below it when a mark had no room for the words.
func (d *drawing) draw() {
	d.f.kind.draw(d)
	if d.unsaid {
		d.absentKey()
	}
}

// SVG is the published drawing as one svg element, laid out for a width: without title and source, which the page gives.
// Its ids end in -w or -n, so that both widths can stand in one page; class chart-w or chart-n lets a style sheet choose.
func SVG(s Spec, w Width) ([]byte, error) {
	f, err := prepare(s)
	if err != nil {
		return nil, err
	}
	suffix := "n"
	if w == Wide {
		suffix = "w"
	}
	d := &drawing{Sheet: sheet.New(f.ID+"-"+suffix, float64(w)), f: f, wide: w == Wide}
	d.draw()
	return d.Finish(d.y, sheet.Head{Title: f.title(), Desc: f.describe(), Class: "chart-svg chart-" + suffix}), nil
}

// Standalone is the file a reader saves: the wide drawing with title, base, notes and source inside, in light colours.
func Standalone(s Spec) ([]byte, error) {
	f, err := prepare(s)
	if err != nil {
		return nil, err
	}
	const margin = 20
	d := &drawing{Sheet: sheet.New(f.ID, float64(Wide)), f: f, wide: true, y: 4}
	d.paragraph(strings.TrimSpace(f.Number+" "+f.Finding), sheet.Text{Size: 18, Bold: true}, 3)
	d.paragraph(f.Subtitle, sheet.Text{Size: 14, Role: sheet.Mute}, 3)
	d.y += 12
	d.draw()
	d.y += 8
	for _, note := range f.Notes {
		d.paragraph("注："+note, sheet.Text{Role: sheet.Mute}, 4)
	}
	d.paragraph(s.Footer(), sheet.Text{Role: sheet.Mute}, 4)
	return d.Finish(d.y+4, sheet.Head{Title: f.title(), Desc: f.describe(), Class: "chart-svg", Alone: true, Margin: margin}), nil
}

// Footer is the line under a figure: 示例数据, base and source.
func (s Spec) Footer() string {
	var parts []string
	if s.Sample {
		parts = append(parts, "示例数据")
	}
	if base := sheet.Clean(s.Base); base != "" {
		parts = append(parts, base)
	}
	if source := sheet.Clean(s.Source); source != "" {
		parts = append(parts, "来源："+strings.TrimPrefix(source, "来源："))
	}
	return strings.Join(parts, "；")
}

// title is the accessible name: the finding, or what is measured.
func (f *figure) title() string {
	for _, s := range []string{f.Finding, f.Subtitle, f.kind.Title} {
		if s != "" {
			return s
		}
	}
	return f.ID
}

// paragraph writes wrapped text over the whole width.
func (d *drawing) paragraph(str string, t sheet.Text, most int) {
	if str == "" {
		return
	}
	for _, line := range sheet.Wrap(str, d.Width, t.FontSize(), t.Bold, most) {
		d.y += t.Leading()
		d.Text(0, d.y-t.FontSize()*0.3, line, t)
	}
}
