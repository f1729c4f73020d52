package indicator

// rawFile is data/indicators.toml as written.
type rawFile struct {
	Indicator []rawIndicator `toml:"indicator"`
}

type rawIndicator struct {
	ID          string    `toml:"id"`
	Dataset     string    `toml:"dataset"`
	Title       string    `toml:"title"`
	Unit        string    `toml:"unit"`
	Definition  string    `toml:"definition"`
	Formula     string    `toml:"formula"`
	Kind        string    `toml:"kind"`
	Field       string    `toml:"field"`
	Is          []string  `toml:"is"`
	Numerator   string    `toml:"numerator"`
	Denominator string    `toml:"denominator"`
	Revenue     string    `toml:"revenue"`
	Cost        string    `toml:"cost"`
	Month       string    `toml:"month"`
	Time        string    `toml:"time"`
	Event       string    `toml:"event"`
	By          []string  `toml:"by"`
	Base        string    `toml:"base"`
	Per         string    `toml:"per"`
	Weight      string    `toml:"weight"`
	Bins        []string  `toml:"bins"`
	Quantiles   []float64 `toml:"quantiles"`
	Decimals    *int      `toml:"decimals"`
	Band        []rawBand `toml:"band"`
	GapName     string    `toml:"gap_name"`
	Horizon     []float64 `toml:"horizon"`
	Interval    string    `toml:"interval"`
	Rule        string    `toml:"rule"`
	Adjust      string    `toml:"adjust"`
	Compare     string    `toml:"compare"`
	Paired      *bool     `toml:"paired"`
	AddsUp      *bool     `toml:"adds_up"`
	Together    *bool     `toml:"simultaneous"`
	Shrink      string    `toml:"shrink"`
	Box         string    `toml:"box"`
}

type rawBand struct {
	Name       string   `toml:"name"`
	From       *float64 `toml:"from"`
	To         *float64 `toml:"to"`
	FromClosed *bool    `toml:"from_closed"`
	ToClosed   *bool    `toml:"to_closed"`
}

// given lists the kind-dependent keys that the author wrote.
func (r *rawIndicator) given() []string {
	written := []struct {
		key string
		yes bool
	}{
		{"field", r.Field != ""}, {"is", r.Is != nil}, {"numerator", r.Numerator != ""}, {"denominator", r.Denominator != ""},
		{"revenue", r.Revenue != ""}, {"cost", r.Cost != ""}, {"month", r.Month != ""}, {"time", r.Time != ""}, {"event", r.Event != ""},
		{"base", r.Base != ""}, {"per", r.Per != ""}, {"bins", r.Bins != nil}, {"quantiles", r.Quantiles != nil},
		{"band", r.Band != nil}, {"gap_name", r.GapName != ""}, {"horizon", r.Horizon != nil},
		{"interval", r.Interval != ""}, {"rule", r.Rule != ""}, {"adjust", r.Adjust != ""}, {"compare", r.Compare != ""},
		{"paired", r.Paired != nil}, {"adds_up", r.AddsUp != nil}, {"simultaneous", r.Together != nil}, {"shrink", r.Shrink != ""}, {"box", r.Box != ""},
	}
	var keys []string
	for _, w := range written {
		if w.yes {
			keys = append(keys, w.key)
		}
	}
	return keys
}
