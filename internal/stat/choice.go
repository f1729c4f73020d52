package stat

import (
	"math"
	"slices"
	"strings"
)

// Question says how the text of a field is read as an answer to a survey question, and how shares are estimated.
type Question struct {
	Options   []string // every code that may be answered
	Missing   []string // codes that mean "no answer", beside an empty field
	NotAsked  []string // codes of those who were led past the question
	Sep       string   // multi-select: what separates the codes in a cell
	None      string   // multi-select: the exclusive option "none of these"; "" where there isn't one
	OfAsked   bool     // single choice: shares of all who were asked instead of those who answered
	Estimator ShareOptions
}

// Turnout counts rows by what became of the question. Asked = Missing + Answered.
type Turnout struct{ Rows, Asked, Missing, Answered int }

// OptionShare is the result of one option. N is always unweighted.
type OptionShare struct {
	Code string
	N    int
	P    float64 // share of the base; for multi-select, of answered respondents
	Interval
	OfAnswers float64 // multi-select: share of all answers; NaN for the exclusive option and for single choice
}

// SingleAnswers is the result of a single-choice question; Base is the denominator of the shares, unweighted.
type SingleAnswers struct {
	Turnout
	Base    int
	Options []OptionShare
}

// MultiAnswers is the result of a multi-select question. Shares of respondents add up to more than 100%, shares of
// answers to 100%. The exclusive option counts as answering, and not as an answer.
type MultiAnswers struct {
	Turnout
	Answers     int     // answers given, unweighted
	MeanAnswers float64 // answers per answered respondent, weighted; NaN where nobody answered
	Options     []OptionShare
}

type fate int

const (
	notAsked fate = iota
	missing
	answered
)

// read tells what became of each row of positive weight.
func (q Question) read(fields []string) (sample, []string, []fate, error) {
	s, err := takeRows(len(fields), q.Estimator.Weight, func(int) bool { return true })
	if err != nil {
		return s, nil, nil, err
	}
	fields = gather(fields, s.at)
	fates := make([]fate, len(fields))
	for i, f := range fields {
		switch {
		case slices.Contains(q.NotAsked, f):
			fates[i] = notAsked
		case f == "" || slices.Contains(q.Missing, f):
			fates[i] = missing
		default:
			fates[i] = answered
		}
	}
	return s, fields, fates, nil
}

func turnout(fates []fate) Turnout {
	t := Turnout{Rows: len(fates)}
	for _, f := range fates {
		t.Asked += count(f != notAsked)
		t.Missing += count(f == missing)
		t.Answered += count(f == answered)
	}
	return t
}

// share estimates one option from 0/1 answers: Wilson's interval without weights, a weighted share with them.
func (q Question) share(code string, picked, weight []float64) (OptionShare, error) {
	n := sumOf(picked)
	out := OptionShare{Code: code, N: int(n), OfAnswers: math.NaN()}
	if q.Estimator.Weight == nil {
		base := float64(len(picked))
		out.P, out.Interval = ratioOf(n, base), Wilson(n, base, level95(q.Estimator.Level))
		return out, nil
	}
	o := q.Estimator
	o.Weight = weight
	s, err := WeightedShare(picked, o)
	out.P, out.Interval = s.P, s.Interval
	return out, err
}

// SingleChoice counts the answers of a single-choice question and estimates the share of every option. A field is not
// asked, missing or one of the options; anything else is refused as UnknownCode. Refuses BadWeight and
// ZeroWeightTotal, over all rows.
func SingleChoice(fields []string, q Question) (SingleAnswers, error) {
	s, fields, fates, err := q.read(fields)
	if err != nil {
		return SingleAnswers{}, err
	}
	var base []int
	for i, f := range fates {
		if f == answered && !slices.Contains(q.Options, fields[i]) {
			return SingleAnswers{}, UnknownCode
		}
		if f == answered || q.OfAsked && f == missing {
			base = append(base, i)
		}
	}
	out := SingleAnswers{Turnout: turnout(fates), Base: len(base)}
	weight := gather(s.w, base)
	for _, code := range q.Options {
		picked := make([]float64, len(base))
		for k, i := range base {
			picked[k] = float64(count(fates[i] == answered && fields[i] == code))
		}
		o, err := q.share(code, picked, weight)
		if err != nil {
			return SingleAnswers{}, err
		}
		out.Options = append(out.Options, o)
	}
	return out, nil
}

// MultiSelect counts the answers of a multi-select question whose cells hold codes joined by Sep; spaces around codes
// are trimmed and a code given twice counts once. Refuses UnknownCode, then ExclusiveConflict (None together with
// another code), and BadWeight and ZeroWeightTotal over all rows.
func MultiSelect(fields []string, q Question) (MultiAnswers, error) {
	s, fields, fates, err := q.read(fields)
	if err != nil {
		return MultiAnswers{}, err
	}
	var at []int
	for i, f := range fates {
		if f == answered {
			at = append(at, i)
		}
	}
	sets, err := q.codes(gather(fields, at))
	if err != nil {
		return MultiAnswers{}, err
	}
	out := MultiAnswers{Turnout: turnout(fates)}
	weight := gather(s.w, at)
	answers := make([]float64, len(sets))
	for k, set := range sets {
		answers[k] = float64(len(set) - count(q.exclusive(set)))
	}
	out.Answers = int(sumOf(answers))
	whole := dot(weight, answers)
	out.MeanAnswers = ratioOf(whole, sumOf(weight))
	for _, code := range q.Options {
		picked := make([]float64, len(sets))
		for k, set := range sets {
			picked[k] = float64(count(slices.Contains(set, code)))
		}
		o, err := q.share(code, picked, weight)
		if err != nil {
			return MultiAnswers{}, err
		}
		if code != q.None || q.None == "" {
			o.OfAnswers = ratioOf(dot(weight, picked), whole)
		}
		out.Options = append(out.Options, o)
	}
	return out, nil
}

func (q Question) exclusive(set []string) bool { return q.None != "" && slices.Contains(set, q.None) }

// codes splits answered cells into sets of codes and checks them.
func (q Question) codes(cells []string) ([][]string, error) {
	sets := make([][]string, len(cells))
	for i, cell := range cells {
		parts := []string{cell}
		if q.Sep != "" {
			parts = strings.Split(cell, q.Sep)
		}
		for _, code := range parts {
			code = strings.TrimSpace(code)
			if code == "" || slices.Contains(sets[i], code) {
				continue
			}
			if !slices.Contains(q.Options, code) {
				return nil, UnknownCode
			}
			sets[i] = append(sets[i], code)
		}
	}
	for _, set := range sets {
		if q.exclusive(set) && len(set) > 1 {
			return nil, ExclusiveConflict
		}
	}
	return sets, nil
}
