package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Record is what a page did. It is filled by the browser's events, so it is
// safe to read at any time.
type Record struct {
	mu       sync.Mutex
	troubles []string
	requests []string
}

// Troubles are console errors and warnings, uncaught exceptions, breaches of
// the policy, dialogs and windows, each with its kind before it.
func (r *Record) Troubles() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.troubles)
}

// Requests are the addresses that were asked for, in order.
func (r *Record) Requests() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.requests)
}

// Foreign are the requests that left what begins with origin; data: and blob:
// addresses and the empty page leave nothing.
func (r *Record) Foreign(origin string) []string {
	return slices.DeleteFunc(r.Requests(), func(address string) bool {
		return strings.HasPrefix(address, origin) || strings.HasPrefix(address, "data:") ||
			strings.HasPrefix(address, "blob:") || address == "about:blank"
	})
}

// Reset forgets everything, before the next page in the same tab.
func (r *Record) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.troubles, r.requests = nil, nil
}

func (r *Record) add(trouble string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.troubles = append(r.troubles, trouble)
}

// note keeps one event of the browser; true means that a dialog waits for an answer.
func (r *Record) note(ev any) (dialog bool) {
	switch e := ev.(type) {
	case *network.EventRequestWillBeSent:
		r.mu.Lock()
		r.requests = append(r.requests, e.Request.URL)
		r.mu.Unlock()
	case *network.EventWebSocketCreated:
		r.add("websocket: " + e.URL)
	case *log.EventEntryAdded:
		r.add(fmt.Sprintf("%s %s: %s (%s)", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *runtime.EventConsoleAPICalled:
		r.add("console: " + spoken(e.Args))
	case *runtime.EventExceptionThrown:
		r.add("exception: " + thrown(e.ExceptionDetails))
	case *page.EventJavascriptDialogOpening:
		r.add("dialog: " + e.Message)
		return true
	case *page.EventFileChooserOpened:
		r.add("file chooser")
	}
	return false
}

func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception != nil && e.Exception.Description != "" {
		return e.Exception.Description
	}
	return e.Text
}

func spoken(args []*runtime.RemoteObject) string {
	var parts []string
	for _, a := range args {
		parts = append(parts, string(a.Value)+a.Description)
	}
	return strings.Join(parts, " ")
}

// call sends one command of the protocol to the page.
func call[P, R any](p *Page, cmd cdp.Command[P, R], params P) R {
	p.t.Helper()
	r, err := chromedp.Call(p.ctx, cmd, params)
	p.must(err)
	return r
}
