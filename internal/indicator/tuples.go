package indicator

// tuples numbers short rows of whole numbers as they are met: contributor,
// owner, place in the design and segments of an observation.
type tuples struct {
	width int
	all   []int32
	slots []int32 // open addressing: number + 1, 0 = free
	marks []uint8 // a few bits of the hash, to spare looks at all
}

func newTuples(width int) *tuples {
	return &tuples{width: width, slots: make([]int32, 256), marks: make([]uint8, 256)}
}

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

// number finds a tuple, or adds it.
func (t *tuples) number(key []int32) (n int, known bool) {
	h := hashTuple(key)
	mask := uint64(len(t.slots) - 1)
	mark := uint8(h >> 56)
	for slot := h & mask; ; slot = (slot + 1) & mask {
		n := int(t.slots[slot]) - 1
		if n < 0 {
			return t.add(key, slot, mark), false
		}
		if t.marks[slot] == mark && same(t.at(n), key) {
			return n, true
		}
	}
}

func same(a, b []int32) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (t *tuples) add(key []int32, slot uint64, mark uint8) int {
	n := t.len()
	t.all = append(t.all, key...)
	t.slots[slot], t.marks[slot] = int32(n+1), mark
	if 2*(n+1) > len(t.slots) {
		t.grow()
	}
	return n
}

func (t *tuples) grow() {
	size := 4 * len(t.slots)
	t.slots, t.marks = make([]int32, size), make([]uint8, size)
	mask := uint64(size - 1)
	for n := range t.len() {
		h := hashTuple(t.at(n))
		slot := h & mask
		for t.slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		t.slots[slot], t.marks[slot] = int32(n+1), uint8(h>>56)
	}
}
