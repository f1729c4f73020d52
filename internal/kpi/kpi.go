// Package kpi holds the trade's catalogue of key figures as data: families,
// KPIs with their definitions over time, profiles that choose some of them for
// a situation, and the lines that results are held against.
//
// In: data/kpi.toml and data/kpi/*.toml (each file is a framework; a project
// may have any number and none is built in) and data/clients/lines.toml. Out: a
// Catalogue and Lines, checked against each other, with the place of every
// entry. It refuses to know numbers: what a KPI comes to in an industry is a
// released cell, what it came to for a client is that client's, and both are
// joined to it by rooms above.
package kpi

import (
	"strings"

	"benchbook/internal/diag"
)

// Measure says how a KPI adds up over days and months.
type Measure string

// The measures. Change and Grade are those that the trade writes as 「提高」 and
// as a mark or a sentence: neither is ever added up.
const (
	Flow     Measure = "flow"     // adds up: new friends, money
	Distinct Measure = "distinct" // people counted once: never added, counted anew
	Stock    Measure = "stock"    // the last day counts
	Ratio    Measure = "ratio"    // numerators and denominators add up, then divide
	Change   Measure = "change"   // against a base that has to be named
	Grade    Measure = "grade"    // a grade or a text, listed and never added
)

// Measures lists the measures with their names for readers.
var Measures = []struct {
	Measure Measure
	Title   string
	Adds    string
}{
	{Flow, "流量", "各期相加"}, {Distinct, "去重流量", "按期重新去重，不相加"}, {Stock, "存量", "取期末那一天"},
	{Ratio, "比率", "分子、分母各自相加，再相除"}, {Change, "变化", "对基期而言，不相加"}, {Grade, "等级或文字", "逐期列出，不相加"},
}

// Title is the measure in a reader's words.
func (m Measure) Title() string {
	for _, known := range Measures {
		if known.Measure == m {
			return known.Title
		}
	}
	return string(m)
}

// Adds says how days become months.
func (m Measure) Adds() string {
	for _, known := range Measures {
		if known.Measure == m {
			return known.Adds
		}
	}
	return ""
}

// Better is the direction of a KPI.
type Better string

// The directions; Neither is a KPI that is only watched.
const (
	Higher  Better = "higher"
	Lower   Better = "lower"
	Neither Better = "neither"
)

// Title is the direction in a reader's words.
func (b Better) Title() string {
	return map[Better]string{Higher: "越高越好", Lower: "越低越好", Neither: "不分高低"}[b]
}

// Version is a definition and the day from which it holds.
type Version struct {
	From, Definition, Formula, Note string
}

// Note is a caution that goes wherever the KPI goes, with who gave it.
type Note struct{ Text, By string }

// KPI is one entry of the catalogue.
type KPI struct {
	ID, Title, Unit        string
	Family                 *Family
	Measure                Measure
	Better                 Better
	Owner                  string
	Phases                 []string
	Numerator, Denominator string // of a ratio, in words
	Cohort, Window         string // whom it is about, and over what time
	Versions               []Version
	Counts, Excludes       []string
	Mistakes               []string
	Notes                  []Note
	Aliases                []string
	Parts                  []string // KPIs that are told side by side in its place
	Complement             string   // KPI that adds up with it to the whole
	Of                     string   // of a change: the KPI that changes
	Benchmark              string   // DATASET/INDICATOR, "" = none
	By                     string   // the cut of its page, a field of the dataset
	SOPs                   []string // procedures that move it, source paths under content/
	Pos                    diag.Pos
}

// At is the definition that holds on a day (YYYY-MM-DD; "" = the latest).
func (k *KPI) At(day string) Version {
	current := k.Versions[0]
	for _, v := range k.Versions {
		if day == "" || v.From <= day {
			current = v
		}
	}
	return current
}

// Family is a group of KPIs.
type Family struct {
	ID, Title, Summary string
	Framework          *Framework
	KPIs               []*KPI
}

// Framework is one file: families, and what its author said of them.
type Framework struct {
	File, Title, Source, Summary string
	Quote                        string // what the source itself said of the number of its KPIs
	Families                     []*Family
}

// Count is how many KPIs the framework lists, which its quote need not be.
func (f *Framework) Count() (n int) {
	for _, family := range f.Families {
		n += len(family.KPIs)
	}
	return n
}

// Stage is the KPIs that a profile looks at for a while.
type Stage struct {
	Title      string
	UntilMonth int    // last month of the contract that it holds for; 0 = not by months
	Leave      string // what has to be reached before the next, in words
	Owner      string
	KPIs       []*KPI
}

// Profile is a choice of KPIs for a situation.
type Profile struct {
	ID, Title, Axis, When, Source, Rule string
	Brief                               bool // a form to fill in: now, and in a year
	Stages                              []Stage
	Pos                                 diag.Pos
}

// ByMonth says whether the stages follow the months of a contract.
func (p *Profile) ByMonth() bool { return len(p.Stages) > 1 && p.Stages[0].UntilMonth > 0 }

// At is the stage that holds in a month of the contract, from 1, and those that
// are over by then and stay readable. Where stages do not follow months the
// first holds until its owner says otherwise.
func (p *Profile) At(month int) (now Stage, over []Stage) {
	for i, s := range p.Stages {
		if !p.ByMonth() || s.UntilMonth == 0 || month <= s.UntilMonth {
			return s, p.Stages[:i]
		}
	}
	last := len(p.Stages) - 1
	return p.Stages[last], p.Stages[:last]
}

// KPIs are all KPIs of a profile, each once.
func (p *Profile) KPIs() (out []*KPI) {
	seen := map[*KPI]bool{}
	for _, s := range p.Stages {
		for _, k := range s.KPIs {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	return out
}

// Catalogue is every framework of a project.
type Catalogue struct {
	Frameworks []*Framework
	Profiles   []*Profile
	byID       map[string]*KPI
	order      []*KPI
}

// KPIs lists every KPI in the order of the files; a nil Catalogue has none.
func (c *Catalogue) KPIs() []*KPI {
	if c == nil {
		return nil
	}
	return c.order
}

// Find gives a KPI by id, title or alias.
func (c *Catalogue) Find(name string) (*KPI, bool) {
	if k, ok := c.byID[name]; ok {
		return k, true
	}
	for _, k := range c.order {
		if k.Title == name {
			return k, true
		}
		for _, a := range k.Aliases {
			if strings.EqualFold(a, name) {
				return k, true
			}
		}
	}
	return nil, false
}

// Profile gives a profile by id.
func (c *Catalogue) Profile(id string) (*Profile, bool) {
	for _, p := range c.Profiles {
		if p.ID == id {
			return p, true
		}
	}
	return nil, false
}

// Of lists the profiles that hold a KPI.
func (c *Catalogue) Of(k *KPI) (out []*Profile) {
	for _, p := range c.Profiles {
		for _, other := range p.KPIs() {
			if other == k {
				out = append(out, p)
			}
		}
	}
	return out
}
