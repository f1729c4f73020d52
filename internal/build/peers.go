package build

import (
	"slices"
	"strconv"
	"sync"

	"benchbook/internal/benchmark"
	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/page"
	"benchbook/internal/release"
)

// peers gives the industry's released cells without one contributor. Rows are
// observed once; leaving a contributor out drops its observations and those of
// its owner's other brands, and what remains goes through release again.
type peers struct {
	run   *run
	site  *release.Registry
	sets  map[string]*indicator.Set // by dataset
	mu    sync.Mutex
	made  map[string]func() *release.Registry
	found diag.List // of computing again: what the first time has said already
}

// newPeers observes the datasets that clients are held against, each once.
func (b *run) newPeers(site *release.Registry, clients []*clientJob) (*peers, error) {
	p := &peers{run: b, site: site, sets: map[string]*indicator.Set{}, made: map[string]func() *release.Registry{}}
	for i, d := range b.datasets {
		wanted := map[string]bool{}
		for _, j := range clients {
			for _, k := range j.client.KPIs {
				if j.client.Contributor != "" && k.Benchmark[0] == d.Name {
					wanted[k.Benchmark[1]] = true
				}
			}
		}
		plan, _ := b.catalogue.Plan(d.Name)
		plan.Tasks = slices.DeleteFunc(plan.Tasks, func(t indicator.Task) bool {
			return !wanted[t.Indicator.ID] || len(t.By) > 1 || slices.Contains(t.By, d.Period)
		})
		if len(plan.Tasks) == 0 {
			continue
		}
		info := page.DatasetInfo{}
		set, err := plan.ObserveStream(b.rows(d, &info, plan), &p.found)
		if err != nil {
			return nil, err
		}
		p.sets[d.Name] = set
		b.opt.Progress(diag.T("读同行数据", "reading peers"), i+1, len(b.datasets))
	}
	return p, nil
}

// knows says whether a contributor is in any of the datasets that its client is
// held against; an unknown one would be counted among its own peers.
func (p *peers) knows(c *client.Client) bool {
	for _, k := range c.KPIs {
		if set := p.sets[k.Benchmark[0]]; set != nil {
			if _, ok := set.Contributor(c.Contributor); ok {
				return true
			}
		}
	}
	return false
}

// of is a client.Peers.
func (p *peers) of(ref [2]string, contributor string) (client.Industry, bool) {
	set := p.sets[ref[0]]
	id, in := -1, false
	if set != nil && contributor != "" {
		id, in = set.Contributor(contributor)
	}
	if !in {
		return client.Industry{Cells: p.site, Told: p.site}, true
	}
	p.mu.Lock()
	key := ref[0] + "\x00" + strconv.Itoa(id)
	once, known := p.made[key]
	if !known {
		once = sync.OnceValue(func() *release.Registry { return p.without(set, id) })
		p.made[key] = once
	}
	p.mu.Unlock()
	return client.Industry{Cells: once(), Told: p.site}, true
}

// without computes and releases a dataset's tables as if a contributor and its
// owner's brands had sent nothing.
func (p *peers) without(set *indicator.Set, id int) *release.Registry {
	owners := map[int]bool{}
	for _, o := range set.Observations {
		if o.Contributor == id {
			owners[o.Owner] = true
		}
	}
	rest := *set
	rest.Observations = slices.DeleteFunc(slices.Clone(set.Observations), func(o indicator.Observation) bool {
		return o.Contributor == id || owners[o.Owner]
	})
	tables := benchmark.Compute(&rest, &diag.List{})
	return release.Release(rules(p.run.site.Settings, nil), tables)
}
