// Package build is the hall: it walks through the rooms in order and knows
// nothing that they know.
//
//	1 load     settings, data dictionaries, indicators, charts, facts, documents
//	2 demand   which tables do the catalogue, the charts and the texts ask for
//	3 observe  one pass over each dataset's rows: checked, reduced to observations
//	4 compute  observations × segments → estimates with intervals and warnings
//	5 release  disclosure control, once for the whole site → released cells
//	6 compose  pages, figures, addresses, checks that need the whole site
//	7 render   templates, in parallel, into the sink; the print edition is
//	           bound from the finished pages
//
// Findings are collected to the end of a step, so that a user sees all of them;
// a step that rests on broken input is not begun. Whether the sink's bytes
// become the site is for the caller to say.
package build

import (
	"context"
	"time"

	"benchbook/internal/cache"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/page"
	"benchbook/internal/release"
	"benchbook/internal/site"
)

// Generator and Version name the program in the manifest and on the pages.
const (
	Generator = "benchbook"
	Version   = "0.1.0"
)

// Options of one build.
type Options struct {
	Drafts   bool
	Cache    *cache.Store                           // nil = everything is made anew, in memory
	Progress func(stage diag.Text, done, total int) // nil = nobody is looking
}

// Result counts what a build made.
type Result struct {
	Pages      int   `json:"pages"`
	Figures    int   `json:"figures"`
	Cells      int   `json:"cells"`
	Suppressed int   `json:"suppressed"`
	Clients    int   `json:"clients"`
	Warnings   int   `json:"warnings"`
	Files      int   `json:"files"`
	Bytes      int64 `json:"bytes"`
	WallMS     int64 `json:"wall_ms"`

	// Inspect searches the bytes of another form of the site, or of a file that
	// stays beside it, for what must not be published; findings go to the list.
	Inspect func(name string, data []byte, l *diag.List) `json:"-" cache:"-"`

	Steps []Step `json:"-" cache:"-"` // how long each part took, in order
	// Again makes the page of one text anew from its bytes, without looking at the
	// rest of the site; ok is false where that would not be enough.
	Again     func(file string, src []byte) (name string, html []byte, ok bool) `json:"-" cache:"-"`
	Unchanged bool                                                              `json:"-"` // the site stands as it is; there is nothing to commit

	Keep        func() error      `json:"-" cache:"-"` // stores what was made for the next build, once the sink has committed
	Record      func() error      `json:"-" cache:"-"` // writes what was released into the project, for later editions
	Fixes       []page.Fix        `json:"-" cache:"-"` // numbers in the text that disagree with the data
	Composition *page.Composition `json:"-" cache:"-"` // what the pages were rendered from, for other forms of them
}

// Step is one part of a build and how long it took. No clock reaches the site.
type Step struct {
	Name diag.Text
	Took time.Duration
}

// step ends a part of the build.
func (b *run) step(name diag.Text) {
	now := time.Now()
	b.steps, b.since = append(b.steps, Step{name, now.Sub(b.since)}), now
}

// Run builds the site into a sink. The error is one of the world or of a
// cancelled context; everything else is in the list.
func Run(ctx context.Context, s *site.Site, opt Options, sink output.Sink, l *diag.List) (Result, error) {
	b := &run{ctx: ctx, site: s, opt: opt, list: l, since: time.Now()}
	b.sink = guard{sink, b}
	if opt.Progress == nil {
		b.opt.Progress = func(diag.Text, int, int) {}
	}
	if err := b.openReuse(sink); err != nil {
		return Result{}, err
	}
	if b.unchanged() {
		return b.reuse.before.Result.again(), nil
	}
	if err := b.load(); err != nil || b.groundless {
		return Result{}, err
	}
	b.step(diag.T("读入", "load"))
	b.demand()
	before := l.Errors()
	tables, err := b.compute()
	b.step(diag.T("观测与计算", "observe and compute"))
	if err != nil || l.Errors() > before {
		return Result{}, err // numbers of broken rows would only bring wrong findings
	}
	demands := l.HasErrors()
	memory, err := s.Released(l)
	if err != nil {
		return Result{}, err
	}
	registry := release.Release(rules(s.Settings, memory.Told()), tables)
	b.remember(registry, memory)
	if b.refuseExposed(registry); l.HasErrors() && !demands {
		return Result{}, nil
	}
	b.step(diag.T("公布控制", "disclosure control"))
	if err := b.learn(registry, tables); err != nil {
		return Result{}, err
	}
	b.step(diag.T("记下不能出现的值", "learn what must not appear"))
	composition := page.Compose(b.input(registry), l)
	b.step(diag.T("编排页面", "compose"))
	if err := b.render(composition); err != nil {
		return Result{}, err
	}
	b.step(diag.T("写页面", "render"))
	cells, suppressed := registry.Counts()
	r := Result{Pages: len(composition.Pages), Figures: composition.Figures, Cells: cells, Suppressed: suppressed,
		Warnings: l.Warnings(), Files: int(b.fileCount.Load()), Bytes: b.byteCount.Load(), Fixes: composition.Fixes(), Composition: composition, Record: b.record, Inspect: b.inspect, Steps: b.steps, Again: (&again{theme: b.theme, composition: composition, secrets: b.secrets}).page}
	r.Keep = func() error { return b.keep(composition, r, l.Sorted()) }
	return r, nil
}

// again is the result of a build that found everything as it left it.
func (r Result) again() Result {
	r.Unchanged = true
	return r
}
