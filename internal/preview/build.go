package preview

import (
	"context"
	"hash/fnv"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// settle is how long the site's build waits after a change: the next key is
// often pressed soon, and the browser is busy with the page just then.
const settle = 250 * time.Millisecond

// follow answers changes: the pages of changed texts at once, the site when it
// has been quiet for a while. A build that is overtaken by a change is given up.
func (s *Server) follow(ctx context.Context, events <-chan []string) {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	stop, running := context.CancelFunc(func() {}), make(chan struct{})
	close(running)
	for {
		select {
		case <-ctx.Done():
			stop()
			return
		case files := <-events:
			stop()
			s.quick(files)
			timer.Reset(settle)
		case <-timer.C:
			building, cancel := context.WithCancel(ctx)
			before, done := running, make(chan struct{})
			stop, running = cancel, done
			go func() {
				defer close(done)
				<-before
				s.build(building)
			}()
		}
	}
}

// quick makes the pages of texts anew from what the last build knows.
func (s *Server) quick(files []string) {
	s.mu.RLock()
	again, bad := s.again, len(s.findings) > 0
	s.mu.RUnlock()
	if again == nil || bad {
		return
	}
	for _, file := range files {
		if !strings.HasPrefix(file, "content/") || path.Ext(file) != ".md" {
			continue
		}
		start := time.Now()
		src, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(file)))
		if err != nil {
			continue
		}
		if name, html, ok := again(file, src); ok {
			s.publish(func() { s.patched[name] = html })
			s.Log(diag.T("%s：%d 毫秒", "%s: %d ms", name, time.Since(start).Milliseconds()))
		}
	}
}

// build builds the whole site; one that is cancelled changes nothing.
func (s *Server) build(ctx context.Context) {
	start := time.Now()
	l := &diag.List{}
	tree := output.NewMemory()
	opened, err := site.Open(s.Dir, l)
	var result build.Result
	if err == nil {
		result, err = build.Run(ctx, opened, build.Options{Drafts: s.Drafts}, tree, l)
	}
	if ctx.Err() != nil {
		return
	}
	found := s.gather(opened, l, err)
	s.publish(func() {
		s.findings = found
		if len(found) == 0 {
			s.tree, s.again, s.patched, s.beside = tree, result.Again, map[string][]byte{}, besides(tree)
		}
	})
	if len(found) > 0 {
		s.Log(diag.T("没有生成，%d 处错误见页面\n%s", "not built; the page shows %d errors\n%s", len(found), printed(opened, l, err, s.Lang)))
		return
	}
	s.Log(diag.T("已生成，用时 %d 毫秒", "built in %d ms", time.Since(start).Milliseconds()))
}

// besides sums up the files that pages load under names that do not change with
// their content: pictures of the texts, above all.
func besides(tree *output.Memory) uint64 {
	h := fnv.New64a()
	for _, f := range tree.Manifest("", "").Files {
		switch path.Ext(f.Path) {
		case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
			_, _ = h.Write([]byte(f.Path + f.SHA256))
		}
	}
	return h.Sum64()
}
