package chart

import (
	"math"
	"strings"
	"testing"
)

func TestValidateRefuses(t *testing.T) {
	cases := map[string]struct {
		kind   string
		change func(*Spec)
		want   string
	}{
		"unknown kind":        {"bars", func(s *Spec) { s.Kind = "pie" }, `no kind of figure is called "pie"`},
		"no id":               {"bars", func(s *Spec) { s.ID = "" }, "no id"},
		"id that breaks out":  {"bars", func(s *Spec) { s.ID = `a"b` }, "only letters"},
		"unknown attribute":   {"bars", func(s *Spec) { s.Attrs = map[string]string{"hight": "1"} }, `no attribute "hight"`},
		"bad choice":          {"line", func(s *Spec) { s.Attrs = map[string]string{"zero": "maybe"} }, "not one of auto, yes, no"},
		"bad number":          {"km", func(s *Spec) { s.Attrs = map[string]string{"x_step": "six"} }, "not a number"},
		"NaN":                 {"bars", func(s *Spec) { s.Series[0].Values[0].V = math.NaN() }, "cannot be drawn"},
		"infinite":            {"bars", func(s *Spec) { s.Series[0].Values[0].V = math.Inf(1) }, "cannot be drawn"},
		"no text":             {"bars", func(s *Spec) { s.Series[0].Values[0].Text = "\u200b" }, "no text to print"},
		"interval reversed":   {"bars", func(s *Spec) { s.Series[0].Values[0].Lo = 2 }, "has the interval"},
		"no values":           {"bars", func(s *Spec) { s.Series[0].Values = nil }, "has no values"},
		"too many series":     {"bars", func(s *Spec) { s.Series = append(s.Series, s.Series[0]) }, "takes 1 to 1 series, not 2"},
		"lengths differ":      {"grouped", func(s *Spec) { s.Series[1].Values = s.Series[1].Values[:2] }, "has 2 values, the first has 4"},
		"categories differ":   {"grouped", func(s *Spec) { s.Series[1].Values[0].Key = "?" }, `is "?", not`},
		"colour":              {"bars", func(s *Spec) { s.Series[0].Colour = 6 }, "not 0 to 5"},
		"state":               {"bars", func(s *Spec) { s.Series[0].Values[0].State = 9 }, "unknown state 9"},
		"reference":           {"bars", func(s *Spec) { s.References[0].V = math.NaN() }, "finite value"},
		"negative part":       {"stacked", func(s *Spec) { s.Series[0].Values[0].V = -1 }, "is negative"},
		"quantiles fall":      {"quantiles", func(s *Spec) { s.Series[1].Values[0].V = 0.9 }, "do not rise"},
		"neutral":             {"likert", func(s *Spec) { s.Attrs = map[string]string{"neutral": "9"} }, "whole number from 0 to 5"},
		"forecast":            {"line", func(s *Spec) { s.Attrs["forecast"] = "1999" }, "no category"},
		"time runs back":      {"km", func(s *Spec) { s.Series[0].Values[3].X = 0 }, "do not rise"},
		"risk of nobody":      {"km", func(s *Spec) { s.AtRisk[0].Series = "谁" }, "no series"},
		"bands and bins":      {"histogram", func(s *Spec) { s.Bands = s.Bands[1:] }, "5 bands for 6 values"},
		"bands overlap":       {"bandgauge", func(s *Spec) { s.Bands[1].From = 0.1 }, "overlaps"},
		"open in the middle":  {"bandgauge", func(s *Spec) { s.Bands[1].To = math.NaN() }, "only at the outer ends"},
		"value without band":  {"bandgauge", func(s *Spec) { s.Series[0].Values[0].Key = "?" }, "no band is called"},
		"gauge without bands": {"bandgauge", func(s *Spec) { s.Bands = nil }, "no bands"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			k, _ := kindOf(c.kind)
			s := k.Example()
			c.change(&s)
			err := Validate(s)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if p := err.(*Problem); p.Chinese() == "" || p.Chinese() == p.English() {
				t.Errorf("the problem has no Chinese text: %q", p.Chinese())
			}
		})
	}
}

func TestValidateAcceptsTheGallery(t *testing.T) {
	for _, s := range append(examples(), hardExamples()...) {
		if err := Validate(s); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}
}

// A specification is only read: drawing it must not sort or clean the caller's values.
func TestSpecIsNotChanged(t *testing.T) {
	s := bars.Example()
	s.Series[0].Values[0].V = 0.01
	before := s.Series[0].Values[0].Key
	if _, err := SVG(s, Wide); err != nil {
		t.Fatal(err)
	}
	if got := s.Series[0].Values[0].Key; got != before {
		t.Errorf("the first category became %q", got)
	}
}

func TestCategoriesAreSortedByValueWithTheRestLast(t *testing.T) {
	s := Spec{ID: "x", Kind: "bars", Series: []Series{{Values: points([]string{"其他", "a", "b", "c"}, 0.9, 0.1, 0.3, 0.2)}}}
	s.Series[0].Values[3] = suppressed("c", 5)
	table, err := Table(s)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range table.Rows {
		got = append(got, row[0])
	}
	if strings.Join(got, " ") != "b a c 其他" {
		t.Errorf("order is %v", got)
	}
	s.Ordered = true
	if table, _ = Table(s); table.Rows[0][0] != "其他" {
		t.Errorf("an ordered figure was sorted: %v", table.Rows)
	}
}
