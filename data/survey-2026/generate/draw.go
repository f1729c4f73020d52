package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// What the platform writes where an answer is missing.
const (
	skipped = "(跳过)" // the question was not asked
	blank   = "(空)"  // it was asked and left open
)

// firm is one respondent. Its maturity, 0 to about 1,600, is never written: it
// is what makes the answers of one firm hang together.
type firm struct {
	industry, size int
	maturity       int
	answers        []string // one a column, in the order of survey.columns
}

// survey is the questionnaire as it fills up, column by column.
type survey struct {
	year    int
	rand    *rand.Rand
	columns []string
	firms   []*firm
}

// option is an answer and its share in thousandths of those who answer. Tilt
// says how much likelier mature firms choose it, in hundredths of maturity;
// online, how much likelier firms without shops do, in thousandths; alone, that
// nothing else can be ticked with it.
type option struct {
	alone  bool
	label  string
	share  int
	tilt   int
	online int
}

// question is a column and who is asked it: nil means everybody. Open is how
// many in a thousand leave it blank.
type question struct {
	column string
	asked  func(*firm) bool
	open   int
}

func newSurvey(year int, seed uint64) *survey {
	s := &survey{year: year, rand: rand.New(rand.NewPCG(seed, 1))}
	for i, ind := range industries {
		for range s.then(ind.firms, ind.firms*86/100) {
			s.firms = append(s.firms, &firm{industry: i})
		}
	}
	s.rand.Shuffle(len(s.firms), func(i, j int) { s.firms[i], s.firms[j] = s.firms[j], s.firms[i] })
	for i, class := range s.cut(s.firms, []int{230, 370, 280, 120}, s.noise) {
		for _, f := range class {
			f.size = i
		}
	}
	for _, f := range s.firms {
		f.maturity = 180*f.size + industries[f.industry].push + s.rand.IntN(700)
	}
	return s
}

// then is a number of this edition, or what it was in the edition of 2025.
func (s *survey) then(now, before int) int {
	if s.year == 2025 {
		return before
	}
	return now
}

func (s *survey) noise(*firm) int { return s.rand.IntN(1000) }

// cut ranks the firms by score, highest first, and cuts the ranking into
// classes of the given shares (thousandths); what rounding leaves goes to the
// largest remainders, so the shares of the file are the shares asked for.
func (s *survey) cut(firms []*firm, shares []int, score func(*firm) int) [][]*firm {
	type scored struct {
		*firm
		score, order int
	}
	ranking := make([]scored, len(firms))
	for i, f := range firms {
		ranking[i] = scored{f, score(f), i}
	}
	slices.SortFunc(ranking, func(a, b scored) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return a.order - b.order
	})
	classes := make([][]*firm, len(shares))
	next := 0
	for i, n := range quotas(len(firms), shares) {
		for ; n > 0; n-- {
			classes[i] = append(classes[i], ranking[next].firm)
			next++
		}
	}
	return classes
}

// quotas splits n by shares in thousandths, largest remainder first.
func quotas(n int, shares []int) []int {
	counts, order := make([]int, len(shares)), make([]int, len(shares))
	rest := n
	for i, share := range shares {
		counts[i], order[i] = n*share/1000, i
		rest -= counts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return n*shares[b]%1000 - n*shares[a]%1000 })
	for i := 0; i < rest; i++ {
		counts[order[i%len(order)]]++
	}
	return counts
}

// ask opens a column, marks who skips it or leaves it blank, and returns the
// firms that answer.
func (s *survey) ask(q question) []*firm {
	s.columns = append(s.columns, q.column)
	var answering []*firm
	for _, f := range s.firms {
		switch {
		case q.asked != nil && !q.asked(f):
			f.answers = append(f.answers, skipped)
		case s.rand.IntN(1000) < q.open:
			f.answers = append(f.answers, blank)
		default:
			f.answers = append(f.answers, "")
			answering = append(answering, f)
		}
	}
	return answering
}

// single gives each answering firm one option; the ranking by score decides
// who gets the first options and who the last.
func (s *survey) single(q question, options []option, score func(*firm) int) {
	shares := make([]int, len(options))
	for i, o := range options {
		shares[i] = o.share
	}
	for i, class := range s.cut(s.ask(q), shares, score) {
		for _, f := range class {
			f.set(options[i].label)
		}
	}
}

// multi lets each option be ticked by its share of the answering firms. A firm
// that ticked nothing gets the first option: nobody may leave the list empty.
func (s *survey) multi(q question, options []option) {
	answering := s.ask(q)
	ticked := make(map[*firm][]string)
	for _, o := range options {
		classes := s.cut(answering, []int{o.share, 1000 - o.share}, func(f *firm) int {
			score := f.maturity*o.tilt/100 + s.rand.IntN(1000)
			if o.online != 0 && s.said(f, "Q3 经营模式", "纯线上") {
				score += o.online
			}
			return score
		})
		for _, f := range classes[0] {
			ticked[f] = append(ticked[f], o.label)
		}
	}
	for _, f := range answering {
		if len(ticked[f]) == 0 {
			ticked[f] = []string{options[0].label}
		}
		f.set(strings.Join(among(ticked[f], options), "┋"))
	}
}

// among drops what cannot stand beside other answers.
func among(ticked []string, options []option) []string {
	if len(ticked) < 2 {
		return ticked
	}
	return slices.DeleteFunc(ticked, func(label string) bool {
		return slices.ContainsFunc(options, func(o option) bool { return o.alone && o.label == label })
	})
}

func (f *firm) set(answer string) { f.answers[len(f.answers)-1] = answer }

// said reports whether the firm gave this answer in the column.
func (s *survey) said(f *firm, column, answer string) bool {
	i := slices.Index(s.columns, column)
	return f.answers[i] == answer
}
