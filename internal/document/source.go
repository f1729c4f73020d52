package document

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"benchbook/internal/diag"
)

// source is a file's text in one form (no byte order mark, LF, valid UTF-8) that
// still knows where each byte stood in the file.
type source struct {
	file  string
	text  []byte
	lines []line
}

// line is where a line starts: in text, and in the bytes of the file.
type line struct{ text, file int }

var (
	utf8BOM  = []byte("\xef\xbb\xbf")
	utf16LE  = []byte("\xff\xfe")
	utf16BE  = []byte("\xfe\xff")
	saveUTF8 = diag.T("把文件另存为 UTF-8 编码", "save the file as UTF-8")
)

// newSource brings a file into form and reports what is not text.
func newSource(file string, src []byte, l *diag.List) *source {
	s := &source{file: file}
	if bytes.HasPrefix(src, utf16LE) || bytes.HasPrefix(src, utf16BE) {
		l.Add(diag.Diagnostic{Code: "document.encoding", Pos: diag.At(file, 1, 1), Hint: saveUTF8,
			Message: diag.T("文件是 UTF-16 编码，不是 UTF-8", "the file is UTF-16, not UTF-8")})
		s.lines = []line{{}}
		return s
	}
	body := bytes.TrimPrefix(src, utf8BOM)
	s.text = body
	if bytes.IndexByte(body, '\r') >= 0 {
		s.text = make([]byte, 0, len(body))
	}
	s.split(body, len(src)-len(body))
	s.checkBytes(l)
	return s
}

// split finds the lines of body, which starts at byte base of the file, and
// copies them with LF alone where s.text is not body itself.
func (s *source) split(body []byte, base int) {
	copying := len(s.text) != len(body)
	for i := 0; ; {
		start := i
		if copying {
			start = len(s.text)
		}
		s.lines = append(s.lines, line{start, base + i})
		n := bytes.IndexAny(body[i:], "\r\n")
		if n < 0 {
			if copying {
				s.text = append(s.text, body[i:]...)
			}
			return
		}
		if copying {
			s.text = append(append(s.text, body[i:i+n]...), '\n')
		}
		i += n + 1
		if body[i-1] == '\r' && i < len(body) && body[i] == '\n' {
			i++
		}
	}
}

// checkBytes reports bytes that are no UTF-8 and NUL characters, the first of
// each line, and replaces the former one for one, so that offsets stay.
func (s *source) checkBytes(l *diag.List) {
	if utf8.Valid(s.text) && bytes.IndexByte(s.text, 0) < 0 {
		return
	}
	s.text = bytes.Clone(s.text)
	reported := 0
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRune(s.text[i:])
		bad := r == utf8.RuneError && size == 1
		if bad || r == 0 {
			if p := s.pos(i); p.Line > reported {
				reported = p.Line
				s.reportByte(p, s.text[i], bad, l)
			}
		}
		if bad {
			s.text[i] = 0x1a // SUBSTITUTE: one byte, and means nothing in Markdown
		}
		i += size
	}
}

func (s *source) reportByte(p diag.Pos, b byte, bad bool, l *diag.List) {
	if !bad {
		l.Warnf("document.control", p, diag.T("文件里有 NUL 字符", "the file holds a NUL character"))
		return
	}
	l.Add(diag.Diagnostic{Code: "document.encoding", Pos: p, Hint: saveUTF8, Excerpt: s.line(p.Line),
		Message: diag.T("字节 0x%02X 不是 UTF-8", "byte 0x%02X is not UTF-8", b)})
}

// line gives the text of a line, with what cannot be shown replaced.
func (s *source) line(n int) string {
	start, end := s.lines[n-1].text, len(s.text)
	if n < len(s.lines) {
		end = s.lines[n].text - 1
	}
	return string(bytes.ToValidUTF8(s.text[start:end], []byte("\ufffd")))
}

// index finds the line that holds an offset into text.
func (s *source) index(offset int) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i].text > offset }) - 1
}

// clamp brings an offset into the text: the parser can overshoot by the width
// of an expanded tab.
func (s *source) clamp(offset int) int { return min(max(offset, 0), len(s.text)) }

// pos is the line and column, in characters, of an offset into text.
func (s *source) pos(offset int) diag.Pos {
	offset = s.clamp(offset)
	i := s.index(offset)
	return diag.At(s.file, i+1, utf8.RuneCount(s.text[s.lines[i].text:offset])+1)
}

// fileOffset is the byte of the file that an offset into text came from.
func (s *source) fileOffset(offset int) int {
	at := s.lines[s.index(s.clamp(offset))]
	return at.file + s.clamp(offset) - at.text
}
