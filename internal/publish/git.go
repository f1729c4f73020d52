package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
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
