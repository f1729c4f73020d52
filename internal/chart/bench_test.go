package chart

import "testing"

// One figure in both widths; the bar is one millisecond.
func BenchmarkBothWidths(b *testing.B) {
	for _, s := range append(examples(), hardExamples()[0]) {
		b.Run(s.ID, func(b *testing.B) {
			for b.Loop() {
				for _, w := range []Width{Wide, Narrow} {
					if _, err := SVG(s, w); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkOption(b *testing.B) {
	s := bars.Example()
	for b.Loop() {
		if _, err := Option(s); err != nil {
			b.Fatal(err)
		}
	}
}
