package page

import (
	"bytes"
	"regexp"
)

// lineRun is two or more straight lines, one after another.
var (
	lineRun  = regexp.MustCompile(`(?:<line x1="[^"]*" y1="[^"]*" x2="[^"]*" y2="[^"]*"[^<>]*/>){2,}`)
	lineForm = regexp.MustCompile(`<line x1="([^"]*)" y1="([^"]*)" x2="([^"]*)" y2="([^"]*)"([^<>]*)/>`)
)

// tip is what a pointer shows of a mark.
var tip = regexp.MustCompile(`<([a-z]+)([^<>]*)><title>[^<]*</title></([a-z]+)>`)

// withoutTips takes out what only a pointer can show, for drawings on phones,
// which have none; the words stand in the data table.
func withoutTips(svg []byte) []byte { return tip.ReplaceAll(svg, []byte(`<$1$2/>`)) }

// mergeLines makes one path of neighbouring lines that look the same: grid
// lines, the ends of whiskers. A page with six figures in two widths has
// hundreds of them, and every element costs a phone time. The same marks are drawn.
func mergeLines(svg []byte) []byte {
	return lineRun.ReplaceAllFunc(svg, func(run []byte) []byte {
		var out bytes.Buffer
		lines := lineForm.FindAllSubmatch(run, -1)
		for i := 0; i < len(lines); {
			n := i + 1
			for n < len(lines) && bytes.Equal(lines[n][5], lines[i][5]) {
				n++
			}
			if n == i+1 {
				out.Write(lines[i][0])
			} else {
				out.WriteString(`<path d="`)
				for _, l := range lines[i:n] {
					out.WriteString("M" + string(l[1]) + " " + string(l[2]) + "L" + string(l[3]) + " " + string(l[4]))
				}
				out.WriteString(`" fill="none"` + string(lines[i][5]) + `/>`)
			}
			i = n
		}
		return out.Bytes()
	})
}
