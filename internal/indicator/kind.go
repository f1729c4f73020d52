package indicator

import (
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Kind is a way to compute an indicator.
type Kind struct {
	Name  string
	Title diag.Text
	keys  []string                            // TOML keys that it reads besides those of every indicator
	check func(*checker)                      // validates a definition and fills in what follows from it
	reads func(*Indicator) []string           // the fields it needs of a row
	start func(*Indicator, *columns) observer // prepares the pass over rows
	pairs func(*Indicator) []schema.Pair      // what a database may sum in place of rows; nil = nothing
}

// observer turns rows into data of one indicator, one datum an observation.
type observer struct {
	fresh func() Datum
	add   func(d Datum, rec *schema.Record, weight float64)
	total func(d Datum, rec *schema.Record, weight float64) bool // adds a record by its sums, where it has them; nil = it cannot
	found *domain                                                // answers met in the rows, where the dictionary has no list of them
	data  []Datum                                                // by observation
}

// Kinds is every way to compute an indicator: adding one is one file and one line.
func Kinds() []Kind {
	return []Kind{shareKind, multiKind, ratioKind, quantileKind, binnedKind, paybackKind}
}

func kindNamed(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return names
}
