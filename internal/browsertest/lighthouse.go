package browsertest

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Lighthouse is what Lighthouse says of a page under its standard mobile
// preset. Times are milliseconds, as simulated on the machine of the test: they
// are for people to read, not for a test to hold. Weights and counts are facts.
type Lighthouse struct {
	Address                  string
	Scores                   map[string]int // performance, accessibility, best-practices, seo: 0 to 100
	Failed                   []string       // audits other than of speed that are not passed
	FirstPaint, LargestPaint float64
	Blocking, Shift          float64
	Bytes                    float64 // transferred
	Requests                 int
	BenchmarkIndex           float64 // speed of the machine; below 1,000 times mean little
}

// RunLighthouse opens addresses of a loopback server in a browser of its own.
func RunLighthouse(t testing.TB, addresses ...string) []Lighthouse {
	t.Helper()
	npm := Checkers(t)
	port := startForLighthouse(t)
	out := run(t, "node", append([]string{filepath.Join(npm, "lighthouse.mjs"), fmt.Sprint(port)}, addresses...)...)
	var results []Lighthouse
	for line := range strings.Lines(string(out)) {
		var l Lighthouse
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("lighthouse: %v: %.500s", err, line)
		}
		results = append(results, l)
	}
	return results
}

// startForLighthouse starts a browser that listens for commands; it ends with the test.
func startForLighthouse(t testing.TB) (port int) {
	t.Helper()
	program := find()
	if program == "" {
		Missing(t, "no Chromium is installed: Lighthouse cannot run")
	}
	profile, err := os.MkdirTemp("", "benchbook-lighthouse-")
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port = free.Addr().(*net.TCPAddr).Port
	_ = free.Close() // only its number was wanted
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir="+profile, fmt.Sprintf("--remote-debugging-port=%d", port), "about:blank")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		removeProfile(profile)
	})
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = c.Close()
			return port
		}
	}
	t.Fatal("the browser does not listen")
	return 0
}
