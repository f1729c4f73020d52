package cache

import (
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"sync"
)

// Encode appends the fields of a value of plain data: numbers, strings, byte
// arrays, slices, pointers and structs of them, exported fields only. A type may
// speak for itself by encoding.BinaryMarshaler.
func Encode(out []byte, v any) []byte {
	value := reflect.ValueOf(v)
	return coderOf(value.Type()).write(out, value)
}

// Decode fills the value that into points at. Its strings are pieces of src, so
// that nothing is copied; it reports src that no Encode of such a value has made.
func Decode(src string, into any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errDamaged, r)
		}
	}()
	value := reflect.ValueOf(into).Elem()
	d := decoder{src}
	coderOf(value.Type()).read(&d, value)
	if d.rest != "" {
		return errDamaged
	}
	return nil
}

var errDamaged = errors.New("cache: damaged")

// coder writes and reads one type.
type coder struct {
	write func(out []byte, v reflect.Value) []byte
	read  func(d *decoder, v reflect.Value)
}

var coders sync.Map // reflect.Type → *coder

func coderOf(t reflect.Type) *coder {
	if c, ok := coders.Load(t); ok {
		made, _ := c.(*coder)
		return made
	}
	c := makeCoder(t)
	coders.Store(t, c)
	return c
}

var marshaler = reflect.TypeFor[encoding.BinaryMarshaler]()

func makeCoder(t reflect.Type) *coder {
	if t.Implements(marshaler) && t.Kind() != reflect.Pointer {
		return &coder{writeOwn, readOwn}
	}
	switch t.Kind() {
	case reflect.Bool:
		return &coder{
			func(out []byte, v reflect.Value) []byte { return appendBool(out, v.Bool()) },
			func(d *decoder, v reflect.Value) { v.SetBool(d.bool()) }}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &coder{
			func(out []byte, v reflect.Value) []byte { return binary.AppendVarint(out, v.Int()) },
			func(d *decoder, v reflect.Value) { v.SetInt(d.int()) }}
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &coder{
			func(out []byte, v reflect.Value) []byte { return binary.AppendUvarint(out, v.Uint()) },
			func(d *decoder, v reflect.Value) { v.SetUint(d.uint()) }}
	case reflect.String:
		return &coder{
			func(out []byte, v reflect.Value) []byte { return appendString(out, v.String()) },
			func(d *decoder, v reflect.Value) { v.SetString(d.take(int(d.uint()))) }}
	case reflect.Array:
		return arrayCoder(t)
	case reflect.Slice:
		return sliceCoder(t)
	case reflect.Pointer:
		return pointerCoder(t)
	case reflect.Struct:
		return structCoder(t)
	}
	panic(fmt.Sprintf("cache: %s is no plain data", t)) // a mistake of the program, met by its first test
}

func writeOwn(out []byte, v reflect.Value) []byte {
	m, _ := v.Interface().(encoding.BinaryMarshaler)
	data, err := m.MarshalBinary()
	if err != nil {
		panic(err)
	}
	return appendString(out, string(data))
}

func readOwn(d *decoder, v reflect.Value) {
	m, _ := v.Addr().Interface().(encoding.BinaryUnmarshaler)
	if err := m.UnmarshalBinary([]byte(d.take(int(d.uint())))); err != nil {
		panic(err)
	}
}

// arrayCoder is for arrays of bytes, which sums are.
func arrayCoder(t reflect.Type) *coder {
	if t.Elem().Kind() != reflect.Uint8 {
		panic(fmt.Sprintf("cache: %s is no array of bytes", t))
	}
	return &coder{
		func(out []byte, v reflect.Value) []byte {
			for i := range v.Len() {
				out = append(out, byte(v.Index(i).Uint()))
			}
			return out
		},
		func(d *decoder, v reflect.Value) { reflect.Copy(v, reflect.ValueOf([]byte(d.take(v.Len())))) }}
}

func sliceCoder(t reflect.Type) *coder {
	elem := t.Elem()
	var inner *coder
	once := sync.OnceFunc(func() { inner = coderOf(elem) })
	return &coder{
		func(out []byte, v reflect.Value) []byte {
			once()
			out = binary.AppendUvarint(out, uint64(v.Len()))
			for i := range v.Len() {
				out = inner.write(out, v.Index(i))
			}
			return out
		},
		func(d *decoder, v reflect.Value) {
			once()
			n := int(d.uint())
			if n == 0 {
				return
			}
			if n > len(d.rest) { // each element takes a byte at least
				panic("a slice is longer than its data")
			}
			v.Set(reflect.MakeSlice(t, n, n))
			for i := range n {
				inner.read(d, v.Index(i))
			}
		}}
}

func pointerCoder(t reflect.Type) *coder {
	elem := t.Elem()
	return &coder{
		func(out []byte, v reflect.Value) []byte {
			if out = appendBool(out, !v.IsNil()); v.IsNil() {
				return out
			}
			return coderOf(elem).write(out, v.Elem())
		},
		func(d *decoder, v reflect.Value) {
			if d.bool() {
				v.Set(reflect.New(elem))
				coderOf(elem).read(d, v.Elem())
			}
		}}
}

func structCoder(t reflect.Type) *coder {
	type field struct {
		index int
		coder *coder
	}
	var fields []field
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && f.Tag.Get("cache") != "-" {
			fields = append(fields, field{i, coderOf(f.Type)})
		}
	}
	return &coder{
		func(out []byte, v reflect.Value) []byte {
			for _, f := range fields {
				out = f.coder.write(out, v.Field(f.index))
			}
			return out
		},
		func(d *decoder, v reflect.Value) {
			for _, f := range fields {
				f.coder.read(d, v.Field(f.index))
			}
		}}
}

func appendBool(out []byte, b bool) []byte {
	if b {
		return append(out, 1)
	}
	return append(out, 0)
}

func appendString(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

// decoder is what is left to read; it panics at the end of it.
type decoder struct{ rest string }

func (d *decoder) take(n int) string {
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) bool() bool { return d.take(1)[0] != 0 }

func (d *decoder) uint() (x uint64) {
	for shift := 0; ; shift += 7 {
		b := d.take(1)[0]
		x |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return x
		}
	}
}

func (d *decoder) int() int64 {
	u := d.uint()
	return int64(u>>1) ^ -int64(u&1)
}
