//go:build unix

package publish

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/output"
)

// listing writes a folder whose manifest lists the given paths, all with the same bytes.
func listing(t *testing.T, paths ...string) string {
	t.Helper()
	dir := t.TempDir()
	var m output.Manifest
	for _, p := range paths {
		m.Files = append(m.Files, output.Entry{Path: p, SHA256: sum([]byte("x")), Bytes: 1})
	}
	src, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, output.ManifestName), src)
	return dir
}

// TestHostilePaths holds that no target is ever given a path that some system
// cannot hold, or that leads elsewhere.
func TestHostilePaths(t *testing.T) {
	for _, paths := range [][]string{
		{"../x"}, {"a/../../x"}, {"/etc/x"}, {`a\b`}, {"c:x"}, {"con.html"}, {"a/NUL"}, {"x."}, {"x "}, {"a\x00b"}, {"a\nb"}, {""},
		{"A.html", "a.html"}, {"a", "a/b"}, {"Sop/a", "sop/b"}, {strings.Repeat("长", 86)}, {".benchbook/current"}, {"x", "x"},
	} {
		if tree, err := OpenTree(listing(t, paths...)); err == nil {
			_ = tree.Close()
			t.Errorf("%q was accepted", paths)
		}
	}
}

// TestLinksOutOfTheSite holds that a file of the site that has become a link is
// not published, even where the bytes behind it are the listed ones.
func TestLinksOutOfTheSite(t *testing.T) {
	eachHost(t, func(t *testing.T, h host) {
		one, files := built(t, h.fit(version(1, 2)))
		must(t, h.config, one)
		secret := filepath.Join(t.TempDir(), "secret")
		for _, inside := range []bool{false, true} {
			two, _ := built(t, h.fit(version(2, 2)))
			name, text := "only-2.html", "in this one"
			if inside {
				name = "pages"
			}
			if err := os.RemoveAll(filepath.Join(two, name)); err != nil {
				t.Fatal(err)
			}
			if inside {
				write(t, filepath.Join(secret+"s", "001.html"), []byte(version(2, 2)["pages/001.html"]))
				write(t, filepath.Join(secret+"s", "000.html"), []byte(version(2, 2)["pages/000.html"]))
			} else {
				write(t, secret, []byte(text))
			}
			to := secret
			if inside {
				to += "s"
			}
			if err := os.Symlink(to, filepath.Join(two, name)); err != nil {
				t.Fatal(err)
			}
			if _, err := publishTo(t, h.config, two, Options{}); err == nil {
				t.Errorf("a link at %s was published", name)
			}
			wantServed(t, h, files)
		}
	})
}

// TestPruneFollowsNoLinks plants, in an old release, a link to a folder with files
// of the same names: they are not ours and stay.
func TestPruneFollowsNoLinks(t *testing.T) {
	for kind, host := range map[string]func(*testing.T) host{"folder": folderHost, "ssh": sshHost} {
		t.Run(kind, func(t *testing.T) {
			h := host(t)
			h.config.Kind, h.config.Keep = kind, 1
			one, _ := built(t, version(1, 2))
			two, files := built(t, version(2, 2))
			three, _ := built(t, version(3, 2))
			first := must(t, h.config, one)
			outside := t.TempDir()
			write(t, filepath.Join(outside, "000.html"), []byte("precious"))
			pages := filepath.Join(h.disk, releasesDir, first.To, "pages")
			if err := os.RemoveAll(pages); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(outside, pages); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(h.disk, releasesDir, first.To, "by-hand.txt"), []byte("by hand"))
			must(t, h.config, two)
			wantServed(t, h, files)
			must(t, h.config, three)
			if data, err := os.ReadFile(filepath.Join(outside, "000.html")); err != nil || string(data) != "precious" {
				t.Errorf("a file behind a link was removed: %v", err)
			}
			if data, err := os.ReadFile(filepath.Join(h.disk, releasesDir, gone+first.To, "by-hand.txt")); err != nil || string(data) != "by hand" {
				t.Errorf("a file that no manifest lists was removed: %v", err)
			}
		})
	}
}

// TestForeignInTheWay holds that what stands at the target already is not overwritten.
func TestForeignInTheWay(t *testing.T) {
	dir, _ := built(t, version(1, 0))
	h := folderHost(t)
	h.config.Kind = "folder"
	write(t, filepath.Join(h.disk, served, "index.html"), []byte("theirs"))
	_, err := publishTo(t, h.config, dir, Options{})
	wantFailure(t, err, "no link that benchbook made")
	z := zipHost(t)
	z.config.Kind = "zip"
	write(t, z.config.Path, []byte("theirs"))
	_, err = publishTo(t, z.config, dir, Options{})
	wantFailure(t, err, "was not written by benchbook")
	if treeOf(t, h.disk)["current/index.html"] != "theirs" || treeOf(t, z.disk)["报告.zip"] != "theirs" {
		t.Error("a file of somebody else was overwritten")
	}
}

// TestDamagedRelease mends a file that somebody changed at the target, and does
// not go back to a release that is no longer whole.
func TestDamagedRelease(t *testing.T) {
	h := folderHost(t)
	h.config.Kind, h.config.Keep = "folder", 3
	one, files1 := built(t, version(1, 2))
	two, files2 := built(t, version(2, 2))
	first := must(t, h.config, one)
	if err := os.Remove(filepath.Join(h.disk, served, "index.html")); err != nil {
		t.Fatal(err)
	}
	mended := must(t, h.config, one)
	wantServed(t, h, files1)
	if len(mended.Send) != 1 || mended.To == first.To {
		t.Errorf("mending sent %d files", len(mended.Send))
	}
	must(t, h.config, two)
	write(t, filepath.Join(h.disk, releasesDir, first.To, "same.html"), []byte("changed by hand  "))
	_, err := back(t, h.config, first.To)
	wantFailure(t, err, "no longer whole")
	if h.served(t)["index.html"] != files2["index.html"] {
		t.Error("it was switched to all the same")
	}
}
