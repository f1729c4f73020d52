package export

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"benchbook/internal/chart/bitmap"
	"benchbook/internal/chart/sheet"
	"benchbook/internal/hanzi"
	"benchbook/internal/page"
)

// SharePictures makes the pictures that stand beside a link to the report in a
// chat, with the main finding in words: for the cover and for each chapter, one
// of 1200 × 630 pixels, which most programs show, and a square one, which WeChat
// shows. They are drawn here, without a browser, a network or fonts of the machine.
func SharePictures(s Site, accent string) ([]page.ShareCard, [][]File, error) {
	cards := s.Cards()
	files := make([][]File, len(cards))
	err := each(len(cards), func(i int) error {
		stem := "share/" + name(cards[i].Path)
		for _, size := range ShareSizes {
			drawing := s.card(cards[i], size, sheet.Role{Name: "accent", Light: accent, Dark: accent})
			picture, err := bitmap.PNG(drawing, size.Width)
			if err != nil {
				return fmt.Errorf("%s: %w", cards[i].Path, err)
			}
			files[i] = append(files[i], File{fmt.Sprintf("%s-%dx%d.png", stem, size.Width, size.Height), picture})
		}
		return nil
	})
	return cards, files, err
}

// ShareSize is a size of such pictures in pixels.
type ShareSize struct{ Width, Height int }

// ShareSizes are the sizes that are made, the usual one first.
var ShareSizes = []ShareSize{{1200, 630}, {1080, 1080}}

// The colours of cards beside the brand's, on white.
var (
	muteRole = sheet.Mute
	lineRole = sheet.Role{Name: "line", Light: "#d9dde1", Dark: "#d9dde1"}
	warnRole = sheet.Role{Name: "warn", Light: "#8a4b08", Dark: "#8a4b08"}
)

const cardMargin = 76

// card draws one picture: whose it is above, the finding in the middle, the
// report and its base below.
func (s Site) card(c page.ShareCard, size ShareSize, accent sheet.Role) []byte {
	w, h := float64(size.Width), float64(size.Height)
	d := sheet.New("card", w)
	d.Rect(0, 0, 14, h, sheet.Mark{Fill: accent})
	s.cardHead(d, c, accent)
	s.cardFinding(d, c, h, accent)
	s.cardFoot(d, c, h)
	return d.Finish(h, sheet.Head{Title: c.Title, Desc: c.Finding, Class: "card", Alone: true})
}

// cardHead is the line above: publisher and edition, or chapter; 示例数据 on the right.
func (s Site) cardHead(d *sheet.Sheet, c page.ShareCard, accent sheet.Role) {
	set := s.Input.Settings
	line := join(" · ", set.Publisher, set.Edition+" 版")
	if c.Number != "" {
		line = c.Number + "　" + c.Title
	}
	t := sheet.Text{Size: 30, Bold: true, Role: accent}
	room := d.Width - 2*cardMargin
	if c.Sample {
		const mark = "示例数据"
		width := sheet.TextWidth(mark, 24, false)
		d.Text(d.Width-cardMargin, 104, mark, sheet.Text{Size: 24, Role: warnRole, Anchor: sheet.End})
		room -= width + 30
	}
	d.Text(cardMargin, 104, sheet.Fit(sheet.Clean(line), room, t.Size, true), t)
}

// cardFinding sets the finding as large as it fits, its numbers in the accent.
func (s Site) cardFinding(d *sheet.Sheet, c page.ShareCard, height float64, accent sheet.Role) {
	const top, foot = 150.0, 170.0
	room := height - top - foot
	words := sheet.Clean(c.Finding)
	if words == "" {
		words = sheet.Clean(c.Title)
	}
	var lines []string
	size := 76.0
	if height > d.Width*0.8 {
		size = 100
	}
	for ; size > 36; size -= 4 {
		lines = sheet.Wrap(words, d.Width-2*cardMargin-size/2, size, true, 99)
		if float64(len(lines))*size*1.42 <= room {
			break
		}
	}
	lines = sheet.Wrap(words, d.Width-2*cardMargin-size/2, size, true, max(1, int(room/(size*1.42))))
	y := top + (room-float64(len(lines))*size*1.42)/2
	for _, line := range lines {
		y += size * 1.42
		coloured(d, cardMargin, y-size*0.42, line, size, accent)
	}
}

// coloured writes a line of a finding: its numbers in the accent, dates aside,
// and a little room where they meet Chinese, as browsers give it.
func coloured(d *sheet.Sheet, x, y float64, line string, size float64, accent sheet.Role) {
	runs := numberRuns(line)
	for i, run := range runs {
		t := sheet.Text{Size: size, Bold: true}
		if run.number && (i+1 == len(runs) || !dated(runs[i+1].text)) {
			t.Role = accent
		}
		if i > 0 && touches(runs[i-1].text, run.text) {
			x += size / 8
		}
		d.Text(x, y, run.text, t)
		x += bitmap.Width(run.text, size, true)
	}
}

// dated tells what makes the number before it a date.
func dated(after string) bool {
	after = strings.TrimSpace(after)
	return after != "" && strings.ContainsRune("年月日", []rune(after)[0])
}

// touches reports two texts that meet with a Chinese character on one side.
func touches(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return hanzi.IsHan(last) || hanzi.IsHan(first)
}

type textRun struct {
	text   string
	number bool
}

// numberRuns cuts a text where numbers begin and end; a number keeps its percent sign.
func numberRuns(s string) []textRun {
	var out []textRun
	for i, r := range s {
		number := r >= '0' && r <= '9' || strings.ContainsRune(".,%", r) && len(out) > 0 && out[len(out)-1].number
		if len(out) == 0 || out[len(out)-1].number != number {
			out = append(out, textRun{number: number})
		}
		out[len(out)-1].text = s[:i+len(string(r))][i-len(out[len(out)-1].text):]
	}
	return out
}

// cardFoot is the report's title, and what it rests on.
func (s Site) cardFoot(d *sheet.Sheet, c page.ShareCard, height float64) {
	set := s.Input.Settings
	room := d.Width - 2*cardMargin
	d.Line(cardMargin, height-148, d.Width-cardMargin, height-148, sheet.Mark{Stroke: lineRole, Width: 2})
	title := set.Title
	if c.Number != "" {
		title = join(" · ", set.Title, set.Edition+" 版")
	}
	d.Text(cardMargin, height-96, sheet.Fit(sheet.Clean(title), room, 32, true), sheet.Text{Size: 32, Bold: true})
	base := ""
	if c.Base != "" {
		base = "样本 " + c.Base
	}
	if u, err := url.Parse(set.BaseURL); err == nil && u.Host != "" {
		base = join(" · ", base, u.Host)
	}
	line := join(" · ", base, c.Period)
	if c.Number != "" {
		line = join(" · ", set.Publisher, base)
	}
	d.Text(cardMargin, height-52, sheet.Fit(sheet.Clean(line), room, 26, false), sheet.Text{Size: 26, Role: muteRole})
}

// join puts what is not empty together.
func join(between string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, between)
}
