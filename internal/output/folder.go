package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// maxForeign bounds how many files that are not ours a folder may hold before
// it is taken for something else than an output folder.
const maxForeign = 20_000

// ErrBusy means that another build is writing to the same folder.
var ErrBusy = errors.New("another build is writing to this folder")

// Folder is a sink on disk. Files are staged in a folder beside the target;
// Commit swaps the two. Until then, and at whatever moment the process dies,
// the target is what it was.
//
// On Linux and macOS the swap is one system call. Where the system or file
// system has none, the old folder is moved aside and the new one moved in; a
// process killed exactly between the two leaves the old folder under its other
// name, and the next OpenFolder puts it back.
type Folder struct {
	ledger
	target  string // the output folder, links resolved
	staging string // beside it, new files
	aside   string // beside it, the old folder during a swap in two steps
	lock    *flock.Flock
	dirs    sync.Map // folders already made
}

// OpenFolder prepares to replace what is in dir; dir need not exist. It takes a
// lock, mends what a killed build left, and clears the staging folder.
// The error is ErrBusy when another process holds the lock.
func OpenFolder(dir string) (*Folder, error) {
	target, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	parent, base := filepath.Split(target)
	if base == "" {
		return nil, fmt.Errorf("%s cannot be an output folder", dir)
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	f := &Folder{
		target:  target,
		staging: filepath.Join(parent, "."+base+".next"),
		aside:   filepath.Join(parent, "."+base+".old"),
		lock:    flock.New(filepath.Join(parent, "."+base+".lock")),
	}
	if err := f.acquire(); err != nil {
		return nil, err
	}
	if err := f.mend(); err != nil {
		return nil, errors.Join(err, f.release())
	}
	return f, nil
}

// acquire takes the lock. The holder before us removes the lock file as it
// leaves, so a lock on a file that is no longer there counts for nothing.
func (f *Folder) acquire() error {
	for {
		if ok, err := f.lock.TryLock(); err != nil {
			return err
		} else if !ok {
			return ErrBusy
		}
		held, err := f.lock.Stat()
		if err != nil {
			return err
		}
		if there, err := os.Stat(f.lock.Path()); err == nil && os.SameFile(held, there) {
			return nil
		}
		if err := f.lock.Unlock(); err != nil {
			return err
		}
	}
}

// resolve makes the path absolute and follows links, so that staging stands on
// the same file system as the folder itself.
func resolve(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return abs, nil
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", fmt.Errorf("%s is a file, not a folder", dir)
	}
	return filepath.EvalSymlinks(abs)
}

// mend undoes what a killed process left: an old folder moved aside without a
// new one in its place goes back; staged files go away.
func (f *Folder) mend() error {
	if _, err := os.Lstat(f.target); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(f.aside); err == nil {
			if err := os.Rename(f.aside, f.target); err != nil {
				return err
			}
		}
	}
	return errors.Join(os.RemoveAll(f.aside), os.RemoveAll(f.staging), os.Mkdir(f.staging, 0o755))
}

// Write implements Sink.
func (f *Folder) Write(name string, data []byte, sources ...string) error {
	if err := f.add(name, data, sources); err != nil {
		return err
	}
	return f.store(name, data)
}

func (f *Folder) store(name string, data []byte) error {
	if err := f.mkdir(name); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(f.staging, filepath.FromSlash(name)), data, 0o644)
}

// mkdir makes the folders above a file, each once.
func (f *Folder) mkdir(name string) error {
	dir := path.Dir(name)
	if _, made := f.dirs.Load(dir); made {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(f.staging, filepath.FromSlash(dir)), 0o755); err != nil {
		return err
	}
	f.dirs.Store(dir, true)
	return nil
}

// Manifest lists what was written so far.
func (f *Folder) Manifest(generator, version string) Manifest { return f.manifest(generator, version) }

// Commit writes the manifest, carries over the files in the target that are not
// ours, and swaps. After an error the target is unchanged.
func (f *Folder) Commit(generator, version string) (Manifest, error) {
	m := f.manifest(generator, version)
	encoded := m.Encode()
	err := f.store(ManifestName, encoded)
	if err == nil {
		err = f.carryForeign()
	}
	if err == nil {
		err = f.swap()
	}
	if err != nil {
		return m, errors.Join(err, f.Abort())
	}
	return m, errors.Join(os.RemoveAll(f.staging), os.RemoveAll(f.aside), f.release())
}

