package main

import (
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// kills is how often the build is killed; the moments come from a fixed seed.
const kills = 50

// TestKilledBuildLeavesAWholeSite kills the real program at random moments
// while it rebuilds a site whose content changes to and fro. Whenever it dies,
// public is the old site or the new one, byte for byte.
func TestKilledBuildLeavesAWholeSite(t *testing.T) {
	if testing.Short() {
		t.Skip("kills fifty builds")
	}
	k := newKiller(t)
	rng := rand.New(rand.NewPCG(2026, 11))
	died, swapped := 0, 0
	for i := range kills {
		k.write(i % 2)
		// A fifth of the kills falls beyond the usual time, where the swap and the clearing up are.
		if k.killAfter(time.Duration(rng.Int64N(int64(k.usual) * 5 / 4))) {
			died++
		}
		if k.whole(i) != k.now {
			swapped++
			k.now = 1 - k.now
		}
	}
	t.Logf("usual time %v; %d of %d died before their end, %d changed the site", k.usual, died, kills, swapped)
	if died < kills/4 {
		t.Errorf("only %d of %d builds were still running when they were killed", died, kills)
	}
	k.write(1)
	k.build()
	if got := k.whole(kills); got != 1 {
		t.Error("after all this a build does not bring the new site")
	}
	if left, err := filepath.Glob(filepath.Join(k.site, ".public*")); err != nil || len(left) > 0 {
		t.Errorf("left beside public: %v, %v", left, err)
	}
}

// killer holds a site with two versions of its content and the tree of each.
type killer struct {
	t             *testing.T
	program, site string
	trees         [2]map[string]string
	now           int // the version that public has
	usual         time.Duration
}

func newKiller(t *testing.T) *killer {
	t.Helper()
	k := &killer{t: t, program: filepath.Join(t.TempDir(), "benchbook.exe"), site: filepath.Join(t.TempDir(), "site")}
	compile := exec.Command("go", "build", "-o", k.program, ".")
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	copySite(t, k.site)
	for version := range k.trees {
		k.write(version)
		k.build()
		if version == 0 { // a file of somebody else is part of both trees
			if err := os.WriteFile(filepath.Join(k.site, "public", "CNAME"), []byte("example.test"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		k.trees[version] = k.tree()
		k.now = version
	}
	start := time.Now()
	k.build()
	k.usual = time.Since(start)
	return k
}

// write puts one version of the content in place; the two differ in texts and in which pages there are.
func (k *killer) write(version int) {
	k.t.Helper()
	name := [2]string{"old", "new"}[version]
	if err := os.RemoveAll(filepath.Join(k.site, "content", "notes")); err != nil {
		k.t.Fatal(err)
	}
	for _, file := range []string{"shared.md", name + ".md"} {
		to := filepath.Join(k.site, "content", "notes", file)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			k.t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte("# "+name+"\n\n第"+name+"版。\n"), 0o644); err != nil {
			k.t.Fatal(err)
		}
	}
}

func (k *killer) build() {
	k.t.Helper()
	if out, err := exec.Command(k.program, "build", "--quiet", "--site", k.site).CombinedOutput(); err != nil {
		k.t.Fatalf("%v\n%s", err, out)
	}
}

// killAfter starts a build, kills it, and reports whether it was still running.
func (k *killer) killAfter(wait time.Duration) bool {
	k.t.Helper()
	cmd := exec.Command(k.program, "build", "--quiet", "--site", k.site)
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	time.Sleep(wait)
	_ = cmd.Process.Kill() // it may have ended already
	_ = cmd.Wait()
	return !cmd.ProcessState.Success()
}

func (k *killer) tree() map[string]string {
	k.t.Helper()
	tree, err := readTree(filepath.Join(k.site, "public"))
	if err != nil {
		k.t.Fatal(err)
	}
	return tree
}

// whole says which version public is; it has to be all of one.
func (k *killer) whole(i int) int {
	k.t.Helper()
	tree := k.tree()
	for version, want := range k.trees {
		if maps.Equal(tree, want) {
			return version
		}
	}
	k.t.Fatalf("kill %d: public is neither the old site nor the new one: %d files, the old one has %d and the new one %d",
		i, len(tree), len(k.trees[0]), len(k.trees[1]))
	return -1
}
