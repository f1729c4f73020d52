package chart

import (
	"math"
	"slices"

	"benchbook/internal/chart/sheet"
)

// cleaned copies a specification: every string is cleaned, and a value that must not be shown loses everything but its
// note, so that nothing of it can reach a drawing, a table or an attribute.
func cleaned(s Spec) Spec {
	for _, p := range []*string{&s.Number, &s.Finding, &s.Subtitle, &s.Unit, &s.CategoryTitle, &s.Base, &s.Source} {
		*p = sheet.Clean(*p)
	}
	s.Series = slices.Clone(s.Series)
	for i := range s.Series {
		s.Series[i].Name = sheet.Clean(s.Series[i].Name)
		s.Series[i].Values = cleanValues(s.Series[i].Values)
	}
	s.Bands = slices.Clone(s.Bands)
	for i := range s.Bands {
		b := &s.Bands[i]
		b.Name, b.FromText, b.ToText = label(b.Name), sheet.Clean(b.FromText), sheet.Clean(b.ToText)
	}
	s.References = slices.Clone(s.References)
	for i := range s.References {
		r := &s.References[i]
		r.Name, r.Text = sheet.Clean(r.Name), sheet.Clean(r.Text)
	}
	s.AtRisk = cleanAtRisk(s.AtRisk)
	s.Notes = slices.Clone(s.Notes)
	for i := range s.Notes {
		s.Notes[i] = sheet.Clean(s.Notes[i])
	}
	return s
}

func cleanValues(values []Value) []Value {
	out := make([]Value, len(values))
	for i, v := range values {
		v.Key, v.Note = label(v.Key), sheet.Clean(v.Note)
		if v.drawn() {
			v.Text, v.NText = sheet.Clean(v.Text), sheet.Clean(v.NText)
			v.Lo, v.LoText = end(v.Lo, v.LoText)
			v.Hi, v.HiText = end(v.Hi, v.HiText)
		} else {
			v = Value{Key: v.Key, X: v.X, State: v.State, Note: v.Note, V: math.NaN(), Lo: math.NaN(), Hi: math.NaN()}
		}
		out[i] = v
	}
	return out
}

func cleanAtRisk(rows []AtRisk) []AtRisk {
	out := make([]AtRisk, len(rows))
	for i, r := range rows {
		out[i] = AtRisk{Series: sheet.Clean(r.Series), At: slices.Clone(r.At)}
		for j := range out[i].At {
			a := &out[i].At[j]
			a.Key, a.Text = sheet.Clean(a.Key), sheet.Clean(a.Text)
		}
	}
	return out
}

// label cleans the name of a category; one that is empty is called so, never left blank.
func label(s string) string {
	if s = sheet.Clean(s); s == "" {
		return "（空）"
	}
	return s
}

// end cleans one end of an interval. An end without its text could be drawn but not stand in the table, so it counts as
// open, and a text without a position as none.
func end(v float64, text string) (float64, string) {
	text = sheet.Clean(text)
	if text == "" || math.IsNaN(v) {
		return math.NaN(), ""
	}
	return v, text
}
