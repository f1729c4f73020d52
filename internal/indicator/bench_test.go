package indicator

import (
	"fmt"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// BenchmarkObserve is the cost of one row in a rate by industry and month over
// 2,000 brands, decoding left out.
func BenchmarkObserve(b *testing.B) {
	d := dictionary()
	ind := &Indicator{ID: "rate", Dataset: "d", Kind: "ratio", Numerator: "added", Denominator: "people"}
	plan := &Plan{Dictionary: d, Tasks: []Task{{ind, nil}, {ind, []string{"size"}}, {ind, []string{"size", "month"}}}}
	rec := &schema.Record{Values: make([]schema.Value, len(d.Fields))}
	for i := range rec.Values {
		rec.Values[i].State = schema.Present
	}
	brands, months := make([]string, 2000), make([]string, 24)
	for i := range brands {
		brands[i] = fmt.Sprint("brand", i)
	}
	for i := range months {
		months[i] = fmt.Sprintf("20%02d-%02d-01", 24+i/12, i%12+1)
	}
	b.ReportAllocs()
	_, err := plan.Observe(func(_ []string, each func(*schema.Record) error) error {
		for i := range b.N {
			rec.Values[0].Text, rec.Values[7].Text = brands[i*7%2000], months[i%24]
			rec.Values[10].Codes = []int{i * 7 % 2000 % 3}
			rec.Values[3].Number, rec.Values[4].Number = 1000, float64(i%97)
			if err := each(rec); err != nil {
				return err
			}
		}
		return nil
	}, &diag.List{})
	if err != nil {
		b.Fatal(err)
	}
}
