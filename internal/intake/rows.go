package intake

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// outColumn is one column of the clean rows.
type outColumn struct {
	draft   *Field
	field   *schema.Field
	nothing []string // texts that mean nothing, kept as they are
	open    bool     // public data
	tally   tally    // of what was written
	made    func([]string) string
	persons map[string]string // codes that point at persons, and what stands for them
}

// code keeps an identifier, unless it is a number or address of a person: that
// gets a running number, by which its rows still belong together.
func (c *outColumn) code(text string) string {
	if anywhere(text) == "" {
		return text
	}
	if c.persons == nil {
		c.persons = map[string]string{}
	}
	if _, known := c.persons[text]; !known {
		c.persons[text] = fmt.Sprintf("%s%d", hidden, len(c.persons)+1)
	}
	return c.persons[text]
}

func nothingTexts(d *schema.Dictionary, f *schema.Field) []string {
	return slices.Concat(d.Missing, d.Skipped, d.Refused, f.Missing, f.Skipped)
}

// copyRows reads the export again and writes the columns that are kept, as CSV
// in UTF-8 with LF. What is wrong with its rows was said when it was recognised.
func (d *Draft) copyRows(disk string, columns []outColumn) error {
	return replaceFile(disk, func(f *os.File) error {
		w := csv.NewWriter(f)
		record := make([]string, len(columns))
		for i, c := range columns {
			record[i] = c.field.Column
		}
		if err := w.Write(record); err != nil {
			return err
		}
		err := d.source.each(&diag.List{}, func(values []string, _ int) error {
			for i := range columns {
				record[i] = columns[i].cell(values, &d.platform)
				columns[i].count(record[i])
			}
			return w.Write(record)
		})
		w.Flush()
		return errors.Join(err, w.Error())
	})
}

// The marks that stand in clean rows for texts that were left at the door.
const (
	written = "（已填）"
	hidden  = "（已隐去）"
)

// cell cleans one cell: trimmed, typed text behind options cut off, free text of
// data that are not public replaced by a mark, and so is whatever looks like an address or a
// number of a person.
func (c *outColumn) cell(values []string, p *platform) string {
	if c.made != nil {
		return c.made(values)
	}
	if len(c.draft.options) > 0 {
		return c.joined(values, p)
	}
	text := clean(values[c.draft.sources[0]])
	if p.marks {
		text = clean(typedText.ReplaceAllString(text, ""))
	}
	if c.draft.mend != nil {
		text = c.draft.mend(text)
	}
	switch {
	case text == "" || slices.Contains(c.nothing, text):
		return text
	case c.field.Role == schema.RolePersonal:
		return ""
	case c.field.Role == schema.RoleOpen && !c.open:
		return written
	case c.field.Role == schema.RoleID:
		return c.code(text)
	case c.draft.first:
		return c.firstPlace(text)
	case c.draft.utc:
		return beijing(text)
	case c.field.Type == schema.List:
		return c.list(text)
	case c.field.Type == schema.String && c.field.Role != schema.RoleID:
		return c.option(text)
	}
	return text
}

// beijing moves a UTC time to the clock of the people who answered.
func beijing(text string) string {
	t, clock, ok := schema.ParseDate(text, "")
	if !ok || !clock {
		return text
	}
	return t.Add(8 * time.Hour).Format(time.DateTime)
}

// option keeps a category; another text becomes Other in data that are not
// public, where the field has one.
func (c outColumn) option(text string) string {
	if c.category(text) {
		return text
	}
	if c.field.Other != "" && !c.open {
		return c.field.Other
	}
	return schema.HidePersonal(text, hidden)
}

// firstPlace is the option that stands first in a ranking.
func (c outColumn) firstPlace(text string) string {
	items := splitItems(text, cmp.Or(c.draft.raw, "→"))
	if len(items) == 0 {
		return ""
	}
	return c.option(items[0])
}

func (c outColumn) category(text string) bool {
	return slices.ContainsFunc(c.field.Categories, func(k schema.Category) bool { return clean(k.Value) == text })
}

func (c outColumn) list(text string) string {
	if len(c.field.Categories) == 0 {
		return schema.HidePersonal(text, hidden)
	}
	var items []string
	separator := cmp.Or(c.draft.raw, c.field.Separator)
	fragments := reglue(splitItems(text, separator), separator, func(s string) bool { return c.draft.glued[s] || c.category(s) })
	for _, item := range fragments {
		if item = c.option(item); !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	if c.field.Separator == "csv" {
		return joinRecord(items)
	}
	return strings.Join(items, c.field.Separator)
}

// joined makes a list of one column an option. It is skipped when all its columns are.
func (c outColumn) joined(values []string, p *platform) string {
	var items []string
	skipped := true
	for i, source := range c.draft.sources {
		v := clean(values[source])
		kind := nothingKind(v, p.marks)
		skipped = skipped && kind == isSkipped
		if v != "" && kind == 0 && !unchosen[strings.ToLower(v)] {
			items = append(items, c.draft.options[i])
		}
	}
	if skipped {
		return "(跳过)"
	}
	if c.field.Type == schema.List && c.field.Separator != "csv" {
		return strings.Join(items, c.field.Separator)
	}
	return joinRecord(items)
}

// joinRecord writes a CSV record without its line end.
func joinRecord(items []string) string {
	if len(items) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	// A strings.Builder takes every write.
	_ = w.Write(items)
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}
