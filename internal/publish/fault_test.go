//go:build unix

package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/crypto/ssh"
)

// wantFailure holds that an error is in words, in both languages, and says this.
func wantFailure(t *testing.T, err error, want string) {
	t.Helper()
	var f *Failure
	if err = Explain(err); !errors.As(err, &f) {
		t.Fatalf("error %v (%T) has no words of ours", err, err)
	}
	if !strings.Contains(f.Text("en"), want) || f.Text("zh") == f.Text("en") {
		t.Errorf("%q does not say %q in English, or %q is not Chinese", f.Text("en"), want, f.Text("zh"))
	}
}

// proxied gives a host's configuration by way of a server that passes bytes on
// until it falls silent after a number of them.
func proxied(t *testing.T, h host, bytes int64) Config {
	t.Helper()
	c := h.config
	address := net.JoinHostPort(c.Host, strconv.Itoa(c.Port))
	if u, err := url.Parse(c.Endpoint); err == nil && c.Endpoint != "" {
		address = u.Host
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	ended := t.Context()
	var left atomic.Int64
	left.Store(bytes)
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			go trickle(ended, near, address, &left)
		}
	}()
	port := l.Addr().(*net.TCPAddr).Port
	if c.Endpoint != "" {
		c.Endpoint = fmt.Sprintf("http://127.0.0.1:%d", port)
		return c
	}
	known, err := os.ReadFile(c.KnownHosts)
	if err != nil {
		t.Fatal(err)
	}
	c.KnownHosts = filepath.Join(t.TempDir(), "known")
	write(t, c.KnownHosts, []byte(strings.ReplaceAll(string(known), fmt.Sprint(c.Port), fmt.Sprint(port))))
	c.Port = port
	return c
}

func trickle(ctx context.Context, near net.Conn, address string, left *atomic.Int64) {
	defer near.Close()
	far, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer far.Close()
	go func() { _, _ = io.Copy(near, far) }()
	buf := make([]byte, 2048)
	for {
		n, err := near.Read(buf)
		if err != nil {
			return
		}
		if left.Add(-int64(n)) < 0 {
			<-ctx.Done() // holds the line open and says nothing
			return
		}
		if _, err := far.Write(buf[:n]); err != nil {
			return
		}
	}
}

// TestSilentLine holds that a line that falls silent ends the run with clear words,
// leaves the old site, and that the next run goes on.
func TestSilentLine(t *testing.T) {
	t.Parallel()
	for kind, host := range map[string]func(*testing.T) host{"ssh": sshHost, "s3": s3Host} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			h := host(t)
			h.config.Kind, h.config.Keep = kind, DefaultKeep
			one, files1 := built(t, h.fit(version(1, 5)))
			two, files2 := built(t, h.fit(version(2, 20)))
			must(t, h.config, one)
			_, err := publishTo(t, proxied(t, h, 30_000), two, Options{})
			wantFailure(t, err, "run it again")
			wantServed(t, h, files1)
			must(t, h.config, two)
			wantServed(t, h, files2)
		})
	}
}

func TestRefusedConnection(t *testing.T) {
	dir, _ := built(t, version(1, 0))
	known := filepath.Join(t.TempDir(), "known")
	write(t, known, nil)
	key, _ := newKey(t, filepath.Join(t.TempDir(), "id"))
	closed := freePort(t)
	for _, c := range []Config{
		{Kind: "ssh", Host: "127.0.0.1", Port: closed, User: "x", Key: key, KnownHosts: known, Path: "/srv"},
		{Kind: "s3", Endpoint: fmt.Sprintf("http://127.0.0.1:%d", closed), Bucket: "site", Region: "us-east-1"},
	} {
		_, err := publishTo(t, c, dir, Options{})
		wantFailure(t, err, "refused")
	}
	if _, err := publishTo(t, Config{Kind: "git", Remote: fmt.Sprintf("http://127.0.0.1:%d/x.git", closed), Branch: "b"}, dir, Options{}); err == nil || !strings.Contains(err.Error(), "127.0.0.1") {
		t.Errorf("git: %v", err)
	}
}

