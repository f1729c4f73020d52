package output

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Kept is a file of the tree that a build is about to replace, as the build
// before wrote it.
type Kept struct {
	Entry
	Seal Seal
}

// Seal tells a file from one that was written, or written to, later. It guards
// what we wrote ourselves against a hand or another program in the output
// folder; whether a file is still the right one is decided by content alone.
type Seal struct {
	Size, Time int64
	ID         uint64 // of the file in its file system, 0 where there is none to be had
}

func sealOf(info fs.FileInfo) Seal {
	return Seal{info.Size(), info.ModTime().UnixNano(), fileID(info)}
}

// Target is the folder that the tree will stand in.
func (f *Folder) Target() string { return f.target }

// Keep lists what was written, once it was committed, for the next build.
func (f *Folder) Keep() ([]Kept, error) {
	kept := make([]Kept, len(f.entries))
	for i, e := range f.entries {
		info, err := os.Lstat(f.place(e.Path))
		if err != nil {
			return nil, err
		}
		kept[i] = Kept{e, sealOf(info)}
	}
	return kept, nil
}

func (f *Folder) place(name string) string {
	return filepath.Join(f.target, filepath.FromSlash(name))
}

// Stands reports whether a file stands in the target as it was written.
func (f *Folder) Stands(k Kept) bool {
	info, err := os.Lstat(f.place(k.Path))
	return err == nil && info.Mode().IsRegular() && sealOf(info) == k.Seal
}

// Reuse takes a file of the target that Stands into the new tree, without
// reading it where the file system has links. Errors are as from Write.
func (f *Folder) Reuse(k Kept) error {
	if err := f.enter(k.Entry); err != nil {
		return err
	}
	if err := f.mkdir(k.Path); err != nil {
		return err
	}
	to := filepath.Join(f.staging, filepath.FromSlash(k.Path))
	if os.Link(f.place(k.Path), to) == nil {
		return nil
	}
	return copyFile(f.place(k.Path), to)
}

// Read gives the bytes of a file of the target, if it is as it was written.
func (f *Folder) Read(k Kept) ([]byte, bool) {
	if !f.Stands(k) {
		return nil, false
	}
	data, err := os.ReadFile(f.place(k.Path))
	return data, err == nil
}
