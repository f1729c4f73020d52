package build

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/browsertest"
)

// served is a site as hosts serve it: compressed.
func served(t *testing.T, m made) string {
	t.Helper()
	dir := t.TempDir()
	m.write(t, dir)
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains([]string{".html", ".css", ".js", ".svg"}, path.Ext(r.URL.Path)) {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		zip, _ := gzip.NewWriterLevel(w, gzip.BestCompression)
		defer func() { _ = zip.Close() }()
		files.ServeHTTP(compressed{w, zip}, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

type compressed struct {
	http.ResponseWriter
	to io.Writer
}

func (c compressed) Write(b []byte) (int, error) { return c.to.Write(b) }
func (c compressed) WriteHeader(status int) {
	c.Header().Del("Content-Length")
	c.ResponseWriter.WriteHeader(status)
}

// TestLighthouse holds the cover, a chapter, a procedure and the page of
// downloads to full marks for accessibility, best practices and search engines,
// and to the weights of a page; how fast they paint here is only printed.
func TestLighthouse(t *testing.T) {
	m, _ := makeOnce(t, sample)
	var chapter, procedure string
	for name := range m.files {
		switch html := string(m.files[name]); {
		case path.Ext(name) != ".html":
		case strings.Contains(html, `class="is-chapter"`) && len(html) > len(m.files[chapter]):
			chapter = name
		case strings.Contains(html, `class="is-sop"`) && len(html) > len(m.files[procedure]):
			procedure = name
		}
	}
	origin := served(t, m)
	var addresses []string
	for _, page := range []string{"index.html", chapter, procedure, "2026/downloads.html"} {
		addresses = append(addresses, address(origin, page))
	}
	results := browsertest.RunLighthouse(t, addresses...)
	if len(results) != len(addresses) {
		t.Fatalf("%d results", len(results))
	}
	for _, l := range results {
		t.Logf("%s: %v, paint %.0f and %.0f ms, blocking %.0f ms, %.0f bytes, machine %.0f", l.Address, l.Scores, l.FirstPaint, l.LargestPaint, l.Blocking, l.Bytes, l.BenchmarkIndex)
		for _, category := range []string{"accessibility", "best-practices", "seo"} {
			if l.Scores[category] != 100 {
				t.Errorf("%s: %s is %d: %q", l.Address, category, l.Scores[category], l.Failed)
			}
		}
		if l.Bytes > 50<<10 || l.Requests > 6 || l.Shift >= 0.01 {
			t.Errorf("%s: %.0f bytes in %d requests, shift %.3f", l.Address, l.Bytes, l.Requests, l.Shift)
		}
	}
}
