package preview

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"benchbook/internal/site"
)

// interval is how often the sources are looked at. Looking is a walk with one
// stat a file, which works alike on every system and network drive.
const interval = 250 * time.Millisecond

// watch rebuilds when the sources' names, sizes or times change.
func (s *Server) watch(ctx context.Context) {
	last := fingerprint(s.Dir)
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := fingerprint(s.Dir); now != last {
			last = now
			s.rebuild(ctx)
		}
	}
}

// fingerprint sums up the state of all source files.
func fingerprint(dir string) uint64 {
	h := fnv.New64a()
	for _, source := range []string{site.SettingsName, "content", "data", "templates"} {
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
