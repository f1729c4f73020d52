// Package browsertest opens finished pages in a real Chromium for tests and
// keeps a record of everything that a page did which a published page must not
// do.
//
// In: addresses (file:// or of a loopback server). Out: what scripts evaluate
// to, and a record of console messages, uncaught exceptions, breaches of the
// page's policy, dialogs, windows, and every request. It refuses to run without
// a browser: the test is skipped with a message, or fails where
// BENCHBOOK_NO_SKIP is set. No package of the program may import it, only tests.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// programs are the names under which Chromium is installed, most likely first.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// Browser is a running Chromium with a profile of its own.
type Browser struct{ ctx context.Context }

// Start starts a Chromium that asks nothing of the network on its own behalf;
// it ends with the test. Without a browser, or with -short, the test is skipped.
func Start(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("no browser with -short")
	}
	program := find()
	if program == "" {
		Missing(t, "no Chromium is installed: what readers see in a browser is not tested")
	}
	profile, err := os.MkdirTemp("", "benchbook-browser-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.UserDataDir(profile),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		stop()
		stopAllocator()
		removeProfile(profile)
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("the browser %s does not start: %v", program, err)
	}
	return &Browser{ctx}
}

// Missing ends a test that cannot run here: skipped on a developer's machine,
// failed where BENCHBOOK_NO_SKIP promises that nothing is left out.
func Missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("BENCHBOOK_NO_SKIP") != "" {
		t.Fatal(why + " (BENCHBOOK_NO_SKIP is set)")
	}
	t.Skip(why)
}

// Datasets is the folder of outside datasets that BENCHBOOK_DATASETS names;
// without it the test is skipped by the rule of Missing.
func Datasets(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BENCHBOOK_DATASETS")
	if dir == "" {
		Missing(t, "set BENCHBOOK_DATASETS to the folder of outside datasets to run this test")
	}
	return dir
}

func find() string {
	for _, name := range programs {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	return ""
}

// removeProfile tries for a while: the browser's helpers write for a moment after it has gone.
func removeProfile(dir string) {
	for range 20 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}
