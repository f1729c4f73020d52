//go:build unix

package publish

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/output"
	"benchbook/internal/site"
)

var (
	nobodysSite = &site.Site{Dir: "/"}
	siteTarget  = site.Target{}
)

// awkward are names that every target has to carry.
var awkward = []string{"sop/回复 话术.html", "a+b & c='%41#x.html", strings.Repeat("长", 83) + "a.html", "_under/.hidden", "深/层/目录/页.html"}

// version is a site's content; pages of a number refer to a hashed asset of that number.
func version(n, pages int) map[string]string {
	files := map[string]string{"index.html": fmt.Sprintf("index of %d", n), fmt.Sprintf("assets/style.%08x.css", n): fmt.Sprintf("/* %d */", n),
		"same.html": "the same in each", fmt.Sprintf("only-%d.html", n): "in this one"}
	for _, name := range awkward {
		files[name] = fmt.Sprintf("%s in %d", name, n)
	}
	for i := range pages {
		files[fmt.Sprintf("pages/%03d.html", i)] = fmt.Sprintf("page %d of %d %s", i, n, strings.Repeat("x", 200*i%5000))
	}
	return files
}

// fit leaves out names that the test's server, not ours, has no room for.
func (h host) fit(files map[string]string) map[string]string {
	for name := range files {
		if h.longest > 0 && len(path.Base(name)) > h.longest {
			delete(files, name)
		}
	}
	return files
}

// built writes a site to a new folder as a build does and gives its files with the manifest.
func built(t *testing.T, files map[string]string) (dir string, all map[string]string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "public")
	f, err := output.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := f.Write(name, []byte(data), "source"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Commit("benchbook", "test"); err != nil {
		t.Fatal(err)
	}
	return dir, treeOf(t, dir)
}

// publishTo runs one publication from beginning to end.
func publishTo(t *testing.T, c Config, dir string, o Options) (Plan, error) {
	t.Helper()
	tree, err := OpenTree(dir)
	if err != nil {
		return Plan{}, err
	}
	defer tree.Close()
	target, err := Open(t.Context(), c)
	if err != nil {
		return Plan{}, err
	}
	defer target.Close()
	o.Keep = c.Keep
	return Run(t.Context(), target, tree, o)
}

func must(t *testing.T, c Config, dir string) Plan {
	t.Helper()
	plan, err := publishTo(t, c, dir, Options{})
	if err != nil {
		t.Fatal(Explain(err))
	}
	return plan
}

func back(t *testing.T, c Config, id string) (string, error) {
	t.Helper()
	target, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	return Rollback(t.Context(), target, id)
}

func wantServed(t *testing.T, h host, want map[string]string) {
	t.Helper()
	if got := h.served(t); !maps.Equal(got, want) {
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s is %.40q, want %.40q", name, got[name], want[name])
			}
		}
		for name := range got {
			if _, ok := want[name]; !ok {
				t.Errorf("%s is served and should not be", name)
			}
		}
	}
}

// TestConformance is the life of a site at each kind of target.
func TestConformance(t *testing.T) {
	eachHost(t, func(t *testing.T, h host) {
		one, files1 := built(t, h.fit(version(1, 12)))
		two, files2 := built(t, h.fit(version(2, 9)))
		three, files3 := built(t, h.fit(version(3, 12)))

		before := treeOf(t, h.disk)
		plan, err := publishTo(t, h.config, one, Options{DryRun: true})
		if err != nil || len(plan.Send) != len(files1) || !maps.Equal(before, treeOf(t, h.disk)) {
			t.Fatalf("a dry run on an empty target: %v, %d files; the target has %d files", err, len(plan.Send), len(treeOf(t, h.disk)))
		}
		first := must(t, h.config, one)
		wantServed(t, h, files1)

		before = treeOf(t, h.disk)
		if again := must(t, h.config, one); !again.Empty() || !maps.Equal(before, treeOf(t, h.disk)) {
			t.Errorf("the second push changed something: %+v", again.Summary().In("en"))
		}
		h.foreign(t)
		second := must(t, h.config, two)
		wantServed(t, h, files2)
		if !h.kept(t) {
			t.Error("a file that no manifest lists was removed")
		}
		if len(second.Same) == 0 || len(second.Delete) == 0 {
			t.Errorf("the plan knows nothing of what is there: %s", second.Summary().In("en"))
		}

		wantPlan(t, h, three)
		if id, err := back(t, h.config, ""); err != nil || id != first.To {
			t.Fatalf("rollback gives %s, %v; want %s", id, err, first.To)
		}
		wantServed(t, h, files1)
		var unknown Unknown
		if _, err := back(t, h.config, "0099-000000000000"); !errors.As(err, &unknown) || len(unknown.Kept) != 2 {
			t.Errorf("an unknown release: %v", err)
		}
		if again := must(t, h.config, two); !again.Reuse || again.To != second.To {
			t.Errorf("what is kept was sent again: %s", again.Summary().In("en"))
		}
		wantServed(t, h, files2)
		h.config.Keep = 2
		must(t, h.config, three)
		wantServed(t, h, files3)
		if _, err := back(t, h.config, first.To); h.config.Kind != "git" && !errors.As(err, &unknown) {
			t.Errorf("the first release is still kept: %v", err)
		}
		if _, err := back(t, h.config, second.To); err != nil {
			t.Error(err)
		}
		wantServed(t, h, files2)
		if !h.kept(t) {
			t.Error("a file that no manifest lists was removed")
		}
	})
}

// wantPlan holds that a dry run prints the way from the second site to the third and writes nothing.
func wantPlan(t *testing.T, h host, three string) {
	t.Helper()
	before := treeOf(t, h.disk)
	plan, err := publishTo(t, h.config, three, Options{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	if err := plan.Print(&printed, "en"); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(before, treeOf(t, h.disk)) || !strings.Contains(printed.String(), "+ only-3.html") || !strings.Contains(printed.String(), "- only-2.html") {
		t.Errorf("dry run: changed %v, plan\n%s", !maps.Equal(before, treeOf(t, h.disk)), printed.String())
	}
}
