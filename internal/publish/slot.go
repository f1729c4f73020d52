package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
)

// fileSlot keeps the lock as a file.
type fileSlot struct {
	disk disk
	name string
	part string // beside it, for replacing it in one step
}

func (s fileSlot) create(_ context.Context, data []byte) error { return s.disk.create(s.name, data) }

func (s fileSlot) read(context.Context) ([]byte, error) { return readFile(s.disk, s.name) }

func (s fileSlot) write(_ context.Context, data []byte) error {
	if err := absent(s.disk, s.part); err != nil {
		return err
	}
	if err := s.disk.create(s.part, data); err != nil {
		return err
	}
	return s.disk.rename(s.part, s.name)
}

func (s fileSlot) remove(context.Context) error { return absent(s.disk, s.name) }

// absent removes a file that may not be there.
func absent(d disk, name string) error {
	if err := d.remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func readFile(d disk, name string) ([]byte, error) {
	r, err := d.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}
