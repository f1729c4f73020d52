package leak

import (
	"bytes"
	"encoding/base64"
	"html"
	"net/url"
	"strconv"
	"unicode/utf8"
)

// readings are the other forms of a text, as far as it has any.
func readings(data []byte) (out []wrapped) {
	if bytes.Contains(data, []byte("&#")) || bytes.Contains(data, []byte("&nbsp")) || bytes.Contains(data, []byte("&shy")) || bytes.Contains(data, []byte("&zw")) {
		out = append(out, wrapped{"HTML entities", []byte(html.UnescapeString(string(data)))})
	}
	if plain, any := untagged(data); any {
		out = append(out, wrapped{"text without tags", plain})
	}
	if plain, any := unescaped(data); any {
		out = append(out, wrapped{"escapes", plain})
	}
	if plain, any := unpercented(data); any {
		out = append(out, wrapped{"percent form", plain})
	}
	return append(out, base64Runs(data)...)
}

// untagged leaves out markup; any is false where there is none inside words.
func untagged(data []byte) (plain []byte, any bool) {
	for i := 0; i < len(data); {
		open := bytes.IndexByte(data[i:], '<')
		if open < 0 || i+open+1 >= len(data) {
			return append(plain, data[i:]...), any
		}
		plain = append(plain, data[i:i+open]...)
		i += open
		if c := data[i+1]; c != '/' && c != '!' && (c < 'A' || c > 'z') {
			plain = append(plain, '<')
			i++
			continue
		}
		end := bytes.IndexByte(data[i:], '>')
		if end < 0 {
			return plain, any
		}
		any = true
		if block(data[i : i+end]) {
			plain = append(plain, '\n')
		}
		i += end + 1
	}
	return plain, any
}

// block says that a tag ends a line of text.
func block(tag []byte) bool {
	name := bytes.TrimLeft(tag, "</")
	for _, b := range []string{"p", "div", "li", "td", "th", "tr", "h", "br", "option", "text", "dt", "dd", "title", "script", "style"} {
		if bytes.HasPrefix(name, []byte(b)) {
			return true
		}
	}
	return false
}

// unescaped reads \u56db and \x41 of JSON and JavaScript and \56db of CSS.
func unescaped(data []byte) (plain []byte, any bool) {
	i := 0
	for i < len(data) {
		at := bytes.IndexByte(data[i:], '\\')
		if at < 0 {
			break
		}
		plain = append(plain, data[i:i+at]...)
		i += at + 1
		r, used := escapedRune(data[i:])
		if used == 0 {
			plain = append(plain, '\\')
			continue
		}
		if next := i + used; r >= 0xd800 && r < 0xdc00 && next < len(data) && data[next] == '\\' {
			if low, more := escapedRune(data[next+1:]); more > 0 && low >= 0xdc00 && low < 0xe000 {
				r, used = (r-0xd800)<<10|(low-0xdc00)+0x10000, used+1+more
			}
		}
		plain, any = utf8.AppendRune(plain, r), true
		i += used
	}
	return append(plain, data[i:]...), any
}

// escapedRune reads what follows a backslash; used is 0 when it is no code.
func escapedRune(data []byte) (r rune, used int) {
	if len(data) == 0 {
		return 0, 0
	}
	digits, from := 0, 1
	switch data[0] {
	case 'u':
		if digits = 4; len(data) > 1 && data[1] == '{' {
			from, digits = 2, 0
			for from+digits < len(data) && data[from+digits] != '}' && digits < 6 {
				digits++
			}
		}
	case 'x':
		digits = 2
	default:
		for from = 0; digits < 6 && digits < len(data) && hexFigure(data[digits]); digits++ {
		}
		if digits < 2 {
			return 0, 0
		}
	}
	if len(data) < from+digits || digits == 0 {
		return 0, 0
	}
	n, err := strconv.ParseUint(string(data[from:from+digits]), 16, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, 0
	}
	used = from + digits
	if from == 2 || from == 0 && used < len(data) && data[used] == ' ' {
		used++ // the bracket of \u{…}, the blank that ends a code in CSS
	}
	return rune(n), used
}

func hexFigure(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}

// unpercented reads %E5%9B%9B of addresses.
func unpercented(data []byte) (plain []byte, any bool) {
	for i := 0; i+2 < len(data); i++ {
		if data[i] == '%' && hexFigure(data[i+1]) && hexFigure(data[i+2]) {
			any = true
			break
		}
	}
	if !any {
		return nil, false
	}
	for i := 0; i < len(data); i++ {
		if data[i] == '%' && i+2 < len(data) && hexFigure(data[i+1]) && hexFigure(data[i+2]) {
			if s, err := url.PathUnescape(string(data[i : i+3])); err == nil {
				plain, i = append(plain, s...), i+2
				continue
			}
		}
		plain = append(plain, data[i])
	}
	return plain, true
}

// shortestRun is the fewest characters of base64 that are decoded: 11 figures make 16.
const shortestRun = 16

// base64Runs decodes what may be base64, in either alphabet. Long runs, such as
// pictures in data: addresses, are unwrapped further by themselves.
func base64Runs(data []byte) (out []wrapped) {
	var short []byte
	for i := 0; i < len(data); i++ {
		end := i
		for end < len(data) && base64Figure(data[end]) {
			end++
		}
		if run := data[i:end]; len(run) >= shortestRun {
			got := decode64(run)
			if len(got) > 256 {
				out = append(out, wrapped{"base64", got})
			} else if printableEnough(got) {
				short = append(append(short, got...), '\n')
			}
		}
		i = end
	}
	if len(short) > 0 {
		out = append(out, wrapped{"base64", short})
	}
	return out
}

func base64Figure(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '+' || b == '/' || b == '-' || b == '_'
}

func decode64(run []byte) []byte {
	enc := base64.RawStdEncoding
	if bytes.ContainsAny(run, "-_") {
		enc = base64.RawURLEncoding
	}
	out := make([]byte, enc.DecodedLen(len(run)))
	n, _ := enc.Decode(out, run)
	return out[:n]
}

// printableEnough says that decoded bytes are a text: hashes and long words of
// Latin letters are base64 too, and decode to noise.
func printableEnough(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexFunc(data, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }) < 0
}
