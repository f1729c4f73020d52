package selector

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

func load(t *testing.T, text string) (*Selector, string) {
	t.Helper()
	var l diag.List
	s, _ := Load("x", "data/selectors/x.toml", []byte(text), &l)
	var codes []string
	for _, d := range l.Sorted() {
		codes = append(codes, d.Code)
	}
	return s, strings.Join(codes, " ")
}

const head = `
question = [
  { id = "freq", text = "频次", options = [{ id = "high", text = "高" }, { id = "low", text = "低" }] },
  { id = "price", text = "客单价", options = [{ id = "high", text = "高" }, { id = "low", text = "低" }] },
]
result = [{ id = "a", title = "甲" }, { id = "none", title = "无匹配", none = true }]
`

func TestEveryCombinationHasOneAnswer(t *testing.T) {
	const whole = head + "rule = [{ when = { freq = \"high\" }, result = \"a\" }, { when = { freq = \"low\", price = \"high\" }, result = \"a\" }, { when = { freq = \"low\", price = [\"low\"] }, result = \"none\" }]"
	s, bad := load(t, whole)
	if bad != "" {
		t.Fatal(bad)
	}
	if r, ok := s.Find(Answers{"freq": "low", "price": "low"}); !ok || !r.Result.None {
		t.Error("low and low does not come to 无匹配")
	}
	if got := s.Words(s.Rules[0], s.Questions[1]); got != "任意" {
		t.Errorf("%q", got)
	}
}

func TestWhatIsWrongWithASelector(t *testing.T) {
	cases := map[string]string{
		"rule = [{ when = { freq = \"high\" }, result = \"a\" }]":                       "selector.hole",
		"rule = [{ result = \"a\" }, { when = { freq = \"low\" }, result = \"none\" }]": "selector.contradiction",
		"rule = [{ result = \"b\" }]":                                                   "selector.result",
		"rule = [{ when = { freqq = \"high\" }, result = \"a\" }]":                      "selector.answer",
		"rule = [{ when = { freq = \"higher\" }, result = \"a\" }]":                     "selector.answer",
		"rule = [{ result = \"a\" }]":                                                   "selector.unreached",
	}
	for rules, want := range cases {
		if _, bad := load(t, head+rules); bad != want {
			t.Errorf("%s gives %q, want %s", rules, bad, want)
		}
	}
	if _, bad := load(t, "question = [{ id = \"a\", options = [{ id = \"x\" }] }]\n[[result]]\nid = \"r\"\n[[rule]]\nresult = \"r\""); bad != "selector.question" {
		t.Errorf("one option gives %q", bad)
	}
}

// The sample's tables are whole, and the one of the four modes has no model where
// neither frequency nor price is high.
func TestLowFrequencyAndLowPriceIsNoMatch(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "data", "selectors", "*.toml"))
	if len(files) < 8 {
		t.Fatalf("%d selectors in the sample", len(files))
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, bad := load(t, string(src))
		if bad != "" {
			t.Errorf("%s: %s", file, bad)
		}
		if filepath.Base(file) != "modes.toml" {
			continue
		}
		for _, c := range [][4]string{{"no", "low", "low", "none"}, {"no", "high", "high", "expert"}, {"no", "low", "high", "adviser"}, {"no", "high", "low", "shopper"}, {"yes", "low", "low", "fellow"}} {
			r, ok := s.Find(Answers{"interest": c[0], "frequency": c[1], "price": c[2]})
			if !ok || r.Result.ID != c[3] {
				t.Errorf("%v leads to %+v", c, r.Result)
			}
		}
		if r, _ := s.Find(Answers{"interest": "no", "frequency": "low", "price": "low"}); !r.Result.None || !strings.Contains(r.Result.Title, "无匹配") {
			t.Errorf("low and low is answered by %q", r.Result.Title)
		}
	}
}
