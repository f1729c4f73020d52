package release

import (
	"math"
	"testing"
)

// A unit that begins with a multiplier is no multiplier twice over.
func TestAUnitWithAMultiplierIsReadOnce(t *testing.T) {
	c := &Cell{value: 110, lo: 90, hi: 130, above: math.NaN(), unit: "万元", n: 52, base: 52}
	for text, want := range map[string]bool{"110万元": true, "110": true, "约 110 万元": true, "0.011亿元": true, "111万元": false, "0万元": false, "110亿元": false} {
		if got := c.Agrees(text); got != want {
			t.Errorf("Agrees(%q) = %v", text, got)
		}
	}
	for text, want := range map[string]string{"108万元": "110万元", "108": "110"} {
		if got := c.Rewrite("value", text); got != want {
			t.Errorf("Rewrite(%q) = %q, want %q", text, got, want)
		}
	}
	if !c.AgreesAs("n", "52") {
		t.Error("a count has no unit")
	}
}
