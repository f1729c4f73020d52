package dataset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"

	"benchbook/internal/diag"
)

// doubt says why an encoding that was recognised cannot be trusted: the bytes are
// those of another script's encoding, or were damaged by an earlier conversion.
// Reading on would give wrong characters without an error. Zero = no doubt.
func doubt(name string, sample []byte) diag.Text {
	var reasons []diag.Text
	switch name {
	case "utf-8":
		reasons = []diag.Text{damaged(sample)}
	case "gb18030":
		reasons = []diag.Text{otherScript(sample, korean.EUCKR, isHangul, 95, "EUC-KR"), otherScript(sample, japanese.EUCJP, isKana, 35, "EUC-JP")}
	case "windows-1252":
		reasons = []diag.Text{otherScript(sample, japanese.ShiftJIS, isKana, 20, "Shift-JIS"), notWestern(sample)}
	}
	for _, reason := range reasons {
		if !reason.IsZero() {
			return reason
		}
	}
	return diag.Text{}
}

// otherScript reports text that decodes without an error in another encoding, and
// of whose letters beyond ASCII at least so many in a hundred are of its script.
func otherScript(sample []byte, enc encoding.Encoding, script func(rune) bool, percent int, name string) diag.Text {
	decoded, err := enc.NewDecoder().Bytes(sample)
	if err != nil {
		return diag.Text{}
	}
	letters, hits, wrong := 0, 0, 0
	for _, r := range string(decoded) {
		switch {
		case r == utf8.RuneError, r >= 0xff61 && r <= 0xff9f: // half-width kana are what Chinese bytes make of Shift-JIS
			wrong++
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			letters++
			if script(r) {
				hits++
			}
		}
	}
	if letters < 8 || wrong*50 > letters || hits*100 < letters*percent {
		return diag.Text{}
	}
	return diag.T("编码像是 %s，没有把握，不读", "the encoding looks like %s, which is not certain enough to read", name)
}

func isHangul(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }
func isKana(r rune) bool   { return r >= 0x3041 && r <= 0x30fe }

// notWestern reports bytes that Windows-1252 does not have, and text of which
// most letters are accented: that is another alphabet.
func notWestern(sample []byte) diag.Text {
	letters, accented := 0, 0
	for _, b := range sample {
		switch {
		case b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d:
			return diag.T("认不出编码：不是 UTF-8、GB18030、Big5，也不是西欧文字", "the encoding is not known: neither UTF-8, GB18030 nor Big5, and no Western text")
		case b >= 0xc0:
			letters, accented = letters+1, accented+1
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			letters++
		}
	}
	if accented >= 8 && accented*2 > letters {
		return diag.T("认不出编码：%d 个字母里 %d 个带重音，不像西欧文字", "the encoding is not known: of %d letters %d are accented, which is no Western text", letters, accented)
	}
	return diag.Text{}
}

// damaged reports valid UTF-8 that is what an earlier, wrong conversion left.
func damaged(sample []byte) diag.Text {
	if n := bytes.Count(sample, []byte("锟斤拷")); n > 0 {
		return diag.T("文字已经损坏（%d 处「锟斤拷」）：早先被按错误的编码转存过，救不回来，请重新导出", "the text is damaged (锟斤拷 in %d places): it was saved in a wrong encoding before and is lost; export it again", n)
	}
	var b strings.Builder
	wide := 0
	for _, r := range strings.ToValidUTF8(string(sample[:min(len(sample), 1<<16)]), "") {
		switch c, ok := charmap.Windows1252.EncodeRune(r); {
		case r < 0x100:
			b.WriteByte(byte(r)) // undefined bytes pass as they are in ISO 8859-1
		case ok:
			b.WriteByte(c)
		default:
			wide++
		}
		if wide > 0 {
			return diag.Text{}
		}
	}
	whole, broken := utf8Runs([]byte(b.String()))
	if whole >= 8 && broken*50 <= whole {
		return diag.T("文字是乱码：UTF-8 被当作西欧文字又转了一次，请重新导出", "the text is garbled: UTF-8 was taken for Western text and converted again; export it again")
	}
	return diag.Text{}
}
