// Package publish brings a finished site to where people read it, and takes it
// back: a folder, a server by SSH, an S3-compatible store, a git branch, a ZIP.
//
// In: the output folder with its manifest, and the [[target]] tables of
// benchbook.toml. Out: a release at the target, and a plan that says beforehand
// what will be sent and deleted. It refuses files that are not what the
// manifest lists, paths that some system cannot hold, to touch anything that no
// manifest of ours lists, and to work while another publisher does. Passwords
// and keys come from the environment, agents and profile files only: settings
// have no place for them.
//
// Wherever the target can change in one step (folder, SSH, git, ZIP), readers
// see the old site or the new one. An object store has no such step: there all
// bytes are stored first, then copied into place by the server, assets before
// pages and the index last, with a note that lets the next publish finish.
package publish

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// Target is a place that holds releases of the site and serves one of them.
type Target interface {
	// Look reads which releases stand there; it changes nothing.
	Look(ctx context.Context) (State, error)
	// Check names the files of a release that are not there as listed.
	Check(ctx context.Context, r Release) ([]string, error)
	// Lock keeps other publishers out; the error is a *Busy.
	Lock(ctx context.Context) (*Lock, error)
	// Push stores the job's release, verifies it and serves it.
	Push(ctx context.Context, job Job) error
	// Point serves a release that stands there already.
	Point(ctx context.Context, s State, to Release, held func() error) error
	// Prune removes releases and what killed runs left, by their manifests.
	Prune(ctx context.Context, old []Release) error
	// Close ends the connection.
	Close() error
}

// Job is one publication.
type Job struct {
	Tree     *Tree
	State    State
	Plan     Plan
	Held     func() error            // fails once the lock is somebody else's
	Progress func(done, total int64) // bytes
}

// Options say how Run works.
type Options struct {
	DryRun   bool
	Keep     int // releases to keep for rollback, the served one included
	Progress func(done, total int64)
}

// Run publishes the tree and says what it did, or with DryRun what it would do.
// A tree that the target serves already changes nothing.
func Run(ctx context.Context, t Target, tree *Tree, o Options) (Plan, error) {
	if err := tree.Verify(); err != nil {
		return Plan{}, err
	}
	_, plan, err := prepare(ctx, t, tree, o.Keep)
	if err != nil || o.DryRun || plan.Empty() {
		return plan, err
	}
	lock, err := t.Lock(ctx)
	if err != nil {
		return plan, err
	}
	defer lock.Release()
	state, plan, err := prepare(ctx, t, tree, o.Keep) // again: it may have changed before the lock was ours
	if err != nil || plan.Empty() {
		return plan, err
	}
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	if plan.Reuse {
		to, _ := state.find(plan.To)
		err = t.Point(ctx, state, to, lock.Held)
	} else {
		err = t.Push(ctx, Job{tree, state, plan, lock.Held, o.Progress})
	}
	if err != nil {
		return plan, err
	}
	after, err := t.Look(ctx)
	if err == nil && after.Current != plan.To {
		err = fmt.Errorf("after the switch the target serves %q, not %s", after.Current, plan.To)
	}
	if err != nil {
		return plan, err
	}
	return plan, t.Prune(ctx, after.expired(o.Keep))
}

// prepare compares the tree with what the target has.
func prepare(ctx context.Context, t Target, tree *Tree, keep int) (State, Plan, error) {
	state, err := t.Look(ctx)
	if err != nil {
		return state, Plan{}, err
	}
	var damaged []string
	if current, ok := state.find(state.Current); ok {
		if damaged, err = t.Check(ctx, current); err != nil {
			return state, Plan{}, err
		}
	}
	reuse := ""
	if r, ok := state.twin(tree.Sum()); ok && number(r.ID) > number(state.Current) { // an older one gets a new number: rollback goes by age
		if bad, err := t.Check(ctx, r); err != nil {
			return state, Plan{}, err
		} else if len(bad) == 0 {
			reuse = r.ID
		}
	}
	return state, makePlan(state, tree, damaged, reuse, keep), nil
}

// Rollback serves an earlier release again: the named one, or with an empty id
// the one before the served one. It returns the release now served.
func Rollback(ctx context.Context, t Target, id string) (string, error) {
	lock, err := t.Lock(ctx)
	if err != nil {
		return "", err
	}
	defer lock.Release()
	state, err := t.Look(ctx)
	if err != nil {
		return "", err
	}
	to, err := state.earlier(id)
	if err != nil {
		return "", err
	}
	bad, err := t.Check(ctx, to)
	if err != nil {
		return "", err
	}
	if len(bad) > 0 {
		return "", failure(nil, "版本 %[1]s 已不完整（例如 %[2]s），没有切换", "release %[1]s is no longer whole (for one, %[2]s); nothing was switched", to.ID, bad[0])
	}
	return to.ID, t.Point(ctx, state, to, lock.Held)
}

// earlier finds the release to go back to.
func (s State) earlier(id string) (Release, error) {
	var ids []string
	for _, r := range s.Kept {
		ids = append(ids, r.ID)
	}
	if id == "" {
		at := slices.Index(ids, s.Current)
		if at <= 0 {
			return Release{}, failure(nil, "没有更早的版本可以退回", "there is no earlier release to go back to")
		}
		return s.Kept[at-1], nil
	}
	if r, ok := s.find(id); ok {
		return r, nil
	}
	return Release{}, Unknown{id, ids}
}

// Unknown is a release that is not kept.
type Unknown struct {
	ID   string
	Kept []string
}

func (u Unknown) Error() string { return u.Text().In("en") }

// Text says which releases there are.
func (u Unknown) Text() diag.Text {
	return diag.T("没有保留版本 %q；现有：%s", "release %q is not kept; there are: %s", u.ID, strings.Join(u.Kept, ", "))
}
