package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"
)

// journal notes a switch under way, since a store cannot change many files in one step.
type journal struct {
	From []string `json:"from"`
	To   string   `json:"to"`
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

// Close implements Target.
func (t *store) Close() error { return nil }
