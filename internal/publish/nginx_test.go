//go:build unix

package publish

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// headersFile is what a built site says of its files.
const headersFile = "/*\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: default-src 'none'; style-src 'self'\n  Cache-Control: public, max-age=300\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"

// TestNginx serves a published site with the handbook's configuration, and with
// the one that is made of the site's own headers.
func TestNginx(t *testing.T) {
	t.Run("handbook", func(t *testing.T) { serveWithNginx(t, handbookConfiguration(t), "") })
	t.Run("made", func(t *testing.T) {
		serveWithNginx(t, Hosting("nginx", "report.example.cn", "/srv/report/current", HeaderRules([]byte(headersFile))), "default-src 'none'; style-src 'self'")
	})
}

// TestCaddy: Caddy is no Debian package of the tests, so its configuration is only read.
func TestCaddy(t *testing.T) {
	got := Hosting("caddy", "report.example.cn", "/srv/report/current", HeaderRules([]byte(headersFile)))
	for _, want := range []string{"report.example.cn {\n\troot * \"/srv/report/current\"\n", "\theader Content-Security-Policy \"default-src 'none'; style-src 'self'\"\n", "\t@part1 path /assets/*\n", "precompressed br gzip"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func handbookConfiguration(t *testing.T) string {
	t.Helper()
	manual, err := os.ReadFile(filepath.Join("..", "..", "content", "handbook", "publishing.md"))
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```nginx\n(.*?)```").FindSubmatch(manual)
	if block == nil {
		t.Fatal("the handbook has no configuration for nginx")
	}
	return string(block[1])
}

func serveWithNginx(t *testing.T, configuration, policy string) {
	t.Helper()
	nginx := program(t, "nginx", "Debian: nginx-light")
	h := folderHost(t)
	h.config.Kind, h.config.Keep = "folder", 2
	files := version(1, 1)
	files["long.html"], files["404.html"] = "<p>"+strings.Repeat("long ", 1000), "not here"
	publishCompressed(t, h.config, files)
	dir, port := t.TempDir(), freePort(t)
	if err := os.Chmod(filepath.Dir(filepath.Dir(h.disk)), 0o755); err != nil {
		t.Fatal(err)
	}
	conf := strings.NewReplacer("listen 80", fmt.Sprintf("listen 127.0.0.1:%d", port), "/srv/report", h.disk).Replace(configuration)
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;\n"
	}
	write(t, filepath.Join(dir, "nginx.conf"), []byte(user+"daemon off;\nerror_log stderr;\npid "+dir+"/pid;\nevents {}\nhttp {\ntypes { text/html html; text/css css; }\naccess_log off;\n"+
		"client_body_temp_path "+dir+"/a; proxy_temp_path "+dir+"/b; fastcgi_temp_path "+dir+"/c; uwsgi_temp_path "+dir+"/d; scgi_temp_path "+dir+"/e;\n"+conf+"}\n"))
	address := fmt.Sprintf("127.0.0.1:%d", port)
	start(t, address, nil, nginx, "-e", "stderr", "-p", dir, "-c", filepath.Join(dir, "nginx.conf"))

	wantAnswer(t, address, "/", "index of 1", map[string]string{"Cache-Control": "public, max-age=300", "Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": policy})
	wantAnswer(t, address, "/assets/style.00000001.css", "/* 1 */", map[string]string{"Cache-Control": "public, max-age=31536000, immutable"})
	wantAnswer(t, address, "/long.html", files["long.html"], map[string]string{"Content-Encoding": "gzip"})
	wantAnswer(t, address, "/nowhere", "not here", nil)
	two, _ := built(t, version(2, 1))
	must(t, h.config, two)
	wantAnswer(t, address, "/", "index of 2", nil)
}

func publishCompressed(t *testing.T, c Config, files map[string]string) {
	t.Helper()
	dir, _ := built(t, files)
	tree, err := OpenTree(dir)
	if err == nil {
		err = tree.Compress()
	}
	if err != nil {
		t.Fatal(err)
	}
	target, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), target, tree, Options{Keep: 2}); err != nil {
		t.Fatal(err)
	}
}

// wantAnswer asks as a browser does; a compressed answer is unpacked before it is compared.
func wantAnswer(t *testing.T, address, path, want string, headers map[string]string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if headers["Content-Encoding"] != "" {
		request.Header.Set("Accept-Encoding", "gzip")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if headers["Content-Encoding"] != "" {
		packed, err := squeeze([]byte(want))
		if err != nil {
			t.Fatal(err)
		}
		want = string(packed)
	}
	if string(body) != want {
		t.Errorf("%s gives %.40q, want %.40q", path, body, want)
	}
	for name, value := range headers {
		if got := answer.Header.Get(name); got != value {
			t.Errorf("%s: %s is %q, want %q", path, name, got, value)
		}
	}
}
