//go:build unix

package publish

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"golang.org/x/crypto/ssh"
)

// host is a target that a test may look into from behind.
type host struct {
	config  Config
	served  func(t *testing.T) map[string]string // what readers get, by path
	longest int                                  // bytes of a name that the server can hold; 0 means 255
	disk    string                               // everything the target stores
	foreign func(t *testing.T)                   // puts a file there that is not ours
	kept    func(t *testing.T) bool              // whether it is still there
}

// hosts starts a real server for each kind of target.
var hosts = map[string]func(t *testing.T) host{"folder": folderHost, "ssh": sshHost, "s3": s3Host, "git": gitHost, "zip": zipHost}

// eachHost runs a test on every kind of target there is.
func eachHost(t *testing.T, test func(t *testing.T, h host)) {
	t.Parallel()
	for _, k := range targets {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			start, ok := hosts[k.name]
			if !ok {
				t.Fatalf("no server for targets of kind %s: it is not tested", k.name)
			}
			h := start(t)
			h.config.Kind, h.config.Keep = k.name, DefaultKeep
			test(t, h)
		})
	}
}

// program finds an installed program or leaves the test out, where that is allowed.
func program(t *testing.T, name, from string) string {
	t.Helper()
	for _, dir := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", filepath.Join(os.Getenv("HOME"), "go", "bin")) {
		if p := filepath.Join(dir, name); exec.Command("test", "-x", p).Run() == nil {
			return p
		}
	}
	if os.Getenv("BENCHBOOK_NO_SKIP") != "" {
		t.Fatalf("%s is not installed (%s)", name, from)
	}
	t.Skipf("%s is not installed (%s)", name, from)
	return ""
}

// start runs a server until the test ends and waits until it listens.
func start(t *testing.T, address string, env []string, args ...string) {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.WaitDelay = 100 * time.Millisecond // a server's children may outlive it and hold its output open
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = cmd.Wait(); close(done) }()
	t.Cleanup(func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); <-done })
	for range 200 {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-done:
			t.Fatalf("%s ended: %s", args[0], log.String())
		case <-time.After(25 * time.Millisecond):
		}
	}
	t.Fatalf("%s does not listen on %s", args[0], address)
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// treeOf reads every file under a folder; a folder that is not there has none.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return files
	}
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		if d.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(p)
			files[filepath.ToSlash(rel)] = "-> " + to
			return err
		}
		data, err := os.ReadFile(p)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// plantIn gives a host's foreign and kept for a file on disk.
func plantIn(name string) (func(*testing.T), func(*testing.T) bool) {
	return func(t *testing.T) { write(t, name, []byte("by hand")) },
		func(*testing.T) bool { data, err := os.ReadFile(name); return err == nil && string(data) == "by hand" }
}

func folderHost(t *testing.T) host {
	dir := filepath.Join(t.TempDir(), "www")
	h := host{config: Config{Path: dir}, disk: dir, served: func(t *testing.T) map[string]string { return treeOf(t, filepath.Join(dir, served)) }}
	h.foreign, h.kept = plantIn(filepath.Join(dir, "certificate"))
	return h
}

// newKey makes a key pair: the private half in a file, the public half as a line.
func newKey(t *testing.T, name string) (file, line string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, pem.EncodeToMemory(block))
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return name, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

// sshHost starts OpenSSH's sshd.
func sshHost(t *testing.T) host {
	sshd := program(t, "sshd", "Debian: openssh-server")
	if os.Geteuid() == 0 {
		_ = os.MkdirAll("/run/sshd", 0o755) // where the daemon of root locks itself in
	}
	dir, port := t.TempDir(), freePort(t)
	hostKey, hostLine := newKey(t, filepath.Join(dir, "host"))
	key, line := newKey(t, filepath.Join(dir, "id"))
	write(t, filepath.Join(dir, "authorized"), []byte(line+"\n"))
	write(t, filepath.Join(dir, "known"), fmt.Appendf(nil, "[127.0.0.1]:%d %s\n", port, hostLine))
	write(t, filepath.Join(dir, "sshd.conf"), fmt.Appendf(nil, "Port %d\nListenAddress 127.0.0.1\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\nPidFile none\nMaxStartups 100\n",
		port, hostKey, filepath.Join(dir, "authorized")))
	start(t, fmt.Sprintf("127.0.0.1:%d", port), nil, sshd, "-D", "-e", "-f", filepath.Join(dir, "sshd.conf"))
	root := filepath.Join(dir, "srv", "site")
	h := host{config: Config{Host: "127.0.0.1", Port: port, User: config(nobodysSite, siteTarget).User, Key: key, KnownHosts: filepath.Join(dir, "known"), Path: root}, disk: root,
		served: func(t *testing.T) map[string]string { return treeOf(t, filepath.Join(root, served)) }}
	h.foreign, h.kept = plantIn(filepath.Join(root, "certificate"))
	return h
}

