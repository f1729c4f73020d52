package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"benchbook/internal/cache"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/page"
	"benchbook/internal/schema"
)

// builtSite is what a build left for the next one: from what it was made, what it
// wrote and what it had to say.
type builtSite struct {
	Program  string
	Inputs   sum
	Result   Result
	Search   []page.SearchState
	GramSums []sum // of the stored grams, by edition
	Findings []diag.Diagnostic
	Files    []output.Kept
	Pages    []madePage
}

// madePage is a page that can be taken over while its key stays the same.
type madePage struct {
	Path     string
	Key      sum
	Files    []string          // it and its copies
	Findings []diag.Diagnostic // in its text, that only show when it is rendered
}

// keeper is a sink that can take files over from the tree that it replaces.
type keeper interface {
	Stands(output.Kept) bool
	Reuse(output.Kept) error
	Read(output.Kept) ([]byte, bool)
	Keep() ([]output.Kept, error)
}

// reuse is what this build takes from the one before and leaves to the next.
type reuse struct {
	keeper                        // nil = nothing can be kept
	name   string                 // of the state in the cache
	before builtSite              // zero = there is none
	pages  map[string]*madePage   // of the build before, by path
	files  map[string]output.Kept // likewise, those that stand as they were written
	early  map[string]bool        // what was found before pages were rendered
	keys   []sum                  // of this build's pages, zero = always rendered
	now    []madePage             // by page
}

// stateOf names the state of an output folder.
func stateOf(sink output.Sink) (keeper, string) {
	f, ok := sink.(*output.Folder)
	if !ok {
		return nil, ""
	}
	s := sha256.Sum256([]byte(f.Target()))
	return f, "made-" + hex.EncodeToString(s[:8])
}

// openReuse reads what the build before left.
func (b *run) openReuse(sink output.Sink) error {
	if b.opt.Cache == nil || cache.Program() == "" {
		return nil
	}
	if b.reuse.keeper, b.reuse.name = stateOf(sink); b.reuse.keeper == nil {
		return nil
	}
	src, ok := b.opt.Cache.Load(b.reuse.name)
	if !ok || cache.Decode(string(src), &b.reuse.before) != nil || b.reuse.before.Program != cache.Program() {
		b.reuse.before = builtSite{}
	}
	return b.hashSources()
}

// unchanged reports whether the site stands as this build would make it.
func (b *run) unchanged() bool {
	if b.reuse.keeper == nil {
		return false
	}
	m := &b.reuse.before
	if m.Program == "" || m.Inputs != b.inputs(true) {
		return false
	}
	for _, k := range m.Files {
		if !b.reuse.Stands(k) {
			return false
		}
	}
	b.say(m.Findings)
	return true
}

// say repeats what an earlier build had to say, but for what was said already.
func (b *run) say(findings []diag.Diagnostic) {
	said := b.found()
	for _, d := range findings {
		if !said[finding(d)] {
			b.list.Add(d)
		}
	}
}

// found are all findings so far.
func (b *run) found() map[string]bool {
	found := map[string]bool{}
	for _, d := range b.list.Sorted() {
		found[finding(d)] = true
	}
	return found
}

// keep stores what this build made for the next one; it is called when the sink
// has committed.
func (b *run) keep(c *page.Composition, r Result, findings []diag.Diagnostic) error {
	if b.reuse.keeper == nil || b.changed.Load() || b.tampered.Load() || b.outside() {
		return nil
	}
	if slices.ContainsFunc(b.datasets, func(d *schema.Dictionary) bool { return d.Warehouse != nil }) {
		return nil // no file tells whether the rows of a database are those of before
	}
	files, err := b.reuse.Keep()
	if err != nil {
		return err
	}
	m := builtSite{Program: cache.Program(), Inputs: b.inputs(true), Result: r, Findings: findings, Files: files}
	states, grams := c.SearchStates()
	m.Search = states
	for i, src := range grams {
		m.GramSums = append(m.GramSums, sha256.Sum256(src))
		if err := b.opt.Cache.Save(b.gramsName(i), src); err != nil {
			return err
		}
	}
	late := b.lateFindings(findings)
	for i, p := range b.reuse.now {
		if d := c.Pages[i].Document; d != nil {
			p.Findings = late[d.File]
		}
		if p.Key = b.reuse.keys[i]; p.Key != (sum{}) && p.Path != "" {
			m.Pages = append(m.Pages, p)
		}
	}
	return b.opt.Cache.Save(b.reuse.name, cache.Encode(nil, m))
}

// outside reports whether numbers came from a database: no hash of the project's
// files tells when those change, so such a site is made anew each time.
func (b *run) outside() bool {
	return slices.ContainsFunc(b.datasets, func(d *schema.Dictionary) bool { return d.Warehouse != nil })
}

// lateFindings are those that only showed when pages were rendered, by file.
func (b *run) lateFindings(findings []diag.Diagnostic) map[string][]diag.Diagnostic {
	late := map[string][]diag.Diagnostic{}
	for _, d := range findings {
		if !b.reuse.early[finding(d)] {
			late[d.Pos.File] = append(late[d.Pos.File], d)
		}
	}
	return late
}

// finding tells one finding from another.
func finding(d diag.Diagnostic) string {
	return d.Code + "\x00" + d.Pos.String() + "\x00" + d.Message.In("en")
}

