package intake

import (
	"regexp"
	"strings"
	"unicode"
)

// clean trims white space of every kind, takes out what cannot be seen, and takes
// off the marks by which exports keep spreadsheet programs from changing a number:
// '00123 and ="00123".
func clean(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
	if strings.ContainsFunc(s, invisible) {
		s = strings.Map(func(r rune) rune {
			if invisible(r) {
				return -1
			}
			return r
		}, s)
	}
	if len(s) > 1 && (s[0] == '\'' || s[0] == '=') {
		if m := keptNumber.FindStringSubmatch(s); m != nil {
			return m[1] + m[2]
		}
	}
	return s
}

var keptNumber = regexp.MustCompile(`^(?:'([-+]?[\d.,%]+)|="([^"=]*)")$`)

// invisible marks have no form of their own; control characters could also tell
// a terminal what to do. Line ends and tabs stay.
func invisible(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0, r == '\ufeff', r == '\u200b', r == '\u200e', r == '\u200f', r == '\u2060', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return false
}

// Characters that stand for a separator between brackets, where it is part of an option.
const standIn = '\uf8ff'

// brackets are pairs within which a separator does not separate.
var brackets = map[rune]rune{'(': ')', '（': '）', '[': ']', '【': '】', '〔': '〕'}

// maskBrackets hides the separators that stand between brackets:
// 企业微信（客户群、朋友圈）、公众号 is two options. Brackets that do not pair hide nothing.
func maskBrackets(text, separator string) (masked string, any bool) {
	mark := separatorRune(separator)
	if mark == 0 || !strings.ContainsAny(text, "(（[【〔") || !strings.ContainsRune(text, mark) {
		return text, false
	}
	var open []rune
	masked = strings.Map(func(r rune) rune {
		switch {
		case brackets[r] != 0:
			open = append(open, brackets[r])
		case len(open) > 0 && r == open[len(open)-1]:
			open = open[:len(open)-1]
		case r == mark && len(open) > 0:
			any = true
			return standIn
		}
		return r
	}, text)
	if len(open) > 0 || !any {
		return text, false
	}
	return masked, true
}

func unmask(item, separator string) string {
	return strings.ReplaceAll(item, string(standIn), string(separatorRune(separator)))
}

// separatorRune is the character by which items are separated; 0 = none or several.
func separatorRune(separator string) rune {
	switch separator {
	case "csv", ", ":
		return ','
	case "":
		return 0
	}
	r := []rune(separator)
	if len(r) != 1 {
		return 0
	}
	return r[0]
}
