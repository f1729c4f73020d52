package theme

import "bytes"

// minify drops comments and the white space that CSS does not need. It is
// conservative: strings and the inside of parentheses are kept as they are but
// for runs of blanks, and a blank that may be a combinator or separate two words
// stays. The gain over the plain text is about a quarter after compression; a
// full minifier would add one more part in twenty and a dependency.
func minify(css []byte) []byte {
	out := make([]byte, 0, len(css))
	depth := 0
	for i := 0; i < len(css); {
		c := css[i]
		switch {
		case c == '"' || c == '\'':
			end := stringEnd(css, i)
			out = append(out, css[i:end]...)
			i = end
			continue
		case c == '/' && i+1 < len(css) && css[i+1] == '*':
			i = commentEnd(css, i)
			out = blank(out, depth)
			continue
		case blankByte(c):
			out = blank(out, depth)
		case c == '}':
			out = append(bytes.TrimRight(out, "; "), c)
		default:
			out = appendMark(out, c, depth)
		}
		depth += nesting(c)
		i++
	}
	return bytes.TrimSpace(out)
}

// blank adds one space unless the character before makes it useless.
func blank(out []byte, depth int) []byte {
	if len(out) == 0 {
		return out
	}
	switch out[len(out)-1] {
	case ' ', '{', '}', ';', ',':
		return out
	case ':': // "a: b" in a declaration; inside parentheses a media feature, no less
		return out
	case '>':
		if depth == 0 {
			return out
		}
	}
	return append(out, ' ')
}

// appendMark drops the space before a mark that ends what stands before it.
func appendMark(out []byte, c byte, depth int) []byte {
	switch c {
	case '{', ';', ',':
		out = bytes.TrimRight(out, " ")
	case '>':
		if depth == 0 {
			out = bytes.TrimRight(out, " ")
		}
	}
	return append(out, c)
}

func nesting(c byte) int {
	switch c {
	case '(':
		return 1
	case ')':
		return -1
	}
	return 0
}

func blankByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func stringEnd(css []byte, start int) int {
	for i := start + 1; i < len(css); i++ {
		switch css[i] {
		case '\\':
			i++
		case css[start]:
			return i + 1
		}
	}
	return len(css)
}

func commentEnd(css []byte, start int) int {
	end := bytes.Index(css[start+2:], []byte("*/"))
	if end < 0 {
		return len(css)
	}
	return start + 2 + end + 2
}
