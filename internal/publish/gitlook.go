package publish

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"benchbook/internal/output"
)

// Look implements Target. Releases are the commits with our trailer, the newest
// hundred commits at most.
func (t *branch) Look(ctx context.Context) (State, error) {
	var s State
	refs, err := t.git(ctx, nil, "ls-remote", t.remote, "refs/heads/"+t.name)
	if err != nil {
		return s, err
	}
	t.commits, t.tip = map[string]string{}, ""
	if t.tip, _, _ = strings.Cut(refs, "\t"); t.tip == "" {
		return s, nil
	}
	if _, err := t.git(ctx, nil, "fetch", "--quiet", "--no-tags", "--depth=100", t.remote, "refs/heads/"+t.name); err != nil {
		return s, err
	}
	log, err := t.git(ctx, nil, "log", "--first-parent", "--format=%H %(trailers:key="+trailer+",valueonly,separator=%x20)", t.tip)
	if err != nil {
		return s, err
	}
	for line := range strings.Lines(log) {
		commit, id, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !releaseForm.MatchString(id) || t.commits[id] != "" {
			continue
		}
		if s.Current == "" {
			s.Current = id
		}
		t.commits[id] = commit
		s.Last = max(s.Last, number(id))
	}
	for _, id := range slices.Sorted(maps.Keys(t.commits)) {
		r, err := t.release(ctx, id)
		if err != nil {
			return s, err
		}
		s.Kept = append(s.Kept, r)
	}
	return s, nil
}

// release reads what a commit's manifest lists.
func (t *branch) release(ctx context.Context, id string) (Release, error) {
	src, err := t.git(ctx, nil, "cat-file", "blob", t.commits[id]+":"+output.ManifestName)
	if err != nil {
		return Release{}, err
	}
	var m output.Manifest
	if err := json.Unmarshal([]byte(src), &m); err != nil {
		return Release{}, err
	}
	r := Release{ID: id, Files: []File{{output.ManifestName, sum([]byte(src)), int64(len(src))}}}
	for _, e := range m.Files {
		r.Files = append(r.Files, File{e.Path, e.SHA256, int64(e.Bytes)})
	}
	return decodeRelease(id, r.encode())
}

// blobs lists the files of a commit: path to object name.
func (t *branch) blobs(ctx context.Context, commit string) (map[string]string, error) {
	names := map[string]string{}
	if commit == "" {
		return names, nil
	}
	list, err := t.git(ctx, nil, "ls-tree", "-r", "-z", "--full-tree", commit)
	for entry := range strings.SplitSeq(strings.TrimSuffix(list, "\x00"), "\x00") {
		if mode, name, ok := strings.Cut(entry, "\t"); ok {
			names[name] = mode
		}
	}
	return names, err
}

// Check implements Target: the served release against the branch's tip, which
// somebody may have committed to, another against its own commit.
func (t *branch) Check(ctx context.Context, r Release) (bad []string, err error) {
	tip, err := t.blobs(ctx, t.tip)
	if err != nil {
		return nil, err
	}
	own, err := t.blobs(ctx, t.commits[r.ID])
	if err != nil {
		return nil, err
	}
	served, err := t.servedCommit(ctx)
	for _, f := range r.Files {
		if own[f.Path] == "" || t.commits[r.ID] == served && tip[f.Path] != own[f.Path] {
			bad = append(bad, f.Path)
		}
	}
	return bad, err
}

// servedCommit is the newest commit of ours.
func (t *branch) servedCommit(ctx context.Context) (string, error) {
	commit, err := t.git(ctx, nil, "log", "--first-parent", "-1", "--format=%H", "--grep=^"+trailer+": ", t.tip)
	return strings.TrimSpace(commit), err
}