// planReuse gives every page that may be taken over a key: the hash of all that
// its model is made of. It is the same in two builds only if the page is.
//
//	a text without references   settings, data, templates; the faces of all texts; itself
//	another text                those; every text with a reference
//	a list of texts             settings, data, templates; faces and beginnings of all texts
//	everything else             is made anew whenever anything changed
func (b *run) planReuse(c *page.Composition) {
	if b.reuse.keeper == nil {
		return
	}
	b.reuse.early = b.found()
	b.reuse.keys, b.reuse.now = make([]sum, len(c.Pages)), make([]madePage, len(c.Pages))
	b.reuse.pages, b.reuse.files = map[string]*madePage{}, map[string]output.Kept{}
	for i := range b.reuse.before.Pages {
		p := &b.reuse.before.Pages[i]
		b.reuse.pages[p.Path] = p
	}
	for _, k := range b.reuse.before.Files {
		if b.reuse.Stands(k) {
			b.reuse.files[k.Path] = k
		}
	}
	faces, cards, referring := b.digests()
	common := join(b.inputs(false), faces)
	source := make(map[string]sum, len(b.texts))
	for i := range b.texts {
		source[b.texts[i].File] = b.texts[i].Source
	}
	for i, p := range c.Pages {
		switch d := p.Document; {
		case b.kept.wants(p.Path):
		case d != nil && !d.Attached && (p.Layout == "sop" || p.Layout == "article") && len(d.Refs) == 0:
			b.reuse.keys[i] = join(common, source[d.File])
		case d != nil && !d.Attached && (p.Layout == "sop" || p.Layout == "article" || p.Layout == "chapter"):
			b.reuse.keys[i] = join(common, referring, source[d.File])
		case p.Layout == "sops" || p.Layout == "search" || p.Layout == "404":
			b.reuse.keys[i] = join(common, cards, referring)
		}
	}
}

// digests are hashes over all texts: of what other pages ask of them, of their
// beginnings, and of the whole of those that refer to numbers, figures or terms,
// or hold the terms.
func (b *run) digests() (faces, cards, referring sum) {
	face, card, refer := sha256.New(), sha256.New(), sha256.New()
	var buf []byte
	for i := range b.texts {
		t := &b.texts[i]
		d := t.Document
		if d.Front.Draft && !b.opt.Drafts {
			continue
		}
		add(card, d.Lead, sum{})
		if len(d.Refs) > 0 || d.File == "content/glossary.md" {
			add(refer, t.File, t.Source)
		}
		d.Lead, d.Typed, d.SlugPos, d.Refs = "", nil, diag.Pos{}, nil
		d.Finding, d.KeyPoints, d.KeyFigures, d.Benchmarks = nil, nil, nil, nil
		buf = cache.Encode(buf[:0], &d)
		face.Write(buf)
	}
	if g := b.textOf("content/glossary.md"); g != nil {
		add(face, g.File, g.Source) // every text may be linked to it
	}
	return sum(face.Sum(nil)), sum(card.Sum(nil)), sum(refer.Sum(nil))
}

func (b *run) textOf(file string) *storedText {
	for i := range b.texts {
		if b.texts[i].File == file {
			return &b.texts[i]
		}
	}
	return nil
}

// takeOver takes the page i from the site before, if it can.
func (b *run) takeOver(c *page.Composition, i int) (bool, error) {
	p := c.Pages[i]
	r := &b.reuse
	if r.keeper == nil || r.keys[i] == (sum{}) {
		return false, nil
	}
	old := r.pages[p.Path]
	if old == nil || old.Key != r.keys[i] {
		return false, nil
	}
	for _, name := range old.Files {
		if _, ok := r.files[name]; !ok {
			return false, nil
		}
	}
	for _, name := range old.Files {
		if err := b.putKept(name); err != nil {
			return false, err
		}
	}
	for _, f := range c.Keep(i) {
		if err := b.putFile(f); err != nil {
			return false, err
		}
	}
	r.now[i] = *old
	for _, d := range old.Findings {
		b.list.Add(d)
	}
	return true, nil
}

// errTampered is met when somebody writes to the output folder while it is replaced.
var errTampered = errors.New("the output folder was written to while the site was built; build again")

// putKept takes a file over and counts it.
func (b *run) putKept(name string) error {
	k, ok := b.reuse.files[name]
	if !ok {
		return fmt.Errorf("%w (%s)", errTampered, name)
	}
	b.fileCount.Add(1)
	b.byteCount.Add(int64(k.Bytes))
	return b.conflict(b.reuse.Reuse(k))
}

// putFile writes a file, or takes it over where it is kept.
func (b *run) putFile(f page.File) error {
	if f.Kept {
		return b.putKept(f.Path)
	}
	return b.write(f.Path, f.Bytes, f.Sources...)
}

// resumeSearch lets the search index start from the one before, if that is all there.
func (b *run) resumeSearch(c *page.Composition) {
	if b.reuse.keeper == nil {
		return
	}
	states := b.reuse.before.Search
	if len(b.reuse.files) < len(b.reuse.before.Files) {
		states = nil // what it would be changed from is not as it was written
	}
	grams := func(i int) []byte {
		src, _ := b.opt.Cache.Load(b.gramsName(i))
		sum := sha256.Sum256(src)
		if i >= len(b.reuse.before.GramSums) || sum != b.reuse.before.GramSums[i] {
			return nil
		}
		return src
	}
	c.Resume(states, grams, func(path string) []byte {
		data, ok := b.reuse.Read(b.reuse.files[path])
		if !ok {
			b.tampered.Store(true)
		}
		return data
	})
}

// gramsName is where the grams of an edition are kept.
func (b *run) gramsName(edition int) string { return fmt.Sprintf("%s-grams%d", b.reuse.name, edition) }
