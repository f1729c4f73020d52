package site

import (
	"slices"

	"benchbook/internal/diag"
)

// Disclosure is the rules of [disclosure] beside the minimum of contributors.
type Disclosure struct {
	Dominance []Dominance // of sums, means and ratios of sums
	Money     []Dominance // the same where the amount is money
	PPercent  float64     // 0 = not asked
	Preset    string      // PresetSafetyZone or ""
	Digits    int         // significant digits of amounts of protected data
	Allow     []string    // values of protected columns that may stand in the site
}

// Dominance asks that the N largest contributors hold at most K percent of a sum.
type Dominance struct {
	N int     `toml:"n"`
	K float64 `toml:"k"`
}

// PresetSafetyZone is the only preset: the limits of the withdrawn US "safety zone".
const PresetSafetyZone = "safety-zone-1996"

// mostLargest is how many of the largest contributors a dominance rule may name.
const mostLargest = 5

// DefaultDisclosure is what holds where benchbook.toml does not say: usual orders
// of magnitude of the (n,k) and p% rules (Hundepool et al. 2012, 4.2), stricter
// for money, which competitors ask about first.
func DefaultDisclosure() Disclosure {
	return Disclosure{Dominance: []Dominance{{2, 85}}, Money: []Dominance{{1, 25}, {2, 60}}, PPercent: 10, Digits: 3}
}

// Amounts of protected data have at least leastDigits and at most mostDigits.
const leastDigits, mostDigits = 2, 6

type rawDisclosure struct {
	Minimum   *int        `toml:"minimum"`
	Dominance []Dominance `toml:"dominance"`
	Money     []Dominance `toml:"money"`
	PPercent  *float64    `toml:"p_percent"`
	Preset    string      `toml:"preset"`
	Digits    *int        `toml:"digits"`
	Allow     []string    `toml:"allow"`
}

// rules are the settings as written, or the defaults. Who sets dominance means
// money too, unless that is set by itself.
func (raw *rawDisclosure) rules() Disclosure {
	out := DefaultDisclosure()
	if raw.Dominance != nil {
		out.Dominance, out.Money = raw.Dominance, raw.Dominance
	}
	if raw.Money != nil {
		out.Money = raw.Money
	}
	if raw.Digits != nil {
		out.Digits = *raw.Digits
	}
	if raw.PPercent != nil {
		out.PPercent = *raw.PPercent
	}
	out.Preset, out.Allow = raw.Preset, raw.Allow
	return out
}

func (d *Disclosure) check(pos func(...any) diag.Pos, l *diag.List) {
	fail := func(message, hint diag.Text, key ...any) {
		l.Add(diag.Diagnostic{Code: "site.disclosure", Pos: pos(append([]any{"disclosure"}, key...)...), Message: message, Hint: hint})
	}
	d.checkDominance(d.Dominance, "dominance", fail)
	if !slices.Equal(d.Money, d.Dominance) { // else it is the same, found already
		d.checkDominance(d.Money, "money", fail)
	}
	if d.Digits < leastDigits || d.Digits > mostDigits {
		fail(diag.T("digits = %d：有效数字只能是 %d 至 %d 位", "digits = %d: amounts have %d to %d significant digits", d.Digits, leastDigits, mostDigits), diag.Text{}, "digits")
	}
	if d.PPercent < 0 || d.PPercent > 100 {
		fail(diag.T("p_percent = %v 不是 0 与 100 之间的百分数", "p_percent = %v is no percentage between 0 and 100", d.PPercent),
			diag.T("默认 10；0 表示不用这条规则", "the default is 10; 0 leaves the rule out"), "p_percent")
	}
	if d.Preset != "" && d.Preset != PresetSafetyZone {
		fail(diag.T("没有预设 %q", "there is no preset %q", d.Preset), diag.DidYouMean(d.Preset, []string{PresetSafetyZone}), "preset")
	}
	for i, text := range d.Allow {
		if text == "" {
			fail(diag.T("allow 里有空的文本", "allow holds an empty text"), diag.Text{}, "allow", i)
		}
	}
}

func (d *Disclosure) checkDominance(rules []Dominance, name string, fail func(message, hint diag.Text, key ...any)) {
	for i, rule := range rules {
		if rule.N < 1 || rule.N > mostLargest {
			fail(diag.T("n = %d：最大的几个只能是 1 至 %d 个", "n = %d: the largest contributors are 1 to %d", rule.N, mostLargest), diag.Text{}, name, i, "n")
		}
		if rule.K <= 0 || rule.K > 100 {
			fail(diag.T("k = %v 不是 0 与 100 之间的百分数", "k = %v is no percentage between 0 and 100", rule.K),
				diag.T("例如 dominance = [{ n = 2, k = 85 }]", "as in dominance = [{ n = 2, k = 85 }]"), name, i, "k")
		}
	}
}
