package leak

import (
	"encoding/binary"
	"hash/maphash"
	"unicode"
	"unicode/utf8"
)

// gram is how many bytes of a secret lead to it.
const gram = 6

// index finds texts by the hash of their first bytes, then by length and hash.
// A filter of bits lets most places of a file pass at the cost of one look.
type index struct {
	filter []uint64
	first  map[uint64]int32 // gram → head of a chain in entries
	all    []entry
	known  map[uint64]bool // hashes, so that each text is kept once
}

type entry struct {
	hash   uint64
	secret secret
	length int32
	next   int32 // in the chain; -1 = end
}

// seed is not secret; it must be one for a scanner's life only.
var seed = maphash.MakeSeed()

const filterBits = 22

func (x *index) len() int { return len(x.all) }

func gramOf(b []byte) uint64 {
	return uint64(binary.LittleEndian.Uint32(b)) | uint64(b[4])<<32 | uint64(b[5])<<40
}

func bit(g uint64) uint64 { return g * 0x9E3779B97F4A7C15 >> (64 - filterBits) }

func (x *index) add(text string, s secret) {
	if x.first == nil {
		x.filter, x.first, x.known = make([]uint64, 1<<(filterBits-6)), map[uint64]int32{}, map[uint64]bool{}
	}
	h := maphash.String(seed, text)
	if x.known[h] {
		return
	}
	x.known[h] = true
	g := gramOf([]byte(text[:gram]))
	next, chained := x.first[g]
	if !chained {
		next = -1
	}
	x.first[g] = int32(len(x.all))
	x.all = append(x.all, entry{h, s, int32(len(text)), next})
	b := bit(g)
	x.filter[b>>6] |= 1 << (b & 63)
}

// find calls found for every secret in folded bytes that stands as a word of its
// own; words also end where cut says, nil being nowhere.
func (x *index) find(data []byte, cut []bool, found func(at, length int, s secret)) {
	if len(x.all) == 0 || len(data) < gram {
		return
	}
	g := gramOf(data) << 16
	for i := 0; i+gram <= len(data); i++ {
		if i > 0 {
			g = g>>8 | uint64(data[i+gram-1])<<56
		}
		b := bit(g >> 16)
		if x.filter[b>>6]>>(b&63)&1 == 0 {
			continue
		}
		head, ok := x.first[g>>16]
		if !ok {
			continue
		}
		for k := head; k >= 0; k = x.all[k].next {
			e := &x.all[k]
			end := i + int(e.length)
			if end <= len(data) && maphash.Bytes(seed, data[i:end]) == e.hash && alone(data, cut, i, end) {
				found(i, int(e.length), e.secret)
			}
		}
	}
}

// alone says that what begins or ends with a letter or figure is not a part of a longer word.
func alone(data []byte, cut []bool, from, to int) bool {
	joined := func(at int) bool {
		return at > 0 && at < len(data) && plainWord(data[at-1]) && plainWord(data[at]) && (cut == nil || !cut[at])
	}
	return !joined(from) && !joined(to)
}

func plainWord(b byte) bool {
	return b < utf8.RuneSelf && (unicode.IsLetter(rune(b)) || b >= '0' && b <= '9')
}
