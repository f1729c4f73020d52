package fact

import (
	"math"
	"testing"
)

func TestText(t *testing.T) {
	nan := math.NaN()
	for want, f := range map[string]Fact{
		"59.5%":          {Value: 59.5, From: nan, To: nan, Unit: "%"},
		"约 70%":          {Value: 70, From: nan, To: nan, Unit: "%", Approximate: true},
		"5%–17%":         {Value: nan, From: 5, To: 17, Unit: "%"},
		"20% 以上":         {Value: nan, From: 20, To: nan, Unit: "%"},
		"3–6 个月":         {Value: nan, From: 3, To: 6, Unit: "month"},
		"2,000–3,000 亿元": {Value: nan, From: 2e11, To: 3e11, Unit: "CNY"},
		"2,000 亿元 以上":    {Value: nan, From: 2e11, To: nan, Unit: "CNY"},
		"":               {Value: nan, From: nan, To: nan},
	} {
		if got := f.Text(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
