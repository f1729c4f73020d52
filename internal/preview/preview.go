// Package preview shows the site on this machine while it is written: it builds
// into memory, serves that, watches the sources, and tells open pages to reload
// after a rebuild. Findings are shown in the page, over the last good build.
//
// In: a site. Out: HTTP on a loopback address. It refuses requests with a
// foreign Host (a web page elsewhere could read the preview by rebinding its
// name), and it never publishes: nothing is written to disk.
package preview

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

//go:embed reload.js
var reloadScript []byte

// prefix keeps our own addresses apart from the site's.
const prefix = "/__benchbook/"

// Server is one preview.
type Server struct {
	Dir    string // the site's folder
	Lang   string
	Drafts bool
	Log    func(diag.Text)

	mu       sync.RWMutex
	tree     *output.Memory // last good build
	findings string         // printed errors of the last build, "" = none
	version  int            // of tree and findings; pages wait for the next
	changed  chan struct{}  // closed and replaced at each new version
}

// Run builds, then serves on the listener until the context ends, rebuilding when a source changes.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	s.changed = make(chan struct{})
	s.rebuild(ctx)
	go s.watch(ctx)
	srv := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		<-ctx.Done()
		_ = srv.Close()
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (s *Server) rebuild(ctx context.Context) {
	start := time.Now()
	l := &diag.List{}
	tree := output.NewMemory()
	opened, err := site.Open(s.Dir, l)
	if err == nil {
		_, err = build.Run(ctx, opened, build.Options{Drafts: s.Drafts}, tree, l)
	}
	if ctx.Err() != nil {
		return
	}
	var text bytes.Buffer
	p := &diag.Printer{Lang: s.Lang}
	if opened != nil {
		p.Source = opened.Read
	}
	_ = p.Text(&text, l.Sorted())
	if err != nil {
		fmt.Fprintln(&text, err)
	}
	failed := err != nil || l.HasErrors()
	s.mu.Lock()
	s.findings = ""
	if failed {
		s.findings = text.String()
	} else {
		s.tree = tree
	}
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
	if failed {
		s.Log(diag.T("没有生成，错误见页面\n%s", "not built; the page shows why\n%s", text.String()))
		return
	}
	s.Log(diag.T("已生成，用时 %d 毫秒", "built in %d ms", time.Since(start).Milliseconds()))
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !loopback(r.Host) {
		http.Error(w, "benchbook serve answers to localhost only", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "GET only", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch r.URL.Path {
	case prefix + "reload.js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(reloadScript)
	case prefix + "events":
		s.events(w, r)
	default:
		s.page(w, r)
	}
}

// loopback reports whether a Host header names this machine.
func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return name == "localhost" || ip != nil && ip.IsLoopback()
}

// events tells a page when something newer than what it shows is there.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streaming", http.StatusNotImplemented)
		return
	}
	for {
		s.mu.RLock()
		version, changed := s.version, s.changed
		s.mu.RUnlock()
		fmt.Fprintf(w, "data: %d\n\n", version)
		flusher.Flush()
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	tree, findings, version := s.tree, s.findings, s.version
	s.mu.RUnlock()
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	isPage := strings.HasSuffix(name, ".html")
	if findings != "" && isPage {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write(withReload(errorPage(findings), version))
		return
	}
	data, status := []byte(nil), http.StatusNotFound
	if tree != nil {
		var ok bool
		if data, ok = tree.File(name); ok {
			status = http.StatusOK
		} else {
			data, _ = tree.File("404.html")
			isPage, name = true, "404.html"
		}
	}
	w.Header().Set("Content-Type", contentType(name))
	if isPage {
		data = withReload(data, version)
	}
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".csv":
		return "text/csv; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// withReload adds the reload script to a page and opens the page's policy for
// it. A policy's first directive of a name counts, so what the page allows
// itself comes after and stays as strict as it was.
func withReload(page []byte, version int) []byte {
	page = bytes.Replace(page, []byte(`content="default-src &#39;none&#39;;`), []byte(`content="default-src 'none';`), 1)
	page = bytes.Replace(page, []byte(`content="default-src 'none';`), []byte(`content="default-src 'none'; connect-src 'self'; script-src 'self';`), 1)
	script := fmt.Appendf(nil, `<script src="%sreload.js" data-version="%d" defer></script></body>`, prefix, version)
	return bytes.Replace(page, []byte("</body>"), script, 1)
}

func errorPage(findings string) []byte {
	return []byte(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>benchbook：没有生成</title></head><body><h1>没有生成</h1><pre>` +
		html.EscapeString(findings) + `</pre></body></html>`)
}
