package schema

import (
	"encoding/csv"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// cell is one cell with what is needed to decode it and to point at it.
type cell struct {
	field  *Field
	column *column
	dec    *Decoder
}

func (c cell) decode(v *Value, text string) {
	if state, isNothing := c.column.nothing(text); isNothing {
		v.State = state
		if state == Blank && c.field.Constraint.Required {
			c.fail("schema.required", diag.T("%s 是必填的", "%s is required", c.field.Title), diag.Text{}, "required")
			v.State = Invalid
		}
		return
	}
	v.State = Present
	switch c.field.Type {
	case Integer, Number:
		c.number(v, text)
	case Boolean:
		c.boolean(v, text)
	case Date, DateTime:
		c.date(v, text)
	case List:
		c.items(v, text)
	default:
		c.text(v, text)
	}
}

// text decodes a string: free, or one of the categories.
func (c cell) text(v *Value, text string) {
	if c.field.Role == RoleOpen {
		return
	}
	if len(c.field.Categories) == 0 {
		v.Text = strings.Clone(text)
		return
	}
	if code, ok := c.code(text); ok {
		v.Codes = append(v.Codes, code)
		v.Text = strings.Clone(text)
		return
	}
	v.State = Invalid
}

// code finds a category. A text that is none counts as Other where the field has
// one, and is an error where it has not.
func (c cell) code(text string) (int, bool) {
	if code, ok := c.column.codes[text]; ok {
		return code, true
	}
	if c.field.Other != "" {
		return len(c.field.Categories), true
	}
	known := make([]string, len(c.field.Categories))
	for i, cat := range c.field.Categories {
		known[i] = cat.Value
	}
	hint := diag.DidYouMean(text, known)
	if hint.IsZero() {
		hint = diag.T("把它加进 categories，或写 other = \"其他\"", "add it to categories, or set other = \"其他\"")
	}
	c.fail("schema.category", diag.T("%s：%q 不是已列出的选项", "%s: %q is not among the categories", c.field.Title, shorten(text)), hint, "")
	return 0, false
}

// items decodes a list. Each item counts once; items that are a kind of nothing
// are left out, and a list without any other is blank.
func (c cell) items(v *Value, text string) {
	items, err := c.split(text)
	if err != nil {
		c.fail("schema.list", diag.T("%s：这一格不是一条 CSV 记录", "%s: this cell is no CSV record", c.field.Title), diag.Text{}, "")
		v.State = Invalid
		return
	}
	some := false
	for _, item := range items {
		item = clean(item)
		if _, isNothing := c.column.kinds[item]; isNothing {
			continue
		}
		some = true
		if c.field.Role == RoleOpen || len(c.field.Categories) == 0 {
			continue
		}
		code, ok := c.code(item)
		if !ok {
			v.State = Invalid
		} else if !slices.Contains(v.Codes, code) {
			v.Codes = append(v.Codes, code)
		}
	}
	if !some {
		v.State = Blank
	}
	if len(v.Codes) > 1 && c.field.Exclusive != "" && slices.Contains(v.Codes, slices.Index(c.field.values(), c.field.Exclusive)) {
		c.fail("schema.list", diag.T("%s：「%s」不能和别的选项一起选（exclusive_conflict）", "%s: %q cannot be chosen together with others (exclusive_conflict)", c.field.Title, c.field.Exclusive), diag.Text{}, "")
		v.State = Invalid
	}
}

func (c cell) split(text string) ([]string, error) {
	if c.field.Separator != "csv" {
		return strings.Split(text, c.field.Separator), nil
	}
	return SplitRecord(text)
}

// SplitRecord takes a CSV record (comma, RFC 4180 quotes) apart; several lines
// in one cell are taken together.
func SplitRecord(text string) ([]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	lines, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	return slices.Concat(lines...), nil
}

var truths = map[string]float64{
	"true": 1, "t": 1, "yes": 1, "y": 1, "1": 1, "是": 1, "对": 1, "真": 1,
	"false": 0, "f": 0, "no": 0, "n": 0, "0": 0, "否": 0, "不是": 0, "假": 0,
}

// boolean decodes the two categories, first the true one, or the usual words.
func (c cell) boolean(v *Value, text string) {
	code, ok := c.column.codes[text]
	if !ok {
		truth, known := truths[strings.ToLower(text)]
		if !known {
			c.fail("schema.type", diag.T("%s：%q 不是真假值", "%s: %q is neither true nor false", c.field.Title, shorten(text)),
				diag.T("写 true/false、是/否或 1/0", "write true/false, yes/no or 1/0"), "")
			v.State = Invalid
			return
		}
		code = 1 - int(truth)
	}
	v.Codes, v.Number = append(v.Codes, code), float64(1-code)
}

// once checks that a value was not there before.
func (c cell) once(seen map[string]int, text string) {
	if line, again := seen[text]; again {
		c.fail("schema.unique", diag.T("%s：%q 重复，第一次在第 %d 行", "%s: %q again, first in row %d", c.field.Title, shorten(text), line), diag.Text{}, "unique")
		return
	}
	seen[strings.Clone(text)] = c.dec.line()
}

// fail reports a finding about the cell; constraint names the setting that it breaks, or "".
func (c cell) fail(code string, message, hint diag.Text, constraint string) {
	c.dec.failed = true
	if c.dec.list.full(code) {
		return
	}
	d := diag.Diagnostic{Code: code, Message: message, Hint: hint}
	if pos, set := c.field.Constraint.Pos[constraint]; set {
		d.Notes = []diag.Note{{Pos: pos, Text: diag.T("限制写在这里", "the limit is set here")}}
	} else {
		d.Notes = []diag.Note{{Pos: c.field.Pos, Text: diag.T("字段 %s 在这里定义", "field %s is defined here", c.field.Name)}}
	}
	c.dec.report(c.column.at, d)
}

// shorten keeps a long cell from filling a message.
func shorten(s string) string {
	runes := []rune(s)
	if len(runes) <= 60 {
		return s
	}
	return string(runes[:60]) + "…"
}
