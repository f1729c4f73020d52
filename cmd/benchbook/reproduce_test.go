package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// surroundings are what must not show in a published site: where the project
// lies, whose machine it is, its clock, language, and number of cores.
var surroundings = []struct {
	name, folder string
	env          []string
}{
	{"plain", "site", []string{"TZ=UTC", "LANG=C.UTF-8", "GOMAXPROCS=2"}},
	{"one core", "one", []string{"TZ=UTC", "LANG=C.UTF-8", "GOMAXPROCS=1"}},
	{"east", "a folder/里面 有空格", []string{"TZ=Pacific/Kiritimati", "LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.GB18030", "GOMAXPROCS=2"}},
	{"west", "deep/er/and/deeper", []string{"TZ=Pacific/Pago_Pago", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=7", "GOGC=20"}},
}

func TestSameInputsSameBytes(t *testing.T) {
	for _, project := range []string{filepath.Join("testdata", "site"), filepath.Join("..", "..")} {
		var first map[string]string
		for i, s := range surroundings {
			tree := buildIn(t, project, filepath.Join(t.TempDir(), s.folder), append(s.env, "HOME="+t.TempDir(), "USER=somebody-"+s.name))
			if i == 0 {
				first = tree
			}
			if !maps.Equal(first, tree) {
				t.Errorf("%s, %s: other bytes than %s in %v", project, s.name, surroundings[0].name, differing(first, tree))
			}
		}
		if len(first) < 20 {
			t.Errorf("%s: only %d files", project, len(first))
		}
	}
}

// buildIn copies a project's sources to a folder, builds it with the program in
// its own process, and gives the published tree.
func buildIn(t *testing.T, project, dir string, env []string) map[string]string {
	t.Helper()
	copyProject(t, project, dir)
	cmd := exec.Command("benchbook", "build", "--quiet")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	tree, err := readTree(filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// copyProject copies what makes a project: settings, content and data.
func copyProject(t *testing.T, from, to string) {
	t.Helper()
	for _, part := range []string{"content", "data"} {
		if err := os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(from, part))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(from, "benchbook.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to, "benchbook.toml"), settings, 0o644); err != nil {
		t.Fatal(err)
	}
}

func differing(a, b map[string]string) (names []string) {
	for name := range a {
		if a[name] != b[name] {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
