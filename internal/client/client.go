// Package client holds what an agency owes one client: who it is, how its
// reports look, what the contract promises, and the scorecard of a period.
//
// In: data/clients/SLUG/client.toml and the rows beside it, the lines of the
// trade (data/clients/lines.toml), and released cells of the industry. Out: a
// Card for a day, an ISO week, a month or a quarter: every KPI against its
// forecast, its four lines and its peers, with what changed and what to do.
//
// It refuses to know of a second client: everything here takes one Client, so
// that nothing of another can reach its report. Of the industry it sees nothing
// but release.Cells; that the client is no peer of its own is for whoever hands
// in the registry (Peers). It reads no clock: the date of a report is given.
//
// Amounts are whole numbers of 1/10,000, added exactly. What decides over money
// (80.00 % passes, 79.99 % fails) is compared in integers by package stat and
// never by what is printed.
package client

import (
	"benchbook/internal/diag"
	"benchbook/internal/release"
	"benchbook/internal/schema"
	"benchbook/internal/stat"
)

// Folder is where clients stand in a project.
const Folder = "data/clients"

// Client is one client.toml and its data dictionary.
type Client struct {
	Slug        string // folder name, part of addresses
	Name        string
	Industry    string   // as the benchmark datasets write it
	Contributor string   // the client's own name in the benchmark datasets; "" = it is in none
	Logo        string   // file in the client's folder; "" = none
	Brand       Brand    // colours
	Publisher   []string // lines at the foot of a report
	WhiteLabel  bool     // no mark of the program or the site
	Recipients  []string // never printed
	Sealed      bool     // its folder goes out encrypted, for a password
	Cadences    []Cadence
	Received    string // field with the day that a row arrived; "" = rows are known from their own day
	Contract    Contract
	KPIs        []KPI
	Stages      []Stage
	Dictionary  *schema.Dictionary
	Pos         diag.Pos
}

// Contract is what holds for all KPIs.
type Contract struct {
	From, Until Day   // 0 = open
	Floor       int64 // percent of the forecast that counts as kept
	Basis       stat.Basis
}

// KPI is one number of the contract: a field, or a numerator over a denominator.
type KPI struct {
	ID, Title, Unit        string
	Field, Over            string // a field; of a stored ratio, what it is a ratio of
	Numerator, Denominator string
	Percent                bool // the value is a fraction of 1
	Down                   bool // lower is better
	Decimals               int
	Benchmark              [2]string // dataset and indicator; empty = none
	Traffic                string    // field of the traffic that the client promised to bring
	Target                 *int64    // for every month, in 1/10,000 of a fraction or 1/100 of a unit
	Plan                   []Month
	Lines                  Lines
	Bonus                  *Bonus
	pos                    diag.Pos
}

// Month is one month of a forecast: committed traffic × rate.
type Month struct {
	Period    Period
	Committed int64 // users
	Rate      int64 // in 1/10000
}

// Bonus is paid for what lies above the line 超额线, in cents.
type Bonus struct{ Per, Cap int64 }

// Industry is what a client may be held against: the cells without the client,
// and the site's own, since what the site withholds no report may tell.
type Industry struct{ Cells, Told *release.Registry }

// Peers gives the released cells of an industry indicator, without the named
// contributor and the brands of its owner. ok is false where there is no such
// indicator.
type Peers func(benchmark [2]string, contributor string) (Industry, bool)

// KPIPos is where a KPI's benchmark is written.
func (c *Client) KPIPos(i int) diag.Pos { return c.KPIs[i].pos }

// ratio says that the KPI is a quotient of two sums.
func (k *KPI) ratio() bool { return k.Numerator != "" || k.Over != "" }
