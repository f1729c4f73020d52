package page

import (
	"html"
	"slices"
	"strings"
)

// rewriter walks through a finished page and writes its copy for the traditional
// edition: texts converted, addresses led to the same places, all else as it was.
type rewriter struct {
	*edition
	path  string // of the page in the simplified edition
	rest  string
	out   strings.Builder
	quiet string // element whose words are kept, "" = none
	depth int    // of elements of that name
}

// kept are the elements whose words are not Chinese sentences.
var kept = []string{"code", "kbd", "samp", "textarea"}

// void are the elements that have no end.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// spoken are the attributes that readers see or hear, or that scripts hold words of theirs against.
var spoken = []string{"alt", "aria-description", "aria-label", "content", "data-tags", "label", "placeholder", "title", "value"}

// addresses are the attributes that lead to a file.
var addresses = []string{"action", "data-echarts", "href", "poster", "src"}

// step copies one run of text, one tag, or a whole script or style sheet.
func (w *rewriter) step() {
	end := strings.IndexByte(w.rest, '<')
	if end < 0 {
		end = len(w.rest)
	}
	w.words(w.rest[:end])
	w.rest = w.rest[end:]
	if w.rest == "" {
		return
	}
	t, size := parseTag(w.rest)
	source := w.rest[:size]
	w.rest = w.rest[size:]
	if t.name == "" || t.closing {
		w.out.WriteString(source)
		w.leave(t)
		return
	}
	w.enter(t, source)
	if t.name == "script" || t.name == "style" {
		w.program(t, source)
	}
}

func (w *rewriter) words(text string) {
	if w.quiet == "" {
		text = w.edition.words.Convert(text)
	}
	w.out.WriteString(text)
}

// enter copies a start tag, and keeps quiet from here on where the words of the
// element are in another language, or code.
func (w *rewriter) enter(t tag, source string) {
	language := value(t, source, "lang")
	foreign := language != "" && t.name != "html" || slices.Contains(kept, t.name) || value(t, source, "translate") == "no"
	ends := !t.empty && !slices.Contains(void, t.name)
	if w.quiet == t.name && ends {
		w.depth++
	} else if w.quiet == "" && foreign && ends {
		w.quiet, w.depth = t.name, 1
	}
	last := 0
	for _, a := range t.attributes {
		w.out.WriteString(source[last:a.start])
		w.out.WriteString(w.attribute(t, source, a, foreign))
		last = a.end
	}
	w.out.WriteString(source[last:])
}

func (w *rewriter) leave(t tag) {
	if t.closing && w.quiet == t.name {
		if w.depth--; w.depth == 0 {
			w.quiet = ""
		}
	}
}

// attribute is a value as the copy has it, as it is to be written.
func (w *rewriter) attribute(t tag, source string, a attribute, foreign bool) string {
	v := source[a.start:a.end]
	switch {
	case a.name == "lang" && t.name == "html":
		return traditional
	case slices.Contains(addresses, a.name):
		return html.EscapeString(w.lead(t, source, v))
	case w.quiet == "" && !foreign && slices.Contains(spoken, a.name):
		return w.edition.words.Convert(v)
	}
	return v
}

// lead is where an address leads in the copy. Links to the versions of a page
// keep their places, one folder up.
func (w *rewriter) lead(t tag, source, address string) string {
	switch {
	case t.name == "link" && value(t, source, "rel") == "canonical":
		return w.own(address)
	case value(t, source, "hreflang") != "" && !hasScheme(address):
		return "../" + html.UnescapeString(address)
	}
	return w.address(w.path, address)
}

// program copies what stands in a script or style element: data is converted, code is not.
func (w *rewriter) program(t tag, source string) {
	end := strings.Index(w.rest, "</"+t.name)
	if end < 0 {
		end = len(w.rest)
	}
	inside := w.rest[:end]
	w.rest = w.rest[end:]
	if strings.HasSuffix(value(t, source, "type"), "json") {
		inside = strings.ReplaceAll(w.edition.words.Convert(inside), `"`+simplified+`"`, `"`+traditional+`"`)
	}
	w.out.WriteString(inside)
}

// value is an attribute of a tag as it is written, "" where it has none.
func value(t tag, source, name string) string {
	for _, a := range t.attributes {
		if a.name == name {
			return source[a.start:a.end]
		}
	}
	return ""
}
