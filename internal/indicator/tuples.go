package indicator

// tuples numbers short rows of whole numbers as they are met: contributor,
// owner, place in the design and segments of an observation.
type tuples struct {
	width int
	all   []int32
	slots []uint64 // open addressing: upper half of the hash, number + 1; 0 = free
}

func newTuples(width int) *tuples { return &tuples{width: width, slots: make([]uint64, 256)} }

func (t *tuples) len() int { return len(t.all) / t.width }

// at is the tuple of a number.
func (t *tuples) at(n int) []int32 { return t.all[n*t.width : (n+1)*t.width] }

func hashTuple(key []int32) uint64 {
	h := uint64(0x9E3779B97F4A7C15)
	for _, k := range key {
		h = (h ^ uint64(uint32(k))) * 0xD6E8FEB86659FD93
		h ^= h >> 32
	}
	return h
}

const upper = 0xffffffff << 32

// likely is the number of the first tuple with this hash, -1 without one. It
// has to be compared.
func (t *tuples) likely(h uint64) int {
	mask := uint64(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		if s := t.slots[i]; s == 0 || (s^h)&upper == 0 {
			return int(uint32(s)) - 1
		}
	}
}

// number finds a tuple, or adds it.
func (t *tuples) number(key []int32) (n int, known bool) {
	h := hashTuple(key)
	mask := uint64(len(t.slots) - 1)
	i := h & mask
	for ; t.slots[i] != 0; i = (i + 1) & mask {
		s := t.slots[i]
		if n := int(uint32(s)) - 1; (s^h)&upper == 0 && same(t.at(n), key) {
			return n, true
		}
	}
	n = t.len()
	t.all = append(t.all, key...)
	t.slots[i] = h&upper | uint64(n+1)
	if 2*(n+1) > len(t.slots) {
		t.grow()
	}
	return n, false
}

func same(a, b []int32) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (t *tuples) grow() {
	t.slots = make([]uint64, 4*len(t.slots))
	mask := uint64(len(t.slots) - 1)
	for n := range t.len() {
		h := hashTuple(t.at(n))
		i := h & mask
		for t.slots[i] != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = h&upper | uint64(n+1)
	}
}