func TestHostKeys(t *testing.T) {
	h := sshHost(t)
	h.config.Kind, h.config.Keep = "ssh", 2
	dir, _ := built(t, version(1, 0))
	_, other := newKey(t, filepath.Join(t.TempDir(), "other"))
	c := h.config
	c.KnownHosts = filepath.Join(t.TempDir(), "known")
	_, err := publishTo(t, c, dir, Options{})
	wantFailure(t, err, "not known")
	write(t, c.KnownHosts, nil)
	_, err = publishTo(t, c, dir, Options{})
	wantFailure(t, err, "fingerprint SHA256:")
	write(t, c.KnownHosts, fmt.Appendf(nil, "[127.0.0.1]:%d %s\n", c.Port, other))
	_, err = publishTo(t, c, dir, Options{})
	wantFailure(t, err, "has changed")
	c = h.config
	c.Key, _ = newKey(t, filepath.Join(t.TempDir(), "stranger"))
	_, err = publishTo(t, c, dir, Options{})
	wantFailure(t, err, "does not accept the login")
	if len(treeOf(t, h.disk)) > 0 {
		t.Error("something was written")
	}
}

// TestSeveralHostKeys holds that a host known by one of its keys is known.
func TestSeveralHostKeys(t *testing.T) {
	check := func(string, net.Addr, ssh.PublicKey) error { return nil }
	if names := algorithms(check, "127.0.0.1:22"); names != nil {
		t.Errorf("a host that accepts everything wants %v", names)
	}
}

func TestWrongStoreKeys(t *testing.T) {
	h := s3Host(t)
	t.Setenv("AWS_SECRET_ACCESS_KEY", "another")
	dir, _ := built(t, version(1, 0))
	h.config.Kind = "s3"
	_, err := publishTo(t, h.config, dir, Options{})
	wantFailure(t, err, "does not know these access keys")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("HOME", t.TempDir())
	_, err = publishTo(t, h.config, dir, Options{})
	wantFailure(t, err, "there are no access keys")
}

// TestStoreAnswers holds the words for what only a store far away says.
func TestStoreAnswers(t *testing.T) {
	for code, want := range map[string]string{"RequestTimeTooSkewed": "clock", "AccessDenied": "denied", "NoSuchBucket": "no bucket", "QuotaExceeded": "full", "ServiceUnavailable": "run it again"} {
		status := map[string]int{"ServiceUnavailable": 503}[code]
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(max(status, 403))
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message><BucketName>site</BucketName></Error>", code)
		}))
		dir, _ := built(t, version(1, 0))
		_, err := publishTo(t, Config{Kind: "s3", Endpoint: server.URL, Bucket: "site", Region: "us-east-1"}, dir, Options{})
		server.Close()
		wantFailure(t, err, want)
	}
}

// fullDisk has room for some bytes and then none, as a quota has.
type fullDisk struct {
	disk
	left *atomic.Int64
	err  error
}

func (d fullDisk) create(name string, data []byte) error {
	if d.left.Add(-int64(len(data))) < 0 {
		_ = d.disk.create(name, data[:len(data)/2])
		return &fs.PathError{Op: "write", Path: name, Err: d.err}
	}
	return d.disk.create(name, data)
}

// TestFullDisk stops a publication after every few bytes: the old site stays, and
// when there is room the next run goes on from where the last one stopped.
func TestFullDisk(t *testing.T) {
	h := folderHost(t)
	h.config.Kind, h.config.Keep = "folder", 3
	one, files1 := built(t, version(1, 5))
	two, files2 := built(t, version(2, 20))
	must(t, h.config, one)
	for room := int64(0); room < 40_000; room += 2_000 {
		tree, err := OpenTree(two)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := Open(t.Context(), h.config)
		if err != nil {
			t.Fatal(err)
		}
		target := opened.(*folders)
		left := &atomic.Int64{}
		left.Store(room)
		target.disk = fullDisk{target.disk, left, syscall.ENOSPC}
		if _, err = Run(t.Context(), target, tree, Options{Keep: 3}); err == nil {
			if room == 0 {
				t.Fatal("it all went into no room")
			}
			break
		}
		if room > 0 && !maps.Equal(h.served(t), files1) {
			t.Fatalf("with room for %d bytes the site is no longer the old one", room)
		}
		wantFailure(t, err, "disk or quota is full")
	}
	must(t, h.config, two)
	wantServed(t, h, files2)
}

