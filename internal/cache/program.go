package cache

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"sync"
)

// Program identifies the running program: another one may make other bytes of
// the same input. It is the linker's content hash, which stands near the
// beginning of the file, or the hash of the whole file where there is none; ""
// where the program cannot be read, and then nothing may be kept.
var Program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, head)
	if id := buildID(head[:n]); id != "" {
		return id
	}
	h := sha256.New()
	h.Write(head[:n])
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return string(h.Sum(nil))
})

// The linker writes the id as a note on systems that have notes, and else at the
// beginning of the program's text.
var (
	idNote = []byte("\x04\x00\x00\x00Go\x00\x00") // type 4, name "Go"
	idText = []byte("\xff Go build ID: \"")
)

func buildID(head []byte) string {
	if i := bytes.Index(head, idNote[4:]); i >= 12 && bytes.Equal(head[i-4:i], idNote[:4]) {
		size := int(head[i-8]) | int(head[i-7])<<8
		if end := i + 4 + size; size > 0 && end <= len(head) {
			return string(head[i+4 : end])
		}
	}
	if i := bytes.Index(head, idText); i >= 0 {
		id, _, ok := bytes.Cut(head[i+len(idText):], []byte("\"\n \xff"))
		if ok {
			return string(id)
		}
	}
	return ""
}
