package leak

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"io"
	"unicode/utf16"

	"archive/zip"
)

// wrapped is a reading of bytes other than their own.
type wrapped struct {
	name string
	data []byte
}

// unwrap gives what lies behind a wrapping, by the first bytes and not by the file's name.
func unwrap(data []byte) []wrapped {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return members(data)
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		return stream("gzip", func() (io.Reader, error) { return gzip.NewReader(bytes.NewReader(data)) })
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return chunks(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return paper(data)
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return []wrapped{{"UTF-16", wide(data[2:], binary.LittleEndian)}}
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return []wrapped{{"UTF-16", wide(data[2:], binary.BigEndian)}}
	case bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0:
		return nil // other binary forms are read as they stand
	}
	return readings(data)
}

// biggest is the most that one wrapping may hold, so that a bomb does not fill the memory.
const biggest = 256 << 20

func stream(name string, open func() (io.Reader, error)) []wrapped {
	r, err := open()
	if err != nil {
		return nil
	}
	data, _ := io.ReadAll(io.LimitReader(r, biggest)) // what a broken stream still gives is searched
	if len(data) == 0 {
		return nil
	}
	return []wrapped{{name, data}}
}

// members are the files of a zip archive: of a workbook, of a document, of a
// download; with their names and comments.
func members(data []byte) []wrapped {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	out := []wrapped{{"comment", []byte(r.Comment)}}
	for _, f := range r.File {
		out = append(out, wrapped{"name of a member", []byte(f.Name + "\n" + f.Comment)})
		out = append(out, stream("member "+f.Name, func() (io.Reader, error) { return f.Open() })...)
	}
	return out
}

// chunks are the text chunks of a PNG picture.
func chunks(data []byte) (out []wrapped) {
	for at := 8; at+12 <= len(data); {
		size, kind := int(binary.BigEndian.Uint32(data[at:])), string(data[at+4:at+8])
		if size < 0 || at+12+size > len(data) {
			break
		}
		body := data[at+8 : at+8+size]
		at += 12 + size
		switch kind {
		case "tEXt", "eXIf":
			out = append(out, wrapped{kind, latin(body)}, wrapped{kind, body})
		case "zTXt", "iTXt":
			out = append(out, wrapped{kind, body})
			for i := 0; i+1 < len(body) && i < 200; i++ {
				if body[i] == 0 {
					out = append(out, stream(kind, func() (io.Reader, error) { return zlib.NewReader(bytes.NewReader(skip(body[i+1:]))) })...)
				}
			}
		}
	}
	return out
}

// skip finds where a zlib stream begins: its first byte is 0x78 in every file met.
func skip(b []byte) []byte {
	if i := bytes.IndexByte(b, 0x78); i >= 0 {
		return b[i:]
	}
	return b
}

// latin reads bytes as ISO 8859-1, as PNG's tEXt says that they are.
func latin(data []byte) []byte {
	out := make([]rune, len(data))
	for i, b := range data {
		out[i] = rune(b)
	}
	return []byte(string(out))
}

func wide(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// inflate is a raw or wrapped deflate stream; nil when it is neither.
func inflate(data []byte) []byte {
	if got := stream("", func() (io.Reader, error) { return zlib.NewReader(bytes.NewReader(data)) }); got != nil {
		return got[0].data
	}
	if got := stream("", func() (io.Reader, error) { return flate.NewReader(bytes.NewReader(data)), nil }); got != nil {
		return got[0].data
	}
	return nil
}
