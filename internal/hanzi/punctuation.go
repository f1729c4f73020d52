package hanzi

import (
	"unicode"
	"unicode/utf8"
)

// Mark is a half-width mark where a Chinese sentence wants a full-width one.
type Mark struct {
	Offset int  // in bytes
	Got    rune // ,
	Want   rune // ，
}

var fullWidth = map[rune]rune{
	',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）', '.': '。',
}

// Punctuation finds half-width marks that touch a Han character or a closing
// Chinese mark. A mark between digits, Latin words or after a space is left
// alone: half-width belongs inside numbers, addresses, code and Latin phrases.
// The caller leaves code and addresses out of s.
func Punctuation(s string) []Mark {
	var found []Mark
	before := rune(0)
	for i, r := range s {
		if r >= utf8.RuneSelf {
			before = r
			continue
		}
		if want, ok := fullWidth[r]; ok {
			after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if misplaced(r, before, after) {
				found = append(found, Mark{i, r, want})
			}
		}
		before = r
	}
	return found
}

func misplaced(mark, before, after rune) bool {
	left := IsHan(before) || closes(before)
	switch mark {
	case '.': // 完成. but not 第1章.md, 1.预算, 等等...
		return left && after != '.' && (after == utf8.RuneError || unicode.IsSpace(after) || IsHan(after))
	case ':': // 比例3:1 has digits on its left; 协议://… is an address
		return left && after != '/'
	}
	return left || IsHan(after)
}

func closes(r rune) bool {
	switch r {
	case '》', '」', '』', '”', '’', '）', '】':
		return true
	}
	return false
}
