package publish

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/diag"
)

// State is what stands at a target.
type State struct {
	Current    string    // id of the served release; "" before the first
	Kept       []Release // oldest first
	Last       int       // highest running number ever seen there
	Unfinished bool      // a killed run left the served files between two releases
	Between    []Release // those two
}

func (s State) find(id string) (Release, bool) {
	for _, r := range s.Kept {
		if r.ID == id {
			return r, true
		}
	}
	return Release{}, false
}

// twin finds a kept release with the same bytes, the served one first.
func (s State) twin(content string) (twin Release, ok bool) {
	for _, r := range s.Kept {
		if r.content() == content && (!ok || r.ID == s.Current || twin.ID != s.Current) {
			twin, ok = r, true
		}
	}
	return twin, ok
}

// expired lists the releases beyond the newest keep; the served one always stays.
func (s State) expired(keep int) (old []Release) {
	for i, r := range s.Kept {
		if i < len(s.Kept)-keep && r.ID != s.Current {
			old = append(old, r)
		}
	}
	return old
}

// number is the running number of an id.
func number(id string) int {
	head, _, _ := strings.Cut(id, "-")
	n, err := strconv.Atoi(head)
	if err != nil {
		return 0
	}
	return n
}

// Plan says what a publication does.
type Plan struct {
	From, To string   // ids of releases
	Send     []File   // assets, then pages, then the index
	Same     []File   // at the target already, by hash
	Delete   []string // served now and not listed any more
	Prune    []string // ids of old releases
	Reuse    bool     // the release is kept there: only switched to
	finish   bool     // a killed run has to be finished
}

// Empty reports whether the target serves the tree already.
func (p Plan) Empty() bool { return p.From == p.To && !p.finish }

func makePlan(s State, tree *Tree, damaged []string, reuse string, keep int) Plan {
	p := Plan{From: s.Current, finish: s.Unfinished}
	current, _ := s.find(s.Current)
	if current.content() == tree.Sum() && (len(damaged) == 0 || s.Unfinished) { // a cut-off switch is turned back, not made into a release
		p.To, p.Same, p.Reuse = s.Current, tree.Files, true
		return p
	}
	there := current.byPath()
	for _, name := range damaged {
		delete(there, name)
	}
	wanted := map[string]bool{}
	for _, f := range tree.Files {
		wanted[f.Path] = true
		if there[f.Path] == f || reuse != "" {
			p.Same = append(p.Same, f)
		} else {
			p.Send = append(p.Send, f)
		}
	}
	for _, f := range current.Files {
		if !wanted[f.Path] {
			p.Delete = append(p.Delete, f.Path)
		}
	}
	slices.Sort(p.Delete)
	p.To, p.Reuse = reuse, reuse != ""
	if !p.Reuse {
		p.To = fmt.Sprintf("%04d-%s", s.Last+1, tree.Sum())
	}
	after := State{Current: p.To, Kept: s.Kept}
	if !p.Reuse {
		after.Kept = append(slices.Clone(s.Kept), Release{ID: p.To})
	}
	for _, r := range after.expired(keep) {
		p.Prune = append(p.Prune, r.ID)
	}
	return p
}

// release is what the plan will have brought about.
func (j Job) release() Release { return Release{ID: j.Plan.To, Files: j.Tree.Files} }

// total counts the bytes to send.
func (p Plan) total() (n int64) {
	for _, f := range p.Send {
		n += f.Bytes
	}
	return n
}

// Print lists the plan: + sent, - deleted, ~ release removed, then one line of sums.
func (p Plan) Print(w io.Writer, lang string) error {
	var b strings.Builder
	for _, f := range p.Send {
		fmt.Fprintf(&b, "+ %s %d\n", f.Path, f.Bytes)
	}
	for _, name := range p.Delete {
		fmt.Fprintf(&b, "- %s\n", name)
	}
	for _, id := range p.Prune {
		fmt.Fprintf(&b, "~ %s\n", id)
	}
	b.WriteString(p.Summary().In(lang) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary says the plan in one line.
func (p Plan) Summary() diag.Text {
	switch {
	case p.Empty():
		return diag.T("%s 已是最新，没有改动", "%s is up to date; nothing to do", p.To)
	case p.Reuse:
		return diag.T("切换到已保留的 %s", "switch to %s, which is kept there", p.To)
	}
	return diag.T("%s：发送 %d 个文件（%d 字节），%d 个不变，不再提供 %d 个", "%s: send %d files (%d bytes), %d unchanged, %d no longer served",
		p.To, len(p.Send), p.total(), len(p.Same), len(p.Delete))
}
