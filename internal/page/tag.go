package page

import (
	"html"
	"strings"
)

// tag is one tag, or what stands like one (a comment has no name).
type tag struct {
	name           string
	closing, empty bool
	id, class      string
	attributes     []attribute
}

// attribute is one attribute of a tag, and where its value stands in it.
type attribute struct {
	name       string
	start, end int // of the value as it is written, without quotes
}

// parseTag reads the tag at the beginning of HTML that our templates made, and
// gives its length. A value may hold ">".
func parseTag(s string) (t tag, size int) {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return t, end + len("-->")
		}
		return t, len(s)
	}
	i := 1
	if strings.HasPrefix(s, "</") {
		t.closing, i = true, 2
	}
	start := i
	for i < len(s) && isName(s[i]) {
		i++
	}
	t.name = strings.ToLower(s[start:i])
	for i < len(s) && s[i] != '>' {
		if !isName(s[i]) {
			t.empty = s[i] == '/'
			i++
			continue
		}
		i = t.attribute(s, i)
	}
	return t, min(i+1, len(s))
}

// attribute reads the attribute at i and gives the place after it.
func (t *tag) attribute(s string, i int) int {
	a := attribute{}
	start := i
	for i < len(s) && isName(s[i]) {
		i++
	}
	a.name = strings.ToLower(s[start:i])
	if i+1 >= len(s) || s[i] != '=' {
		return i
	}
	i++
	stop := func(c byte) bool { return c == ' ' || c == '>' || c == '\n' }
	quote := s[i]
	if quote == '"' || quote == '\'' {
		i++
		stop = func(c byte) bool { return c == quote }
	}
	a.start = i
	for i < len(s) && !stop(s[i]) {
		i++
	}
	a.end = i
	t.attributes = append(t.attributes, a)
	switch a.name {
	case "id":
		t.id = html.UnescapeString(s[a.start:a.end])
	case "class":
		t.class = s[a.start:a.end]
	}
	if i < len(s) && s[i] == quote {
		i++
	}
	return i
}

// isName reports whether a byte may stand in the name of an element or attribute.
func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == ':' || c == '_' || c == '!'
}
