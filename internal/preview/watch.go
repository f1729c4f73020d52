package preview

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"benchbook/internal/site"

	"github.com/fsnotify/fsnotify"
)

// Times of watching. The system's events come within a millisecond; an editor
// often makes several of one save, which gathered becomes one change. The walk is
// for what has no events: network drives, and systems whose watches ran out.
const (
	gather  = 8 * time.Millisecond
	walking = 2 * time.Second
)

// sources are the parts of a project that pages are made from.
var sources = []string{site.SettingsName, "content", "data", "templates"}

// watch sends the sources that changed, named from the site's folder with
// forward slashes; a name may be missing where only the walk saw a change.
func (s *Server) watch(ctx context.Context) <-chan []string {
	out := make(chan []string)
	last := fingerprint(s.Dir)
	w, err := fsnotify.NewWatcher()
	if err == nil {
		s.observe(w, s.Dir)
	} else {
		w = &fsnotify.Watcher{} // its channels are never ready
	}
	go func() {
		if err == nil {
			defer w.Close()
		}
		s.report(ctx, w, last, out)
	}()
	return out
}

// report gathers events into changes until the context ends.
func (s *Server) report(ctx context.Context, w *fsnotify.Watcher, last uint64, out chan<- []string) {
	tick := time.NewTicker(walking)
	defer tick.Stop()
	changed := map[string]bool{}
	var ready <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-w.Events:
			if name, ok := s.source(e); ok {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					s.observe(w, e.Name)
				}
				changed[name] = true
				ready = time.After(gather)
			}
			continue
		case <-w.Errors: // events were lost: the walk sees what they would have told
			continue
		case <-tick.C:
			if fingerprint(s.Dir) == last || len(changed) > 0 {
				continue
			}
		case <-ready:
		}
		ready = nil
		var names []string
		for name := range changed {
			names = append(names, name)
		}
		clear(changed)
		select {
		case out <- names:
			last = fingerprint(s.Dir)
		case <-ctx.Done():
			return
		}
	}
}

// source names the source that an event is about; false for what is none, as
// the files that editors keep beside the one that is edited.
func (s *Server) source(e fsnotify.Event) (string, bool) {
	rel, err := filepath.Rel(s.Dir, e.Name)
	base := filepath.Base(e.Name)
	if err != nil || e.Op == fsnotify.Chmod || strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") {
		return "", false
	}
	name := filepath.ToSlash(rel)
	top, _, _ := strings.Cut(name, "/")
	for _, source := range sources {
		if top == source {
			return name, true
		}
	}
	return "", false
}

// observe watches a folder and those below it; of the site's own folder only the
// settings and the sources.
func (s *Server) observe(w *fsnotify.Watcher, dir string) {
	if dir == s.Dir {
		_ = w.Add(dir)
		for _, source := range sources[1:] {
			s.observe(w, filepath.Join(dir, source))
		}
		return
	}
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			_ = w.Add(p)
		}
		return nil
	})
}

// fingerprint sums up the state of all source files.
func fingerprint(dir string) uint64 {
	h := fnv.New64a()
	for _, source := range sources {
		_ = filepath.WalkDir(filepath.Join(dir, source), func(p string, d fs.DirEntry, err error) error {
			if err != nil || strings.HasPrefix(d.Name(), ".") {
				return nil // a file that went away while we looked shows at the next look
			}
			if info, err := d.Info(); err == nil {
				fmt.Fprintf(h, "%s\x00%d\x00%d\n", p, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return h.Sum64()
}
