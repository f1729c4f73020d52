package page

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// corpus makes n finished pages of text that resembles running Chinese: a
// vocabulary in which few words are frequent, marks, numbers, Latin words.
func corpus(n int) (pages []Page, made [][]byte) {
	r := rand.New(rand.NewPCG(7, 11))
	vocabulary := make([]string, 9000)
	for i := range vocabulary {
		vocabulary[i] = randomWord(r)
	}
	copy(vocabulary, []string{"私域", "导流率", "企业微信", "回本", "团队", "导流率中位数", "SCRM", "customer journey", "P50"})
	zipf := rand.NewZipf(r, 1.1, 100, uint64(len(vocabulary)-1))
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "<main><h1>%s%s %d</h1><nav>菜单</nav>", vocabulary[zipf.Uint64()], vocabulary[zipf.Uint64()], i)
		for s := range 6 {
			fmt.Fprintf(&b, "<h2 id=\"s%d\">%s</h2>\n<p>", s, vocabulary[zipf.Uint64()])
			for w := range 100 {
				b.WriteString(vocabulary[zipf.Uint64()])
				if w%9 == 8 {
					b.WriteString([]string{"，", "。", "、", "（", "）", " ", " <b>重</b>点", "59.5%"}[r.IntN(8)])
				}
			}
			b.WriteString("</p>")
		}
		b.WriteString("</main>")
		pages = append(pages, Page{Layout: "article", Path: fmt.Sprintf("p/%d.html", i)})
		made = append(made, []byte(b.String()))
	}
	return pages, made
}

// randomWord is two or three Han characters, seldom a Latin word or traditional.
func randomWord(r *rand.Rand) string {
	if r.IntN(40) == 0 {
		return " " + strings.Repeat(string(rune('a'+r.IntN(26)))+string(rune('a'+r.IntN(26))), 2+r.IntN(3)) + " "
	}
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteRune(rune(0x4e00 + int(r.ExpFloat64()*900)%0x5000))
	}
	return b.String()
}
