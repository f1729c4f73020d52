package build

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// made is a project built into memory.
type made struct {
	files    map[string][]byte   // without the manifest
	sources  map[string][]string // what each file was made from
	findings []diag.Diagnostic
	list     *diag.List
	result   Result
	base     string // the path of the site's address, for the page that a host shows anywhere
}

// makeSite builds a project twice, each time from disk, and holds that the
// bytes are the same. Findings are for the caller to judge.
func makeSite(t *testing.T, dir string) made {
	t.Helper()
	m, first := makeOnce(t, dir)
	_, second := makeOnce(t, dir)
	if names := output.Differences(first, second); len(names) > 0 {
		t.Errorf("%s: built twice, these differ: %v", dir, names)
	}
	return m
}

func makeOnce(t *testing.T, dir string) (made, output.Manifest) {
	t.Helper()
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, sink := made{files: map[string][]byte{}, sources: map[string][]string{}, list: &diag.List{}}, output.NewMemory()
	s, err := site.Open(abs, m.list)
	if err != nil {
		t.Fatal(err)
	}
	if m.result, err = Run(t.Context(), s, Options{}, sink, m.list); err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	if u, err := url.Parse(s.Settings.BaseURL); err == nil {
		m.base = u.Path
	}
	manifest := sink.Manifest(Generator, Version)
	for _, e := range manifest.Files {
		data, ok := sink.File(e.Path)
		if !ok || len(data) != e.Bytes {
			t.Fatalf("%s: the manifest lists %s with %d bytes, the tree has %d", dir, e.Path, e.Bytes, len(data))
		}
		m.files[e.Path], m.sources[e.Path] = data, e.Source
	}
	m.findings = m.list.Sorted()
	return m, manifest
}

// wantNoErrors prints what keeps a project from being published.
func (m made) wantNoErrors(t *testing.T) {
	t.Helper()
	for _, d := range m.findings {
		if d.Severity == diag.Error {
			t.Errorf("%v: %s [%s]", d.Pos, d.Message.In("en"), d.Code)
		}
	}
}

// write puts the tree on disk, for a browser.
func (m made) write(t *testing.T, dir string) {
	t.Helper()
	for name, data := range m.files {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// newProject makes a project in a temporary folder from files by path.
func newProject(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if files["benchbook.toml"] == "" {
		put(t, filepath.Join(dir, "benchbook.toml"), []byte("title = \"试\"\nedition = \"2026\"\ndate = 2026-11-01\n"))
	}
	for name, text := range files {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), []byte(text))
	}
	return dir
}

// text is a file of the tree as text; a file that is not there fails the test.
func (m made) text(t *testing.T, name string) string {
	t.Helper()
	data, ok := m.files[name]
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	return string(bytes.ToValidUTF8(data, []byte("\ufffd")))
}
