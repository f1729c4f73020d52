// Package output is where finished bytes go: a sink in memory, or a folder
// that changes from the old site to the new one in a single step.
//
// In: paths relative to the site's root with forward slashes, bytes, and the
// names of what they were made from. Out: a tree of files and manifest.json,
// which lists each with size, hash and sources. It refuses two files with one
// path (also when they differ only in case, which would lose one of them on
// macOS and Windows), paths that leave the folder, names that Windows cannot
// hold, and to touch a file that no earlier manifest lists. It knows nothing of
// how the bytes were made.
package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

// ManifestName is the manifest's path in the tree.
const ManifestName = "manifest.json"

// Sink takes finished files; it is safe for use by many goroutines.
type Sink interface {
	// Write stores one file. Sources name what it was made from, for the manifest.
	Write(name string, data []byte, sources ...string) error
}

// Entry is one file of the manifest.
type Entry struct {
	Path   string   `json:"path"`
	SHA256 string   `json:"sha256"`
	Bytes  int      `json:"bytes"`
	Source []string `json:"source"`
}

// Manifest lists what a build wrote.
type Manifest struct {
	Generator string  `json:"generator"`
	Version   string  `json:"version"`
	Files     []Entry `json:"files"`
}

// Encode gives the manifest's bytes: entries by path, so equal trees give equal bytes.
func (m Manifest) Encode() []byte {
	slices.SortFunc(m.Files, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(m); err != nil { // strings and numbers always encode
		panic(err)
	}
	return b.Bytes()
}

// ledger keeps the manifest entries and finds conflicts.
type ledger struct {
	mu      sync.Mutex
	entries []Entry
	taken   map[string]Entry // by folded path, files and the folders above them
}

// add records a file, or says which other file it collides with.
func (l *ledger) add(name string, data []byte, sources []string) error {
	if err := CheckPath(name); err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	return l.enter(Entry{name, hex.EncodeToString(sum[:]), len(data), sources})
}

// enter records an entry.
func (l *ledger) enter(e Entry) error {
	if e.Source == nil {
		e.Source = []string{} // as the manifest writes it
	}
	name, sources := e.Path, e.Source
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.taken == nil {
		l.taken = map[string]Entry{strings.ToLower(ManifestName): {Path: ManifestName}}
	}
	if other, ok := l.taken[strings.ToLower(name)]; ok {
		return &Conflict{Path: name, Other: other.Path, Sources: slices.Concat(other.Source, sources)}
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		other, ok := l.taken[strings.ToLower(dir)]
		if ok && (other.Bytes >= 0 || other.Path != dir) {
			return &Conflict{Path: name, Other: other.Path, Sources: slices.Concat(other.Source, sources)}
		}
		if ok {
			break
		}
		l.taken[strings.ToLower(dir)] = Entry{Path: dir, Bytes: -1, Source: sources}
	}
	l.taken[strings.ToLower(name)] = e
	l.entries = append(l.entries, e)
	return nil
}

func (l *ledger) manifest(generator, version string) Manifest {
	l.mu.Lock()
	defer l.mu.Unlock()
	files := slices.Clone(l.entries)
	if files == nil {
		files = []Entry{}
	}
	return Manifest{generator, version, files}
}

// Conflict says that two files want one place.
type Conflict struct {
	Path, Other string
	Sources     []string // what both were made from
}

func (c *Conflict) Error() string {
	if c.Path == c.Other {
		return fmt.Sprintf("two files for %s (from %s)", c.Path, strings.Join(c.Sources, ", "))
	}
	return fmt.Sprintf("%s and %s cannot stand side by side on every system (from %s)", c.Other, c.Path, strings.Join(c.Sources, ", "))
}

// windowsReserved are names that no Windows folder can hold, with any extension.
var windowsReserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true,
	"com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true}

// CheckPath says why a path cannot be written on every system, or nil.
func CheckPath(name string) error {
	if name == "" || path.IsAbs(name) || path.Clean(name) != name || name == ".." || strings.HasPrefix(name, "../") {
		return fmt.Errorf("%q is not a path inside the site", name)
	}
	for part := range strings.SplitSeq(name, "/") {
		base, _, _ := strings.Cut(strings.ToLower(part), ".")
		switch {
		case len(part) > 255:
			return fmt.Errorf("%q is longer than 255 bytes", part)
		case strings.ContainsAny(part, "\\:*?\"<>|") || strings.ContainsFunc(part, func(r rune) bool { return r < 0x20 || r == 0x7f }):
			return fmt.Errorf("%q has a character that some systems do not allow in names", part)
		case windowsReserved[strings.TrimSpace(base)] || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
			return fmt.Errorf("%q is a name that Windows cannot hold", part)
		}
	}
	return nil
}

// Memory is a sink that keeps everything: for tests, the preview and --verify.
type Memory struct {
	ledger
	files sync.Map // path → []byte
}

// NewMemory makes an empty tree.
func NewMemory() *Memory { return &Memory{} }

// Write implements Sink.
func (m *Memory) Write(name string, data []byte, sources ...string) error {
	if err := m.add(name, data, sources); err != nil {
		return err
	}
	m.files.Store(name, data)
	return nil
}

// Manifest lists what was written so far.
func (m *Memory) Manifest(generator, version string) Manifest { return m.manifest(generator, version) }

// File gives one file's bytes.
func (m *Memory) File(name string) ([]byte, bool) {
	data, ok := m.files.Load(name)
	if !ok {
		return nil, false
	}
	return data.([]byte), true
}

// Differences names the paths whose bytes differ between two builds, or that only one of them has.
func Differences(a, b Manifest) []string {
	sums := map[string]string{}
	for _, e := range a.Files {
		sums[e.Path] = e.SHA256
	}
	var differ []string
	for _, e := range b.Files {
		if sums[e.Path] != e.SHA256 {
			differ = append(differ, e.Path)
		}
		delete(sums, e.Path)
	}
	for name := range sums {
		differ = append(differ, name)
	}
	slices.Sort(differ)
	return differ
}
