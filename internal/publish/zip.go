package publish

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// archive is a ZIP file to hand on. Earlier ones are kept in a folder beside it;
// the file itself changes in one step.
type archive struct {
	disk disk
	name string // of the served file
	dir  string // of the kept ones and their records
}

func openZip(ctx context.Context, c Config) (Target, error) {
	folder, err := openFolder(ctx, Config{Path: filepath.Dir(c.Path)})
	if err != nil {
		return nil, err
	}
	name := filepath.Base(c.Path)
	return &archive{folder.(*folders).disk, name, strings.TrimSuffix(name, ".zip") + ".releases"}, nil
}

func (t *archive) at(id string) string     { return path.Join(t.dir, id+".zip") }
func (t *archive) record(id string) string { return path.Join(t.dir, id+".json") }

// Look implements Target. The served release is the one whose archive has the
// served file's bytes.
func (t *archive) Look(context.Context) (State, error) {
	var s State
	entries, err := t.disk.list(t.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return s, t.refuseForeign("")
	}
	if err != nil {
		return s, err
	}
	now, err := t.sum(t.name)
	if err != nil {
		return s, err
	}
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok || !releaseForm.MatchString(id) {
			continue
		}
		src, err := readFile(t.disk, t.record(id))
		if err != nil {
			return s, err
		}
		r, err := decodeRelease(id, src)
		if err != nil {
			return s, err
		}
		s.Kept = append(s.Kept, r)
		s.Last = max(s.Last, number(id))
	}
	slices.SortFunc(s.Kept, func(a, b Release) int { return strings.Compare(a.ID, b.ID) })
	for _, r := range s.Kept {
		if r.Archive == now {
			s.Current = r.ID
		}
	}
	return s, t.refuseForeign(s.Current)
}

// refuseForeign stops before a file that benchbook did not write.
func (t *archive) refuseForeign(current string) error {
	now, err := t.sum(t.name)
	if err == nil && now != "" && current == "" {
		return failure(nil, "%s 不是 benchbook 写的，或被改过：请移走，或换一个文件名", "%s was not written by benchbook, or was changed: move it away or choose another name", t.name)
	}
	return err
}

// sum hashes a file; "" when it is not there.
func (t *archive) sum(name string) (string, error) {
	data, err := readFile(t.disk, name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return sum(data), err
}

// Check implements Target.
func (t *archive) Check(_ context.Context, r Release) ([]string, error) {
	now, err := t.sum(t.at(r.ID))
	if err != nil || now == r.Archive {
		return nil, err
	}
	return []string{t.at(r.ID)}, nil
}

// Lock implements Target.
func (t *archive) Lock(ctx context.Context) (*Lock, error) {
	if err := t.disk.mkdir(t.dir); err != nil {
		return nil, err
	}
	return take(ctx, fileSlot{t.disk, path.Join(t.dir, lockName), path.Join(t.dir, "."+lockName)})
}

// Push implements Target.
func (t *archive) Push(ctx context.Context, job Job) error {
	data, err := pack(ctx, job)
	if err != nil {
		return err
	}
	r := job.release()
	r.Archive = sum(data)
	if err := t.store(t.at(r.ID), data); err != nil {
		return err
	}
	bad, err := t.Check(ctx, r)
	if err == nil && len(bad) > 0 {
		err = failure(nil, "%s 写入后内容不对", "%s was written with other bytes", bad[0])
	}
	if err != nil {
		return err
	}
	if err := t.store(t.record(r.ID), r.encode()); err != nil {
		return err
	}
	return t.Point(ctx, job.State, r, job.Held)
}

// pack makes the archive: files by path, one fixed date, so that equal sites give
// equal archives. Names are UTF-8 and marked so.
func pack(ctx context.Context, job Job) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	files := slices.SortedFunc(slices.Values(job.Tree.Files), func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	var done int64
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, err := job.Tree.Read(f)
		if err != nil {
			return nil, err
		}
		h := &zip.FileHeader{Name: f.Path, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		h.SetMode(0o644)
		entry, err := w.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(data); err != nil {
			return nil, err
		}
		done += f.Bytes
		job.Progress(done, 0)
	}
	err := w.Close()
	return b.Bytes(), err
}

// store replaces a file in one step.
func (t *archive) store(name string, data []byte) error {
	return fileSlot{t.disk, name, path.Join(t.dir, partial+"0")}.write(context.Background(), data)
}

// Point implements Target.
func (t *archive) Point(_ context.Context, _ State, to Release, held func() error) error {
	data, err := readFile(t.disk, t.at(to.ID))
	if err != nil {
		return err
	}
	if err := held(); err != nil {
		return err
	}
	return t.store(t.name, data)
}

// Prune implements Target: the archive, then its record. An archive without a
// record is of a run that was killed, and is written over by the next.
func (t *archive) Prune(_ context.Context, old []Release) error {
	for _, r := range old {
		if err := errors.Join(absent(t.disk, t.at(r.ID)), absent(t.disk, t.record(r.ID))); err != nil {
			return err
		}
	}
	return absent(t.disk, path.Join(t.dir, partial+"0"))
}

// Close implements Target.
func (t *archive) Close() error { return t.disk.close() }
