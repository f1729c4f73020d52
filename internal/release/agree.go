package release

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// numberForm is a number with its thousands, decimals and multiplier.
var numberForm = regexp.MustCompile(`[-−]?\d[\d,]*(?:\.\d+)?\s*[万亿]?`)

// written is a number in a text, as precise as it is written.
type written struct {
	start, end int
	value      float64 // as written, without the multiplier
	scale      float64 // 1, 1e4 (万), 1e8 (亿)
	decimals   int
	suffix     string
}

// multipliers are the words for large units, as in 1.2万.
var multipliers = []struct {
	word  string
	scale float64
}{{"万", 1e4}, {"亿", 1e8}}

// numbersIn finds the numbers of a text. A hyphen after a figure or percent
// sign is a dash between two numbers.
func numbersIn(text string) []written {
	var out []written
	for _, at := range numberForm.FindAllStringIndex(text, -1) {
		start, token := at[0], strings.TrimRight(text[at[0]:at[1]], " ")
		end := start + len(token)
		if before := strings.TrimRight(text[:start], " "); strings.HasPrefix(token, "-") && strings.TrimRight(before, "0123456789%万亿") != before {
			start, token = start+1, token[1:]
		}
		w := written{start: start, end: end, scale: 1}
		for _, m := range multipliers {
			if rest, ok := strings.CutSuffix(token, m.word); ok {
				token, w.scale, w.suffix = strings.TrimSpace(rest), m.scale, m.word
			}
		}
		token = strings.ReplaceAll(strings.ReplaceAll(token, ",", ""), "−", "-")
		if _, fraction, ok := strings.Cut(token, "."); ok {
			w.decimals = len(fraction)
		}
		var err error
		if w.value, err = strconv.ParseFloat(token, 64); err == nil {
			out = append(out, w)
		}
	}
	return out
}

// fold reads full-width figures, signs and points as their narrow forms.
func fold(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000' || r == '\u00a0':
			return ' '
		}
		return r
	}, text))
}

// about are the words that may stand before a number without changing it.
var about = regexp.MustCompile(`^(?:约|大约|约为|≈|n\s*=|N\s*=|共|>)?\s*$`)

// Agrees says whether a hand-written text such as "59.5%", "约 60%", "1,234 家"
// or "1.2万" tells the value at the precision that it is written with. Words such
// as 六成 are no number and never agree.
func (c *Cell) Agrees(text string) bool { return c.AgreesAs("value", text) }

// AgreesAs is Agrees for what a reference shows: value, n, interval, count.
func (c *Cell) AgreesAs(show, text string) bool {
	want, ok := c.Show(show)
	if !ok {
		return false
	}
	text = fold(text)
	if text == fold(want) {
		return true
	}
	truth, percent := c.shown(show)
	found := numbersIn(text)
	if len(truth) == 0 || len(found) != len(truth) || !about.MatchString(text[:found[0].start]) {
		return false
	}
	if percent != strings.Contains(text, "%") {
		return false
	}
	for i, w := range found {
		if !w.tells(truth[i], c.unitOf(show)) {
			return false
		}
	}
	return true
}

// shown is the numbers that a reference shows, percentages as such.
func (c *Cell) shown(show string) (numbers []float64, percent bool) {
	if c.Suppressed() {
		return nil, false
	}
	switch show {
	case "n":
		return []float64{float64(c.base)}, false
	case "count":
		return []float64{float64(c.n)}, false
	case "interval":
		numbers = []float64{c.lo, c.hi}
	default:
		numbers = []float64{c.printed()}
	}
	for i, x := range numbers {
		if math.IsNaN(x) {
			return nil, false
		}
		if c.percent {
			numbers[i] = x * 100
		}
	}
	return numbers, c.percent && !c.isChange()
}

// unitOf is the unit of what a reference shows; counts have none.
func (c *Cell) unitOf(show string) string {
	if show == "n" || show == "count" {
		return ""
	}
	return c.unit
}

// of is the true number in the multiplier that is written: 110 of a unit 万元 is
// 110 as "110" and "110万", and 0.011 as "亿".
func (w written) of(x float64, unit string) float64 {
	if w.suffix == "" {
		return x
	}
	switch {
	case strings.HasPrefix(unit, "万"):
		x *= 1e4
	case strings.HasPrefix(unit, "亿"):
		x *= 1e8
	}
	return x / w.scale
}

// tells compares at the precision written.
func (w written) tells(x float64, unit string) bool {
	return fixed(w.of(x, unit), w.decimals) == fixed(w.value, w.decimals)
}

// Rewrite gives the text with its number put right: at the precision that it is
// written with and with the words around it, or what Show gives when the text
// has no number that it could be.
func (c *Cell) Rewrite(show, text string) string {
	plain, ok := c.Show(show)
	if !ok {
		return text
	}
	text = fold(text)
	truth, percent := c.shown(show)
	found := numbersIn(text)
	if len(truth) == 0 || len(found) != len(truth) || percent != strings.Contains(text, "%") {
		return plain
	}
	var b strings.Builder
	end := 0
	for i, w := range found {
		b.WriteString(text[end:w.start])
		b.WriteString(fixed(w.of(truth[i], c.unitOf(show)), w.decimals) + w.suffix)
		end = w.end
	}
	return b.String() + text[end:]
}
