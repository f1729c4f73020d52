package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"
)

// journal notes a switch under way, since a store cannot change many files in one step.
type journal struct {
	From []string `json:"from"`
	To   string   `json:"to"`
}

// Look implements Target.
func (t *store) Look(ctx context.Context) (State, error) {
	var s State
	records, err := t.list(ctx, t.own("releases/"))
	if err != nil {
		return s, err
	}
	for _, key := range slices.Sorted(maps.Keys(records)) {
		id := strings.TrimSuffix(path.Base(key), ".json")
		if !releaseForm.MatchString(id) {
			continue
		}
		src, err := t.get(ctx, key)
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
	current, err := t.get(ctx, t.own("current"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	s.Current = strings.TrimSpace(string(current))
	return s, t.unfinished(ctx, &s)
}

// unfinished reads the note of a switch that was cut short.
func (t *store) unfinished(ctx context.Context, s *State) error {
	src, err := t.get(ctx, t.own("switch.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var j journal
	if err := json.Unmarshal(src, &j); err != nil {
		return err
	}
	s.Unfinished = true
	for _, id := range append(j.From, j.To) {
		if r, ok := s.find(id); ok {
			s.Between = append(s.Between, r)
		}
	}
	return nil
}

// Check implements Target: served files of the current release, stored bytes of another.
func (t *store) Check(ctx context.Context, r Release) ([]string, error) {
	current, err := t.get(ctx, t.own("current"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	blobs, err := t.list(ctx, t.own("objects/"))
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(string(current)) == r.ID {
		return t.differing(ctx, r, blobs)
	}
	var bad []string
	for _, f := range r.Files {
		if o, ok := blobs[t.blob(f)]; !ok || o.size != f.Bytes {
			bad = append(bad, f.Path)
		}
	}
	return bad, nil
}

// differing names the served files that are not the release's. The listing's tags
// settle most; where a store's tags say nothing, the file is read.
func (t *store) differing(ctx context.Context, r Release, blobs map[string]thing) ([]string, error) {
	there, err := t.list(ctx, t.prefix)
	if err != nil {
		return nil, err
	}
	var bad []string
	for _, f := range r.Files {
		o, ok := there[t.key(f)]
		if ok && o == blobs[t.blob(f)] && o.size == f.Bytes {
			continue
		}
		if ok && o.size == f.Bytes {
			data, err := t.get(ctx, t.key(f))
			if err != nil {
				return nil, err
			}
			ok = sum(data) == f.SHA256
		} else {
			ok = false
		}
		if !ok {
			bad = append(bad, f.Path)
		}
	}
	return bad, nil
}

// Lock implements Target.
func (t *store) Lock(ctx context.Context) (*Lock, error) { return take(ctx, storeSlot{t}) }

// Push implements Target: it stores what bytes are missing, then the record, and
// only then touches what readers see. The pending record lets a later run clear
// away the bytes of one that never came to its end.
func (t *store) Push(ctx context.Context, job Job) error {
	r := job.release()
	pending := t.own("pending/" + r.ID + ".json")
	if err := t.put(ctx, pending, r.encode(), minio.PutObjectOptions{}); err != nil {
		return err
	}
	blobs, err := t.list(ctx, t.own("objects/"))
	if err != nil {
		return err
	}
	if err := t.upload(ctx, job, blobs); err != nil {
		return err
	}
	if err := job.Held(); err != nil {
		return err
	}
	if err := t.put(ctx, t.own("releases/"+r.ID+".json"), r.encode(), minio.PutObjectOptions{}); err != nil {
		return err
	}
	return t.Point(ctx, job.State, r, job.Held)
}

func (t *store) upload(ctx context.Context, job Job, blobs map[string]thing) error {
	var done atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	seen := map[string]bool{}
	for _, f := range job.Tree.Files {
		if o, ok := blobs[t.blob(f)]; seen[f.SHA256] || ok && o.size == f.Bytes {
			continue
		}
		seen[f.SHA256] = true
		g.Go(func() error {
			data, err := job.Tree.Read(f)
			if err != nil {
				return err
			}
			if err := t.put(ctx, t.blob(f), data, minio.PutObjectOptions{}); err != nil {
				return err
			}
			job.Progress(done.Add(f.Bytes), job.Plan.total())
			return nil
		})
	}
	return g.Wait()
}

// Point implements Target. The server copies stored bytes to where they are
// served: assets, pages, index; then what is no longer listed goes.
func (t *store) Point(ctx context.Context, s State, to Release, held func() error) error {
	blobs, err := t.list(ctx, t.own("objects/"))
	if err != nil {
		return err
	}
	there, err := t.list(ctx, t.prefix)
	if err != nil {
		return err
	}
	before := s.Between
	if current, ok := s.find(s.Current); ok && !s.Unfinished {
		before = []Release{current}
	}
	old := owned(before)
	for _, f := range to.Files {
		if _, taken := there[t.key(f)]; taken && !old[f.Path] {
			return failure(nil, "存储桶里已有 %s，不是 benchbook 写的：请移走，或用 prefix 换一个位置", "the bucket has %s, which benchbook did not write: move it away or choose another place with prefix", t.key(f))
		}
	}
	if err := t.note(ctx, before, to, held); err != nil {
		return err
	}
	if err := t.copyAll(ctx, to, there, blobs, held); err != nil {
		return err
	}
	for _, f := range to.Files {
		delete(old, f.Path)
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if err := t.delete(ctx, t.prefix+name); err != nil {
			return err
		}
	}
	return t.settle(ctx, to, blobs)
}

func owned(releases []Release) map[string]bool {
	names := map[string]bool{}
	for _, r := range releases {
		for _, f := range r.Files {
			names[f.Path] = true
		}
	}
	return names
}

// note writes the journal of the switch that begins.
func (t *store) note(ctx context.Context, before []Release, to Release, held func() error) error {
	if err := held(); err != nil {
		return err
	}
	j := journal{To: to.ID}
	for _, r := range before {
		j.From = append(j.From, r.ID)
	}
	data, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return t.put(ctx, t.own("switch.json"), data, minio.PutObjectOptions{})
}

func (t *store) copyAll(ctx context.Context, to Release, there, blobs map[string]thing, held func() error) error {
	for class := range 4 {
		if err := held(); err != nil {
			return err
		}
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(8)
		for _, f := range to.Files {
			if o, ok := there[t.key(f)]; f.class() != class || ok && o == blobs[t.blob(f)] {
				continue
			}
			g.Go(func() error { return t.copy(ctx, f) })
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func (t *store) copy(ctx context.Context, f File) error {
	_, err := t.client.CopyObject(ctx, minio.CopyDestOptions{
		Bucket: t.bucket, Object: t.key(f), ReplaceMetadata: true, ContentType: MediaType(f.Path), CacheControl: CacheControl(f.Path),
	}, minio.CopySrcOptions{Bucket: t.bucket, Object: t.blob(f)})
	if err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	return nil
}

// settle verifies what is served and closes the journal.
func (t *store) settle(ctx context.Context, to Release, blobs map[string]thing) error {
	bad, err := t.differing(ctx, to, blobs)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return failure(nil, "%[2]d 个文件发布后内容不对，例如 %[1]s", "%[2]d files are not as published, for one %[1]s", bad[0], len(bad))
	}
	if err := t.put(ctx, t.own("current"), []byte(to.ID+"\n"), minio.PutObjectOptions{}); err != nil {
		return err
	}
	return t.delete(ctx, t.own("switch.json"))
}

// Prune implements Target: records first, then the bytes that only they and runs
// without an end list.
func (t *store) Prune(ctx context.Context, old []Release) error {
	garbage := map[string]bool{}
	for _, r := range old {
		t.mark(garbage, r, true)
	}
	pending, err := t.list(ctx, t.own("pending/"))
	if err != nil {
		return err
	}
	for key := range pending {
		src, err := t.get(ctx, key)
		if err != nil {
			return err
		}
		if r, err := decodeRelease(strings.TrimSuffix(path.Base(key), ".json"), src); err == nil {
			t.mark(garbage, r, true)
		}
	}
	for _, r := range old {
		if err := t.put(ctx, t.own("pending/"+r.ID+".json"), r.encode(), minio.PutObjectOptions{}); err != nil {
			return err
		}
		pending[t.own("pending/"+r.ID+".json")] = thing{}
		if err := t.delete(ctx, t.own("releases/"+r.ID+".json")); err != nil {
			return err
		}
	}
	after, err := t.Look(ctx)
	if err != nil {
		return err
	}
	for _, r := range after.Kept {
		t.mark(garbage, r, false)
	}
	return t.deleteAll(ctx, slices.Concat(slices.Sorted(maps.Keys(garbage)), slices.Sorted(maps.Keys(pending))))
}

func (t *store) mark(garbage map[string]bool, r Release, yes bool) {
	for _, f := range r.Files {
		if yes {
			garbage[t.blob(f)] = true
		} else {
			delete(garbage, t.blob(f))
		}
	}
}

// deleteAll removes objects in order, so that the records of what goes go last.
func (t *store) deleteAll(ctx context.Context, keys []string) error {
	for _, key := range keys {
		if err := t.delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// Close implements Target.
func (t *store) Close() error { return nil }
