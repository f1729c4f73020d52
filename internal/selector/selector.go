// Package selector holds decision tables: a few questions, rules over their
// answers, and what each rule leads to.
//
// In: data/selectors/NAME.toml. Out: a Selector whose table is complete: every
// combination of answers has one result, or is said to have none (无匹配 is an
// answer and has to be written as one). It refuses tables with holes, rules that
// contradict each other, and rules that no answer reaches.
package selector

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Option is one answer of a question.
type Option struct{ ID, Text string }

// Question is asked in the order of the file.
type Question struct {
	ID, Text, Help string
	Options        []Option
}

// Link is a page that a result leads to: a source path under content/, or an
// address of the site; Title may be "" where the page has its own.
type Link struct{ Page, Title string }

// Figure is a released number that a result is held against.
type Figure struct{ Ref, Label string }

// Result is what rules lead to.
type Result struct {
	ID, Title, Text string
	None            bool // it says that nothing fits
	Links           []Link
	Figures         []Figure
	Pos             diag.Pos
}

// Rule leads to a result where every question it names has one of its answers.
type Rule struct {
	When   map[string][]string // question → answers; not named: any
	Result *Result
	Note   string
}

// Selector is one decision table.
type Selector struct {
	Name, File, Title, Source, Summary, Note string
	Questions                                []Question
	Results                                  []*Result
	Rules                                    []Rule
	Pos                                      diag.Pos
}

// Answers is one answer for every question.
type Answers map[string]string

// Find is the rule for some answers; ok is false where they are not complete.
func (s *Selector) Find(a Answers) (Rule, bool) {
	for _, r := range s.Rules {
		if r.fits(a) {
			return r, true
		}
	}
	return Rule{}, false
}

func (r Rule) fits(a Answers) bool {
	for q, options := range r.When {
		if !slices.Contains(options, a[q]) {
			return false
		}
	}
	return true
}

// Words are a rule's answers to a question in a reader's words; 「任意」 for any.
func (s *Selector) Words(r Rule, q Question) string {
	ids, named := r.When[q.ID]
	if !named {
		return "任意"
	}
	var out []string
	for _, o := range q.Options {
		if slices.Contains(ids, o.ID) {
			out = append(out, o.Text)
		}
	}
	return strings.Join(out, "、")
}

// most bounds the combinations that are looked through.
const most = 20_000

// each walks through every combination of answers; false where there are too many.
func (s *Selector) each(visit func(Answers)) bool {
	n := 1
	for _, q := range s.Questions {
		if n *= max(len(q.Options), 1); n > most {
			return false
		}
	}
	a := Answers{}
	var walk func(i int)
	walk = func(i int) {
		if i == len(s.Questions) {
			visit(a)
			return
		}
		for _, o := range s.Questions[i].Options {
			a[s.Questions[i].ID] = o.ID
			walk(i + 1)
		}
	}
	walk(0)
	return true
}

type raw struct {
	Title    string        `toml:"title"`
	Source   string        `toml:"source"`
	Summary  string        `toml:"summary"`
	Note     string        `toml:"note"`
	Question []rawQuestion `toml:"question"`
	Result   []rawResult   `toml:"result"`
	Rule     []rawRule     `toml:"rule"`
}

type rawQuestion struct {
	ID      string      `toml:"id"`
	Text    string      `toml:"text"`
	Help    string      `toml:"help"`
	Options []rawOption `toml:"options"`
}

type rawOption struct {
	ID   string `toml:"id"`
	Text string `toml:"text"`
}

type rawResult struct {
	ID      string      `toml:"id"`
	Title   string      `toml:"title"`
	Text    string      `toml:"text"`
	None    bool        `toml:"none"`
	Links   []rawLink   `toml:"links"`
	Figures []rawFigure `toml:"figures"`
}

type rawLink struct {
	Page  string `toml:"page"`
	Title string `toml:"title"`
}

type rawFigure struct {
	Ref   string `toml:"ref"`
	Label string `toml:"label"`
}

type rawRule struct {
	When   map[string]any `toml:"when"`
	Result string         `toml:"result"`
	Note   string         `toml:"note"`
}

// loader reads one file.
type loader struct {
	raw raw
	out *Selector
	src *config.Source
	l   *diag.List
	ok  bool
}

// Load reads one selector; ok is false when something is wrong.
func Load(name, file string, src []byte, l *diag.List) (*Selector, bool) {
	r := &loader{l: l, out: &Selector{Name: name, File: file, Pos: diag.At(file, 1, 1)}}
	r.src, r.ok = config.Decode(file, src, &r.raw, l)
	if !r.ok {
		return nil, false
	}
	s := r.out
	s.Title, s.Source, s.Summary, s.Note = cmp.Or(r.raw.Title, name), r.raw.Source, r.raw.Summary, r.raw.Note
	for i := range r.raw.Question {
		r.question(i)
	}
	for i, w := range r.raw.Result {
		r.result(i, w)
	}
	for i := range r.raw.Rule {
		r.rule(i)
	}
	if r.ok {
		r.complete()
	}
	return s, r.ok
}

func (r *loader) fail(code string, message, hint diag.Text, at ...any) {
	r.ok = false
	pos, width := r.src.Value(at...)
	r.l.Add(diag.Diagnostic{Code: code, Pos: pos, Width: width, Message: message, Hint: hint})
}
