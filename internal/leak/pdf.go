package leak

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
)

// paper is what a PDF file holds: its streams, inflated, and the strings of the
// file and of the streams, in either of the two forms and encodings. Text that
// is written by numbers of glyphs is read through the fonts' tables.
func paper(data []byte) []wrapped {
	out := []wrapped{{"strings", pdfStrings(data)}}
	var pages, fonts [][]byte
	for rest := data; ; {
		from := bytes.Index(rest, []byte("stream"))
		if from < 0 {
			break
		}
		body := bytes.TrimLeft(rest[from+len("stream"):], "\r\n")
		to := bytes.Index(body, []byte("endstream"))
		if to < 0 {
			break
		}
		inside := body[:to]
		rest = body[to+len("endstream"):]
		if plain := inflate(inside); plain != nil {
			inside = plain
		}
		out = append(out, wrapped{streamOf(inside), inside}, wrapped{"stream strings", pdfStrings(inside)})
		if bytes.Contains(inside, []byte("beginbf")) {
			fonts = append(fonts, inside)
		} else {
			pages = append(pages, inside)
		}
	}
	for _, f := range fonts {
		letters := glyphs(f)
		for _, p := range pages {
			out = append(out, wrapped{"text", glyphText(p, letters)})
		}
	}
	return out
}

// drawn is the name of a stream of drawing operators, of a font or of objects:
// their numbers are places on paper, thousands of them, and only those within
// strings are read as numbers.
const drawn = "drawing"

// streamOf tells such a stream from metadata, which are XML.
func streamOf(data []byte) string {
	if bytes.HasPrefix(bytes.TrimLeft(data, "\xef\xbb\xbf \t\r\n"), []byte("<")) {
		return "stream"
	}
	return drawn
}

// pdfStrings gathers the strings of a PDF file or stream, one a line; those of
// one array of text are joined, since a line of print is often cut into pieces.
func pdfStrings(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data); i++ {
		switch {
		case data[i] == '(':
			s, n := literal(data[i+1:])
			out = append(out, decodeString(s)...)
			i += n
		case data[i] == '<' && i+1 < len(data) && data[i+1] != '<':
			if s, n, ok := hexString(data[i+1:]); ok {
				out = append(out, decodeString(s)...)
				i += n
			}
		case data[i] == ']' || data[i] == 'T' || data[i] == '/':
			if len(out) > 0 && out[len(out)-1] != '\n' {
				out = append(out, '\n')
			}
		}
	}
	return out
}

// literal reads a string in brackets; n is the bytes read, closing bracket included.
func literal(data []byte) (s []byte, n int) {
	deep := 1
	for n < len(data) {
		b := data[n]
		n++
		switch b {
		case '(':
			deep++
		case ')':
			if deep--; deep == 0 {
				return s, n
			}
		case '\\':
			r, used := escape(data[n:])
			s, n = append(s, r...), n+used
			continue
		}
		s = append(s, b)
	}
	return s, n
}

// escape reads what follows a backslash.
func escape(data []byte) (out []byte, used int) {
	if len(data) == 0 {
		return nil, 0
	}
	if i := bytes.IndexByte([]byte("nrtbf"), data[0]); i >= 0 {
		return []byte{"\n\r\t\b\f"[i]}, 1
	}
	value := 0
	for used < 3 && used < len(data) && data[used] >= '0' && data[used] <= '7' {
		value = value*8 + int(data[used]-'0')
		used++
	}
	if used > 0 {
		return []byte{byte(value)}, used
	}
	return data[:1], 1
}

func hexString(data []byte) (s []byte, n int, ok bool) {
	end := bytes.IndexByte(data, '>')
	if end < 0 {
		return nil, 0, false
	}
	text := bytes.Join(bytes.Fields(data[:end]), nil)
	if len(text)%2 == 1 {
		text = append(text, '0')
	}
	s = make([]byte, len(text)/2)
	_, err := hex.Decode(s, text)
	return s, end + 1, err == nil
}

func decodeString(s []byte) []byte {
	if bytes.HasPrefix(s, []byte{0xfe, 0xff}) {
		return wide(s[2:], binary.BigEndian)
	}
	return s
}

// glyphs reads a font's table from glyph numbers of two bytes to text.
func glyphs(table []byte) map[uint16]string {
	out := map[uint16]string{}
	fields := bytes.FieldsFunc(table, func(r rune) bool { return r == '<' || r == '>' || r == ' ' || r == '\n' || r == '\r' })
	mode := ""
	var args [][]byte
	for _, f := range fields {
		switch word := string(f); word {
		case "beginbfchar", "beginbfrange":
			mode, args = word, nil
			continue
		case "endbfchar", "endbfrange":
			mode = ""
			continue
		}
		if mode == "" {
			continue
		}
		b := make([]byte, len(f)/2)
		if _, err := hex.Decode(b, f); err != nil || len(b) < 1 {
			continue
		}
		if args = append(args, b); mode == "beginbfchar" && len(args) == 2 {
			out[number(args[0])] = string(wide(args[1], binary.BigEndian))
			args = nil
		} else if mode == "beginbfrange" && len(args) == 3 {
			fill(out, number(args[0]), number(args[1]), args[2])
			args = nil
		}
	}
	return out
}

func fill(out map[uint16]string, from, to uint16, first []byte) {
	start := []rune(string(wide(first, binary.BigEndian)))
	if len(start) == 0 {
		return
	}
	for g := uint32(from); g <= uint32(to); g++ {
		r := append([]rune{}, start...)
		r[len(r)-1] += rune(g - uint32(from))
		out[uint16(g)] = string(r)
	}
}

func number(b []byte) uint16 {
	n := uint16(0)
	for _, x := range b {
		n = n<<8 | uint16(x)
	}
	return n
}

// glyphText reads the strings of a page as glyph numbers of two bytes.
func glyphText(page []byte, letters map[uint16]string) []byte {
	var out []byte
	for i := 0; i < len(page); i++ {
		var s []byte
		var n int
		ok := false
		switch {
		case page[i] == '<' && i+1 < len(page) && page[i+1] != '<':
			s, n, ok = hexString(page[i+1:])
		case page[i] == '(':
			s, n = literal(page[i+1:])
			ok = true
		case page[i] == 'E' && i+1 < len(page) && page[i+1] == 'T':
			out = append(out, '\n')
		}
		if !ok {
			continue
		}
		for k := 0; k+1 < len(s); k += 2 {
			out = append(out, letters[number(s[k:k+2])]...)
		}
		i += n
	}
	return out
}
