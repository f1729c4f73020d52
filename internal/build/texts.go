package build

import (
	"crypto/sha256"
	"path"
	"runtime"
	"strings"
	"sync/atomic"

	"benchbook/internal/cache"
	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/site"

	"golang.org/x/sync/errgroup"
)

// storedText is a document as the cache has it: what other pages and the checks ask
// of it, the findings in it, and where its converted body stands.
type storedText struct {
	File     string
	Source   sum
	Document document.Document
	Findings []diag.Diagnostic
	Body     cache.Place
}

// texts are all documents of a site as the program read them.
type texts struct {
	Program string
	List    []storedText
}

const textsName = "texts"

// loadDocuments reads the texts that the cache does not have as they are now.
// With a cache the converted bodies go there and only what the whole site has to
// know stays in memory; without one they stay with their documents.
func (b *run) loadDocuments() error {
	names, err := b.site.Files("content", func(name string) bool { return strings.EqualFold(path.Ext(name), ".md") })
	if err != nil {
		return err
	}
	before := b.textsBefore()
	now := texts{Program: cache.Program(), List: make([]storedText, len(names))}
	group, ctx := errgroup.WithContext(b.ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var done, fresh atomic.Int64
	for i, name := range names {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			made, err := b.readText(name, before[name], &now.List[i])
			if made {
				fresh.Add(1)
			}
			b.opt.Progress(diag.T("读正文", "reading texts"), int(done.Add(1)), len(names))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if b.opt.Cache != nil && (fresh.Load() > 0 || len(before) != len(names)) && now.Program != "" {
		_ = b.opt.Cache.Save(textsName, cache.Encode(nil, now)) // without it the next build reads everything again
	}
	b.texts = now.List
	for i := range now.List {
		if d := &now.List[i].Document; !d.Front.Draft || b.opt.Drafts {
			b.documents = append(b.documents, d)
		}
	}
	return nil
}

// textsBefore are the documents of an earlier build by file; none when another
// program made them.
func (b *run) textsBefore() map[string]*storedText {
	src, ok := b.opt.Cache.Load(textsName)
	var t texts
	if !ok || cache.Decode(string(src), &t) != nil || t.Program != cache.Program() {
		return nil
	}
	live := int64(0)
	before := make(map[string]*storedText, len(t.List))
	for i := range t.List {
		before[t.List[i].File] = &t.List[i]
		live += t.List[i].Body.Size
	}
	if b.opt.Cache.Size() > 2*live+packSlack {
		return nil // mostly bodies that nobody asks for any more
	}
	return before
}

// packSlack is how many bytes the pack may hold in vain, whatever its size.
const packSlack = 64 << 20

// readText takes a document from the cache or reads it, and says which.
func (b *run) readText(name string, before *storedText, into *storedText) (fresh bool, err error) {
	source, known := b.sources[name]
	var src []byte
	if !known || before == nil || before.Source != source {
		if src, err = b.site.Read(name); err != nil {
			return false, err
		}
		source = sha256.Sum256(src)
	}
	if before != nil && before.Source == source {
		*into = *before
		into.Document.Detach(func() *document.Body { return b.body(into) })
	} else {
		b.parseText(name, src, source, into)
		fresh = true
	}
	for _, d := range into.Findings {
		b.list.Add(d)
	}
	b.warnHidden(name, &into.Document)
	return fresh, nil
}

func (b *run) parseText(name string, src []byte, source sum, into *storedText) {
	var found diag.List
	*into = storedText{File: name, Source: source, Document: *document.Parse(name, src, &found)}
	into.Findings = found.Sorted()
	if b.opt.Cache == nil {
		return
	}
	place, err := b.opt.Cache.Append(cache.Encode(nil, into.Document.Body()))
	if err == nil { // else it stays in memory
		into.Body = place
		into.Document.Detach(func() *document.Body { return b.body(into) })
	}
}

// body fetches a converted body; one that is damaged is made again.
func (b *run) body(t *storedText) *document.Body {
	var body *document.Body
	if src, ok := b.opt.Cache.Read(t.Body); ok && cache.Decode(string(src), &body) == nil && body != nil && body.Program != nil {
		return body
	}
	src, err := b.site.Read(t.File)
	if err != nil || sha256.Sum256(src) != t.Source {
		b.changed.Store(true) // the file was changed while we were at it
	}
	return document.Parse(t.File, src, &diag.List{}).Body()
}

// warnHidden says that a text in a hidden folder is published like any other.
func (b *run) warnHidden(name string, d *document.Document) {
	if !site.Hidden(name) || d.Front.Draft {
		return
	}
	b.list.Add(diag.Diagnostic{Code: "page.hidden", Severity: diag.Warning, Pos: diag.At(name, 1, 1),
		Message: diag.T("这个文件在隐藏的文件夹里，也会发布", "this file stands in a hidden folder and is published all the same"),
		Hint:    diag.T("不想发布就移到 content/ 之外，或在前置信息里写 draft = true", "to keep it back, move it out of content/ or write draft = true in its front matter")})
}
