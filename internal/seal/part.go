package seal

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strings"
)

// listName binds the encrypted list to its place, as a part's name binds the part.
const listName = "list"

// encrypt compresses, pads and seals a file: nonce, then ciphertext with tag.
// The place goes in as additional data.
func (k *keys) encrypt(place, path string, data []byte) ([]byte, error) {
	plain, err := pack(data)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(k.content)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	nonce := sum(k.nonceOf, place, path, string(data))[:gcm.NonceSize()]
	return gcm.Seal(nonce, nonce, plain, []byte(place)), nil
}

// overhead is what encryption adds: nonce and tag.
const overhead = 12 + 16

// pack is the length of the compressed bytes (four, big-endian), the bytes, and zeros.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Write(make([]byte, 4))
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(data); err != nil {
		return nil, err
	}
	if err = w.Close(); err != nil {
		return nil, err
	}
	if int64(b.Len()) > 1<<31 {
		return nil, fmt.Errorf("a file of %d bytes is too large to be sealed", len(data))
	}
	packed := b.Bytes()
	binary.BigEndian.PutUint32(packed, uint32(len(packed)-4))
	return append(packed, make([]byte, padded(len(packed))-len(packed))...), nil
}

// padded is the length that hides n: Padmé (Nikitin et al., PURBs, 2019), which
// leaves of a length only its first few bits and costs at most 12 %, then up to
// a length that fills whole groups of four wide letters once sealed.
func padded(n int) int {
	n = max(n, 256)
	exponent := bits.Len(uint(n)) - 1
	loose := exponent - bits.Len(uint(exponent))
	mask := 1<<loose - 1
	n = (n + mask) &^ mask
	for (n+overhead)%5 != 0 {
		n++
	}
	return n
}

// wideFirst is the first of the 1,024 letters that sealed bytes are written in.
const wideFirst = 0x400

// wide writes bytes, a multiple of five of them, as letters of ten bits each.
func wide(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) / 5 * 8)
	for ; len(data) >= 5; data = data[5:] {
		group := uint64(data[0])<<32 | uint64(binary.BigEndian.Uint32(data[1:]))
		for shift := 30; shift >= 0; shift -= 10 {
			b.WriteRune(rune(wideFirst + group>>shift&0x3ff))
		}
	}
	return b.String()
}

// fourLetters write names and numbers of the sealed tree: two bits each, hex
// digits so that hosts take a name for that of a hashed file, and no vowel and
// no digit so that no word and no year comes about by chance.
const fourLetters = "bcdf"

func letters(data []byte) string {
	var b strings.Builder
	for _, x := range data {
		for shift := 6; shift >= 0; shift -= 2 {
			b.WriteByte(fourLetters[x>>shift&3])
		}
	}
	return b.String()
}

// fromLetters reads what letters wrote.
func fromLetters(s string) ([]byte, bool) {
	if len(s)%4 != 0 {
		return nil, false
	}
	data := make([]byte, len(s)/4)
	for i := range len(s) {
		v := strings.IndexByte(fourLetters, s[i])
		if v < 0 {
			return nil, false
		}
		data[i/4] = data[i/4]<<2 | byte(v)
	}
	return data, true
}

func partName(token []byte) string { return letters(token) }

// partPath is where a part lies.
func partPath(name string) string { return "sealed/p." + name + ".js" }

// script is the file that hands a part over.
func script(name string, sealed []byte) []byte {
	return []byte(`openSealed("` + name + `","` + wide(sealed) + "\")\n")
}
