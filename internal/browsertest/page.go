package browsertest

import (
	"context"
	"strings"
	"testing"
	"time"

	protocol "github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience bounds one step of a page; a page of the site needs milliseconds.
const patience = 30 * time.Second

// Page is one tab and the record of what happened in it.
type Page struct {
	Record
	t   testing.TB
	ctx context.Context
}

// Page opens a tab; it closes with the test.
func (b *Browser) Page(t testing.TB) *Page {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx)
	t.Cleanup(stop)
	p := &Page{t: t, ctx: ctx}
	p.must(chromedp.Do(ctx))
	dialogs := make(chan struct{}, 64)
	p.must(chromedp.Listen(ctx, func(ev any) {
		if p.note(ev) {
			dialogs <- struct{}{}
		}
	}))
	go p.dismiss(ctx, dialogs)
	call(p, network.Enable, network.EnableParams{})
	call(p, log.Enable, protocol.Empty{})
	call(p, cdp.Enable, cdp.EnableParams{})
	p.must(chromedp.ListenBrowser(ctx, func(ev any) {
		if e, ok := ev.(*target.EventTargetCreated); ok && e.TargetInfo.OpenerID != "" {
			p.add("window: " + e.TargetInfo.URL)
		}
	}))
	return p
}

// dismiss closes dialogs, which would stop the page for ever.
func (p *Page) dismiss(ctx context.Context, dialogs <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-dialogs:
			_, _ = chromedp.Call(ctx, cdp.HandleJavaScriptDialog, cdp.HandleJavaScriptDialogParams{})
		}
	}
}

// Open loads an address and waits for the page.
func (p *Page) Open(address string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		p.t.Fatalf("%s: %v", address, err)
	}
}

// Size sets the width and height of the window in CSS pixels.
func (p *Page) Size(width, height int64) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.EmulateViewport(width, height)))
}

// Scheme sets what the reader's system prefers: "light" or "dark".
func (p *Page) Scheme(scheme string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// Scripting switches the page's own scripts; Eval works either way.
func (p *Page) Scripting(on bool) {
	p.t.Helper()
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// Hover moves the mouse to a point of the window.
func (p *Page) Hover(x, y float64) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.MouseEvent(chromedp.MouseMoved, x, y)))
}

// Press types on the keyboard, into whatever has the focus; \t and \r are keys too.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.KeyEvent(keys)))
}

// Screenshot is the whole page as PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	data, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	p.must(err)
	return data
}

// Eval runs a script in the page and gives its value.
func Eval[T any](p *Page, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", shorten(script), err)
	}
	return v
}

// Wait runs a script until it gives true, and reports whether it did in time.
func (p *Page) Wait(script string, most time.Duration) bool {
	p.t.Helper()
	for end := time.Now().Add(most); ; time.Sleep(20 * time.Millisecond) {
		if Eval[bool](p, script) {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

func (p *Page) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func shorten(script string) string {
	if first, _, ok := strings.Cut(script, "\n"); ok {
		return first + " …"
	}
	return script
}
