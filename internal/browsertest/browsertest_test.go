package browsertest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// naughty does once everything that a record has to catch.
const naughty = `<!doctype html><meta http-equiv="Content-Security-Policy" content="img-src 'none'">
<title>x</title><img src="/refused.png"><p style="width:4000px">wide</p>
<script>console.error("said"); alert("boo"); fetch("http://127.0.0.1:9/away").catch(() => 0); window.ran = 1; setTimeout(() => nowhere(), 0)</script>`

func TestRecordCatches(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(naughty))
	}))
	defer srv.Close()
	p := Start(t).Page(t)
	p.Open(srv.URL)
	for _, want := range []string{"console: \"said\"", "dialog: boo", "Content Security Policy", "nowhere is not defined"} {
		caught := func() bool {
			return slices.ContainsFunc(p.Troubles(), func(s string) bool { return strings.Contains(s, want) })
		}
		for end := time.Now().Add(5 * time.Second); !caught() && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond)
		}
		if !caught() {
			t.Errorf("%q is not in the record: %q", want, p.Troubles())
		}
	}
	if !slices.Contains(p.Foreign(srv.URL), "http://127.0.0.1:9/away") {
		t.Errorf("the request to another host is not in the record: %q", p.Requests())
	}
	p.Size(360, 700)
	if w := Eval[int](p, `document.scrollingElement.scrollWidth`); w < 4000 {
		t.Errorf("the wide page is %d px wide", w)
	}
	p.Reset()
	p.Scripting(false)
	p.Open(srv.URL)
	if Eval[bool](p, `"ran" in window`) {
		t.Error("a script ran though scripting is off")
	}
}
