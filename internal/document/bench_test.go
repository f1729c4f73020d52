package document

import (
	"testing"

	"benchbook/internal/diag"
)

// BenchmarkCorpus parses and renders 391 files, 0.9 MB.
func BenchmarkCorpus(b *testing.B) {
	files := corpus(b)
	b.ReportAllocs()
	for b.Loop() {
		var l diag.List
		for name, src := range files {
			Parse(name, src, &l).Render(Renderer{})
		}
	}
}

// BenchmarkChapter parses and renders one chapter with references and figures.
func BenchmarkChapter(b *testing.B) {
	src := []byte(tomlFront)
	for range 40 {
		src = append(src, "\n## 节标题\n\n已组建团队的企业占 [59.5%](stat:s/t?is=已组建)，比 [27%](fact:f) 高，见 [下一章](b.md)。\n\n![发现 [31%](stat:s/u)](chart:c)\n\n- 甲\n- 乙\n"...)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		var l diag.List
		Parse("a.md", src, &l).Render(answers)
	}
}
