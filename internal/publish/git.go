package publish

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"benchbook/internal/output"
)

// branch is a git branch that a host serves. Each release is a commit; the host
// sees the branch move in one step. History is never rewritten, so nothing is pruned.
type branch struct {
	remote, name string
	dir          string // a repository of our own, for one run
	tip          string // the branch's commit as fetched; "" when it is new
	commits      map[string]string
}

// trailer marks the commits that are ours with the release's id.
const trailer = "Benchbook-Release"

// noJekyll keeps a Pages host from leaving out names that begin with an underscore.
const noJekyll = ".nojekyll"

func openGit(ctx context.Context, c Config) (Target, error) {
	dir, err := os.MkdirTemp("", "benchbook-git-")
	if err != nil {
		return nil, err
	}
	t := &branch{remote: c.Remote, name: c.Branch, dir: dir}
	if _, err := t.git(ctx, nil, "init", "--quiet", "--bare", "."); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return t, nil
}

// git runs one command. It never asks for a password, and gives up on a silent line.
func (t *branch) git(ctx context.Context, stdin io.Reader, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", t.dir, "-c", "core.quotePath=false", "-c", "http.lowSpeedLimit=1",
		"-c", "http.lowSpeedTime=" + strconv.Itoa(max(1, int(patienceWire/time.Second)))}, args...)...)
	cmd.Stdin, cmd.Env, cmd.WaitDelay = stdin, append(os.Environ(), "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"), 5*time.Second
	if os.Getenv("GIT_SSH_COMMAND") == "" {
		cmd.Env = append(cmd.Env, fmt.Sprintf("GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=%[1]d -o ServerAliveInterval=%[1]d -o ServerAliveCountMax=1", max(1, int(patienceWire/time.Second))))
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return "", failure(err, "没有 git 程序：请先安装", "there is no git program: install it first")
	}
	if err != nil {
		return "", fmt.Errorf("git %s: %s", args[0], strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), nil
}

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

// Lock implements Target: pushing compares and swaps, which finds another publisher.
func (t *branch) Lock(context.Context) (*Lock, error) { return noLock(), nil }

// Push implements Target: one commit that holds the difference, then the branch moves.
func (t *branch) Push(ctx context.Context, job Job) error {
	foreign, err := t.refuseForeign(ctx, job)
	if err != nil {
		return err
	}
	var w bytes.Buffer
	for i, f := range job.Plan.Send {
		data, err := job.Tree.Read(f)
		if err != nil {
			return err
		}
		fmt.Fprintf(&w, "blob\nmark :%d\ndata %d\n", i+2, len(data))
		w.Write(data)
		w.WriteByte('\n')
		job.Progress(f.Bytes, job.Plan.total())
	}
	t.header(ctx, &w, job.Plan.To)
	for _, name := range job.Plan.Delete {
		fmt.Fprintf(&w, "D %s\n", name)
	}
	for i, f := range job.Plan.Send {
		fmt.Fprintf(&w, "M 100644 :%d %s\n", i+2, f.Path)
	}
	if !foreign {
		fmt.Fprintf(&w, "M 100644 inline %s\ndata 0\n\n", noJekyll)
	}
	return t.move(ctx, &w)
}

// refuseForeign stops where a file that is not ours stands in the way, and says
// whether the mark for Pages hosts is there already.
func (t *branch) refuseForeign(ctx context.Context, job Job) (marked bool, err error) {
	there, err := t.blobs(ctx, t.tip)
	if err != nil {
		return false, err
	}
	current, _ := job.State.find(job.State.Current)
	ours := owned([]Release{current})
	for _, f := range job.Tree.Files {
		if there[f.Path] != "" && !ours[f.Path] {
			return false, failure(nil, "分支里已有 %s，不是 benchbook 写的：请移走，或换一个分支", "the branch has %s, which benchbook did not write: move it away or choose another branch", f.Path)
		}
	}
	return there[noJekyll] != "", nil
}

// header begins the commit.
func (t *branch) header(ctx context.Context, w *bytes.Buffer, id string) {
	name, _ := t.git(ctx, nil, "config", "user.name")
	email, _ := t.git(ctx, nil, "config", "user.email")
	clean := strings.NewReplacer("<", "", ">", "", "\n", "")
	if name = clean.Replace(name); name == "" {
		name = "benchbook"
	}
	message := fmt.Sprintf("Publish %s\n\n%s: %s\n", id, trailer, id)
	fmt.Fprintf(w, "commit refs/heads/publish\nmark :1\ncommitter %s <%s> %d +0000\ndata %d\n%s", name, clean.Replace(email), time.Now().Unix(), len(message), message)
	if t.tip != "" {
		fmt.Fprintf(w, "from %s\n", t.tip)
	}
}

// move imports the commit and pushes it, unless the branch is no longer what was fetched.
func (t *branch) move(ctx context.Context, stream io.Reader) error {
	if _, err := t.git(ctx, stream, "fast-import", "--quiet", "--force", "--date-format=raw"); err != nil {
		return err
	}
	_, err := t.git(ctx, nil, "push", "--quiet", "--force-with-lease=refs/heads/"+t.name+":"+t.tip, t.remote, "refs/heads/publish:refs/heads/"+t.name)
	if err != nil && (strings.Contains(err.Error(), "stale info") || strings.Contains(err.Error(), "fetch first") || strings.Contains(err.Error(), "cannot lock ref")) {
		return &Busy{"?", t.remote}
	}
	return err
}

// Point implements Target: a new commit whose files of ours are those of the old one.
func (t *branch) Point(ctx context.Context, s State, to Release, _ func() error) error {
	tip, err := t.blobs(ctx, t.tip)
	if err != nil {
		return err
	}
	old, err := t.blobs(ctx, t.commits[to.ID])
	if err != nil {
		return err
	}
	var w bytes.Buffer
	t.header(ctx, &w, to.ID)
	current, _ := s.find(s.Current)
	wanted := to.byPath()
	for _, f := range current.Files {
		if _, stays := wanted[f.Path]; !stays && tip[f.Path] != "" {
			fmt.Fprintf(&w, "D %s\n", f.Path)
		}
	}
	for _, f := range to.Files {
		if fields := strings.Fields(old[f.Path]); len(fields) == 3 {
			fmt.Fprintf(&w, "M 100644 %s %s\n", fields[2], f.Path)
		}
	}
	return t.move(ctx, &w)
}

// Prune implements Target: history stays.
func (t *branch) Prune(context.Context, []Release) error { return nil }

// Close implements Target.
func (t *branch) Close() error { return os.RemoveAll(t.dir) }
