package publish

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
)

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
