package leak

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold writes a text so that its forms are one: small letters, narrow for
// full-width, one blank for every run of white space, no marks that cannot be seen.
func fold(text string) string {
	var b strings.Builder
	blank := true
	for _, r := range text {
		if r = foldRune(r); r == ' ' {
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		}
		if r > 0 {
			b.WriteRune(r)
			blank = false
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// foldRune is a character's form; -1 for one that cannot be seen.
func foldRune(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80:
		if r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == '\v' {
			return ' '
		}
		return r
	case r >= '！' && r <= '～':
		return foldRune(r - '！' + '!')
	case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff' || r == '\u00ad':
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return unicode.ToLower(r)
}

// appendFolded is fold for a whole file, without trimming; bytes that are no
// UTF-8 stay as they are.
func appendFolded(dst, data []byte) []byte {
	blank := false
	for i := 0; i < len(data); {
		r, size := rune(data[i]), 1
		if r >= utf8.RuneSelf {
			if data[i] >= 0xe3 && data[i] < 0xee && (data[i] > 0xe3 || i+1 < len(data) && data[i+1] > 0x80) && i+3 <= len(data) {
				dst, blank = append(dst, data[i:i+3]...), false // Han and its neighbours have one form
				i += 3
				continue
			}
			if r, size = utf8.DecodeRune(data[i:]); r == utf8.RuneError && size == 1 {
				dst, blank = append(dst, data[i]), false
				i++
				continue
			}
		}
		i += size
		switch r = foldRune(r); {
		case r < 0:
		case r == ' ':
			if !blank {
				dst = append(dst, ' ')
			}
			blank = true
		case r < utf8.RuneSelf:
			dst, blank = append(dst, byte(r)), false
		default:
			dst, blank = utf8.AppendRune(dst, r), false
		}
	}
	return dst
}

// appendTight is folded bytes without blanks and the marks that people put into
// telephone numbers; cut says where something was left out before a byte.
func appendTight(dst []byte, cut []bool, folded []byte) ([]byte, []bool) {
	left := false
	for _, b := range folded {
		if b == ' ' || b == '-' || b == '.' || b == '(' || b == ')' {
			left = true
			continue
		}
		dst, cut, left = append(dst, b), append(cut, left), false
	}
	return dst, cut
}

// shape counts what a text is made of.
type shape struct{ han, letters, figures, other int }

func shapeOf(text string) (s shape) {
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			s.figures++
		case r < utf8.RuneSelf && r >= 'a' && r <= 'z':
			s.letters++
		case unicode.Is(unicode.Han, r):
			s.han++
		case unicode.IsLetter(r):
			s.letters++
		default:
			s.other++
		}
	}
	return s
}

// searchable says whether a folded text is long enough not to be in other texts
// by chance, and no date.
func searchable(text string) bool {
	if len(text) < gram || isDate(text) {
		return false
	}
	s := shapeOf(text)
	switch {
	case s.han >= 3:
		return true
	case s.han > 0:
		return s.letters+s.figures >= 4
	case s.letters == 0:
		return s.figures >= 8 || s.figures >= 4 && s.other >= 3 && strings.Count(text, ".") == 3 // an IP address
	case s.figures > 0 || strings.ContainsAny(text, "@_"):
		return s.letters+s.figures >= 6
	}
	return s.letters >= 8
}

// dateForm is a day or a moment, as surveys and spreadsheets write them.
var dateForm = regexp.MustCompile(`^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d(?:\d{4}|\d{6})?)?|(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月](?:\d{1,2}日?)?)?(?:[ t]?\d{1,2}[:时]\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?秒?)?)?)?(?:z|[+-]\d\d:?\d\d)?)$`)

// isDate recognises days and times, which are in every site.
func isDate(text string) bool { return dateForm.MatchString(text) }

// tightForm is a text as it stands in a tight file, and whether it is long
// enough to be searched for there.
func tightForm(folded string) (text string, ok bool) {
	tight, _ := appendTight(nil, nil, []byte(folded))
	text = string(tight)
	return text, longEnough(shapeOf(text))
}

func longEnough(s shape) bool {
	return s.figures >= 11 || s.han >= 4 || s.letters > 0 && s.letters+s.figures >= 10
}
