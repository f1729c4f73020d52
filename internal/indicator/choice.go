package indicator

import (
	"slices"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// shareKind is a question with one answer: the share of each option, or with
// `is` the share of those who gave one of some options.
var shareKind = Kind{
	Name: "share", Title: diag.T("单选占比", "share of a single choice"),
	keys: []string{"field", "is", "base", "per", "interval", "adjust", "compare", "paired", "adds_up"},
	check: func(c *checker) {
		c.choice(isSingleChoice, diag.T("单选、是否或日期", "a single choice, yes/no or date"))
		c.addsUp()
	},
	reads: func(ind *Indicator) []string { return []string{ind.Field} },
	start: startChoice,
}

const multiKindName = "multi"

// multiKind is a question with any number of answers: the share of respondents
// who chose each option; the shares add up to more than 100%.
var multiKind = Kind{
	Name: multiKindName, Title: diag.T("多选占比（按人）", "share of respondents, several answers"),
	keys:  []string{"field", "is", "base", "per", "interval", "adjust", "compare", "paired"},
	check: func(c *checker) { c.choice(isList, diag.T("多选（list）", "a list")); c.ofAnswers() },
	reads: func(ind *Indicator) []string { return []string{ind.Field} },
	start: startChoice,
}

func isList(f *schema.Field) bool { return f.Type == schema.List && f.Role == "" }

func isSingleChoice(f *schema.Field) bool {
	if f.Role != "" || f.Type == schema.List {
		return false
	}
	return len(listed(f)) > 0 || f.Type == schema.Date || f.Type == schema.DateTime
}

func (c *checker) choice(fits func(*schema.Field) bool, wanted diag.Text) {
	f := c.field("field", c.raw.Field, fits, wanted)
	if f == nil {
		return
	}
	c.ind.describeChoice(f)
	c.ind.Is = c.values(f, c.raw.Is)
	c.shareChoices()
}

// describeChoice fills in what the field says about a choice.
func (ind *Indicator) describeChoice(f *schema.Field) {
	ind.Field, ind.Options, ind.Percent = f.Name, listed(f), true
	ind.Alone = slices.IndexFunc(ind.Options, func(o Option) bool { return f.Exclusive != "" && o.Value == f.Exclusive })
	ind.Ordered = f.Ordered || len(ind.Options) == 0
	ind.Unit = percentUnit
}

// values checks the values of `is` and gives them as the file writes them.
func (c *checker) values(f *schema.Field, is []string) []string {
	options := listed(f)
	var out []string
	for i, value := range is {
		k := slices.IndexFunc(options, func(o Option) bool { return o.Value == value || o.Label == value })
		if k < 0 && len(options) > 0 {
			c.fail("indicator.unknown_value", diag.T("字段 %[2]q 没有选项 %[1]q", "%q is no category of field %q", value, f.Name),
				diag.DidYouMean(value, optionNames(options)), "is", i)
			continue
		}
		if k >= 0 {
			value = options[k].Value
		}
		out = append(out, value)
	}
	return out
}

func optionNames(options []Option) []string {
	var names []string
	for _, o := range options {
		names = append(names, o.Value)
		if o.Label != o.Value {
			names = append(names, o.Label)
		}
	}
	return names
}

func startChoice(ind *Indicator, cols *columns) observer {
	at, f := cols.of(ind.Field)
	var found *domain
	if len(listed(f)) == 0 {
		found = newDomain()
	}
	wanted := map[string]bool{}
	for _, v := range ind.Is {
		wanted[v] = true
	}
	name := func(code int) string {
		if found != nil {
			return found.texts[code]
		}
		return ind.Options[code].Value
	}
	var codes []int
	add := func(d Datum, rec *schema.Record, weight float64) {
		v := &rec.Values[at]
		codes = codes[:0]
		if v.State == schema.Present {
			codes = answers(f, v, found, codes)
		}
		d.(*Counts).take(v.State, codes, weight, func(code int) bool { return wanted[name(code)] })
	}
	return observer{fresh: (&Counts{}).empty, add: add, found: found}
}

// take counts one row: its state, and the options that it chose, each once. A
// list that is present and chose nothing is an answer ("none of these").
func (c *Counts) take(state schema.State, codes []int, weight float64, is func(code int) bool) {
	c.Rows.add(weight)
	if state != schema.NotAsked {
		c.Asked.add(weight)
	}
	if state == schema.Invalid {
		c.Unusable++
	}
	if state != schema.Present {
		return
	}
	c.Answered.add(weight)
	hit := false
	for i, code := range codes {
		if slices.Contains(codes[:i], code) {
			continue
		}
		c.option(code).add(weight)
		hit = hit || is(code)
	}
	if hit {
		c.Is.add(weight)
	}
}
