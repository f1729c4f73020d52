package page

import (
	"cmp"
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/document"
	"benchbook/internal/hanzi"
)

// termForm is a name of a term as the glossary writes it.
type termForm struct {
	name, id string
	latin    bool // it must stand as a word of its own
}

// nameTerm makes a name findable; the longest come first, so that 导流率 is not
// taken for 导流. One character alone is too little to be sure of.
func (c *composer) nameTerm(name, id string) {
	if utf8.RuneCountInString(name) < 2 {
		return
	}
	c.forms = append(c.forms, termForm{name, id, !strings.ContainsFunc(name, hanzi.IsHan)})
	slices.SortStableFunc(c.forms, func(a, b termForm) int {
		return cmp.Or(len(b.name)-len(a.name), strings.Compare(a.name, b.name))
	})
}

// unlinked are the elements in whose words no term is linked.
var unlinked = []string{"a", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "table", "code", "pre", "kbd", "button", "label", "script", "style", "svg", "summary", "dt"}

// linkTerms links each term of the glossary where the text first uses it,
// unless the author has linked it. The glossary itself needs no links.
func (c *composer) linkTerms(d *doc, body template.HTML) template.HTML {
	if len(c.forms) == 0 {
		return body
	}
	l := linker{c: c, page: d.path, rest: string(body), done: map[string]bool{}}
	for _, r := range d.Refs {
		if r.Kind == document.Term {
			l.done[c.terms[hanzi.Fold(strings.TrimSpace(r.Target))]] = true
		}
	}
	for _, f := range c.forms {
		if !l.done[f.id] && strings.Contains(l.rest, html.EscapeString(f.name)) {
			l.forms = append(l.forms, f)
		}
	}
	if len(l.forms) == 0 {
		return body
	}
	return l.run()
}

// linker walks through a rendered text once.
type linker struct {
	c     *composer
	page  string
	rest  string
	out   strings.Builder
	forms []termForm
	done  map[string]bool // by id
	quiet string          // element in which nothing is linked, "" = none
	depth int
}

func (l *linker) run() template.HTML {
	l.out.Grow(len(l.rest) + 2048)
	for l.rest != "" {
		end := strings.IndexByte(l.rest, '<')
		if end < 0 {
			end = len(l.rest)
		}
		l.text(l.rest[:end])
		if l.rest = l.rest[end:]; l.rest == "" {
			break
		}
		t, size := parseTag(l.rest)
		l.out.WriteString(l.rest[:size])
		l.rest = l.rest[size:]
		l.turn(t)
	}
	return template.HTML(l.out.String())
}

// turn notes that an element begins or ends.
func (l *linker) turn(t tag) {
	switch {
	case l.quiet == "" && !t.closing && !t.empty && slices.Contains(unlinked, t.name):
		l.quiet, l.depth = t.name, 1
	case l.quiet != "" && t.name == l.quiet && t.closing:
		if l.depth--; l.depth == 0 {
			l.quiet = ""
		}
	case l.quiet != "" && t.name == l.quiet && !t.empty:
		l.depth++
	}
}

// text writes a run of words with the first use of each term linked.
func (l *linker) text(s string) {
	for l.quiet == "" && s != "" {
		at, form := l.first(s)
		if at < 0 {
			break
		}
		l.done[form.id] = true
		name := html.EscapeString(form.name)
		l.out.WriteString(s[:at])
		l.out.WriteString(`<a class="term" href="` + html.EscapeString(relative(l.page, "glossary.html#"+form.id)) + `">` + name + `</a>`)
		s = s[at+len(name):]
	}
	l.out.WriteString(s)
}

// first is the earliest term that is not linked yet; of two at one place, the longer.
func (l *linker) first(s string) (at int, form termForm) {
	at = -1
	for _, f := range l.forms {
		if l.done[f.id] {
			continue
		}
		if i := f.find(s); i >= 0 && (at < 0 || i < at) && !l.inLonger(s, i, f) {
			at, form = i, f
		}
	}
	return at, form
}

// inLonger reports a name that is only part of a longer term there, linked or not.
func (l *linker) inLonger(s string, at int, f termForm) bool {
	for _, longer := range l.c.forms {
		if len(longer.name) <= len(f.name) {
			return false
		}
		off := strings.Index(longer.name, f.name)
		if start := at - off; off >= 0 && start >= 0 && strings.HasPrefix(s[start:], longer.name) {
			return true
		}
	}
	return false
}

func (f termForm) find(s string) int {
	name := html.EscapeString(f.name)
	for from := 0; ; {
		i := strings.Index(s[from:], name)
		if i < 0 {
			return -1
		}
		i += from
		if !f.latin || !joined(s, i, i+len(name)) {
			return i
		}
		from = i + len(name)
	}
}

// joined reports a stretch of letters that is part of a longer word.
func joined(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	word := func(r rune) bool {
		return r != utf8.RuneError && !hanzi.IsHan(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}
	return word(before) || word(after)
}
