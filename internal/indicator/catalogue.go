package indicator

import (
	"maps"
	"slices"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// File is one TOML file of the catalogue, named relative to the site.
type File struct {
	Name string
	Src  []byte
}

// Catalogue is every indicator of a site and every table that is asked for.
// Loading and asking happen before the first pass over rows.
type Catalogue struct {
	datasets   map[string]*schema.Dictionary
	indicators map[string]*Indicator // by DATASET/ID
	order      []string              // of the written ones
	tasks      map[string][]Task     // by dataset
	asked      map[string]bool       // DATASET/ID?by=… that tasks has
}

// Load reads data/indicators.toml and its siblings. Everything wrong goes to
// the list, with its place; ok is false when something was. The catalogue holds
// what was right all the same, so that later rooms can go on checking.
func Load(files []File, datasets []*schema.Dictionary, l *diag.List) (c *Catalogue, ok bool) {
	c = &Catalogue{datasets: map[string]*schema.Dictionary{}, indicators: map[string]*Indicator{}, tasks: map[string][]Task{}, asked: map[string]bool{}}
	for _, d := range datasets {
		c.datasets[d.Name] = d
	}
	ok = true
	var written []*checker
	for _, f := range files {
		var raw rawFile
		src, decoded := config.Decode(f.Name, f.Src, &raw, l)
		ok = ok && decoded
		for i := range raw.Indicator {
			ch := &checker{raw: &raw.Indicator[i], src: src, at: i, l: l, ok: true}
			c.add(ch)
			written = append(written, ch)
		}
	}
	for _, name := range c.DatasetNames() {
		c.imply(c.datasets[name])
	}
	for _, ch := range written {
		if ch.ok {
			c.compare(ch)
		}
		if ch.ok {
			c.wantTables(ch)
		}
		ok = ok && ch.ok
	}
	return c, ok
}

// DatasetNames lists the datasets in order.
func (c *Catalogue) DatasetNames() []string { return slices.Sorted(maps.Keys(c.datasets)) }

// Indicators lists the written indicators in the order of their files.
func (c *Catalogue) Indicators() []*Indicator {
	var out []*Indicator
	for _, ref := range c.order {
		out = append(out, c.indicators[ref])
	}
	return out
}

// Find gives an indicator by dataset and id: a written one, or the one that a
// field of that name implies.
func (c *Catalogue) Find(dataset, id string) (*Indicator, bool) {
	ind, ok := c.indicators[dataset+"/"+id]
	return ind, ok
}

// add reads one definition.
func (c *Catalogue) add(ch *checker) {
	raw := ch.raw
	ch.ind = &Indicator{ID: raw.ID, Dataset: raw.Dataset, Title: raw.Title, Unit: raw.Unit, Definition: raw.Definition, Formula: raw.Formula,
		Kind: raw.Kind, Decimals: -1, Pos: ch.pos()}
	ch.identity(c)
	kind, known := ch.kind()
	if ch.dict == nil || !known {
		ch.ok = false
		return
	}
	ch.keysOf(kind)
	ch.common()
	kind.check(ch)
	ch.cuts = ch.by()
	ref := raw.Dataset + "/" + raw.ID
	if before, twice := c.indicators[ref]; twice {
		ch.repeated(before)
	} else if ch.ok {
		c.indicators[ref], c.order = ch.ind, append(c.order, ref)
	}
}

// wantTables asks for the total and the cuts that a definition names.
func (c *Catalogue) wantTables(ch *checker) {
	c.want(ch.ind, nil)
	for _, fields := range ch.cuts {
		c.want(ch.ind, fields)
	}
}

// imply gives every field that can be published an indicator under its own name.
func (c *Catalogue) imply(d *schema.Dictionary) {
	for i := range d.Fields {
		f := &d.Fields[i]
		ref := d.Name + "/" + f.Name
		if _, written := c.indicators[ref]; written {
			continue
		}
		if ind, ok := Implied(d, f.Name); ok {
			c.indicators[ref] = ind
		}
	}
}

// want puts a table and the margins it adds up to on the list of tasks.
func (c *Catalogue) want(ind *Indicator, by []string) {
	key := ind.Dataset + "/" + ind.ID + "?by=" + strings.Join(by, ",")
	if c.asked[key] {
		return
	}
	c.asked[key] = true
	for i := range by {
		c.want(ind, slices.Concat(by[:i], by[i+1:]))
	}
	c.tasks[ind.Dataset] = append(c.tasks[ind.Dataset], Task{ind, by})
	c.wantBefore(ind, by)
}

// WantAll asks for the totals of every indicator of a dataset, implied ones
// included, as a draft of all its questions needs them.
func (c *Catalogue) WantAll(dataset string) {
	d := c.datasets[dataset]
	if d == nil {
		return
	}
	for i := range d.Fields {
		if ind, ok := c.Find(dataset, d.Fields[i].Name); ok {
			c.want(ind, nil)
		}
	}
}

// Plan is what one pass over a dataset's rows has to observe. ok is false when
// nothing of the dataset is asked for.
func (c *Catalogue) Plan(dataset string) (p *Plan, ok bool) {
	tasks := slices.Clone(c.tasks[dataset])
	slices.SortStableFunc(tasks, compareTasks)
	return &Plan{Dictionary: c.datasets[dataset], Tasks: tasks}, len(tasks) > 0
}

// compareTasks puts the tables of one indicator side by side, totals first, so
// that the order of asking does not matter.
func compareTasks(a, b Task) int {
	if c := strings.Compare(a.Indicator.ID, b.Indicator.ID); c != 0 {
		return c
	}
	if len(a.By) != len(b.By) {
		return len(a.By) - len(b.By)
	}
	return slices.Compare(a.By, b.By)
}
