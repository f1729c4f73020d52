package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// hostile are labels that break naive drawings.
var hostile = []string{
	"", " ", "食品", "美妆个护", "A", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", strings.Repeat("私域", 5000), strings.Repeat("x", 10000),
	"</script><script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "\u202eevil\u2066\u2069", "a\x00b\x1fc", "行一\n行二\r\n行三", "\u2028\u2029",
	"👨‍👩‍👧‍👦 家庭 🇨🇳", "ﷺ﷽", "e" + strings.Repeat("\u0301", 50), "\xff\xfe坏字节", "=HYPERLINK(\"x\")", "{a|b}{c}", "__f__alert(1)__f__", "&amp;&lt;", "مرحبا بالعالم", "其他", "\ufeff零宽\u200b空格",
}

// randomSpec makes a specification of a kind that Validate accepts, as unkind as it may be.
func randomSpec(r *rand.Rand, k Kind) Spec {
	pick := func() string { return hostile[r.IntN(len(hostile))] }
	n := 1 + r.IntN(14)
	if r.IntN(6) == 0 {
		n = 45
	}
	s := Spec{ID: "x", Kind: k.Name, Finding: pick(), Subtitle: pick(), Unit: pick(), Percent: r.IntN(2) == 0, Ordered: r.IntN(2) == 0}
	keys := make([]string, n)
	for i := range keys {
		keys[i] = pick()
	}
	scale := []float64{1, 1, 1, 100, 1e-6, 1e14, 0}[r.IntN(7)]
	count := k.Least + r.IntN(k.Most-k.Least+1)
	for i := range count {
		series := Series{Name: pick(), Dashed: r.IntN(4) == 0, Highlight: r.IntN(8) == 0, Colour: r.IntN(6)}
		for j, key := range keys {
			series.Values = append(series.Values, randomValue(r, key, float64(j), scale, float64(i)))
		}
		s.Series = append(s.Series, series)
	}
	for range r.IntN(3) {
		s.References = append(s.References, Reference{Name: pick(), V: scale * r.Float64(), Text: "1" + pick()})
	}
	shape, known := shaped[k.Name]
	if known {
		shape(r, &s, scale)
	}
	return s
}

func randomValue(r *rand.Rand, key string, x, scale, rank float64) Value {
	v := (rank + r.Float64()) / 8 * scale
	out := Value{Key: key, X: x, V: v, Lo: v - scale*r.Float64()/9, Hi: v + scale*r.Float64()/9, Text: fmt.Sprintf("%.3g", v), NText: "9"}
	if r.IntN(3) > 0 {
		out.LoText = "lo"
	}
	if r.IntN(3) > 0 {
		out.HiText = "hi"
	}
	if r.IntN(12) == 0 {
		out.Text = hostile[r.IntN(len(hostile))] + "7"
	}
	if r.IntN(5) == 0 {
		out.State = State(1 + r.IntN(3))
		out.Note = []string{"", "样本不足(n<5)", "口径变更，不可直接比较，详见方法一章"}[r.IntN(3)]
	}
	out.Lo, out.Hi = math.Max(out.Lo, -mostExtreme), math.Min(out.Hi, mostExtreme)
	return out
}

// shaped bends a random specification to what a kind wants.
var shaped = map[string]func(*rand.Rand, *Spec, float64){
	"bars": func(r *rand.Rand, s *Spec, _ float64) {
		if r.IntN(2) == 0 {
			for i := range s.Series[0].Values {
				v := &s.Series[0].Values[i]
				v.V, v.Lo, v.Hi = -v.V, -v.Hi, -v.Lo
				v.LoText, v.HiText = v.HiText, v.LoText
			}
		}
	},
	"quantiles": func(_ *rand.Rand, s *Spec, _ float64) {
		if len(s.Series) == 4 {
			s.Series = s.Series[:3]
		}
	},
	"line": func(_ *rand.Rand, s *Spec, _ float64) {
		if len(s.Series[0].Values) > 3 {
			s.Attrs = map[string]string{"forecast": label(s.Series[0].Values[2].Key)}
		}
	},
	"stacked": func(r *rand.Rand, s *Spec, _ float64) {
		s.References = nil
	},
	"km": func(r *rand.Rand, s *Spec, _ float64) {
		for _, series := range s.Series {
			row := AtRisk{Series: series.Name}
			for i := range 9 {
				row.At = append(row.At, Risk{X: float64(i * 5), Key: "k", Text: strconv.Itoa(r.IntN(100000))})
			}
			s.AtRisk = append(s.AtRisk, row)
		}
		for i := range s.References {
			s.References[i].OnX = r.IntN(2) == 0
		}
	},
	"histogram": func(r *rand.Rand, s *Spec, _ float64) {
		s.References = nil
		if r.IntN(3) > 0 {
			s.Bands = randomBands(r, len(s.Series[0].Values))
			s.References = []Reference{{Name: "中位数", V: r.Float64() * 9, Text: "1"}}
		}
	},
	"boxes": func(_ *rand.Rand, s *Spec, _ float64) {
		if len(s.Series) == 4 {
			s.Series = s.Series[:3]
		}
	},
	"bullet": func(r *rand.Rand, s *Spec, _ float64) { s.Bands = randomBands(r, 2+r.IntN(7)) },
	"funnel": func(_ *rand.Rand, s *Spec, _ float64) { s.References = nil },
	"radar": func(r *rand.Rand, s *Spec, _ float64) {
		s.References = nil
		n := 3 + r.IntN(6)
		for i := range s.Series {
			values := s.Series[i].Values
			for len(values) < n {
				values = append(values, randomValue(r, "补"+strconv.Itoa(len(values)), 0, 1, 0))
			}
			s.Series[i].Values = values[:n]
		}
	},
	"paths": func(r *rand.Rand, s *Spec, _ float64) {
		s.References = nil
		values := s.Series[0].Values[:min(mostPaths, len(s.Series[0].Values))]
		for i := range values {
			stops := 2 + r.IntN(3)
			key := "站" + values[i].Key
			for range stops - 1 {
				key += "→店" + hostile[r.IntN(len(hostile))]
			}
			values[i].Key = key
		}
		s.Series[0].Values = values
		if r.IntN(2) == 0 {
			s.Attrs = map[string]string{"start": "触点" + hostile[r.IntN(len(hostile))]}
		}
	},
	"bandgauge": func(r *rand.Rand, s *Spec, _ float64) {
		s.Bands = randomBands(r, 2+r.IntN(7))
		for i := range s.Series {
			s.Series[i].Values = s.Series[i].Values[:1]
			s.Series[i].Values[0].Key = s.Bands[0].Name
		}
	},
}

func randomBands(r *rand.Rand, n int) []Band {
	var out []Band
	at, step := 0.0, r.IntN(2)
	for i := range n {
		b := Band{Name: hostile[r.IntN(len(hostile))], From: at, FromClosed: true, Gap: r.IntN(6) == 0}
		at += 1 + float64(step*r.IntN(3))
		if b.To = at; i == n-1 && n > 1 && r.IntN(2) == 0 {
			b.To = math.NaN()
		}
		if r.IntN(4) == 0 {
			b.ToText = hostile[r.IntN(len(hostile))]
		}
		out = append(out, b)
	}
	if n > 2 && r.IntN(2) == 0 {
		out[0].From = math.NaN()
	}
	return out
}
