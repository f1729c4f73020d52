package hanzi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Excerpt shortens a text to at most limit characters for a description: white
// space is folded (away between Chinese characters), whole sentences are kept
// where they fill half of the limit or more, else the text is cut between words
// and ends in "…".
func Excerpt(text string, limit int) string {
	runes := []rune(Fields(text))
	if len(runes) <= limit {
		return string(runes)
	}
	if limit < 2 {
		return ""
	}
	if end := lastSentence(runes[:limit]); end*2 >= limit {
		return string(runes[:end])
	}
	end := limit - 1
	for end > limit/2 && inWord(runes[end-1]) && inWord(runes[end]) {
		end--
	}
	return strings.TrimRightFunc(string(runes[:end]), isTail) + "…"
}

// Fields folds runs of white space: nothing remains between Chinese characters
// across a line break, one space elsewhere, none at the ends.
func Fields(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	last := rune(0)
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if !unicode.IsSpace(r) {
			b.WriteRune(r)
			last, text = r, text[size:]
			continue
		}
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) })
		if end < 0 {
			break
		}
		next, _ := utf8.DecodeRuneInString(text[end:])
		if last != 0 && !(strings.ContainsRune(text[:end], '\n') && Joins(last, next)) {
			b.WriteByte(' ')
		}
		text = text[end:]
	}
	return b.String()
}

// lastSentence gives the length up to the last sentence end, closing marks included.
func lastSentence(runes []rune) int {
	for i := len(runes) - 1; i >= 0; i-- {
		switch runes[i] {
		case '。', '！', '？', '；':
			end := i + 1
			for end < len(runes) && strings.ContainsRune("”’」』）》", runes[end]) {
				end++
			}
			return end
		}
	}
	return 0
}

// inWord reports whether r belongs to a run that must not be cut: Latin, digits.
func inWord(r rune) bool {
	return !IsCJK(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".%-_'", r))
}

// isTail reports whether r looks wrong before an ellipsis.
func isTail(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("，、；：。,;:“‘「『（《", r)
}
