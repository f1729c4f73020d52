// Package cache keeps what was made from what, so that a second build makes
// only what changed: in memory for a preview, in a folder of the project for the
// next process.
//
// In: bytes under a name, and records that are appended to one large file and
// asked for by their place. Out: the same bytes, or nothing. Everything is
// checked by a sum as it is read: a damaged, foreign or half-written file is as
// good as none, and never an error. Whether something kept is still right is not
// known here: callers put a hash of all that it was made from beside it. Nothing
// goes by time.
//
// The folder ignores itself for git and stands outside of what is published. A
// project whose folder cannot be written, or that another process is using, is
// built without a cache.
package cache

import (
	"crypto/sha256"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
)

// Folder is where a project's cache stands, in the project's own folder.
const Folder = ".benchbook"

// Store is an open cache. Its methods may be called by many goroutines.
type Store struct {
	dir  string
	lock *flock.Flock

	mu   sync.Mutex
	pack *os.File
	size int64 // of the pack
}

// Place is where a record stands in the pack.
type Place struct {
	At, Size int64
	Sum      uint32 // CRC-32C of the record
}

const packName = "pack"

// Open gives the cache of the project in dir, or nil where there can be none.
func Open(dir string) *Store {
	s := &Store{dir: filepath.Join(dir, Folder)}
	if os.MkdirAll(s.dir, 0o755) != nil {
		return nil
	}
	ignore := filepath.Join(s.dir, ".gitignore")
	if _, err := os.Stat(ignore); err != nil && os.WriteFile(ignore, []byte("*\n"), 0o644) != nil {
		return nil
	}
	s.lock = flock.New(filepath.Join(s.dir, "lock"))
	if ok, err := s.lock.TryLock(); err != nil || !ok {
		return nil
	}
	if err := s.openPack(); err != nil {
		_ = s.lock.Unlock()
		return nil
	}
	return s
}

func (s *Store) openPack() (err error) {
	if s.pack, err = os.OpenFile(filepath.Join(s.dir, packName), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return err
	}
	s.size, err = s.pack.Seek(0, io.SeekEnd)
	return err
}

// Close lets others use the cache.
func (s *Store) Close() error {
	if s == nil {
		return nil
	}
	return errors.Join(s.pack.Close(), s.lock.Unlock())
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Append puts a record at the end of the pack.
func (s *Store) Append(record []byte) (Place, error) {
	s.mu.Lock()
	at := s.size
	s.size += int64(len(record))
	s.mu.Unlock()
	_, err := s.pack.WriteAt(record, at)
	return Place{at, int64(len(record)), crc32.Checksum(record, castagnoli)}, err
}

// Read gives a record; not ok where it is not the one that was appended.
func (s *Store) Read(p Place) (record []byte, ok bool) {
	s.mu.Lock()
	within := p.At >= 0 && p.Size >= 0 && p.At+p.Size <= s.size
	s.mu.Unlock()
	if !within {
		return nil, false
	}
	record = make([]byte, p.Size)
	if _, err := s.pack.ReadAt(record, p.At); err != nil {
		return nil, false
	}
	return record, crc32.Checksum(record, castagnoli) == p.Sum
}

// Size is the length of the pack in bytes, records included that nobody knows any more.
func (s *Store) Size() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size
}

// Empty begins a new pack: every place of the old one is void.
func (s *Store) Empty() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = 0
	return s.pack.Truncate(0)
}

// Save stores a file whole or not at all.
func (s *Store) Save(name string, data []byte) error {
	file := filepath.Join(s.dir, name)
	sum := sha256.Sum256(data)
	next, err := os.Create(file + ".new")
	if err != nil {
		return err
	}
	_, err1 := next.Write(sum[:])
	_, err2 := next.Write(data)
	if err := errors.Join(err1, err2, next.Close()); err != nil {
		return errors.Join(err, os.Remove(file+".new"))
	}
	return os.Rename(file+".new", file)
}

// Load gives a file that Save stored, or not ok.
func (s *Store) Load(name string) (data []byte, ok bool) {
	if s == nil {
		return nil, false
	}
	src, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil || len(src) < sha256.Size || sha256.Sum256(src[sha256.Size:]) != [sha256.Size]byte(src[:sha256.Size]) {
		return nil, false
	}
	return src[sha256.Size:], true
}
