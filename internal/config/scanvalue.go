package config

import "strings"

// read reads one value and notes its place.
func (s *scanner) read(n *node, depth int) {
	start := s.at
	rest := s.text[start:]
	switch {
	case strings.HasPrefix(rest, `"""`):
		s.quoted(`"""`, true)
	case strings.HasPrefix(rest, `'''`):
		s.quoted(`'''`, false)
	case strings.HasPrefix(rest, `"`):
		s.quoted(`"`, true)
	case strings.HasPrefix(rest, `'`):
		s.quoted(`'`, false)
	case strings.HasPrefix(rest, "["), strings.HasPrefix(rest, "{"):
		s.nested(n, rest[0], depth+1)
	default:
		s.scalar()
	}
	n.value = span{start, s.at}
}

// nested reads an array or an inline table.
func (s *scanner) nested(n *node, open byte, depth int) {
	if depth > maxDepth {
		if s.deep == (span{}) {
			s.deep = span{s.at, s.at + 1}
		}
		s.at = len(s.text) // nothing more is worth reading
		return
	}
	s.at++
	for s.skip(true); s.at < len(s.text); s.skip(true) {
		before := s.at
		switch c := s.text[s.at]; {
		case c == ']' || c == '}':
			s.at++
			return
		case c == ',':
			s.at++
		case open == '[':
			item := n.item(span{s.at, s.at})
			s.read(item, depth)
			item.key = item.value
		default:
			s.pair(n, depth)
		}
		if s.at == before {
			s.at++
		}
	}
}

// quoted passes a string, its delimiter included on both sides. A string of one
// line ends at the line's end when nobody closed it.
func (s *scanner) quoted(mark string, escapes bool) {
	s.at += len(mark)
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '\\' && escapes:
			s.at = min(s.at+2, len(s.text))
		case strings.HasPrefix(s.text[s.at:], mark):
			s.at += len(mark)
			if len(mark) == 3 { // """" and """"" end with quotes that belong to the text
				for i := 0; i < 2 && s.at < len(s.text) && s.text[s.at] == mark[0]; i++ {
					s.at++
				}
			}
			return
		case c == '\n' && len(mark) == 1:
			return
		default:
			s.at++
		}
	}
}

// scalar passes a number, a date or a word.
func (s *scanner) scalar() {
	start := s.at
	for s.at < len(s.text) && !strings.ContainsRune(",]}#\n", rune(s.text[s.at])) {
		s.at++
	}
	for s.at > start && (s.text[s.at-1] == ' ' || s.text[s.at-1] == '\t' || s.text[s.at-1] == '\r') {
		s.at--
	}
}