// Abort drops what was staged; the target stays as it is.
func (f *Folder) Abort() error {
	return errors.Join(os.RemoveAll(f.staging), f.release())
}

// release gives the lock up. The lock file goes first: while the lock is held
// nobody else can be using it.
func (f *Folder) release() error {
	err := os.Remove(f.lock.Path())
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		err = nil // Windows does not remove an open file; an empty lock file is harmless
	}
	return errors.Join(err, f.lock.Unlock())
}

// swap puts the staged folder in the target's place.
func (f *Folder) swap() error {
	if _, err := os.Lstat(f.target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(f.staging, f.target)
	}
	if exchange(f.staging, f.target) == nil {
		return nil
	}
	if err := os.Rename(f.target, f.aside); err != nil {
		return err
	}
	if err := os.Rename(f.staging, f.target); err != nil {
		return errors.Join(err, os.Rename(f.aside, f.target))
	}
	return nil
}

// Foreign calls each with every file of the target that no manifest lists, and
// that a commit would carry over; .git and links are passed by.
func (f *Folder) Foreign(each func(name string, data []byte)) error {
	ours, err := listed(f.target)
	if err != nil {
		return err
	}
	return filepath.WalkDir(f.target, func(p string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && p == f.target:
			return filepath.SkipAll
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return filepath.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		rel, err := filepath.Rel(f.target, p)
		if err != nil || ours[filepath.ToSlash(rel)] || rel == ManifestName {
			return err
		}
		data, err := os.ReadFile(p)
		if err == nil {
			each(filepath.ToSlash(rel), data)
		}
		return err
	})
}

// carryForeign links every file of the target that no manifest lists into the
// staged tree, so that a .git folder or a host's CNAME file survives the swap.
func (f *Folder) carryForeign() error {
	ours, err := listed(f.target)
	if err != nil {
		return err
	}
	count := 0
	return filepath.WalkDir(f.target, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == f.target {
			return filepath.SkipAll
		}
		if err != nil || p == f.target {
			return err
		}
		rel, err := filepath.Rel(f.target, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if ours[name] {
			return nil
		}
		if count++; count > maxForeign {
			return fmt.Errorf("%s holds more than %d files that benchbook did not write; it does not look like an output folder", f.target, maxForeign)
		}
		return f.carry(name, p, d, ours)
	})
}

func (f *Folder) carry(name, from string, d fs.DirEntry, ours map[string]bool) error {
	to := filepath.Join(f.staging, filepath.FromSlash(name))
	if d.IsDir() {
		if holdsOnlyOurs(name, from, ours) {
			return nil
		}
		return os.MkdirAll(to, 0o755)
	}
	if taken, ok := f.taken[strings.ToLower(name)]; ok {
		return fmt.Errorf("%s was not written by benchbook, and the new site has %s: move it away or choose another folder with --out", from, taken.Path)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if d.Type()&fs.ModeSymlink != 0 {
		link, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(link, to)
	}
	if os.Link(from, to) == nil {
		return nil
	}
	return copyFile(from, to)
}

// holdsOnlyOurs reports whether a folder is there only because of our files.
func holdsOnlyOurs(name, dir string, ours map[string]bool) bool {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		return false
	}
	for _, e := range entries {
		child := name + "/" + e.Name()
		if e.IsDir() && !holdsOnlyOurs(child, filepath.Join(dir, e.Name()), ours) || !e.IsDir() && !ours[child] {
			return false
		}
	}
	return true
}

// listed reads the target's manifest: the files that are ours.
func listed(target string) (map[string]bool, error) {
	src, err := os.ReadFile(filepath.Join(target, ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(src, &m); err != nil {
		return nil, fmt.Errorf("%s is damaged (%w): move the folder away and build again", filepath.Join(target, ManifestName), err)
	}
	ours := map[string]bool{ManifestName: true}
	for _, e := range m.Files {
		ours[e.Path] = true
	}
	return ours, nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, info.Mode().Perm())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, in)
	return err
}
