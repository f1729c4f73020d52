package benchmark

import (
	"math"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// statBands is the indicator's partition as package stat reads it, moved up by
// a whole number.
func (t *Table) statBands(shift float64) []stat.Band {
	var out []stat.Band
	for _, b := range t.Indicator.Bands {
		s := stat.Band{Name: b.Name, Lo: math.NaN(), Hi: math.NaN(), LoClosed: b.FromClosed, HiClosed: b.ToClosed}
		if b.From != nil {
			s.Lo = *b.From + shift
		}
		if b.To != nil {
			s.Hi = *b.To + shift
		}
		out = append(out, s)
	}
	return out
}

// rated is a contributor's rate as numerator and denominator; a plain number is over 1.
type rated struct {
	num, den, weight float64
	id, owner        int // id is -1 for the nameless, who are all distinct
	cluster, stratum string
}

// bands estimates the share of contributors (or rows) in each band.
func (t *Table) bands(g int, rates []rated, shift float64) {
	bands := t.statBands(shift)
	if len(bands) == 0 {
		return
	}
	in := make([][]rated, len(bands))
	var all []rated
	for _, r := range rates {
		table, err := stat.Bands([]float64{r.num}, []float64{r.den}, bands, level)
		if err != nil || table.N == 0 {
			continue
		}
		all = append(all, r)
		for k, b := range table.Bands {
			if b.N > 0 {
				in[k] = append(in[k], r)
			}
		}
	}
	first := len(t.Options) - len(bands)
	for k := range bands {
		t.Estimates = append(t.Estimates, t.band(g, first+k, in[k], all))
	}
}

func (t *Table) band(g, option int, in, all []rated) Estimate {
	nan := math.NaN()
	e := Estimate{Group: g, Option: option, Stat: "share", Share: true, Value: nan, Lo: nan, Hi: nan, Above: nan,
		Count: len(in), Base: len(all), Contributors: ratedOwners(in), BaseContributors: ratedOwners(all), Method: BandShares}
	t.proportion(&e, ratedParts(in, all), distinct(all))
	return e
}

// distinct says that every rate is of another contributor.
func distinct(rates []rated) bool {
	seen := map[int]bool{}
	for _, r := range rates {
		if r.id >= 0 && seen[r.id] {
			return false
		}
		seen[r.id] = true
	}
	return true
}

// ratedParts adds up each contributor's part in a band.
func ratedParts(in, all []rated) []part {
	var parts []part
	at := map[int]int{}
	for _, r := range all {
		i, known := at[r.id]
		if !known {
			i = len(parts)
			at[r.id] = i
			parts = append(parts, part{id: r.id, cluster: r.cluster, stratum: r.stratum})
		}
		parts[i].base += r.weight
		parts[i].weight += r.weight
	}
	for _, r := range in {
		parts[at[r.id]].hits += r.weight
	}
	return parts
}

func ratedOwners(rates []rated) int {
	seen, nameless := map[int]bool{}, 0
	for _, r := range rates {
		if r.id < 0 {
			nameless++
		} else {
			seen[r.owner] = true
		}
	}
	return len(seen) + nameless
}

// bandsOfValues sorts plain numbers into bands. Package stat compares rates,
// which are not negative; so numbers and bounds move up together.
func (t *Table) bandsOfValues(g int, c *cell) {
	if len(t.Indicator.Bands) == 0 {
		return
	}
	lowest := 0.0
	for _, b := range t.Indicator.Bands {
		if b.From != nil {
			lowest = math.Min(lowest, *b.From)
		}
		if b.To != nil {
			lowest = math.Min(lowest, *b.To)
		}
	}
	once := t.Indicator.Per == indicator.ByContributor
	var rates []rated
	for i := range c.people {
		p := &c.people[i]
		one := t.numbers(&cell{people: []person{*p}}, once)
		for k, x := range one.values {
			lowest = math.Min(lowest, x)
			r := rated{x, 1, 1, p.id, p.owner, p.cluster, p.stratum}
			if one.weights != nil {
				r.weight = one.weights[k]
			}
			rates = append(rates, r)
		}
	}
	shift := math.Ceil(-lowest)
	for i := range rates {
		rates[i].num, rates[i].den = decimalRate(rates[i].num, shift)
	}
	t.bands(g, rates, shift)
}

// decimalRate writes a number with at most six decimals as a ratio of whole
// numbers, so that 0.17 is not above 17%; any other number stands over 1.
func decimalRate(x, shift float64) (num, den float64) {
	millionths := x * 1e6
	if whole := math.Round(millionths); math.Abs(millionths-whole) <= 1e-9*math.Max(1, math.Abs(whole)) {
		return whole + float64(shift*1e6), 1e6
	}
	return x + shift, 1
}
