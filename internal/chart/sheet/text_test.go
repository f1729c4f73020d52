package sheet

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	cases := map[string]string{
		"食品": "食品", "  a  b ": "a b", "a\nb\r\n\tc": "a b c", "a\x00\x1fb": "ab", "\u202eevil\u2066\u2069\u200f": "evil", "a\u2028b\u2029c": "a b c",
		"坏\xff\xfe字": "坏字", "\ufeff零\u200b宽": "零宽", "e\u0301\u0301\u0301\u0301": "e\u0301\u0301", "👨‍👩‍👧": "👨‍👩‍👧", "\u3000全角\u3000": "全角", "\ufffe\uffff": "", "  ": "",
	}
	for in, want := range cases {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanAndWrap(f *testing.F) {
	for _, s := range []string{"", "a b", "私域，运营", "e\u0301\u0301\u0301", "\xff\u202e", strings.Repeat("W", 300), "（（（（", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦"} {
		f.Add(s, 80.0)
	}
	f.Fuzz(func(t *testing.T, s string, limit float64) {
		c := Clean(s)
		if !utf8.ValidString(c) || Clean(c) != c {
			t.Fatalf("Clean(%q) = %q is not clean", s, c)
		}
		if !(limit >= 20 && limit < 1e4) {
			return
		}
		lines := Wrap(c, limit, Size, false, 3)
		if len(lines) < 1 || len(lines) > 3 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, line := range lines {
			if TextWidth(line, Size, false) > limit+1e-6 {
				t.Fatalf("line %q is wider than %v", line, limit)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	cases := []struct {
		in    string
		limit float64 // in em
		most  int
		want  string
	}{
		{"私域运营基准", 6, 3, "私域运营基准"},
		{"私域运营基准", 4, 3, "私域运营|基准"},
		{"私域运营基准白皮书", 4, 2, "私域运营|基准白…"},
		{"导流率，回本", 3, 3, "导流|率，回|本"},                                   // a comma does not start a line
		{"看（导流率）", 2, 3, "看|（导|流…"},                                    // a bracket does not end one
		{"build tools", 4, 3, "build|tools"},                           // words part at spaces
		{"supercalifragilisticexpiali", 5, 2, "supercalif|ragilisti…"}, // and inside only when they must
		{"", 4, 3, ""},
	}
	for _, c := range cases {
		if got := strings.Join(Wrap(c.in, c.limit*Size, Size, false, c.most), "|"); got != c.want {
			t.Errorf("Wrap(%q, %v em) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestTicks(t *testing.T) {
	cases := []struct {
		lo, hi  float64
		n       int
		percent bool
		want    string
	}{
		{0, 0.786, 6, true, "0% 20% 40% 60% 80%"},
		{0, 0, 5, false, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{-8.8, 12.4, 6, false, "−10 −5 0 5 10 15"},
		{0, 43210, 5, false, "0 10,000 20,000 30,000 40,000 50,000"},
		{0.3, 0.362, 5, true, "30% 32% 34% 36% 38%"},
		{0, 0.004, 4, true, "0.0% 0.1% 0.2% 0.3% 0.4%"},
		{5, 5, 5, false, "2 3 4 5 6 7 8"},
	}
	for _, c := range cases {
		s := Reach(c.lo, c.hi, c.n)
		var labels []string
		for _, v := range s.Ticks() {
			labels = append(labels, s.Label(v, c.percent))
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("ticks of %v to %v are %s, want %s", c.lo, c.hi, got, c.want)
		}
	}
}

func TestNumbersAreRoundedTheSameEverywhere(t *testing.T) {
	for v, want := range map[float64]string{1.005: "1", 12.345678: "12.35", -0.001: "0", 100: "100", 0.1 + 0.2: "0.3", -7.5: "-7.5"} {
		if got := string(appendNumber(nil, v)); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}
