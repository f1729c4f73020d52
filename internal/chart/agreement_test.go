package chart

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// printed are the values that a drawing prints, by their class.
func printed(t *testing.T, s Spec, w Width) []string {
	t.Helper()
	svg, err := SVG(s, w)
	if err != nil {
		t.Fatal(err)
	}
	texts, _, _ := elements(t, svg)
	var out []string
	for _, b := range texts {
		if slices.Contains(strings.Fields(b.class), "v") {
			out = append(out, b.text)
		}
	}
	return out
}

// cells are all strings of a table.
func cells(t *testing.T, s Spec) []string {
	t.Helper()
	table, err := Table(s)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range table.Rows {
		if len(row) != len(table.Columns) {
			t.Errorf("%s: a row has %d cells for %d columns", s.ID, len(row), len(table.Columns))
		}
		out = append(out, row...)
	}
	return out
}

// optionTexts are the printed texts of an option: members text, lo, hi, n and texts of the data.
func optionTexts(t *testing.T, s Spec) []string {
	t.Helper()
	raw, err := Option(s)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	return textsUnder(tree)
}

func textsUnder(tree any) []string {
	var out []string
	switch node := tree.(type) {
	case []any:
		for _, child := range node {
			out = append(out, textsUnder(child)...)
		}
	case map[string]any:
		for name, child := range node {
			if text, ok := child.(string); ok && slices.Contains([]string{"text", "lo", "hi", "n"}, name) {
				out = append(out, text)
			} else if list, ok := child.([]any); ok && name == "texts" {
				for _, e := range list {
					out = append(out, e.(string))
				}
			} else {
				out = append(out, textsUnder(child)...)
			}
		}
	}
	return out
}

// Drawing, option and table say the same strings: what is printed in either drawing is in the table, and every value of
// the specification is in both the option and the table.
func TestNumbersAgreeEverywhere(t *testing.T) {
	for _, s := range examples() {
		t.Run(s.Kind, func(t *testing.T) {
			table, option := cells(t, s), optionTexts(t, s)
			for _, w := range []Width{Wide, Narrow} {
				for _, text := range printed(t, s, w) {
					if !slices.Contains(table, text) {
						t.Errorf("%q is drawn but not in the table", text)
					}
				}
			}
			for _, text := range textsOf(s) {
				if !slices.Contains(table, text) {
					t.Errorf("%q is missing in the table", text)
				}
				if !slices.Contains(option, text) {
					t.Errorf("%q is missing in the option", text)
				}
			}
		})
	}
}

// textsOf are the texts of all values and references of a specification.
func textsOf(s Spec) []string {
	var out []string
	for _, series := range s.Series {
		for _, v := range series.Values {
			out = append(out, v.print())
			if v.drawn() && v.LoText != "" {
				out = append(out, v.LoText, v.HiText)
			}
		}
	}
	for _, r := range s.References {
		out = append(out, r.Text)
	}
	return out
}

// Kinds whose marks have room print every value of the example in the wide drawing.
func TestAllValuesArePrintedWhereThereIsRoom(t *testing.T) {
	for _, kind := range []string{"bars", "grouped", "heatmap", "dots", "histogram"} {
		k, _ := kindOf(kind)
		got := printed(t, k.Example(), Wide)
		for _, series := range k.Example().Series {
			for _, v := range series.Values {
				if !slices.Contains(got, v.print()) {
					t.Errorf("%s: %q is not printed, only %q", kind, v.print(), got)
				}
			}
		}
	}
}

// Nothing of a suppressed value may be in any byte that is published.
func TestSuppressedValuesLeaveNoTrace(t *testing.T) {
	for _, k := range Kinds() {
		s := k.Example()
		for i := range s.Series {
			values := slices.Clone(s.Series[i].Values)
			for j := range values {
				values[j].V, values[j].Lo, values[j].Hi, values[j].N = 0.123457, 0.113457, 0.133457, 7654321
				values[j].Text, values[j].LoText, values[j].HiText, values[j].NText = "12.3457%", "11.3457%", "13.3457%", "7654321"
				values[j].State = Suppressed
			}
			s.Series[i].Values = values
		}
		var all bytes.Buffer
		for _, w := range []Width{Wide, Narrow} {
			svg, err := SVG(s, w)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(svg)
			checkLayout(t, svg)
		}
		all.Write(optionAndTable(t, s))
		for _, secret := range []string{"3457", "7654321"} {
			if strings.Contains(all.String(), secret) {
				t.Errorf("%s: %q of a suppressed value is published", k.Name, secret)
			}
		}
		if len(s.Series) > 0 && !strings.Contains(all.String(), "样本不足") {
			t.Errorf("%s does not say that values are suppressed", k.Name)
		}
	}
}

// Hostile labels reach the option as JSON that may stand in a script element, and the drawing as text.
func TestHostileLabelsStayText(t *testing.T) {
	for _, k := range Kinds() {
		for seed := range 20 {
			s := randomSpec(rand.New(rand.NewPCG(uint64(seed), 3)), k)
			option, err := Option(s)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := Option(s)
			if !bytes.Equal(option, again) {
				t.Fatalf("%s: two encodings differ", k.Name)
			}
			svg, _ := SVG(s, Wide)
			if bytes.ContainsAny(option, "<>&") || bytes.Contains(svg, []byte("<script")) || bytes.Contains(svg, []byte("<img")) {
				t.Fatalf("%s: markup of a label is live", k.Name)
			}
			if bytes.Contains(svg, []byte("style")) || bytes.ContainsAny(svg, "\x00\u202e\u2066") {
				t.Fatalf("%s: the drawing has a style or a control character", k.Name)
			}
			cells(t, s)
		}
	}
}
