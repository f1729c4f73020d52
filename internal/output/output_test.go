package output

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func publish(t *testing.T, dir string, files map[string]string) error {
	t.Helper()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := f.Write(name, []byte(data), "test"); err != nil {
			t.Fatal(err)
		}
	}
	_, err = f.Commit("benchbook", "test")
	return err
}

func TestCommitReplacesOnlyWhatTheManifestLists(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if err := publish(t, dir, map[string]string{"index.html": "one", "old/page.html": "gone soon"}); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "old", ".well-known"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"CNAME": "example.test", "old/.well-known/x": "kept"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := publish(t, dir, map[string]string{"index.html": "two"}); err != nil {
		t.Fatal(err)
	}
	got := tree(t, dir)
	delete(got, ManifestName)
	want := map[string]string{"index.html": "two", "CNAME": "example.test", "old/.well-known/x": "kept"}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s = %q, want %q", name, got[name], want[name])
		}
	}
	left, _ := os.ReadDir(filepath.Dir(dir))
	if len(left) != 1 {
		t.Errorf("left beside the folder: %v", left)
	}
}

func TestCommitRefusesToOverwriteAForeignFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("by hand"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := publish(t, dir, map[string]string{"index.html": "ours"}); err == nil || !strings.Contains(err.Error(), "--out") {
		t.Fatalf("error = %v, want one that names the way out", err)
	}
	if got := tree(t, dir); got["index.html"] != "by hand" || len(got) != 1 {
		t.Errorf("the folder changed: %v", got)
	}
}

func TestOpenFolderMendsASwapThatWasKilledHalfWay(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	if err := publish(t, dir, map[string]string{"index.html": "old"}); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, filepath.Join(parent, ".public.old")); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Abort(); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir); got["index.html"] != "old" {
		t.Errorf("old site not back: %v", got)
	}
}

func TestSecondBuildIsRefusedWhileOneRuns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("error = %v, want ErrBusy", err)
	}
	if err := f.Abort(); err != nil {
		t.Fatal(err)
	}
	if f, err = OpenFolder(dir); err != nil {
		t.Fatalf("after the first ended: %v", err)
	}
	_ = f.Abort()
}

func TestConflictsAreFound(t *testing.T) {
	for _, c := range []struct {
		first, second string
		conflict      bool
	}{
		{"a.html", "a.html", true}, {"A.html", "a.html", true}, {"a", "a/b", true}, {"a/b", "a", true},
		{"Sop/a.html", "sop/b.html", true}, {"a/b", "a/c", false}, {"manifest.json", "x", true},
	} {
		m := NewMemory()
		err1 := m.Write(c.first, nil, "one")
		err2 := m.Write(c.second, nil, "two")
		if got := err1 != nil || err2 != nil; got != c.conflict {
			t.Errorf("%s, %s: errors %v, %v; conflict wanted: %v", c.first, c.second, err1, err2, c.conflict)
		}
	}
}

func TestPathsThatNoSystemCanHoldAreRefused(t *testing.T) {
	bad := []string{"", "/etc/passwd", "../x", "a/../../b", "a//b", "./a", "a\\b", "c:x", "con", "sop/NUL.html", "x./y", "x ", "a\x00b", strings.Repeat("长", 86)}
	for _, name := range bad {
		if CheckPath(name) == nil {
			t.Errorf("%q was accepted", name)
		}
	}
	for _, name := range []string{"index.html", "sop/回复 话术.html", "console.html", ".nojekyll"} {
		if err := CheckPath(name); err != nil {
			t.Error(err)
		}
	}
}

func TestManifestIsSorted(t *testing.T) {
	m := NewMemory()
	for _, name := range []string{"b", "a", "c/d"} {
		if err := m.Write(name, []byte(name), "src"); err != nil {
			t.Fatal(err)
		}
	}
	files := m.Manifest("benchbook", "v").Files
	m.Manifest("benchbook", "v").Encode()
	first := string(Manifest{"benchbook", "v", slices.Clone(files)}.Encode())
	slices.Reverse(files)
	if second := string(Manifest{"benchbook", "v", files}.Encode()); first != second {
		t.Errorf("the order of writing shows:\n%s\n%s", first, second)
	}
}
