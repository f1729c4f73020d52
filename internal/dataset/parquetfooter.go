package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The footer of a Parquet file is a Thrift structure in the compact protocol. Its
// lists and texts say how long they are, and the library sets memory aside for
// what they say. So it is walked first: nothing in it may be longer than the
// bytes that are left.

// maxFooter is how long a footer may be; a table of 4,096 columns needs a few MB.
const maxFooter = 64 << 20

// maxNesting is how deep structures in a footer may be.
const maxNesting = 64

var errFooter = errors.New("the footer does not hold what it says")

// checkFooter walks the footer of a Parquet file of a size.
func checkFooter(r io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < 12 {
		return errFooter
	}
	if _, err := r.ReadAt(tail[:], size-8); err != nil {
		return err
	}
	length := int64(binary.LittleEndian.Uint32(tail[:4]))
	if string(tail[4:]) != "PAR1" || length > size-12 || length > maxFooter {
		return errFooter
	}
	footer := make([]byte, length)
	if _, err := r.ReadAt(footer, size-8-length); err != nil {
		return err
	}
	w := thriftWalk{left: footer}
	return w.structure(0)
}

// thriftWalk passes over values of the compact protocol.
type thriftWalk struct{ left []byte }

// The types of the compact protocol.
const (
	thriftTrue, thriftFalse, thriftByte, thriftI16, thriftI32, thriftI64 = 1, 2, 3, 4, 5, 6
	thriftDouble, thriftBinary, thriftList, thriftSet, thriftMap         = 7, 8, 9, 10, 11
	thriftStruct, thriftUUID                                             = 12, 13
)

func (w *thriftWalk) structure(depth int) error {
	if depth > maxNesting {
		return errFooter
	}
	for {
		head, err := w.byte()
		if err != nil || head == 0 {
			return err
		}
		if head>>4 == 0 { // the field's number follows
			if _, err := w.varint(); err != nil {
				return err
			}
		}
		kind := head & 15
		if kind == thriftTrue || kind == thriftFalse {
			continue // the type is the value
		}
		if err := w.value(kind, depth); err != nil {
			return err
		}
	}
}

func (w *thriftWalk) value(kind byte, depth int) error {
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		return w.skip(1)
	case thriftI16, thriftI32, thriftI64:
		_, err := w.varint()
		return err
	case thriftDouble:
		return w.skip(8)
	case thriftUUID:
		return w.skip(16)
	case thriftBinary:
		n, err := w.varint()
		if err != nil {
			return err
		}
		return w.skip(n)
	case thriftList, thriftSet:
		return w.list(depth)
	case thriftMap:
		return w.pairs(depth)
	case thriftStruct:
		return w.structure(depth + 1)
	}
	return fmt.Errorf("%w: type %d", errFooter, kind)
}

func (w *thriftWalk) list(depth int) error {
	head, err := w.byte()
	if err != nil {
		return err
	}
	n := uint64(head >> 4)
	if n == 15 {
		if n, err = w.varint(); err != nil {
			return err
		}
	}
	if n > uint64(len(w.left)) { // every element takes a byte at least
		return errFooter
	}
	for range n {
		if err := w.value(head&15, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *thriftWalk) pairs(depth int) error {
	n, err := w.varint()
	if err != nil || n == 0 {
		return err
	}
	kinds, err := w.byte()
	if err != nil || n > uint64(len(w.left)) {
		return errFooter
	}
	for range n {
		if err := errors.Join(w.value(kinds>>4, depth+1), w.value(kinds&15, depth+1)); err != nil {
			return err
		}
	}
	return nil
}

func (w *thriftWalk) byte() (byte, error) {
	if len(w.left) == 0 {
		return 0, errFooter
	}
	b := w.left[0]
	w.left = w.left[1:]
	return b, nil
}

func (w *thriftWalk) varint() (uint64, error) {
	n, length := binary.Uvarint(w.left)
	if length <= 0 {
		return 0, errFooter
	}
	w.left = w.left[length:]
	return n, nil
}

func (w *thriftWalk) skip(n uint64) error {
	if n > uint64(len(w.left)) {
		return errFooter
	}
	w.left = w.left[n:]
	return nil
}
