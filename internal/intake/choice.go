package intake

import (
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// maxOptions is how many different answers a question may have to be a choice.
const maxOptions = 300

// choiceShape decides between single choice, multiple choice and neither (""),
// by the counts of the answers, unless a codebook says it.
func (p *profile) choiceShape(kind string) string {
	switch kind {
	case "single":
		if !p.values.full {
			return "single"
		}
	case "multi":
		return "multi"
	case "open":
		return ""
	}
	if p.periods() {
		return "single"
	}
	if p.itemSeparator() != "" {
		return "multi"
	}
	distinct := len(p.values.order)
	fewNumbers := distinct <= 30 && p.filled >= 3*distinct
	switch {
	case p.values.full:
		return ""
	case p.truths():
		return "single"
	case p.numbers == p.filled && p.padded == 0, p.dates*10 >= p.filled*9, p.datePattern() != "", p.decimalComma():
		return ""
	case p.numbers*5 >= p.filled*4 && !fewNumbers:
		return "" // numbers with a few texts among them; options like "6 to 10" repeat
	case p.filled < 30:
		// Few answers: a repetition is the only sign of a choice, and long texts are none.
		if distinct <= 12 && distinct*10 <= p.filled*7 && p.longest <= 40 {
			return "single"
		}
		return ""
	case distinct <= maxOptions && p.filled >= 3*distinct && p.longest <= 200:
		return "single"
	}
	return ""
}

// periods reports whether all answers are periods such as 2022Q1 or 第12周.
func (p *profile) periods() bool {
	return !p.values.full && len(p.values.order) <= maxOptions && orderPeriods(slices.Clone(p.values.order))
}

// itemSeparator is the list separator, found when the values ran over or now.
func (p *profile) itemSeparator() string {
	if p.separator == "" {
		p.separator = p.listSeparator()
		if p.separator == "" {
			p.separator = "none"
		} else {
			for _, v := range p.values.order {
				p.addItems(v, p.values.counts[v])
			}
		}
	}
	if p.separator == "none" {
		return ""
	}
	return p.separator
}

// truths reports whether all answers are true or false.
func (p *profile) truths() bool {
	for _, v := range p.values.order {
		if l := strings.ToLower(v); l != "true" && l != "false" {
			return false
		}
	}
	return len(p.values.order) > 0
}

// single makes a single choice: every different answer is an option, since one
// that a single person chose cannot be told from a rare one.
func (d *Draft) single(f *Field, p *profile) {
	f.Type, f.Shape = schema.String, "single"
	if f.Question != "" && f.Row != "" {
		f.Shape = "matrix"
	}
	if p.truths() {
		f.Type, f.Shape = schema.Boolean, "boolean"
		f.Why = diag.T("真假：%d 个答案都是 true 或 false", "boolean: all %d answers are true or false", p.filled)
		return
	}
	least := 1
	if !d.Open && !p.marks && p.values.openEnded(p.filled) {
		least = minimum
	}
	if !d.keepOptions(f, &p.values, least) {
		f.freeText(p)
		return
	}
	f.Why = diag.T("单选：%d 个答案只有 %d 种", "single choice: %d answers are of %d kinds", p.filled, len(p.values.order))
}

// minimum is how many answers an option needs in data that are not public, when
// people could type what they wanted.
const minimum = 5

// keepOptions makes the options of a field: those that came at least so many
// times and point at nobody. What is left over counts as Other. False = none is left.
func (d *Draft) keepOptions(f *Field, c *counter, least int) bool {
	var kept, rare []string
	for _, text := range c.byCount() {
		if c.counts[text] >= least && len(kept) < maxOptions && anywhere(text) == "" {
			kept = append(kept, text)
		} else {
			rare = append(rare, text)
		}
	}
	if len(kept) == 0 {
		return false
	}
	f.setCategories(kept)
	if len(rare) > 0 || c.full {
		f.foldOther()
		d.warn("%s：%d 种少见的填写归入「%s」（少于 %d 次，或像个人信息）", "%s: %d kinds of rare answers count as %q (fewer than %d times, or personal)", f.Column, len(rare), f.Other, least)
	}
	return true
}

// multi makes a multiple choice. Where people could type answers of their own
// beside the listed options, a long tail of items that came once shows; such an
// item is no option, because an option that one person ticked cannot be told
// from a text that one person typed. In data that are not public, the same
// holds below the number of answers that may be released.
func (d *Draft) multi(f *Field, p *profile) {
	f.Type, f.Shape, f.Separator = schema.List, "multi", p.itemSeparator()
	if f.Separator == "" {
		f.Separator = "csv"
		for _, v := range p.values.order {
			p.separator = "csv"
			p.addItems(v, p.values.counts[v])
		}
	}
	f.raw = f.Separator
	p.glue()
	if f.glued = p.glued; len(f.glued) > 0 || f.Separator == ", " || f.Separator == "\n" {
		f.Separator = "csv"
	}
	if f.Separator == "→" {
		f.Shape = "rank"
	}
	least := 1
	if !p.marks && p.items.openEnded(p.filled) {
		if least = 2; !d.Open {
			least = minimum
		}
	}
	if !d.keepOptions(f, &p.items, least) {
		f.freeText(p)
		return
	}
	f.Why = diag.T("多选：单元格里的各项由 %q 分开，共 %d 种", "multiple choice: items are separated by %q, of %d kinds", p.separator, len(p.items.order))
}

// openEnded recognises a tail of typed items: a third of the different items,
// and five at least, came once only, in a list that many answered.
func (c *counter) openEnded(answers int) bool {
	once := 0
	for _, text := range c.order {
		if c.counts[text] == 1 {
			once++
		}
	}
	return c.full || once >= 5 && once*3 >= len(c.order) || once >= 1 && once*2 >= len(c.order) && answers >= 30
}

// optionNumbers reports whether the answers can be numbers of options: few whole
// numbers from 1 on, with few gaps.
func (p *profile) optionNumbers() bool {
	most := 0
	for _, v := range p.values.order {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 20 {
			return false
		}
		most = max(most, n)
	}
	distinct := len(p.values.order)
	return p.values.counts["1"] > 0 && distinct*3 >= most*2 && p.filled >= 2*distinct
}
