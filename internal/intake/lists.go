package intake

import (
	"strings"
	"unicode/utf8"
)

// certain separators are written by platforms only and never typed.
var certain = []string{"┋", "→"}

// doubtful separators also stand in ordinary texts and single choices; the
// counts of their items have to speak for them.
// ", " comes before a comma alone: options may hold commas without a blank.
var doubtful = []string{", ", "csv", "；", ";", "|", "、", "，", "\n", "/"}

// listSeparator finds out whether the cells are lists and how they are split, by
// what was counted so far; "" = they are not.
func (p *profile) listSeparator() string {
	for _, s := range certain {
		if p.contains(s) > 0 {
			return s
		}
	}
	// A CSV record written into a cell keeps its line end; typed text rarely has one.
	if p.newline*10 >= (p.filled+p.blank)*9 && p.filledNL*10 >= p.filled*9 && p.filledNL > 0 {
		return "csv"
	}
	if p.one || p.figures() {
		return ""
	}
	for _, s := range doubtful {
		if (s != ", " || p.spaced()) && p.listLike(s) {
			return s
		}
	}
	return ""
}

// figures reports numbers and dates, which hold commas, slashes and blanks of their own.
func (p *profile) figures() bool {
	return p.filled > 0 && ((p.numbers+p.dates)*10 >= p.filled*9 || p.datePattern() != "" || p.decimalComma())
}

// spaced reports cells of which some commas have a blank behind them and others have not.
func (p *profile) spaced() bool {
	with, without := false, false
	for _, v := range p.values.order {
		v, _ = maskBrackets(v, ",")
		blanks := strings.Count(v, ", ")
		with, without = with || blanks > 0, without || strings.Count(v, ",") > blanks
	}
	return with && without
}

// contains counts the different values that hold a text.
func (p *profile) contains(s string) (n int) {
	for _, v := range p.values.order {
		if strings.Contains(v, s) {
			n++
		}
	}
	return n
}

// listLike asks for what a single choice with commas in its options does not
// show: few short items that make many combinations, and most of which also
// stand alone or in several of them.
func (p *profile) listLike(separator string) bool {
	mark := separator
	if separator == "csv" {
		mark = ","
	}
	combined := p.contains(mark)
	if combined < 3 && !p.several || combined == 0 || combined*10 < len(p.values.order) {
		return false
	}
	var items, places counter
	total := 0
	for _, v := range p.values.order {
		for _, item := range splitItems(v, separator) {
			if utf8.RuneCountInString(item) > 60 {
				return false
			}
			items.add(item, p.values.counts[v])
			places.add(item, 1)
			total += p.values.counts[v]
		}
	}
	several := 0
	for _, item := range items.order {
		if places.counts[item] >= 2 {
			several++
		}
	}
	n := len(items.order)
	if p.several { // the header says so; what is left to find out is the separator
		return !items.full && n >= 2 && several*2 >= n && total >= 2*n
	}
	return !items.full && n >= 2 && n*3 <= len(p.values.order)*2 && several*10 >= n*7 && total >= 4*n
}
