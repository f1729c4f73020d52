package release

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestFixedRoundsHalfUp(t *testing.T) {
	for _, c := range []struct {
		x        float64
		decimals int
		want     string
	}{
		{29.0 / 200 * 100, 0, "15"}, {12.5, 0, "13"}, {-12.5, 0, "-13"}, {0.145 * 100, 0, "15"}, {1234567.891, 2, "1,234,567.89"},
		{999.96, 1, "1,000.0"}, {-0.04, 1, "0.0"}, {0, 0, "0"}, {100, 1, "100.0"}, {2.675, 2, "2.68"}, {math.NaN(), 1, "—"}, {1e21, 0, "1,000,000,000,000,000,000,000"},
	} {
		if got := fixed(c.x, c.decimals); got != c.want {
			t.Errorf("fixed(%v, %d) = %q, want %q", c.x, c.decimals, got, c.want)
		}
	}
}

func percentCell(v float64, n int) *Cell {
	return &Cell{value: v, lo: 0.555, hi: 0.634, above: math.NaN(), percent: true, unit: "%", decimals: 1, n: 245, base: n, observed: "家企业"}
}

func TestTexts(t *testing.T) {
	c := percentCell(0.595, 1412)
	for show, want := range map[string]string{"": "59.5%", "value": "59.5%", "n": "n=1,412", "interval": "55.5%–63.4%", "count": "245", "unit": "%"} {
		if got, ok := c.Show(show); !ok || got != want {
			t.Errorf("show=%s: %q, want %q", show, got, want)
		}
	}
	if c.FormatAt(0) != "60%" || c.Bare() != "59.5" || c.BaseText() != "1,412家企业" {
		t.Error(c.FormatAt(0), c.Bare(), c.BaseText())
	}
	nan := math.NaN()
	months := &Cell{value: 5.3, lo: 3.1, hi: nan, above: nan, unit: "个月", decimals: 1}
	if months.Text() != "5.3个月" || months.IntervalText() != "≥3.1个月" {
		t.Error(months.Text(), months.IntervalText())
	}
	open := &Cell{value: nan, lo: nan, hi: nan, above: 10, unit: "人"}
	never := &Cell{value: nan, lo: nan, hi: nan, above: nan, unreached: true, unit: "个月"}
	none := &Cell{value: nan, lo: nan, hi: nan, above: nan}
	if open.Text() != ">10人" || never.Text() != "未达到" || none.Text() != "—" || none.IntervalText() != "" {
		t.Error(open.Text(), never.Text(), none.Text())
	}
}

func TestAgreesAtThePrecisionWritten(t *testing.T) {
	share := percentCell(0.5954, 412)
	money := &Cell{value: 12345.6, lo: math.NaN(), hi: math.NaN(), above: math.NaN(), unit: "元", base: 40}
	for text, want := range map[string]bool{
		"59.5%": true, "60%": true, "约 60%": true, "59.54%": true, "５９.５％": true, "59.5 %": true,
		"59.4%": false, "59%": false, "六成": false, "59.5": false, "0.595": false, "": false, "超过 60%": false, "59.5%–60%": false, "-59.5%": false,
	} {
		if share.Agrees(text) != want {
			t.Errorf("%q agrees with 59.54%%: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"12,346元": true, "12,346 元": true, "12345.6": true, "1.2万": true, "1.23 万元": true, "1.3万": false, "12,345": false, "12,346%": false} {
		if money.Agrees(text) != want {
			t.Errorf("%q agrees with 12345.6: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"55.5%–63.4%": true, "55.5%-63.4%": true, "56%至63%": true, "55.5%–63.5%": false, "55.5%": false} {
		if share.AgreesAs("interval", text) != want {
			t.Errorf("interval %q: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"n=412": true, "412 家": true, "412": true, "n＝412": true, "411": false, "412%": false} {
		if share.AgreesAs("n", text) != want {
			t.Errorf("n %q: %v", text, !want)
		}
	}
}

func TestRewriteKeepsPrecisionAndWords(t *testing.T) {
	share := percentCell(0.5954, 412)
	for text, want := range map[string]string{"61%": "60%", "约 61.00%": "约 59.54%", "六成": "59.5%", "": "59.5%", "61": "59.5%"} {
		if got := share.Rewrite("value", text); got != want {
			t.Errorf("rewrite %q = %q, want %q", text, got, want)
		}
		if got := share.Rewrite("value", text); !share.Agrees(got) {
			t.Errorf("%q does not agree with itself", got)
		}
	}
	if got := share.Rewrite("n", "400 家"); got != "412 家" {
		t.Error(got)
	}
	if got := share.Rewrite("interval", "50%-60%"); got != "56%-63%" {
		t.Error(got)
	}
}

// Whatever a cell prints agrees with the cell, at any precision.
func TestWhatIsPrintedAgrees(t *testing.T) {
	for i := range 2000 {
		x := math.Sin(float64(i)) * math.Pow(10, float64(i%7)-2)
		for d := range 4 {
			c := &Cell{value: x, lo: math.NaN(), hi: math.NaN(), above: math.NaN(), unit: "元", decimals: d}
			if !c.Agrees(c.Text()) || !c.Agrees(strings.ReplaceAll(c.Bare(), ",", "")) {
				t.Fatalf("%v at %d decimals: %q", x, d, c.Text())
			}
			if back, err := strconv.ParseFloat(strings.ReplaceAll(c.Bare(), ",", ""), 64); err != nil || math.Abs(back-x) > 0.5000001*math.Pow10(-d) {
				t.Fatalf("%v at %d decimals: %q", x, d, c.Text())
			}
		}
	}
}

func FuzzAgrees(f *testing.F) {
	for _, s := range []string{"59.5%", "约 60%", "1,2,3万", "-−-", "９９９％", strings.Repeat("1", 400), "1e9", "万亿"} {
		f.Add(s)
	}
	share := percentCell(0.5954, 412)
	f.Fuzz(func(t *testing.T, text string) {
		for _, show := range []string{"value", "n", "interval"} {
			share.AgreesAs(show, text)
			if got := share.Rewrite(show, text); !share.AgreesAs(show, got) && numbersIn(fold(text)) == nil {
				t.Errorf("%s: rewriting %q gives %q, which does not agree", show, text, got)
			}
		}
	})
}
