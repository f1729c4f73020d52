package publish

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

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
