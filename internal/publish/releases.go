package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// disk is a file system with links that release folders stand on: this
// machine's, or a server's. Paths are relative to the target's folder, with
// forward slashes; errors are those of io/fs.
type disk interface {
	list(dir string) ([]fs.FileInfo, error) // links are not followed
	open(name string) (io.ReadCloser, error)
	same(name string, f File) (bool, error) // a plain file with the listed bytes; by size where reading is dear
	create(name string, data []byte) error  // fs.ErrExist when it is there
	remove(name string) error               // a file, a link or an empty folder
	mkdir(dir string) error                 // with the folders above it
	link(old, name string) error            // a second name for the same bytes
	rename(old, name string) error          // replaces a file
	readlink(name string) (string, error)
	point(name, to string) error // makes a link, or replaces one, in one step
	close() error
}

// Names at the target. served is the document root: a link into releasesDir.
// Folders and records that begin with a dot belong to runs that are not done.
const (
	served      = "current"
	releasesDir = "releases"
	staged      = ".next-"
	gone        = ".gone-"
	partial     = ".part-"
)

// folders is a target with a folder for each release and a link to the served one.
type folders struct {
	disk    disk
	workers int
	readAll bool // verify sent files by reading them back
	serial  atomic.Int64
}

// Look implements Target.
func (t *folders) Look(context.Context) (State, error) {
	var s State
	entries, err := t.entries(releasesDir)
	if err != nil {
		return s, err
	}
	for _, e := range entries {
		id := strings.TrimSuffix(e.Name(), ".json")
		if !releaseForm.MatchString(id) {
			continue
		}
		s.Last = max(s.Last, number(id))
		if !e.IsDir() || id != e.Name() {
			continue
		}
		r, err := t.record(path.Join(releasesDir, id+".json"), id)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return s, err
		}
		s.Kept = append(s.Kept, r)
	}
	s.Current, err = t.current()
	return s, err
}

// entries lists a folder by name; one that is not there is empty.
func (t *folders) entries(dir string) ([]fs.FileInfo, error) {
	infos, err := t.disk.list(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	slices.SortFunc(infos, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	return infos, err
}

func (t *folders) record(name, id string) (Release, error) {
	src, err := readFile(t.disk, name)
	if err != nil {
		return Release{}, err
	}
	return decodeRelease(id, src)
}

// current reads the link; anything else in its place is somebody else's.
func (t *folders) current() (string, error) {
	to, err := t.disk.readlink(served)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	dir, id := path.Split(strings.ReplaceAll(to, `\`, "/"))
	if err != nil || path.Base(dir) != releasesDir || !releaseForm.MatchString(id) {
		return "", failure(err, "目标里的 %[1]s 不是 benchbook 建立的链接：请移走，或换一个目录", "%[1]s at the target is no link that benchbook made: move it away or choose another folder", served)
	}
	return id, nil
}

// Check implements Target.
func (t *folders) Check(ctx context.Context, r Release) (bad []string, err error) {
	found := make([]bool, len(r.Files))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(t.workers)
	for i, f := range r.Files {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			var err error
			found[i], err = t.disk.same(path.Join(releasesDir, r.ID, f.Path), f)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for i, f := range r.Files {
		if !found[i] {
			bad = append(bad, f.Path)
		}
	}
	return bad, nil
}

// Lock implements Target.
func (t *folders) Lock(ctx context.Context) (*Lock, error) {
	if err := t.disk.mkdir(releasesDir); err != nil {
		return nil, err
	}
	return take(ctx, fileSlot{t.disk, lockName, "." + lockName})
}

// Push implements Target: it fills a folder that nobody is shown, checks it,
// gives it its name and turns the link. What an earlier run sent is kept.
func (t *folders) Push(ctx context.Context, job Job) error {
	r := job.release()
	dir := path.Join(releasesDir, staged+r.content())
	if err := t.store(dir+".json", r.encode()); err != nil {
		return err
	}
	if err := t.makeFolders(dir, r); err != nil {
		return err
	}
	if err := t.fill(ctx, dir, job); err != nil {
		return err
	}
	if err := job.Held(); err != nil {
		return err
	}
	final := path.Join(releasesDir, r.ID)
	if err := t.disk.rename(dir+".json", final+".json"); err != nil {
		return err
	}
	if err := t.disk.rename(dir, final); err != nil {
		return err
	}
	return t.Point(ctx, job.State, r, job.Held)
}

func (t *folders) makeFolders(dir string, r Release) error {
	made := map[string]bool{}
	for _, f := range r.Files {
		if d := path.Dir(path.Join(dir, f.Path)); !made[d] {
			made[d] = true
			if err := t.disk.mkdir(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill links what the served release has and sends the rest, assets first.
func (t *folders) fill(ctx context.Context, dir string, job Job) error {
	from := map[string]bool{}
	for _, f := range job.Plan.Same {
		from[f.Path] = true
	}
	var done atomic.Int64
	total := job.Plan.total()
	for class := range 4 {
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(t.workers)
		for _, f := range job.Tree.Files {
			if f.class() != class {
				continue
			}
			g.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				old := ""
				if from[f.Path] {
					old = path.Join(releasesDir, job.State.Current, f.Path)
				}
				if err := t.place(path.Join(dir, f.Path), old, f, job.Tree); err != nil {
					return fmt.Errorf("%s: %w", f.Path, err)
				}
				if old == "" {
					job.Progress(done.Add(f.Bytes), total)
				}
				return nil
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// place brings one file to the staged folder, unless it is there.
func (t *folders) place(name, old string, f File, tree *Tree) error {
	if there, err := t.disk.same(name, f); err != nil || there {
		return err
	}
	if err := absent(t.disk, name); err != nil {
		return err
	}
	if old != "" && t.disk.link(old, name) == nil {
		return nil
	}
	data, err := tree.Read(f)
	if err != nil {
		return err
	}
	return t.send(name, f, data)
}

// send writes beside and renames: a name in the staged folder means a whole file.
func (t *folders) send(name string, f File, data []byte) error {
	part := path.Join(releasesDir, fmt.Sprintf("%s%d", partial, t.serial.Add(1)))
	if err := absent(t.disk, part); err != nil {
		return err
	}
	if err := t.disk.create(part, data); err != nil {
		return err
	}
	if t.readAll {
		back, err := readFile(t.disk, part)
		if err != nil {
			return err
		}
		if !bytes.Equal(back, data) {
			return failure(nil, "%s 传到目标后内容不对", "%s arrived at the target with other bytes", f.Path)
		}
	}
	return t.disk.rename(part, name)
}

// store replaces a small file of ours in one step.
func (t *folders) store(name string, data []byte) error {
	return t.send(name, File{Path: path.Base(name)}, data)
}

// Point implements Target.
func (t *folders) Point(_ context.Context, _ State, to Release, held func() error) error {
	if err := held(); err != nil {
		return err
	}
	return t.disk.point(served, releasesDir+"/"+to.ID)
}

// Close implements Target.
func (t *folders) Close() error { return t.disk.close() }
