package schema

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"math"
	"slices"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Quality says which rows are not counted. Nothing is left out unless asked for;
// what a platform flagged is counted and told, and left out only with drop.
type Quality struct {
	Duration  string   // field of seconds that an answer took
	Minimum   float64  // seconds; quicker answers are left out; 0 = off
	Straight  []string // questions of several rows; one answer for all rows of each is left out
	Attention []Attention
	Duplicate []string // fields; a row that is alike in all of them to an earlier one is left out
	Flags     []Flag
	Pos       diag.Pos
}

// Attention is an item whose answer was told beforehand.
type Attention struct{ Field, Is string }

// Flag is what the platform says of an answer.
type Flag struct {
	Field string
	Is    []string // values that mean: not valid
	Drop  bool
}

// Exclusion is how many rows were left out for one reason, or with Kept only flagged.
type Exclusion struct {
	Reason diag.Text
	Rows   int
	Kept   bool
}

type qualityTOML struct {
	Duration  string          `toml:"duration"`
	Minimum   float64         `toml:"minimum_seconds"`
	Straight  []string        `toml:"straight"`
	Attention []attentionTOML `toml:"attention"`
	Duplicate []string        `toml:"duplicate"`
	Flags     []flagTOML      `toml:"flag"`
}

type attentionTOML struct {
	Field string `toml:"field"`
	Is    string `toml:"is"`
}

type flagTOML struct {
	Field string   `toml:"field"`
	Is    []string `toml:"is"`
	Drop  bool     `toml:"drop"`
}

// quality turns the TOML into a Quality and looks up the fields that it names.
func (c *checker) quality(raw *qualityTOML, source *config.Source) {
	if !source.Has("quality") {
		return
	}
	q := &Quality{Duration: raw.Duration, Minimum: raw.Minimum, Straight: raw.Straight, Duplicate: raw.Duplicate, Pos: source.Pos("quality")}
	c.dictionary.Quality = q
	if q.Minimum < 0 || math.IsInf(q.Minimum, 0) || math.IsNaN(q.Minimum) {
		c.fail("schema.quality", diag.T("minimum_seconds 不能是负数", "minimum_seconds cannot be negative"), diag.Text{}, "quality", "minimum_seconds")
	}
	if q.Minimum > 0 {
		q.Duration = cmp.Or(q.Duration, "duration")
		c.reference(q.Duration, "quality", "duration")
		if f, ok := c.dictionary.Field(q.Duration); ok && !f.numeric() {
			c.fail("schema.quality", diag.T("字段 %q 不是秒数", "field %q is no number of seconds", q.Duration), diag.Text{}, "quality", "duration")
		}
	}
	for i, question := range q.Straight {
		if n := len(c.dictionary.rowsOf(question)); n < 3 {
			c.fail("schema.quality", diag.T("问题 %q 有 %d 行；3 行以上才看得出一路同选", "question %q has %d rows; straight-lining shows from 3 on", question, n),
				diag.T("写 [[field]] 的 question", "name the question of [[field]]"), "quality", "straight", i)
		}
	}
	for i, name := range q.Duplicate {
		c.reference(name, "quality", "duplicate", i)
	}
	for i, a := range raw.Attention {
		q.Attention = append(q.Attention, Attention(a))
		c.reference(a.Field, "quality", "attention", i, "field")
		c.category(a.Field, a.Is, "quality", "attention", i, "is")
	}
	for i, f := range raw.Flags {
		q.Flags = append(q.Flags, Flag(f))
		c.reference(f.Field, "quality", "flag", i, "field")
		for k, is := range f.Is {
			c.category(f.Field, is, "quality", "flag", i, "is", k)
		}
	}
}

// category checks that a field of categories has a value.
func (c *checker) category(field, value string, at ...any) {
	f, ok := c.dictionary.Field(field)
	if !ok || len(f.Categories) == 0 || slices.Contains(f.values(), value) || value == f.Other {
		return
	}
	c.fail("schema.quality", diag.T("字段 %q 没有选项 %q", "field %q has no category %q", field, value), diag.DidYouMean(value, f.values()), at...)
}

// rowsOf are the indexes of a question's fields.
func (d *Dictionary) rowsOf(question string) (at []int) {
	for i := range d.Fields {
		if d.Fields[i].Question == question && d.Fields[i].Role == "" {
			at = append(at, i)
		}
	}
	return at
}

