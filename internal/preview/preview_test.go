package preview

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"benchbook/internal/diag"
)

func project(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "benchbook.toml", "title = \"预览\"\n")
	write(t, dir, "content/index.md", "第一版。\n")
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func start(t testing.TB, dir string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s := &Server{Dir: dir, Lang: "en", Log: func(diag.Text) {}}
	go func() { ended <- s.Run(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "http://" + ln.Addr().String()
}

func get(t testing.TB, address, host string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body), res.Header
}

func TestAPageIsServedWithItsReloadScriptAndAPolicyThatLetsItRun(t *testing.T) {
	base := start(t, project(t))
	status, body, header := get(t, base+"/", "")
	if status != http.StatusOK || !strings.Contains(body, "第一版") || !strings.Contains(header.Get("Content-Type"), "text/html") {
		t.Fatalf("%d %s", status, body)
	}
	for _, want := range []string{"/__benchbook/reload.js", "connect-src &#39;self&#39;", "script-src"} {
		if !strings.Contains(body, want) && !strings.Contains(body, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if status, body, _ := get(t, base+"/nowhere.html", ""); status != http.StatusNotFound || !strings.Contains(body, "没有这一页") {
		t.Errorf("%d %s", status, body)
	}
}

func TestAForeignHostIsRefused(t *testing.T) {
	base := start(t, project(t))
	for _, host := range []string{"evil.example", "evil.example:80", "127.0.0.1.evil.example", ""} {
		status, _, _ := get(t, base+"/", host)
		if want := map[bool]int{true: http.StatusOK, false: http.StatusForbidden}[host == ""]; status != want {
			t.Errorf("host %q: %d, want %d", host, status, want)
		}
	}
}

func TestAChangeReachesTheReaderAndAMistakeIsShownInThePage(t *testing.T) {
	dir := project(t)
	base := start(t, dir)
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/__benchbook/events", nil)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	events := bufio.NewReader(res.Body)
	next := func() {
		t.Helper()
		if _, err := events.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		_, _ = events.ReadString('\n')
	}
	next()
	time.Sleep(20 * time.Millisecond)
	write(t, dir, "content/index.md", "第二版，更长一些。\n")
	next()
	if _, body, _ := get(t, base+"/index.html", ""); !strings.Contains(body, "第二版") {
		t.Errorf("the change is not there:\n%s", body)
	}
	write(t, dir, "content/index.md", "[1%](stat:no/where)\n")
	next()
	status, body, _ := get(t, base+"/index.html", "")
	if status != http.StatusInternalServerError || !strings.Contains(body, "content/index.md:1") {
		t.Errorf("%d %s", status, body)
	}
}

// What must not be published is not shown in the preview either: neither in the
// page, which stays the last good one, nor quoted among the findings.
func TestSecretsAreNotPreviewed(t *testing.T) {
	dir := project(t)
	write(t, dir, "data/kpi/dataset.toml", "title = \"k\"\nunit = \"人\"\n[[resource]]\npath = \"rows.csv\"\n[[field]]\nname = \"phone\"\ntype = \"string\"\nrole = \"personal\"\n[[field]]\nname = \"day\"\ntype = \"date\"\n")
	write(t, dir, "data/kpi/rows.csv", "phone,day\n13987651234,2026-01-01\n13987651235,2026-01-02\n")
	write(t, dir, "content/index.md", "联系 13987651234。\n")
	address := start(t, dir)
	search := func(what string) {
		t.Helper()
		deadline := time.Now().Add(20 * time.Second)
		for {
			_, body, _ := get(t, address+"/", "")
			if strings.Contains(body, "1398765123") || strings.Contains(body, "林晓峰") {
				t.Fatalf("the preview shows the number: %s", body)
			}
			if strings.Contains(body, what) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%q is not there: %s", what, body)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	search("leak.personal")
	write(t, dir, "data/kpi/rows.csv", "phone,day\n林晓峰丂,2026-01-01\n林晓峰丁,1398765123\n")
	search("schema.type")
	write(t, dir, "data/kpi/rows.csv", "phone,day\n林晓峰丂,2026-01-01\n林晓峰丁,2026-01-02\n")
	write(t, dir, "content/index.md", "联系林晓峰丂。\n")
	search("leak.personal")
}
