package chart

import "fmt"

// Problem is why a specification cannot be drawn, in both languages. It is the only error this package makes of a Spec.
type Problem struct{ zh, en string }

// problem formats a Problem; both texts take the same arguments in the same order.
func problem(zh, en string, args ...any) *Problem {
	return &Problem{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// Error is the English text.
func (p *Problem) Error() string { return "chart: " + p.en }

// Chinese and English are the texts for a diagnostic.
func (p *Problem) Chinese() string { return p.zh }

// English is the text without the name of the package.
func (p *Problem) English() string { return p.en }
