package dataset

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"benchbook/internal/diag"
)

// KnownEncoding reports whether Options.Encoding may have this value.
func KnownEncoding(name string) bool {
	_, err := encodingNamed(name)
	return err == nil
}

// encodingNamed finds a decoder; nil means UTF-8. GBK and GB2312 are read as
// GB18030, which contains both.
func encodingNamed(name string) (encoding.Encoding, error) {
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "utf-8-sig":
		return nil, nil
	case "gb18030", "gbk", "gb2312", "cp936":
		return simplifiedchinese.GB18030, nil
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), nil
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), nil
	case "windows-1252", "cp1252":
		return charmap.Windows1252, nil
	}
	return htmlindex.Get(name)
}

// decoded opens the file as UTF-8 without a byte order mark.
func (in *input) decoded(opts Options) (io.ReadCloser, error) {
	name := opts.Encoding
	if name == "" {
		sample, err := in.encodingSample()
		if err != nil {
			return nil, err
		}
		name = in.detectEncoding(sample)
		if reason := doubt(name, sample); !reason.IsZero() {
			return nil, in.refuse(reason, diag.T("在表格软件里打开，另存为 UTF-8 的 CSV 或 xlsx；知道编码时写 --encoding（如 shift_jis、euc-kr、windows-1251）",
				"open it in a spreadsheet program and save it as CSV in UTF-8 or as xlsx; where you know the encoding, give --encoding (such as shift_jis, euc-kr, windows-1251)"))
		}
	}
	in.settings.Encoding = strings.ToLower(name)
	enc, err := encodingNamed(name)
	if err != nil {
		return nil, fmt.Errorf("%s: unknown encoding %q", in.file, name)
	}
	r, err := in.open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", in.file, err)
	}
	var text io.Reader = r
	if enc != nil {
		text = enc.NewDecoder().Reader(r)
	}
	return &textFile{Reader: dropBOM(text), Closer: r}, nil
}

type textFile struct {
	io.Reader
	io.Closer
}

// dropBOM passes over a byte order mark.
func dropBOM(r io.Reader) io.Reader {
	var head [3]byte
	n, err := io.ReadFull(r, head[:])
	if err == nil && string(head[:]) == "\ufeff" {
		return r
	}
	return io.MultiReader(bytes.NewReader(head[:n]), r)
}

// encodingBlock is the size of the sample that decides the encoding.
const encodingBlock = 1 << 20

// encodingSample is the first block of the file that is not plain ASCII.
func (in *input) encodingSample() ([]byte, error) {
	r, err := in.open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", in.file, err)
	}
	defer r.Close()
	block := make([]byte, encodingBlock)
	first := true
	for {
		n, err := io.ReadFull(r, block)
		sample := block[:n]
		if first && looksUTF16(sample) != "" || bytes.IndexFunc(sample, notASCII) >= 0 || n == 0 {
			return sample, nil
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return sample, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", in.file, err)
		}
		first = false
	}
}

func notASCII(r rune) bool { return r >= utf8.RuneSelf }

// looksUTF16 recognises UTF-32 and UTF-16 by their marks, UTF-16 also by NUL bytes that stand mostly at
// even or mostly at odd places, as delimiters and digits make them (一, U+4E00,
// makes some at the other).
func looksUTF16(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return "utf-32le"
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return "utf-32be"
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return "utf-16be"
	}
	var nul [2]int
	for i, c := range b[:min(len(b), 4096)] {
		if c == 0 {
			nul[i%2]++
		}
	}
	few := min(len(b), 4096) / 100
	switch {
	case nul[1] > few && nul[1] > 1 && nul[1] >= 4*nul[0]:
		return "utf-16le"
	case nul[0] > few && nul[0] > 1 && nul[0] >= 4*nul[1]:
		return "utf-16be"
	}
	return ""
}

// detectEncoding decides and says why. UTF-8 is certain when it decodes, since other
// encodings' bytes hardly ever form it. Between GB18030 and Windows-1252, where most
// byte pairs are legal in both, the kinds of pairs decide (see gbPairs).
func (in *input) detectEncoding(sample []byte) string {
	if name := looksUTF16(sample); name != "" {
		in.because("编码 %s：由字节序标记或 NUL 字节的位置判断", "encoding %s, by its byte order mark or the places of its NUL bytes", name)
		return name
	}
	if bytes.HasPrefix(sample, []byte("\ufeff")) {
		in.because("编码 utf-8：有 BOM", "encoding utf-8, by its byte order mark")
		return "utf-8"
	}
	if validPrefix(sample) {
		in.because("编码 utf-8：字节合法", "encoding utf-8, in which the bytes are valid")
		return "utf-8"
	}
	if whole, broken := utf8Runs(sample); whole >= 10*broken {
		in.because("编码 utf-8：%d 个多字节字符合法，%d 个字节不合法", "encoding utf-8: %d characters of several bytes are valid, %d bytes are not", whole, broken)
		return "utf-8"
	}
	if frequent, low, all := big5Pairs(sample); all >= 4 && frequent*20 >= all*19 && low*7 >= all {
		in.because("编码 big5：%d 对字节里 %d 对是常用繁体字", "encoding big5: of %d byte pairs %d are everyday traditional characters", all, frequent)
		return "big5"
	}
	common, odd, invalid := gbPairs(sample)
	if invalid == 0 && common >= odd {
		in.because("编码 gb18030：%d 对字节是常用汉字或全角标点，%d 对不是", "encoding gb18030: %d byte pairs are everyday Chinese characters, %d are not", common, odd)
		return "gb18030"
	}
	if invalid*20 <= common && common > odd {
		in.because("编码 gb18030：%d 对字节是常用汉字，另有 %d 处非法字节", "encoding gb18030: %d byte pairs are everyday Chinese characters; %d bytes are invalid", common, invalid)
		return "gb18030"
	}
	in.because("编码 windows-1252：不是 UTF-8，按 GB18030 解读会得到 %d 个生僻字、%d 处非法字节；若不对，请写明 encoding",
		"encoding windows-1252: not UTF-8, and as GB18030 it would give %d rare characters and %d invalid bytes; set encoding if that is wrong", odd, invalid)
	return "windows-1252"
}

// Text decodes a short text whose encoding is recognised as that of a table is.
func Text(src []byte) string {
	in := &input{}
	if enc, err := encodingNamed(in.detectEncoding(src)); err == nil && enc != nil {
		if decoded, err := enc.NewDecoder().Bytes(src); err == nil {
			src = decoded
		}
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(src), "\ufffd"), "\ufeff")
}