// TestNoPermission holds the words for a place that may not be written.
func TestNoPermission(t *testing.T) {
	h := folderHost(t)
	dir, _ := built(t, version(1, 2))
	tree, err := OpenTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := openFolder(t.Context(), h.config)
	if err != nil {
		t.Fatal(err)
	}
	target := opened.(*folders)
	target.disk = fullDisk{target.disk, &atomic.Int64{}, fs.ErrPermission}
	_, err = Run(t.Context(), target, tree, Options{Keep: 1})
	wantFailure(t, err, "permission denied")
}

// TestTwoPublishers holds that one of two is told who the other is.
func TestTwoPublishers(t *testing.T) {
	eachHost(t, func(t *testing.T, h host) {
		if h.config.Kind == "git" {
			return // a branch has no lock, it moves by compare-and-swap: see TestMovedBranch
		}
		one, files := built(t, h.fit(version(1, 5)))
		two, _ := built(t, h.fit(version(2, 5)))
		must(t, h.config, one)
		target, err := Open(t.Context(), h.config)
		if err != nil {
			t.Fatal(err)
		}
		defer target.Close()
		lock, err := target.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var busy *Busy
		if _, err := publishTo(t, h.config, two, Options{}); !errors.As(err, &busy) || busy.Machine != machine() {
			t.Errorf("beside a living publisher: %v", err)
		}
		wantServed(t, h, files)

		// The lock of a publisher elsewhere that is gone is taken over; it then changes nothing.
		lock.stop()
		lock.done.Wait()
		thief, err := target.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := lock.Held(); !errors.As(err, &busy) {
			t.Errorf("a lock that was taken over still holds: %v", err)
		}
		lock.Release()
		if err := thief.Held(); err != nil {
			t.Errorf("the old holder removed the new one's lock: %v", err)
		}
		tree, err := OpenTree(two)
		if err != nil {
			t.Fatal(err)
		}
		state, plan, err := prepare(t.Context(), target, tree, 5)
		if err != nil {
			t.Fatal(err)
		}
		if err := target.Push(t.Context(), Job{tree, state, plan, lock.Held, func(int64, int64) {}}); !errors.As(err, &busy) {
			t.Errorf("a publisher without the lock went on: %v", err)
		}
		wantServed(t, h, files)
		thief.Release()
		must(t, h.config, two)
	})
}

func TestMovedBranch(t *testing.T) {
	h := gitHost(t)
	h.config.Kind, h.config.Keep = "git", 5
	one, _ := built(t, version(1, 5))
	two, _ := built(t, version(2, 5))
	must(t, h.config, one)
	target, err := Open(t.Context(), h.config)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	tree, err := OpenTree(two)
	if err != nil {
		t.Fatal(err)
	}
	state, plan, err := prepare(t.Context(), target, tree, 5)
	if err != nil {
		t.Fatal(err)
	}
	h.foreign(t)
	before := h.served(t)
	var busy *Busy
	if err := target.Push(t.Context(), Job{tree, state, plan, noLock().Held, func(int64, int64) {}}); !errors.As(err, &busy) {
		t.Errorf("the branch had moved: %v", err)
	}
	wantServed(t, h, before)
	if !h.kept(t) {
		t.Error("the other's commit is lost")
	}
}

// TestInterrupted holds that a run that is told to stop stops at once and changes nothing.
func TestInterrupted(t *testing.T) {
	eachHost(t, func(t *testing.T, h host) {
		one, files := built(t, h.fit(version(1, 5)))
		two, _ := built(t, h.fit(version(2, 20)))
		must(t, h.config, one)
		ctx, cancel := context.WithCancel(t.Context())
		tree, err := OpenTree(two)
		if err != nil {
			t.Fatal(err)
		}
		target, err := Open(ctx, h.config)
		if err != nil {
			t.Fatal(err)
		}
		defer target.Close()
		if _, err = Run(ctx, target, tree, Options{Keep: 5, Progress: func(int64, int64) { cancel() }}); err == nil {
			t.Error("it went on")
		}
		wantServed(t, h, files)
		must(t, h.config, two)
	})
}
