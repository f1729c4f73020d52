package reference

import "testing"

func TestReferenceCases(t *testing.T) {
	r, err := Run("../stat/testdata/reference")
	if err != nil {
		t.Fatal(err)
	}
	if r.Cases < 150 || len(r.Results) != r.Cases {
		t.Errorf("%d cases and %d results", r.Cases, len(r.Results))
	}
	for _, d := range r.Differences {
		t.Errorf("%s: %s%s: got %s, want %s", d.File, d.Case, d.Key, d.Got, d.Want)
	}
}
