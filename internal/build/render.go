package build

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"

	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/page"
	"benchbook/internal/theme"

	"golang.org/x/sync/errgroup"
)

// render executes the templates and writes everything into the sink.
func (b *run) render(c *page.Composition) error {
	t, err := b.dressed()
	if err != nil {
		return err
	}
	b.theme = t
	before := b.list.Errors()
	if t.Check(models(), b.list); b.list.Errors() > before {
		return nil
	}
	for _, a := range t.Assets() {
		if strings.HasPrefix(a.Path, clientAssets) {
			continue // the site has no page that loads them
		}
		for _, f := range append(c.Asset(a.Path, a.Bytes), page.File{Path: a.Path, Bytes: a.Bytes, Sources: []string{"templates"}}) {
			if err := b.write(f.Path, f.Bytes, f.Sources...); err != nil {
				return err
			}
		}
	}
	if err := b.offer(c); err != nil {
		return err
	}
	if err := b.share(c); err != nil {
		return err
	}
	b.kept.want(c.Print)
	if err := b.renderPages(t, c); err != nil {
		return err
	}
	if err := b.renderPrint(t, c); err != nil {
		return err
	}
	for _, f := range c.AllFiles() {
		if err := b.write(f.Path, f.Bytes, f.Sources...); err != nil {
			return err
		}
	}
	return nil
}

// renderPages makes models and pages on every core.
func (b *run) renderPages(t *theme.Theme, c *page.Composition) error {
	group, ctx := errgroup.WithContext(b.ctx)
	workers := runtime.GOMAXPROCS(0)
	var next, done, files, size atomic.Int64
	for range workers {
		group.Go(func() error {
			var buf bytes.Buffer
			for i := next.Add(1) - 1; i < int64(len(c.Pages)); i = next.Add(1) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				p := c.Pages[i]
				buf.Reset()
				if err := t.Execute(&buf, p.Layout, p.Model()); err != nil {
					return err
				}
				made := bytes.Clone(buf.Bytes())
				if err := b.put(p.Path, made, p.Sources); err != nil {
					return err
				}
				b.kept.keep(p.Path, made)
				for _, f := range c.Finished(int(i), made) {
					if err := b.put(f.Path, f.Bytes, f.Sources); err != nil {
						return err
					}
					files.Add(1)
					size.Add(int64(len(f.Bytes)))
				}
				files.Add(1)
				size.Add(int64(buf.Len()))
				b.opt.Progress(diag.T("写页面", "writing pages"), int(done.Add(1)), len(c.Pages))
			}
			return nil
		})
	}
	err := group.Wait()
	b.files += int(files.Load())
	b.bytes += size.Load()
	return err
}

// write stores a file and counts it; only one goroutine may call it.
func (b *run) write(name string, data []byte, sources ...string) error {
	b.files++
	b.bytes += int64(len(data))
	return b.put(name, data, sources)
}

// put stores a file; two files that want one place are the user's to mend.
func (b *run) put(name string, data []byte, sources []string) error {
	err := b.sink.Write(name, data, sources...)
	var conflict *output.Conflict
	if !errors.As(err, &conflict) {
		return err
	}
	pos := diag.Pos{}
	if len(conflict.Sources) > 0 {
		pos.File = conflict.Sources[len(conflict.Sources)-1]
	}
	b.list.Errorf("page.address", pos, diag.T("%s 和 %s 不能同时存在：换一个名字（来源：%v）", "%s and %s cannot both exist; rename one (from %v)", conflict.Path, conflict.Other, conflict.Sources))
	return nil
}
