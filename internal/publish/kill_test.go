//go:build unix

package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"testing"
	"time"
)

// errand is what a child process publishes: see TestMain.
type errand struct {
	Config Config
	Dir    string
}

const errandVar = "BENCHBOOK_TEST_PUBLISH"

// TestMain lets a test start a publisher that it may kill.
func TestMain(m *testing.M) {
	beat, patience, patienceWire = 200*time.Millisecond, time.Second, 3*time.Second
	_ = os.Setenv("AWS_ACCESS_KEY_ID", "tester")
	_ = os.Setenv("AWS_SECRET_ACCESS_KEY", "not-a-real-secret")
	text := os.Getenv(errandVar)
	if text == "" {
		os.Exit(m.Run())
	}
	var e errand
	err := json.Unmarshal([]byte(text), &e)
	if err == nil {
		err = e.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, Explain(err))
		os.Exit(1)
	}
}

func (e errand) run() error {
	tree, err := OpenTree(e.Dir)
	if err != nil {
		return err
	}
	target, err := Open(context.Background(), e.Config)
	if err != nil {
		return err
	}
	_, err = Run(context.Background(), target, tree, Options{Keep: e.Config.Keep})
	return err
}

// killAfter publishes in another process, which dies after a while; it reports
// whether it was still at work.
func (e errand) killAfter(t *testing.T, d time.Duration) bool {
	t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), errandVar+"="+string(text))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(d, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err = cmd.Wait()
	return err != nil && cmd.ProcessState.ExitCode() == -1
}

// kills is how often a publisher dies at each target.
const kills = 30

// TestKilled kills publishers at random moments while the content goes to and
// fro. What is served is always one whole site; at an object store, which cannot
// change in one step, every page is whole and has its assets, and the index is
// the new one only when all else is. The next publication finishes the work.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills 150 publishers")
	}
	eachHost(t, func(t *testing.T, h host) {
		var dirs [2]string
		var sites [2]map[string]string
		for i := range 2 {
			dirs[i], sites[i] = built(t, h.fit(version(i, 30)))
		}
		h.config.Keep = 2
		must(t, h.config, dirs[0])
		usual := time.Minute // of three: the machine may be busy
		for i := range 3 {
			start := time.Now()
			if (errand{h.config, dirs[(i+1)%2]}).killAfter(t, time.Minute) {
				t.Fatal("a publisher takes more than a minute")
			}
			usual = min(usual, time.Since(start))
		}
		rng := rand.New(rand.NewPCG(2026, 11))
		died, changed, now, window := 0, 0, 1, usual*5/4
		for i := range kills {
			if (errand{h.config, dirs[i%2]}).killAfter(t, time.Duration(rng.Int64N(int64(window)))) {
				died++
				window = window * 6 / 5
			} else {
				window = window * 5 / 6 // the moments follow the machine's speed
			}
			got := h.served(t)
			switch {
			case maps.Equal(got, sites[1-now]):
				now = 1 - now
				changed++
			case !maps.Equal(got, sites[now]) && h.config.Kind == "s3":
				halfway(t, i, got, sites)
			case !maps.Equal(got, sites[now]):
				t.Fatalf("round %d: what is served is neither the old nor the new site", i)
			}
		}
		t.Logf("a publication takes %v; %d of %d died, the site changed %d times", usual, died, kills, changed)
		if died < kills/4 {
			t.Errorf("only %d of %d publishers were still at work when they were killed", died, kills)
		}
		for i := range 2 {
			must(t, h.config, dirs[i])
			wantServed(t, h, sites[i])
		}
		if _, err := back(t, h.config, ""); err != nil {
			t.Error(err)
		}
		wantServed(t, h, sites[0])
	})
}

var pageOf = regexp.MustCompile(`^(?:index of|page \d+ of) ([01])`)

// halfway holds what an object store may show between two sites.
func halfway(t *testing.T, round int, got map[string]string, sites [2]map[string]string) {
	t.Helper()
	for name, text := range got {
		if text != sites[0][name] && text != sites[1][name] {
			t.Fatalf("round %d: %s is of neither site", round, name)
		}
		if m := pageOf.FindStringSubmatch(text); m != nil && got["assets/style.0000000"+m[1]+".css"] == "" {
			t.Fatalf("round %d: %s is served without its assets", round, name)
		}
	}
	for n, site := range sites {
		if got["index.html"] != site["index.html"] || maps.Equal(got, site) {
			continue
		}
		for name := range site { // whatever comes in or goes out, nothing of the site that the index belongs to is missing
			if _, there := got[name]; !there {
				t.Fatalf("round %d: the index is of site %d, and %s is missing", round, n, name)
			}
		}
	}
}
