// Package preview shows the site on this machine while it is written: it builds
// into memory, serves that, watches the sources, and tells open pages when what
// they show has changed. Findings are shown in the page, over the last good
// build, each with the place to edit.
//
// A change of running text is shown in two steps: the page of that text is made
// anew at once, from what the last build knows of the site; the whole site is
// built after, and says whether that held. Everything else waits for the build.
//
// In: a site. Out: HTTP on a loopback address. It refuses requests with a
// foreign Host (a web page elsewhere could read the preview by rebinding its
// name), and it never publishes: nothing is written to disk.
package preview

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"hash/fnv"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"benchbook/internal/diag"
	"benchbook/internal/output"
)

//go:embed reload.js
var reloadScript []byte

//go:embed findings.css
var findingsSheet []byte

// prefix keeps our own addresses apart from the site's.
const prefix = "/__benchbook/"

// Server is one preview.
type Server struct {
	Dir    string // the site's folder
	Lang   string
	Drafts bool
	Log    func(diag.Text)

	mu       sync.RWMutex
	tree     *output.Memory    // last good build
	patched  map[string][]byte // pages made anew since, by path
	again    func(string, []byte) (string, []byte, bool)
	findings []finding     // of the last build; none = it is good
	beside   uint64        // of the files that pages load without naming their content
	version  int           // of all of that
	changed  chan struct{} // closed and replaced at each new version
}

// Run builds, then serves on the listener until the context ends, rebuilding when a source changes.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	s.changed = make(chan struct{})
	events := s.watch(ctx) // before the build, so that nothing is missed
	s.build(ctx)
	go s.follow(ctx, events)
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

// publish makes a change of the state known to open pages.
func (s *Server) publish(change func()) {
	s.mu.Lock()
	change()
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
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
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	switch r.URL.Path {
	case prefix + "reload.js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(reloadScript)
	case prefix + "findings.css":
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(findingsSheet)
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

// events tells a page, named in the query, what stands for its present content;
// again whenever that changes, and not when only other pages do.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no streaming", http.StatusNotImplemented)
		return
	}
	told := ""
	for {
		_, _, _, mark, changed := s.look(r.URL.Query().Get("page"))
		if mark != told {
			fmt.Fprintf(w, "data: %s\n\n", mark)
			flusher.Flush()
			told = mark
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// look finds what an address shows: its file's name and bytes, whether the site
// has it, a mark of its content, and what is closed when any of that may change.
func (s *Server) look(address string) (name string, data []byte, found bool, mark string, changed chan struct{}) {
	name = strings.TrimPrefix(path.Clean("/"+address), "/")
	if name == "" || strings.HasSuffix(address, "/") {
		name = path.Join(name, "index.html")
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if data, found = s.patched[name]; !found && s.tree != nil {
		data, found = s.tree.File(name)
	}
	if !found && s.tree != nil {
		name = "404.html"
		data, _ = s.tree.File(name)
	}
	h := fnv.New64a()
	_, _ = h.Write(data)
	fmt.Fprint(h, s.beside, s.findings)
	return name, data, found, fmt.Sprintf("%016x", h.Sum64()), s.changed
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	name, data, found, mark, _ := s.look(r.URL.Path)
	s.mu.RLock()
	findings := s.findings
	s.mu.RUnlock()
	status := http.StatusOK
	if !found {
		status = http.StatusNotFound
	}
	isPage := path.Ext(name) == ".html"
	if isPage && len(findings) > 0 {
		status, data = http.StatusInternalServerError, withFindings(data, findings, s.Lang)
	}
	if isPage {
		data = withReload(data, mark)
	}
	w.Header().Set("Content-Type", contentType(name))
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
