package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// programs are the names and places of Chromium, Chrome and Edge, likeliest first.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge",
	`C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
	`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Microsoft\Edge\Application\msedge.exe`,
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"}

// patience is how long one run of the browser may take: a long report on a slow
// machine takes half a minute.
const patience = 4 * time.Minute

// Browser is an installed browser, run once a job without a window.
type Browser struct{ Program string }

// FindBrowser looks for an installed browser; the error is ErrNoBrowser.
func FindBrowser() (Browser, error) {
	for _, name := range programs {
		if p, err := exec.LookPath(name); err == nil {
			return Browser{p}, nil
		}
	}
	return Browser{}, ErrNoBrowser
}

// quiet keeps the browser from asking anything of the network or the desktop.
var quiet = []string{"--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
	"--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-quic", "--mute-audio",
	"--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "--force-color-profile=srgb"}

// run opens a file with some switches and waits for the browser to end.
func (b Browser) run(ctx context.Context, file string, switches ...string) (stdout []byte, err error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	profile, err := os.MkdirTemp("", "benchbook-browser-")
	if err != nil {
		return nil, err
	}
	defer removeAll(profile)
	args := append(append([]string{}, quiet...), "--user-data-dir="+profile)
	if os.Geteuid() == 0 { // as root, which containers are, it refuses to run otherwise
		args = append(args, "--no-sandbox")
	}
	cmd := exec.CommandContext(ctx, b.Program, append(append(args, switches...), fileURL(file))...)
	cmd.WaitDelay = 5 * time.Second // its helpers may hold the pipes a little longer
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err = cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("%s did not finish within %v", b.Program, patience)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return nil, fmt.Errorf("%s: %w: %s", b.Program, err, lastLine(complaints.String()))
	}
	return out.Bytes(), nil
}

// make runs the browser for one file that it writes, aside from the file it reads.
func (b Browser) make(ctx context.Context, file, ending, option string, switches ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "benchbook-made-")
	if err != nil {
		return nil, err
	}
	defer removeAll(dir)
	into := filepath.Join(dir, "made"+ending)
	if _, err := b.run(ctx, file, append(switches, option+"="+into)...); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(into)
	if err != nil || len(data) == 0 {
		return nil, fmt.Errorf("%s wrote nothing for %s: %w", b.Program, filepath.Base(file), errors.Join(err))
	}
	return data, nil
}

// Print gives a file on disk as PDF.
func (b Browser) Print(ctx context.Context, file string) ([]byte, error) {
	return b.make(ctx, file, ".pdf", "--print-to-pdf", "--no-pdf-header-footer", "--generate-pdf-document-outline")
}

// Picture gives a file on disk as PNG of width × height CSS pixels, scale times finer.
func (b Browser) Picture(ctx context.Context, file string, width, height int, scale float64) ([]byte, error) {
	return b.make(ctx, file, ".png", "--screenshot", fmt.Sprintf("--window-size=%d,%d", width, height), fmt.Sprintf("--force-device-scale-factor=%g", scale))
}

// Source gives a file's HTML after its scripts have run, laid out width pixels wide.
func (b Browser) Source(ctx context.Context, file string, width int) ([]byte, error) {
	return b.run(ctx, file, fmt.Sprintf("--window-size=%d,1000", width), "--dump-dom")
}

func fileURL(file string) string {
	p := filepath.ToSlash(file)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/…
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// removeAll tries for a while: the browser's helpers write for a moment after it has gone.
func removeAll(dir string) {
	for range 20 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}
