package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"benchbook/internal/client"
)

// Sizes of the small drawings in CSS pixels.
const (
	sparkWidth, sparkHeight, sparkPad = 88.0, 26.0, 4.0
	meterWidth, meterHeight           = 88.0, 10.0
)

// spark is a trend as a line without axes: complete periods alone, broken where
// one is missing, a dot at the last. It is for the eye; the numbers stand in the
// table beside it and in the figure below. Fewer than two points draw nothing.
func spark(points []client.Point) template.HTML {
	lo, hi, shown := math.Inf(1), math.Inf(-1), 0
	for _, p := range points {
		if p.Complete && p.Value.Known {
			lo, hi, shown = min(lo, p.Value.Float()), max(hi, p.Value.Float()), shown+1
		}
	}
	if shown < 2 {
		return ""
	}
	var path strings.Builder
	x, y, pen := 0.0, 0.0, "M"
	for i, p := range points {
		if !p.Complete || !p.Value.Known {
			pen = "M"
			continue
		}
		x = sparkPad + (sparkWidth-2*sparkPad)*float64(i)/float64(len(points)-1)
		y = sparkHeight / 2
		if hi > lo {
			y = sparkPad + (sparkHeight-2*sparkPad)*(hi-p.Value.Float())/(hi-lo)
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", pen, x, y)
		pen = "L"
	}
	return template.HTML(fmt.Sprintf(`<svg class="spark" width="%.0f" height="%.0f" viewBox="0 0 %[1]v %[2]v" aria-hidden="true" focusable="false"><path d="%s" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/><circle cx="%.1f" cy="%.1f" r="2.5" fill="currentColor"/></svg>`,
		sparkWidth, sparkHeight, path.String(), x, y))
}

// meterFull is the share of the forecast at which the meter is full.
const meterFull = 1.25

// meter is how much of the adjusted forecast is reached: a bar, a mark at the
// forecast and a fainter one at the floor.
func meter(share float64, p *client.Promise) template.HTML {
	at := func(x float64) float64 { return meterWidth * min(max(x, 0), meterFull) / meterFull }
	floor := p.Share(p.Floor)
	marks := ""
	if !math.IsNaN(floor) {
		marks = fmt.Sprintf(`<path class="meter-floor" d="M%.1f 0V10"/>`, at(floor))
	}
	marks += fmt.Sprintf(`<path class="meter-mark" d="M%.1f 0V10"/>`, at(1))
	return template.HTML(fmt.Sprintf(`<svg class="meter" width="%[1]v" height="%[2]v" viewBox="0 0 %[1]v %[2]v" aria-hidden="true" focusable="false"><rect class="meter-track" y="3" width="%[1]v" height="4"/><rect class="meter-fill" y="3" width="%.1[3]f" height="4"/>%[4]s</svg>`,
		meterWidth, meterHeight, at(share), marks))
}
