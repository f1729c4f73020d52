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
		if err := b.putFile(f); err != nil {
			return err
		}
	}
	if b.tampered.Load() {
		return errTampered
	}
	return nil
}

// renderPages makes models and pages on every core, but for those that the site
// before has as they would be.
func (b *run) renderPages(t *theme.Theme, c *page.Composition) error {
	b.planReuse(c)
	b.resumeSearch(c)
	group, ctx := errgroup.WithContext(b.ctx)
	var next, done atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			var buf bytes.Buffer
			for i := next.Add(1) - 1; i < int64(len(c.Pages)); i = next.Add(1) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				kept, err := b.takeOver(c, int(i))
				if err == nil && !kept {
					err = b.renderPage(t, c, int(i), &buf)
				}
				if err != nil {
					return err
				}
				b.opt.Progress(diag.T("写页面", "writing pages"), int(done.Add(1)), len(c.Pages))
			}
			return nil
		})
	}
	return group.Wait()
}

// renderPage makes one page and what goes with it.
func (b *run) renderPage(t *theme.Theme, c *page.Composition, i int, buf *bytes.Buffer) error {
	p := c.Pages[i]
	buf.Reset()
	if err := t.Execute(buf, p.Layout, p.Model()); err != nil {
		return err
	}
	made := bytes.Clone(buf.Bytes())
	if err := b.write(p.Path, made, p.Sources...); err != nil {
		return err
	}
	b.kept.keep(p.Path, made)
	names := []string{p.Path}
	for _, f := range c.Finished(i, made) {
		if err := b.putFile(f); err != nil {
			return err
		}
		if f.Copy {
			names = append(names, f.Path)
		}
	}
	if b.reuse.now != nil {
		b.reuse.now[i] = madePage{Path: p.Path, Files: names}
	}
	return nil
}

// write stores a file and counts it.
func (b *run) write(name string, data []byte, sources ...string) error {
	b.fileCount.Add(1)
	b.byteCount.Add(int64(len(data)))
	return b.put(name, data, sources)
}

// put stores a file; two files that want one place are the user's to mend.
func (b *run) put(name string, data []byte, sources []string) error {
	return b.conflict(b.sink.Write(name, data, sources...))
}

// conflict makes a finding of two files that want one place.
func (b *run) conflict(err error) error {
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
