package config

import (
	"strconv"
	"strings"
)

// maxDepth bounds tables and arrays inside each other, so that a file of a
// million brackets cannot exhaust the stack here or in the TOML library.
const maxDepth = 100

// span is a stretch of bytes.
type span struct{ start, end int }

// node is a key or array item with the places of its key and value.
type node struct {
	key, value span
	children   map[string]*node
	items      []*node
}

// child finds or makes the node of a key.
func (n *node) child(name string, at span) *node {
	if c, ok := n.children[name]; ok {
		return c
	}
	if n.children == nil {
		n.children = map[string]*node{}
	}
	c := &node{key: at, value: at}
	n.children[name] = c
	return c
}

// item adds an array item.
func (n *node) item(at span) *node {
	c := &node{key: at, value: at}
	n.items = append(n.items, c)
	return c
}

// last is where a table header goes on below this node: the newest item of an
// array of tables, else the node.
func (n *node) last() *node {
	if len(n.items) > 0 {
		return n.items[len(n.items)-1]
	}
	return n
}

// scanner maps the keys of a TOML text to places. It is no checker: the TOML
// library has that part, so it only has to end on any bytes and be right on
// correct ones.
type scanner struct {
	text string
	at   int
	deep span // the first bracket nested too deep; zero = none
}

// scan reads the whole text; where is the place nested too deep, if any.
func scan(text string) (root *node, tooDeep span) {
	s := &scanner{text: text}
	root = &node{}
	table := root
	for s.skip(true); s.at < len(s.text); s.skip(true) {
		before := s.at
		switch {
		case strings.HasPrefix(s.text[s.at:], "[["):
			table = s.header(root, 2)
		case s.text[s.at] == '[':
			table = s.header(root, 1)
		default:
			s.pair(table, 0)
		}
		if s.at == before {
			s.at++ // not TOML; the library says so
		}
	}
	return root, s.deep
}

// skip passes blanks and comments, and line ends if asked to.
func (s *scanner) skip(lines bool) {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == ' ' || c == '\t' || c == '\r':
			s.at++
		case c == '\n' && lines:
			s.at++
		case c == '#':
			for s.at < len(s.text) && s.text[s.at] != '\n' {
				s.at++
			}
		default:
			return
		}
	}
}

// header reads [a.b] or [[a.b]] and gives the table that the next keys belong to.
func (s *scanner) header(root *node, brackets int) *node {
	start := s.at
	s.at += brackets
	names, places := s.path(']')
	for i := 0; i < brackets && s.at < len(s.text) && s.text[s.at] == ']'; i++ {
		s.at++
	}
	whole := span{start, s.at}
	table := root
	for i, name := range names {
		table = table.child(name, places[i]).last()
		if i < len(names)-1 {
			continue
		}
		if brackets == 2 {
			table = root.walk(names).item(whole)
		}
		table.key, table.value = whole, whole
	}
	return table
}

// walk follows names from the root, through the newest items, to the node that
// holds the items of an array of tables.
func (n *node) walk(names []string) *node {
	for i, name := range names {
		n = n.child(name, span{})
		if i < len(names)-1 {
			n = n.last()
		}
	}
	return n
}

// pair reads key = value into a table.
func (s *scanner) pair(table *node, depth int) {
	names, places := s.path('=')
	for i, name := range names {
		table = table.child(name, places[i])
	}
	if s.at < len(s.text) && s.text[s.at] == '=' {
		s.at++
		s.skip(false)
		s.read(table, depth)
	}
}

// path reads a dotted key up to its closing mark.
func (s *scanner) path(end byte) (names []string, places []span) {
	for s.at < len(s.text) && len(names) <= maxDepth {
		s.skip(false)
		if s.at >= len(s.text) || s.text[s.at] == end || s.text[s.at] == '\n' {
			break
		}
		start := s.at
		name, ok := s.name()
		if !ok {
			break
		}
		names, places = append(names, name), append(places, span{start, s.at})
		s.skip(false)
		if s.at >= len(s.text) || s.text[s.at] != '.' {
			break
		}
		s.at++
	}
	if len(names) > maxDepth && s.deep == (span{}) {
		s.deep = places[maxDepth]
	}
	return names, places
}

// name reads one bare or quoted part of a key.
func (s *scanner) name() (string, bool) {
	start := s.at
	switch s.text[s.at] {
	case '"':
		s.quoted(`"`, true)
		if name, err := strconv.Unquote(s.text[start:s.at]); err == nil {
			return name, true
		}
		return strings.Trim(s.text[start:s.at], `"`), true
	case '\'':
		s.quoted(`'`, false)
		return strings.Trim(s.text[start:s.at], `'`), true
	}
	for s.at < len(s.text) && !strings.ContainsRune(" \t\r\n.=[]{},#\"'", rune(s.text[s.at])) {
		s.at++
	}
	return s.text[start:s.at], s.at > start
}
