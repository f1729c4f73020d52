package build

import (
	"context"
	"os"
	"path"
	"slices"
	"sync/atomic"
	"time"

	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/fact"
	"benchbook/internal/indicator"
	"benchbook/internal/leak"
	"benchbook/internal/output"
	"benchbook/internal/page"
	"benchbook/internal/release"
	"benchbook/internal/schema"
	"benchbook/internal/site"
	"benchbook/internal/theme"
)

// run is one build on its way through the rooms.
type run struct {
	ctx  context.Context
	site *site.Site
	opt  Options
	sink output.Sink
	list *diag.List

	documents  []*document.Document
	texts      []storedText   // the documents as they are stored, drafts too
	sources    map[string]sum // of the files that were read already, by name; nil = none
	changed    atomic.Bool    // a text was changed while it was built
	tampered   atomic.Bool    // the site before was
	reuse      reuse
	datasets   []*schema.Dictionary
	catalogue  *indicator.Catalogue
	charts     *page.Charts
	facts      *fact.List
	infos      []page.DatasetInfo
	trade      page.Trade
	secrets    *leak.Scanner
	record     func() error // stores what this run released
	fileCount  atomic.Int64
	byteCount  atomic.Int64
	groundless bool // a dictionary or the catalogue is wrong: what rests on them would only repeat it
	theme      *theme.Theme
	steps      []Step
	since      time.Time         // when the present step began
	kept       pagesKept         // that the print edition is bound from
	query      bool              // one table is computed, no site
	told       map[string]*names // by dataset that is in a database
}

// Where things stand in a project.
const (
	indicatorsFile = "data/indicators.toml"
	chartsFile     = "data/charts.toml"
	factsFile      = "data/facts.toml"
)

// load reads everything but rows.
func (b *run) load() error {
	b.checkBrand()
	if err := b.loadDatasets(); err != nil {
		return err
	}
	if err := b.loadCatalogue(); err != nil {
		return err
	}
	if err := b.loadTrade(); err != nil {
		return err
	}
	return b.loadDocuments()
}

func (b *run) loadCatalogue() error {
	var sources []indicator.File
	for _, name := range []string{indicatorsFile, chartsFile, factsFile} {
		src, err := b.optional(name)
		if err != nil {
			return err
		}
		switch name {
		case chartsFile:
			b.charts = page.LoadCharts(name, src, b.list)
		case factsFile:
			b.facts = fact.Load(name, src, b.list)
		default:
			sources = append(sources, indicator.File{Name: name, Src: src})
		}
	}
	more, err := b.site.Files("data/indicators", func(name string) bool { return path.Ext(name) == ".toml" })
	if err != nil {
		return err
	}
	for _, name := range more {
		src, err := b.site.Read(name)
		if err != nil {
			return err
		}
		sources = append(sources, indicator.File{Name: name, Src: src})
	}
	var found diag.List
	var ok bool
	b.catalogue, ok = indicator.Load(sources, b.datasets, &found)
	for _, d := range found.Sorted() {
		// A dataset whose dictionary is broken is there all the same.
		if !b.groundless || d.Code != "indicator.unknown_dataset" {
			b.list.Add(d)
		}
	}
	b.groundless = b.groundless || !ok
	return nil
}

// optional reads a file that a project need not have.
func (b *run) optional(name string) ([]byte, error) {
	src, err := b.site.Read(name)
	if os.IsNotExist(err) {
		return nil, nil
	}
	return src, err
}

// demand asks the catalogue for every table that a chart or a text rests on.
func (b *run) demand() {
	needs := page.Needs(b.documents, b.charts, b.infos, b.list)
	needs = slices.Concat(needs, page.KPINeeds(b.trade.KPIs), page.SelectorNeeds(b.trade.Tools.Selectors))
	for _, need := range needs {
		var found diag.List
		b.catalogue.Need(need.Ref, need.Pos, &found)
		for _, d := range found.Sorted() {
			d.Width = need.Width
			b.list.Add(d)
		}
	}
}

// input hands the composed rooms' results to package page.
func (b *run) input(registry *release.Registry) page.Input {
	return page.Input{Settings: b.site.Settings, Generator: Generator + " " + Version, Documents: b.documents, Charts: b.charts, Facts: b.facts,
		Registry: registry, Datasets: b.infos, Trade: b.trade, Read: b.site.Read}
}