// s3Host starts the Versity gateway, an S3 server over a folder.
func s3Host(t *testing.T) host {
	gateway := program(t, "versitygw", "go install github.com/versity/versitygw/cmd/versitygw@v1.8.0")
	dir, port := t.TempDir(), freePort(t)
	address := fmt.Sprintf("127.0.0.1:%d", port)
	start(t, address, []string{"ROOT_ACCESS_KEY=tester", "ROOT_SECRET_KEY=not-a-real-secret"}, gateway, "--quiet", "--keep-alive", "--port", address, "posix", dir)
	c := Config{Endpoint: "http://" + address, Region: "us-east-1", Bucket: "site", Prefix: "报告"}
	opened, err := openS3(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	s := opened.(*store)
	if err := s.client.MakeBucket(t.Context(), c.Bucket, minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	put := func(key, text string) {
		if err := s.put(t.Context(), key, []byte(text), minio.PutObjectOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	h := host{config: c, disk: filepath.Join(dir, "site"), longest: 200} // the gateway adds to names on its disk
	h.served = func(t *testing.T) map[string]string { return s.readable(t) }
	h.foreign = func(t *testing.T) { put("报告/certificate", "by hand") }
	h.kept = func(t *testing.T) bool {
		data, err := s.get(t.Context(), "报告/certificate")
		return err == nil && string(data) == "by hand"
	}
	return h
}

// readable is what readers can get from the bucket.
func (t *store) readable(test *testing.T) map[string]string {
	test.Helper()
	there, err := t.list(test.Context(), t.prefix)
	if err != nil {
		test.Fatal(err)
	}
	files := map[string]string{}
	for key := range there {
		name := strings.TrimPrefix(key, t.prefix)
		if strings.HasPrefix(name, ".benchbook/") || name == "certificate" || strings.Contains(name, ".sgwtmp.") { // what the gateway is just writing shows in its listing
			continue
		}
		data, err := t.get(test.Context(), key)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the last request of a killed publisher may still have been under way
		}
		if err != nil {
			test.Fatal(err)
		}
		files[name] = string(data)
	}
	return files
}

func gitOut(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=x", "-c", "user.email=x@example.test"}, args...)...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return string(out)
}

// gitHost makes a bare repository.
func gitHost(t *testing.T) host {
	program(t, "git", "Debian: git")
	dir := filepath.Join(t.TempDir(), "repo.git")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	gitOut(t, dir, "init", "-q", "--bare")
	read := func(t *testing.T) map[string]string {
		files := map[string]string{}
		if strings.TrimSpace(gitOut(t, dir, "branch", "--list", "gh-pages")) == "" {
			return files
		}
		out := t.TempDir()
		gitOut(t, dir, "--work-tree="+out, "checkout", "-f", "gh-pages", "--", ".")
		return treeOf(t, out)
	}
	return host{config: Config{Remote: dir, Branch: "gh-pages"}, disk: dir,
		served: func(t *testing.T) map[string]string {
			files := read(t)
			delete(files, noJekyll)
			delete(files, "CNAME")
			return files
		},
		foreign: func(t *testing.T) {
			work := t.TempDir()
			gitOut(t, work, "clone", "-q", "-b", "gh-pages", dir, ".")
			write(t, filepath.Join(work, "CNAME"), []byte("example.test"))
			gitOut(t, work, "add", "CNAME")
			gitOut(t, work, "commit", "-q", "-m", "by hand")
			gitOut(t, work, "push", "-q", "origin", "gh-pages")
		},
		kept: func(t *testing.T) bool { return read(t)["CNAME"] == "example.test" }}
}

func zipHost(t *testing.T) host {
	dir := filepath.Join(t.TempDir(), "dist")
	name := filepath.Join(dir, "报告.zip")
	h := host{config: Config{Path: name}, disk: dir, served: func(t *testing.T) map[string]string { return unzip(t, name) }}
	h.foreign, h.kept = plantIn(filepath.Join(dir, "certificate"))
	return h
}

func unzip(t *testing.T, name string) map[string]string {
	t.Helper()
	files := map[string]string{}
	z, err := zip.OpenReader(name)
	if err != nil {
		return files
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}
