package sheet

import (
	"math"
	"regexp"
	"testing"
)

// lab is a colour in CIE L*a*b* (D65).
type lab struct{ l, a, b float64 }

func labOf(r, g, b float64) lab {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := f(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := f((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return lab{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// ciede2000 is the colour difference of CIE 142-2001 with all weights 1.
func ciede2000(p, q lab) float64 {
	rad, deg := math.Pi/180, 180/math.Pi
	mean := (math.Hypot(p.a, p.b) + math.Hypot(q.a, q.b)) / 2
	g := 0.5 * (1 - math.Sqrt(math.Pow(mean, 7)/(math.Pow(mean, 7)+math.Pow(25, 7))))
	pa, qa := (1+g)*p.a, (1+g)*q.a
	pc, qc := math.Hypot(pa, p.b), math.Hypot(qa, q.b)
	hue := func(b, a float64) float64 { return math.Mod(math.Atan2(b, a)*deg+360, 360) }
	ph, qh := hue(p.b, pa), hue(q.b, qa)
	dh := qh - ph
	if dh > 180 {
		dh -= 360
	} else if dh < -180 {
		dh += 360
	}
	if pc*qc == 0 {
		dh = 0
	}
	dH := 2 * math.Sqrt(pc*qc) * math.Sin(dh/2*rad)
	l, c := (p.l+q.l)/2, (pc+qc)/2
	h := (ph + qh) / 2
	if math.Abs(ph-qh) > 180 {
		h = math.Mod(h+180, 360)
	}
	t := 1 - 0.17*math.Cos((h-30)*rad) + 0.24*math.Cos(2*h*rad) + 0.32*math.Cos((3*h+6)*rad) - 0.20*math.Cos((4*h-63)*rad)
	sl := 1 + 0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	sc, sh := 1+0.045*c, 1+0.015*c*t
	rt := -2 * math.Sqrt(math.Pow(c, 7)/(math.Pow(c, 7)+math.Pow(25, 7))) * math.Sin(60*math.Exp(-math.Pow((h-275)/25, 2))*rad)
	dl, dc := (q.l-p.l)/sl, (qc-pc)/sc
	return math.Sqrt(dl*dl + dc*dc + dH/sh*dH/sh + rt*dc*dH/sh)
}

// Full-severity simulation matrices on linear RGB: Machado, Oliveira, Fernandes (2009), table 1.
var vision = map[string][9]float64{
	"normal": {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

func seen(hex string, m [9]float64) lab {
	r, g, b := linearRGB(hex)
	clip := func(v float64) float64 { return math.Max(0, math.Min(1, v)) }
	return labOf(clip(m[0]*r+m[1]*g+m[2]*b), clip(m[3]*r+m[4]*g+m[5]*b), clip(m[6]*r+m[7]*g+m[8]*b))
}

// The formula against pairs published with it (Sharma, Wu, Dalal 2005, table 1, pairs 1, 7, 17, 25).
func TestColourDifference(t *testing.T) {
	cases := []struct {
		p, q lab
		want float64
	}{
		{lab{50, 2.6772, -79.7751}, lab{50, 0, -82.7485}, 2.0425},
		{lab{50, 0, 0}, lab{50, -1, 2}, 2.3669},
		{lab{50, 2.5, 0}, lab{73, 25, -18}, 27.1492},
		{lab{60.2574, -34.0099, 36.2677}, lab{60.4626, -34.1751, 39.4387}, 1.2644},
	}
	for _, c := range cases {
		if got := ciede2000(c.p, c.q); math.Abs(got-c.want) > 0.0001 {
			t.Errorf("%v to %v is %.4f, want %.4f", c.p, c.q, got, c.want)
		}
	}
}

func TestCategoriesAreApartForEveryEye(t *testing.T) {
	for name, m := range vision {
		for i, a := range Categories {
			for _, b := range Categories[:i] {
				if d := ciede2000(seen(a.Light, m), seen(b.Light, m)); d < 15 {
					t.Errorf("%s: %s and %s differ by %.1f on a light page", name, a.Name, b.Name, d)
				}
				if d := ciede2000(seen(a.Dark, m), seen(b.Dark, m)); d < 15 {
					t.Errorf("%s: %s and %s differ by %.1f on a dark page", name, a.Name, b.Name, d)
				}
			}
		}
	}
}

// least is the contrast that a role needs against the page: marks 3, text 4.5.
func TestContrastWithThePage(t *testing.T) {
	least := map[string]float64{"ink": 4.5, "mute": 4.5, "axis": 3, "rest": 3, "k1": 3, "k2": 3, "k3": 3, "k4": 3, "k5": 3}
	for _, r := range Roles() {
		want, ok := least[r.Name]
		if !ok {
			continue
		}
		if c := Contrast(r.Light, LightPage); c < want {
			t.Errorf("%s has %.2f on a light page", r.Name, c)
		}
		if c := Contrast(r.Dark, DarkPage); c < want {
			t.Errorf("%s has %.2f on a dark page", r.Name, c)
		}
	}
}

func TestTextOnMarksCanBeRead(t *testing.T) {
	for _, r := range append(append([]Role{Zero}, Steps...), Against...) {
		on := On(r)
		if c := Contrast(r.Light, on.Light); c < 4.5 {
			t.Errorf("text on %s has %.2f on a light page", r.Name, c)
		}
		if c := Contrast(r.Dark, on.Dark); c < 4.5 {
			t.Errorf("text on %s has %.2f on a dark page", r.Name, c)
		}
	}
	for _, r := range Categories {
		on := On(r)
		if c := math.Min(Contrast(r.Light, on.Light), Contrast(r.Dark, on.Dark)); c < 4.5 {
			t.Errorf("text on %s has %.2f", r.Name, c)
		}
	}
	if c := math.Min(Contrast(Track.Light, Mute.Light), Contrast(Track.Dark, Mute.Dark)); c < 4.5 {
		t.Errorf("the words on hatching have %.2f", c)
	}
}

// Steps go one way: from near the page to far from it, in both themes.
func TestStepsGoOneWay(t *testing.T) {
	for i, r := range Steps[1:] {
		if Contrast(r.Light, LightPage) <= Contrast(Steps[i].Light, LightPage) || Contrast(r.Dark, DarkPage) <= Contrast(Steps[i].Dark, DarkPage) {
			t.Errorf("%s is not farther from the page than %s", r.Name, Steps[i].Name)
		}
	}
}

func TestRolesAreColoursWithNamesOfTheirOwn(t *testing.T) {
	hex, names := regexp.MustCompile(`^#[0-9a-f]{6}$`), map[string]bool{}
	for _, r := range Roles() {
		if !hex.MatchString(r.Light) || !hex.MatchString(r.Dark) || names[r.Name] {
			t.Errorf("role %+v", r)
		}
		names[r.Name] = true
	}
}
