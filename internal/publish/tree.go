package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/output"
)

// File is one file of a release.
type File struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// class orders sending: what pages need comes before them, the index last.
func (f File) class() int {
	switch {
	case f.Path == "index.html":
		return 3
	case f.Path == output.ManifestName || strings.HasSuffix(f.Path, ".xml"):
		return 2
	case strings.HasSuffix(f.Path, ".html"):
		return 1
	}
	return 0
}

// hashed is the name of an asset that has its content's hash in it.
var hashed = regexp.MustCompile(`\.[0-9a-f]{8,}\.[a-z0-9]+(\.gz|\.br)?$`)

// hashForm is a SHA-256 in hexadecimal.
var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Immutable reports whether a path's bytes can never change.
func Immutable(name string) bool { return hashed.MatchString(name) }

// Tree is a finished site in a folder: exactly the files that its manifest
// lists, and the manifest. Other files in the folder are not published.
type Tree struct {
	Files []File // by class, then path
	root  *os.Root
	made  map[string][]byte // files that are not in the folder: compressed twins
}

// ErrUnbuilt means that the folder holds no finished site.
var ErrUnbuilt = errors.New("there is no built site")

// OpenTree reads the manifest of the site in dir.
func OpenTree(dir string) (*Tree, error) {
	src, err := os.ReadFile(filepath.Join(dir, output.ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrUnbuilt
	}
	if err != nil {
		return nil, err
	}
	var m output.Manifest
	if err := json.Unmarshal(src, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", output.ManifestName, err)
	}
	files := []File{{output.ManifestName, sum(src), int64(len(src))}}
	for _, e := range m.Files {
		files = append(files, File{e.Path, e.SHA256, int64(e.Bytes)})
	}
	if err := checkPaths(files); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	t := &Tree{Files: files, root: root, made: map[string][]byte{}}
	t.sort()
	return t, nil
}

func (t *Tree) sort() {
	slices.SortFunc(t.Files, func(a, b File) int {
		if a.class() != b.class() {
			return a.class() - b.class()
		}
		return strings.Compare(a.Path, b.Path)
	})
}

// checkPaths refuses what some system cannot hold: one rule for every target,
// so that a site does not work on one host and fail on the next.
func checkPaths(files []File) error {
	folded := map[string]string{}
	claim := func(name, kind string) error {
		key := strings.ToLower(name)
		if other, taken := folded[key]; taken && other != kind+name {
			return fmt.Errorf("%s and %s cannot stand side by side on every system", other[1:], name)
		}
		folded[key] = kind + name
		return nil
	}
	for _, f := range files {
		if err := output.CheckPath(f.Path); err != nil {
			return err
		}
		if strings.HasPrefix(strings.ToLower(f.Path), ".benchbook/") || !hashForm.MatchString(f.SHA256) {
			return fmt.Errorf("%q cannot be published: its name or hash is not that of a file of the site", f.Path)
		}
		if _, taken := folded[strings.ToLower(f.Path)]; taken {
			return fmt.Errorf("%s and another file cannot stand side by side on every system", f.Path)
		}
		if err := claim(f.Path, "f"); err != nil {
			return err
		}
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			if err := claim(dir, "d"); err != nil {
				return err
			}
		}
	}
	return nil
}

// Sum identifies the tree's content: 12 hexadecimal digits.
func (t *Tree) Sum() string { return contentSum(t.Files) }

func contentSum(files []File) string {
	lines := make([]string, 0, len(files))
	for _, f := range files {
		lines = append(lines, f.Path+"\x00"+f.SHA256+"\n")
	}
	slices.Sort(lines)
	return sum([]byte(strings.Join(lines, "")))[:12]
}

// Read gives a file's bytes, and an error where they are not the manifest's: a
// build that runs meanwhile must not be mixed in, and a link must lead nowhere.
func (t *Tree) Read(f File) ([]byte, error) {
	data, ok := t.made[f.Path]
	if !ok {
		info, err := t.root.Lstat(filepath.FromSlash(f.Path))
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() {
			return nil, failure(nil, "%s 不是普通文件", "%s is no regular file", f.Path)
		}
		if data, err = t.root.ReadFile(filepath.FromSlash(f.Path)); err != nil {
			return nil, err
		}
	}
	if sum(data) != f.SHA256 {
		return nil, failure(nil, "%s 与清单不符：输出目录被改过，请重新 benchbook build", "%s is not what the manifest lists: the output folder was changed; run benchbook build again", f.Path)
	}
	return data, nil
}

// Verify reads every file, so that nothing is sent of a site that is not whole.
func (t *Tree) Verify() error {
	for _, f := range t.Files {
		if _, err := t.Read(f); err != nil {
			return err
		}
	}
	return nil
}

// Close releases the folder.
func (t *Tree) Close() error { return t.root.Close() }

// Release is a published tree. Its id is a running number and the content's sum,
// so that names sort by age and equal content is recognised.
type Release struct {
	ID      string `json:"id"`
	Files   []File `json:"files"`
	Archive string `json:"archive,omitempty"` // SHA-256 of the ZIP
}

var releaseForm = regexp.MustCompile(`^[0-9]{4,9}-[0-9a-f]{12}$`)

// decodeRelease reads a record and refuses one that could lead out of its place.
func decodeRelease(id string, src []byte) (Release, error) {
	var r Release
	if err := json.Unmarshal(src, &r); err != nil {
		return r, fmt.Errorf("the record of release %s is damaged: %w", id, err)
	}
	if contentSum(r.Files) != r.content() {
		return r, fmt.Errorf("the record of release %s does not list that release", id)
	}
	return r, checkPaths(r.Files)
}

func (r Release) encode() []byte {
	data, err := json.Marshal(r)
	if err != nil { // strings and numbers always encode
		panic(err)
	}
	return append(data, '\n')
}

// content is the part of the id that names the bytes.
func (r Release) content() string {
	_, content, _ := strings.Cut(r.ID, "-")
	return content
}

// byPath gives the files by their paths.
func (r Release) byPath() map[string]File {
	files := map[string]File{}
	for _, f := range r.Files {
		files[f.Path] = f
	}
	return files
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// sameBytes reads to the end and compares with what is listed.
func sameBytes(r io.Reader, f File) (bool, error) {
	h := sha256.New()
	n, err := io.Copy(h, r)
	return n == f.Bytes && hex.EncodeToString(h.Sum(nil)) == f.SHA256, err
}

func reader(data []byte) io.Reader { return bytes.NewReader(data) }

// Differences names the paths in which the tree is not what a manifest lists.
// Files that were made for publishing do not count, nor does the manifest itself.
func (t *Tree) Differences(m output.Manifest) []string {
	var here output.Manifest
	for _, f := range t.Files {
		if t.made[f.Path] == nil && f.Path != output.ManifestName {
			here.Files = append(here.Files, output.Entry{Path: f.Path, SHA256: f.SHA256})
		}
	}
	return output.Differences(here, m)
}
