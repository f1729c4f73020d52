package indicator

import (
	"cmp"
	"slices"
	"sort"
)

// Datum is what one observation says about one indicator: *Counts, *Values,
// *Sums or *Flows, by its kind.
type Datum interface {
	empty() Datum // a new one of the same kind
	merge(Datum)  // adds another of the same kind
	weigh(by float64) Datum
	settle() // puts what came in the order of rows into an order of its own
}

// Merge adds up what one contributor said in several observations. The parts
// stay as they are; without parts there is nothing, nil.
func Merge(parts []Datum) Datum {
	if len(parts) == 0 {
		return nil
	}
	if len(parts) == 1 {
		return parts[0]
	}
	out := parts[0].empty()
	for _, d := range parts {
		out.merge(d)
	}
	return out
}

// Weighed is a datum with all weights multiplied; what it is made of stays.
func Weighed(d Datum, by float64) Datum { return d.weigh(by) }

// Tally is a number of rows and the sum of their weights (the number itself
// where there are no weights).
type Tally struct {
	N      int
	Weight Sum
}

func (t *Tally) add(weight float64) {
	t.N++
	t.Weight.Add(weight)
}

func (t *Tally) merge(o Tally) {
	t.N += o.N
	t.Weight.Merge(o.Weight)
}

func (t Tally) weighed(by float64) Tally { return Tally{t.N, t.Weight.scaled(by)} }

// Counts is how often a contributor gave each answer to a choice question.
type Counts struct {
	Rows, Asked, Answered Tally
	Is                    Tally          // rows with an answer in Indicator.Is
	Options               map[int]*Tally // rows by answer, an index into the task's options
	Unusable              int            // rows whose value fits no option; they count as not answered
	Numbers               Values         // ranges of numbers: the numbers themselves
}

// Base is the tally that a share of b is a share of.
func (c *Counts) Base(b Base) Tally {
	switch b {
	case All:
		return c.Rows
	case Asked:
		return c.Asked
	}
	return c.Answered
}

// Given is the tally of all answers but one option (-1: of all), each row once an answer.
func (c *Counts) Given(but int) (t Tally) {
	for i, option := range c.Options {
		if i != but {
			t.merge(*option)
		}
	}
	return t
}

// Option is the tally of one option.
func (c *Counts) Option(i int) Tally {
	if t := c.Options[i]; t != nil {
		return *t
	}
	return Tally{}
}

func (c *Counts) empty() Datum { return &Counts{Options: map[int]*Tally{}} }

func (c *Counts) merge(d Datum) {
	o := d.(*Counts)
	c.Rows.merge(o.Rows)
	c.Asked.merge(o.Asked)
	c.Answered.merge(o.Answered)
	c.Is.merge(o.Is)
	c.Unusable += o.Unusable
	c.Numbers.merge(&o.Numbers)
	for i, t := range o.Options {
		c.option(i).merge(*t)
	}
}

func (c *Counts) weigh(by float64) Datum {
	out := &Counts{Rows: c.Rows.weighed(by), Asked: c.Asked.weighed(by), Answered: c.Answered.weighed(by), Is: c.Is.weighed(by),
		Options: make(map[int]*Tally, len(c.Options)), Unusable: c.Unusable, Numbers: *c.Numbers.weigh(by).(*Values)}
	for i, t := range c.Options {
		w := t.weighed(by)
		out.Options[i] = &w
	}
	return out
}

func (c *Counts) option(i int) *Tally {
	t := c.Options[i]
	if t == nil {
		t = &Tally{}
		c.Options[i] = t
	}
	return t
}

// Values is the numbers of a contributor's rows. Weights are nil where there are none.
type Values struct {
	Rows    int
	Numbers []float64
	Weights []float64
}

func (v *Values) empty() Datum { return &Values{} }

func (v *Values) merge(d Datum) {
	o := d.(*Values)
	v.Rows += o.Rows
	v.Numbers = append(v.Numbers, o.Numbers...)
	v.Weights = append(v.Weights, o.Weights...)
}

func (v *Values) weigh(by float64) Datum {
	out := &Values{v.Rows, v.Numbers, make([]float64, len(v.Weights))}
	for i, w := range v.Weights {
		out.Weights[i] = w * by
	}
	return out
}

// Sums is a contributor's numerator and denominator over the rows that have
// both. Weight is the largest of its rows' weights (1 where there are none).
type Sums struct {
	Rows, Missing, Invalid int // Invalid: negative, or something of nothing
	Num, Den               Sum
	Weight                 float64
}

// Usable is the number of rows that went into the sums.
func (s *Sums) Usable() int { return s.Rows - s.Missing - s.Invalid }

func (s *Sums) empty() Datum { return &Sums{} }

func (s *Sums) merge(d Datum) {
	o := d.(*Sums)
	s.Rows += o.Rows
	s.Missing += o.Missing
	s.Invalid += o.Invalid
	s.Num.Merge(o.Num)
	s.Den.Merge(o.Den)
	s.Weight = max(s.Weight, o.Weight)
}

func (s *Sums) weigh(by float64) Datum {
	out := *s
	out.Weight *= by
	return &out
}

// Flow is the money of one month; Missing counts rows that lack a side.
type Flow struct {
	Revenue, Cost Sum
	Missing       int
}

// Duration is a time with whether its event came (else it is censored there).
type Duration struct {
	Time  float64
	Event bool
}

// Flows is a contributor's cash flow by month, or its durations. Months count
// from any origin (calendar months from the year 0); Calendar says which.
type Flows struct {
	Rows, Missing, Invalid int
	Months                 map[int]*Flow
	Calendar               bool
	Durations              []Duration
}

func (f *Flows) empty() Datum { return &Flows{Months: map[int]*Flow{}} }

func (f *Flows) merge(d Datum) {
	o := d.(*Flows)
	f.Rows += o.Rows
	f.Missing += o.Missing
	f.Invalid += o.Invalid
	f.Calendar = f.Calendar || o.Calendar
	f.Durations = append(f.Durations, o.Durations...)
	for m, flow := range o.Months {
		mine := f.month(m)
		mine.Revenue.Merge(flow.Revenue)
		mine.Cost.Merge(flow.Cost)
		mine.Missing += flow.Missing
	}
}

// weigh does nothing: times to payback are not weighted.
func (f *Flows) weigh(float64) Datum { return f }

func (f *Flows) month(m int) *Flow {
	flow := f.Months[m]
	if flow == nil {
		flow = &Flow{}
		f.Months[m] = flow
	}
	return flow
}

func (c *Counts) settle() { c.Numbers.settle() }

// settle sorts the numbers, each with its weight.
func (v *Values) settle() {
	if len(v.Weights) == 0 {
		slices.Sort(v.Numbers)
		return
	}
	sort.Sort(byNumber{v})
}

// byNumber sorts numbers with their weights.
type byNumber struct{ *Values }

func (v byNumber) Len() int { return len(v.Numbers) }
func (v byNumber) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(v.Numbers[i], v.Numbers[j]), cmp.Compare(v.Weights[i], v.Weights[j])) < 0
}
func (v byNumber) Swap(i, j int) {
	v.Numbers[i], v.Numbers[j] = v.Numbers[j], v.Numbers[i]
	v.Weights[i], v.Weights[j] = v.Weights[j], v.Weights[i]
}

func (s *Sums) settle() {}

func (f *Flows) settle() {
	slices.SortFunc(f.Durations, func(a, b Duration) int {
		if c := cmp.Compare(a.Time, b.Time); c != 0 || a.Event == b.Event {
			return c
		}
		if a.Event {
			return -1
		}
		return 1
	})
}
