package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/schema"
)

// The profile of a column holds counts and a bounded number of its different
// values, so that its size does not depend on the rows.
const (
	maxDistinct = 3000
	maxText     = 1 << 20 // bytes of different values
)

// counter counts different texts in the order of their first appearance, up to the bounds.
type counter struct {
	counts map[string]int
	order  []string
	bytes  int
	full   bool // there were more
}

func (c *counter) add(text string, n int) {
	if _, known := c.counts[text]; !known {
		if len(c.order) >= maxDistinct || c.bytes+len(text) > maxText {
			c.full = true
			return
		}
		if c.counts == nil {
			c.counts = map[string]int{}
		}
		c.order = append(c.order, text)
		c.bytes += len(text)
	}
	c.counts[text] += n
}

// profile is what was seen in one column.
type profile struct {
	marks     bool    // see platform.marks
	several   bool    // the header says that several answers may be chosen
	one       bool    // the header says that one may
	commas    bool    // cells may hold decimal commas, since nothing is separated by them
	typed     int     // texts in 〖〗 that were cut off
	filled    int     // cells with an answer
	blank     int     // empty cells
	values    counter // different answers, trimmed
	nothing   counter // texts that mean no answer
	newline   int     // cells, blank ones too, that end with a line end
	filledNL  int     // filled cells that do
	numbers   int
	whole     int // numbers without a fraction, written out in full
	relative  int // numbers with %, ‰
	padded    int // digits with leading zeros, or too long for a number
	dates     int
	clocks    int // dates with a time of day
	first     string
	last      string // earliest and latest date, ISO
	longest   int    // characters
	personal  map[string]int
	classes   map[string]class
	separator string          // once the values were too many: how its items are split
	items     counter         // and the items
	glued     map[string]bool // items that hold the separator themselves
}

func newProfile(marks bool, header string) *profile {
	return &profile{marks: marks, several: severalWords.MatchString(header), one: oneWord.MatchString(header), personal: map[string]int{}, classes: map[string]class{}}
}

// What headers say of the number of answers.
var (
	severalWords = regexp.MustCompile(`(?i)多选|可多项|多项选择|不定项|选择所有|选出所有|最多选|至多选|限选\s*[2-9二两三四五]|all that apply|multiple (?:choice|answers)|select all|check all|choose all`)
	oneWord      = regexp.MustCompile(`(?i)[(（\[【]\s*单选`)
)

// typedText is what people typed behind an option, which is no part of it.
var typedText = regexp.MustCompile(`〖[^〗]*〗`)

// unmark cuts off typed text.
func (p *profile) unmark(text string) string {
	if !p.marks || !strings.Contains(text, "〖") {
		return text
	}
	p.typed++
	return clean(typedText.ReplaceAllString(text, ""))
}

// nothingKind tells whether a text is no answer, and of which kind. -3 and -2
// are only where the platform writes them.
func nothingKind(text string, marks bool) int {
	if marks && text == "-3" {
		return isSkipped
	}
	if marks && text == "-2" {
		return isMissing
	}
	return nothings[text]
}

// add takes one cell.
func (p *profile) add(cell string) {
	text := p.unmark(clean(cell))
	ends := strings.HasSuffix(cell, "\n") || strings.HasSuffix(cell, "\r")
	if ends {
		p.newline++
	}
	if text == "" {
		p.blank++
		return
	}
	if nothingKind(text, p.marks) != 0 {
		p.nothing.add(text, 1)
		return
	}
	p.filled++
	if ends {
		p.filledNL++
	}
	c, known := p.classes[text]
	if !known {
		c = classify(text)
		if len(p.classes) < maxDistinct && len(text) < 200 {
			p.classes[text] = c
		}
	}
	p.tally(c)
	p.count(text)
}

// class is what one text could be. It is found once for each different text,
// since looking is slow and columns repeat themselves.
type class struct {
	length                                        int // characters
	number, whole, relative, padded, dated, clock bool
	day, personal                                 string
}

// finer matches how numbers are written that need not be whole next time: with a
// point (12.0), an exponent or a multiplier (30.9万).
var finer = regexp.MustCompile(`[\d０-９]\s*[.．eE百千万亿kKwW]|[.．][\d０-９]`)

func classify(text string) class {
	c := class{length: utf8.RuneCountInString(text), personal: personalKind(text)}
	if n, relative, ok := schema.ParseNumber(text, unitOfCell(text)); ok {
		c.number, c.relative = true, relative
		c.whole = n == float64(int64(n)) && !relative && !finer.MatchString(text)
	}
	digits := strings.TrimFunc(text, unicode.IsDigit) == ""
	c.padded = digits && (len(text) > 1 && text[0] == '0' || c.length > 11)
	if t, clock, ok := schema.ParseDate(text, ""); ok && (!digits || t.Year() > 1990 && t.Year() < 2100) {
		c.dated, c.clock, c.day = true, clock, t.Format("2006-01-02")
	}
	return c
}

func (p *profile) tally(c class) {
	for _, count := range []struct {
		is bool
		n  *int
	}{{c.number, &p.numbers}, {c.whole, &p.whole}, {c.relative, &p.relative}, {c.padded, &p.padded}, {c.dated, &p.dates}, {c.clock, &p.clocks}} {
		if count.is {
			*count.n++
		}
	}
	p.longest = max(p.longest, c.length)
	if c.personal != "" {
		p.personal[c.personal]++
	}
	if c.dated {
		if p.first == "" || c.day < p.first {
			p.first = c.day
		}
		p.last = max(p.last, c.day)
	}
}

// count keeps the value. When there are too many different ones, lists go on by
// their items, which are fewer than their combinations.
func (p *profile) count(text string) {
	if p.separator == "" {
		p.values.add(text, 1)
		if !p.values.full {
			return
		}
		p.separator = p.listSeparator()
		if p.separator == "" {
			p.separator = "none"
			return
		}
		for _, v := range p.values.order {
			p.addItems(v, p.values.counts[v])
		}
		if _, known := p.values.counts[text]; known {
			return
		}
	}
	if p.separator != "none" {
		p.addItems(text, 1)
	}
}

func (p *profile) addItems(text string, n int) {
	seen := map[string]bool{}
	for _, item := range p.split(text) {
		switch {
		case seen[item]:
		case nothings[item] != 0:
			p.nothing.add(item, n)
		default:
			p.items.add(item, n)
		}
		seen[item] = true
	}
}

// splitItems takes a list cell apart; items are trimmed and not empty.
func splitItems(text, separator string) []string {
	text, masked := maskBrackets(text, separator)
	items := []string{text}
	if separator == "csv" {
		if record, err := schema.SplitRecord(text); err == nil {
			items = record
		}
	} else if separator != "" {
		items = strings.Split(text, separator)
	}
	kept := items[:0]
	for _, item := range items {
		if masked {
			item = unmask(item, separator)
		}
		if item = clean(item); item != "" {
			kept = append(kept, item)
		}
	}
	return kept
}

// byCount orders texts by how often they came, then as they first came.
func (c *counter) byCount() []string {
	order := slices.Clone(c.order)
	slices.SortStableFunc(order, func(a, b string) int { return c.counts[b] - c.counts[a] })
	return order
}
