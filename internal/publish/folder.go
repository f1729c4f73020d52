package publish

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// openFolder publishes to a folder of this machine or of a mounted one. The web
// server's document root is the link "current" in it.
func openFolder(_ context.Context, c Config) (Target, error) {
	root, err := os.OpenRoot(c.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return &folders{disk: &localDisk{c.Path, root}, workers: 4, readAll: true}, nil
}

// localDisk keeps every operation inside its folder, whatever links stand in it.
type localDisk struct {
	path string
	root *os.Root // nil until the folder is there
}

func (d *localDisk) list(dir string) ([]fs.FileInfo, error) {
	if d.root == nil {
		return nil, fs.ErrNotExist
	}
	f, err := d.root.Open(filepath.FromSlash(dir))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdir(-1)
}

func (d *localDisk) open(name string) (io.ReadCloser, error) {
	if d.root == nil {
		return nil, fs.ErrNotExist
	}
	return d.root.Open(filepath.FromSlash(name))
}

func (d *localDisk) same(name string, f File) (bool, error) {
	info, err := d.root.Lstat(filepath.FromSlash(name))
	if err != nil && !errors.Is(err, fs.ErrPermission) {
		return false, nil // not there, or behind a link that leads out
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() != f.Bytes {
		return false, err
	}
	file, err := d.root.Open(filepath.FromSlash(name))
	if err != nil {
		return false, err
	}
	defer file.Close()
	return sameBytes(file, f)
}

func (d *localDisk) mkdir(dir string) (err error) {
	if d.root == nil {
		if err := os.MkdirAll(d.path, 0o755); err != nil {
			return err
		}
		if d.root, err = os.OpenRoot(d.path); err != nil {
			return err
		}
	}
	return d.root.MkdirAll(filepath.FromSlash(dir), 0o755)
}

func (d *localDisk) create(name string, data []byte) error {
	f, err := d.root.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func (d *localDisk) link(old, name string) error {
	return d.root.Link(filepath.FromSlash(old), filepath.FromSlash(name))
}

func (d *localDisk) rename(old, name string) error {
	return d.root.Rename(filepath.FromSlash(old), filepath.FromSlash(name))
}

func (d *localDisk) remove(name string) error { return d.root.Remove(filepath.FromSlash(name)) }

func (d *localDisk) readlink(name string) (string, error) {
	if d.root == nil {
		return "", fs.ErrNotExist
	}
	return d.root.Readlink(name)
}

// point makes the link beside and renames it over the old one. Windows cannot
// rename over a link to a folder, so there the old one goes first.
func (d *localDisk) point(name, to string) error {
	beside := "." + name + ".next"
	if err := d.root.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := d.root.Symlink(filepath.FromSlash(to), beside); err != nil {
		return failure(err, "这里不能建立链接；Windows 上请打开「开发人员模式」", "links cannot be made here; on Windows turn on Developer Mode")
	}
	err := d.root.Rename(beside, name)
	if err == nil {
		return nil
	}
	if info, statErr := d.root.Lstat(name); statErr != nil || info.Mode()&fs.ModeSymlink == 0 {
		return err
	}
	if err := d.root.Remove(name); err != nil {
		return err
	}
	return d.root.Rename(beside, name)
}

func (d *localDisk) close() error {
	if d.root == nil {
		return nil
	}
	return d.root.Close()
}
