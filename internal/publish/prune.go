package publish

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
)

// Prune implements Target: old releases are first taken out of the list, then
// emptied by their records. Files that no record lists stay, and so do the
// folders that hold them.
func (t *folders) Prune(ctx context.Context, old []Release) error {
	for _, r := range old {
		from, to := path.Join(releasesDir, r.ID), path.Join(releasesDir, gone+r.ID)
		if err := errors.Join(t.disk.rename(from+".json", to+".json"), t.disk.rename(from, to)); err != nil {
			return err
		}
	}
	return t.sweep(ctx)
}

// sweep clears away what pruned releases and killed runs left. It runs under the
// lock and after a switch, so nothing that begins with a dot is in use.
func (t *folders) sweep(ctx context.Context) error {
	entries, err := t.entries(releasesDir)
	if err != nil {
		return err
	}
	folder := map[string]bool{}
	for _, e := range entries {
		folder[e.Name()] = e.IsDir()
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := e.Name()
		id, isRecord := strings.CutSuffix(name, ".json")
		switch {
		case e.IsDir():
		case strings.HasPrefix(name, partial):
			err = t.disk.remove(path.Join(releasesDir, name))
		case isRecord && strings.HasPrefix(name, staged), isRecord && strings.HasPrefix(name, gone), isRecord && releaseForm.MatchString(id) && !folder[id]:
			err = t.discard(id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// discard empties the folder of a record, then drops the record. A run that was
// killed between the two renames of Prune or Push left the folder under its other name.
func (t *folders) discard(id string) error {
	bare := strings.TrimPrefix(id, gone)
	src, err := readFile(t.disk, path.Join(releasesDir, id+".json"))
	if err != nil {
		return err
	}
	listed := strings.TrimPrefix(bare, staged)
	r, err := decodeRelease(listed, src)
	if err != nil {
		return nil // not ours to read, so not ours to remove
	}
	ours := r.byPath()
	for _, dir := range []string{id, gone + r.ID, staged + r.content()} {
		if _, err := t.empty(path.Join(releasesDir, dir), "", ours); err != nil {
			return err
		}
	}
	if strings.HasPrefix(id, gone) && !strings.HasPrefix(id, gone+staged) {
		if _, err := t.empty(path.Join(releasesDir, r.ID), "", ours); err != nil {
			return err
		}
	}
	return t.disk.remove(path.Join(releasesDir, id+".json"))
}

// empty removes the listed files under dir and the folders that are empty then.
// It goes down real folders only: a link out of the release is not followed.
func (t *folders) empty(root, below string, ours map[string]File) (removed bool, err error) {
	dir := path.Join(root, below)
	entries, err := t.entries(dir)
	if err != nil {
		return false, err
	}
	left := 0
	for _, e := range entries {
		name := path.Join(below, e.Name())
		_, listed := ours[name]
		switch {
		case e.IsDir():
			went, err := t.empty(root, name, ours)
			if err != nil {
				return false, err
			}
			if !went {
				left++
			}
		case listed && e.Mode()&fs.ModeSymlink == 0:
			if err := t.disk.remove(path.Join(root, name)); err != nil {
				return false, err
			}
		default:
			left++
		}
	}
	if left > 0 {
		return false, nil
	}
	if err := t.disk.remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, nil
}
