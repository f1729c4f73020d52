package build

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"benchbook/internal/site"

	"golang.org/x/sync/errgroup"
)

// sum is a hash of content.
type sum [sha256.Size]byte

// hashSources reads every file that a site can be made of and notes its hash.
// Without a cache that asks for them, nothing is read.
func (b *run) hashSources() error {
	names := []string{site.SettingsName}
	for _, folder := range []string{"content", "data", "templates"} {
		files, err := b.site.Files(folder, func(string) bool { return true })
		if err != nil {
			return err
		}
		names = append(names, files...)
	}
	sums := make([]sum, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	const share = 64 // files a task
	for from := 0; from < len(names); from += share {
		group.Go(func() error {
			for i := from; i < min(from+share, len(names)); i++ {
				if err := b.ctx.Err(); err != nil {
					return err
				}
				var err error
				if sums[i], err = sumOf(filepath.Join(b.site.Dir, filepath.FromSlash(names[i]))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	b.sources = make(map[string]sum, len(names))
	for i, name := range names {
		b.sources[name] = sums[i]
	}
	return nil
}

// sumOf is the hash of a file, which may be larger than the memory.
func sumOf(disk string) (s sum, err error) {
	f, err := os.Open(disk)
	if err != nil {
		return s, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return sum(h.Sum(nil)), err
}

// inputs is the hash of all that the site is made of, texts left out or not.
func (b *run) inputs(texts bool) sum {
	h := sha256.New()
	fmt.Fprintf(h, "%t\x00%s\x00%s\x00", b.opt.Drafts, b.site.Settings.BaseURL, b.site.Settings.Date)
	for _, name := range slices.Sorted(maps.Keys(b.sources)) {
		if texts || !isText(name) {
			add(h, name, b.sources[name])
		}
	}
	return sum(h.Sum(nil))
}

// isText reports whether a file of the project is a document.
func isText(name string) bool {
	return strings.HasPrefix(name, "content/") && strings.EqualFold(filepath.Ext(name), ".md")
}

func add(h hash.Hash, name string, s sum) {
	fmt.Fprintf(h, "%s\x00", name)
	h.Write(s[:])
}

// join is the hash of hashes.
func join(parts ...sum) sum {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p[:])
	}
	return sum(h.Sum(nil))
}