// judge applies the rules to records, one after another.
type judge struct {
	d       *Dictionary
	reasons []Exclusion
	rules   []func(*Record) bool // in the order of reasons
}

// judge is nil when there are no rules.
func (d *Dictionary) judge() *judge {
	if d.Quality == nil {
		return nil
	}
	q, j := d.Quality, &judge{d: d}
	for _, f := range q.Flags {
		at := d.index(f.Field)
		j.rule(diag.T("平台标为无效（%s）", "flagged by the platform (%s)", d.Fields[at].Title), !f.Drop, func(rec *Record) bool {
			return slices.Contains(f.Is, d.answer(rec, at))
		})
	}
	if q.Minimum > 0 {
		at := d.index(q.Duration)
		j.rule(diag.T("作答不足 %v 秒", "answered in under %v seconds", q.Minimum), false, func(rec *Record) bool {
			return rec.Values[at].State == Present && rec.Values[at].Number < q.Minimum
		})
	}
	for _, a := range q.Attention {
		at := d.index(a.Field)
		j.rule(diag.T("注意力题没有答对（%s）", "failed the attention item (%s)", d.Fields[at].Title), false, func(rec *Record) bool {
			return rec.Values[at].State != NotAsked && d.answer(rec, at) != a.Is
		})
	}
	for _, question := range q.Straight {
		rows := d.rowsOf(question)
		j.rule(diag.T("矩阵题 %s 一路同选", "one answer for every row of %s", question), false, func(rec *Record) bool { return straight(rec, rows) })
	}
	if len(q.Duplicate) > 0 {
		j.rule(diag.T("与前面的答卷重复", "the same as an earlier answer"), false, d.repeated(q.Duplicate))
	}
	return j
}

func (j *judge) rule(reason diag.Text, kept bool, broken func(*Record) bool) {
	j.reasons = append(j.reasons, Exclusion{Reason: reason, Kept: kept})
	j.rules = append(j.rules, broken)
}

// drops says whether a record is left out; it counts for the first rule that it breaks.
func (j *judge) drops(rec *Record) bool {
	for i, broken := range j.rules {
		if broken(rec) {
			j.reasons[i].Rows += rec.Rows()
			if !j.reasons[i].Kept {
				return true
			}
		}
	}
	return false
}

// fields are the names that the rules read.
func (j *judge) fields() []string {
	q := j.d.Quality
	names := slices.Clone(q.Duplicate)
	if q.Minimum > 0 {
		names = append(names, q.Duration)
	}
	for _, a := range q.Attention {
		names = append(names, a.Field)
	}
	for _, f := range q.Flags {
		names = append(names, f.Field)
	}
	for _, question := range q.Straight {
		for _, at := range j.d.rowsOf(question) {
			names = append(names, j.d.Fields[at].Name)
		}
	}
	return names
}

func (d *Dictionary) index(field string) int {
	return slices.IndexFunc(d.Fields, func(f Field) bool { return f.Name == field })
}

// answer is the value of a cell as text: a category's value, else the text itself.
func (d *Dictionary) answer(rec *Record, at int) string {
	v := &rec.Values[at]
	if len(v.Codes) == 1 && v.Codes[0] < len(d.Fields[at].Categories) {
		return d.Fields[at].Categories[v.Codes[0]].Value
	}
	return v.Text
}

// straight reports one answer for all rows of a question, three of which were answered.
func straight(rec *Record, rows []int) bool {
	answered, code := 0, -1
	for _, at := range rows {
		v := &rec.Values[at]
		if v.State != Present || len(v.Codes) != 1 {
			continue
		}
		if answered++; code >= 0 && v.Codes[0] != code {
			return false
		}
		code = v.Codes[0]
	}
	return answered >= 3
}

// repeated remembers rows by a hash of their fields.
func (d *Dictionary) repeated(fields []string) func(*Record) bool {
	seed, seen := maphash.MakeSeed(), map[uint64]bool{}
	at := make([]int, len(fields))
	for i, name := range fields {
		at[i] = d.index(name)
	}
	return func(rec *Record) bool {
		var h maphash.Hash
		h.SetSeed(seed)
		for _, i := range at {
			v := &rec.Values[i]
			fmt.Fprintf(&h, "%d\x00%v\x00%s\x00%v\x00", v.State, v.Number, v.Text, v.Codes)
		}
		key := h.Sum64()
		again := seen[key]
		seen[key] = true
		return again
	}
}
