package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/chart/sheet"
)

// textBox is a line of text of a drawing, with the room it takes.
type textBox struct {
	text                     string
	class                    string
	left, top, right, bottom float64
}

// elements reads a drawing back: its texts with their boxes, the coordinates of all marks, and its size.
func elements(t *testing.T, svg []byte) (texts []textBox, marks []sheet.Point, view [4]float64) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	d.Strict = true
	for {
		token, err := d.Token()
		if err == io.EOF {
			return texts, marks, view
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		a := attrsOf(start)
		switch start.Name.Local {
		case "svg":
			for i, f := range strings.Fields(a["viewBox"]) {
				view[i] = num(t, f)
			}
		case "text":
			var content string
			if err := d.DecodeElement(&content, &start); err != nil {
				t.Fatal(err)
			}
			texts = append(texts, boxOf(t, a, content))
		case "pattern":
			if err := d.Skip(); err != nil {
				t.Fatal(err)
			}
		default:
			marks = append(marks, cornersOf(t, start.Name.Local, a)...)
		}
	}
}

func attrsOf(e xml.StartElement) map[string]string {
	out := map[string]string{}
	for _, a := range e.Attr {
		out[a.Name.Local] = a.Value
	}
	return out
}

func num(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatalf("coordinate %q", s)
	}
	return v
}

func boxOf(t *testing.T, a map[string]string, content string) textBox {
	x, y, size := num(t, a["x"]), num(t, a["y"]), sheet.Size
	if s := a["font-size"]; s != "" {
		size = num(t, s)
	}
	w := sheet.TextWidth(content, size, a["font-weight"] != "")
	switch a["text-anchor"] {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	return textBox{content, a["class"], x, y - sheet.Rise*size, x + w, y + sheet.Drop*size}
}

func cornersOf(t *testing.T, element string, a map[string]string) []sheet.Point {
	get := func(name string) float64 { return num(t, a[name]) }
	switch element {
	case "rect":
		return []sheet.Point{{X: get("x"), Y: get("y")}, {X: get("x") + get("width"), Y: get("y") + get("height")}}
	case "line":
		return []sheet.Point{{X: get("x1"), Y: get("y1")}, {X: get("x2"), Y: get("y2")}}
	case "circle":
		return []sheet.Point{{X: get("cx") - get("r"), Y: get("cy") - get("r")}, {X: get("cx") + get("r"), Y: get("cy") + get("r")}}
	case "path":
		var out []sheet.Point
		for _, p := range strings.FieldsFunc(a["d"], func(r rune) bool { return r == 'M' || r == 'L' || r == 'Z' }) {
			x, y, _ := strings.Cut(p, " ")
			out = append(out, sheet.Point{X: num(t, x), Y: num(t, y)})
		}
		return out
	}
	return nil
}

// checkLayout asserts that no two texts overlap and that nothing is outside the drawing.
func checkLayout(t *testing.T, svg []byte) {
	t.Helper()
	texts, marks, view := elements(t, svg)
	right, bottom := view[0]+view[2], view[1]+view[3]
	for i, b := range texts {
		if b.left < view[0]-0.1 || b.right > right+0.1 || b.top < view[1]-0.1 || b.bottom > bottom+0.1 {
			t.Errorf("text %.40q at %.1f–%.1f × %.1f–%.1f leaves the drawing %v", b.text, b.left, b.right, b.top, b.bottom, view)
		}
		for _, c := range texts[:i] {
			if math.Min(b.right, c.right)-math.Max(b.left, c.left) > 0.1 && math.Min(b.bottom, c.bottom)-math.Max(b.top, c.top) > 0.1 {
				t.Errorf("texts %.40q %.0f and %.40q %.0f overlap", c.text, []float64{c.left, c.right, c.top, c.bottom}, b.text, []float64{b.left, b.right, b.top, b.bottom})
			}
		}
	}
	for _, p := range marks {
		if p.X < view[0]-0.1 || p.X > right+0.1 || p.Y < view[1]-0.1 || p.Y > bottom+0.1 {
			t.Errorf("a mark at %.1f, %.1f leaves the drawing %v", p.X, p.Y, view)
		}
	}
}

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

// Whatever the labels and values are: no text over another, nothing cut off, well-formed, the same bytes again.
func TestNothingOverlapsAndNothingIsCut(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	for _, k := range Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			for seed := range rounds {
				s := randomSpec(rand.New(rand.NewPCG(uint64(seed), 7)), k)
				for _, w := range []Width{Wide, Narrow} {
					svg, err := SVG(s, w)
					if err != nil {
						t.Fatalf("seed %d: %v", seed, err)
					}
					again, _ := SVG(s, w)
					if !bytes.Equal(svg, again) {
						t.Fatalf("seed %d: two drawings differ", seed)
					}
					checkLayout(t, svg)
				}
				alone, err := Standalone(s)
				if err != nil {
					t.Fatal(err)
				}
				checkLayout(t, alone)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

func TestGalleryLayout(t *testing.T) {
	for _, s := range slices.Concat(examples(), hardExamples()) {
		for _, w := range []Width{Wide, Narrow} {
			svg, err := SVG(s, w)
			if err != nil {
				t.Fatal(err)
			}
			checkLayout(t, svg)
		}
	}
}
