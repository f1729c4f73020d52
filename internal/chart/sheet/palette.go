package sheet

// Role is what a colour is for. A mark names its role; the light value is written into the mark, and the style sheet
// gives all roles new values for dark pages, forced colours and print. The values keep contrast and stay apart for
// readers who see fewer colours; the tests compute both.
type Role struct {
	Name        string // in classes f-NAME (fill) and s-NAME (stroke), and in the custom property --chart-NAME
	Light, Dark string // sRGB
}

// LightPage and DarkPage are the grounds that figures are read on.
const (
	LightPage = "#ffffff"
	DarkPage  = "#14171b"
)

// The roles without an order.
var (
	Ink   = Role{"ink", "#1b1f24", "#e7eaee"}   // text and median lines
	Mute  = Role{"mute", "#5a626c", "#a3abb5"}  // ticks, notes, second thoughts
	Grid  = Role{"grid", "#e4e7ea", "#2c3138"}  // hairlines
	Axis  = Role{"axis", "#7d858f", "#79828c"}  // zero lines, whisker stems, hatching
	Paper = Role{"paper", LightPage, DarkPage}  // gaps between marks, inside of hollow marks
	Rest  = Role{"rest", "#868d96", "#7c848e"}  // marks that are not the highlighted one
	Zero  = Role{"zero", "#d7dadd", "#4a5058"}  // the middle of a diverging scale
	bothW = Role{"ww", "#ffffff", "#ffffff"}    // text on marks that are dark in both themes
	inkW  = Role{"kw", "#101418", "#ffffff"}    // text on marks that are light, then dark
	wInk  = Role{"wk", "#ffffff", "#101418"}    // text on marks that are dark, then light
	bothK = Role{"kk", "#101418", "#101418"}    // text on marks that are light in both themes
	Track = Role{"track", "#eef0f2", "#20252b"} // ground of suppressed cells
)

// Categories are the five colours for things without an order. Never more in one figure.
var Categories = []Role{
	{"k1", "#1d8071", "#3c9888"},
	{"k2", "#2e057d", "#efe345"},
	{"k3", "#6c0b04", "#bd3a2b"},
	{"k4", "#a376e9", "#5bf9f9"},
	{"k5", "#c0851f", "#7f51c1"},
}

// Steps is one hue from near the page to far from it, for things in order.
var Steps = []Role{
	{"q1", "#e2f1ee", "#1d3532"},
	{"q2", "#bfe0da", "#204e48"},
	{"q3", "#93cabf", "#266a61"},
	{"q4", "#5aab9d", "#2f7d71"},
	{"q5", "#257d6f", "#54a899"},
	{"q6", "#17695d", "#84cabd"},
	{"q7", "#0b463d", "#bdeee4"},
}

// Against are the steps of the other hue of a diverging scale, from the middle outwards.
var Against = []Role{
	{"n1", "#ecd3a6", "#57431f"},
	{"n2", "#cf9a3f", "#95691f"},
	{"n3", "#8f5a0a", "#e0ad55"},
}

// Roles is every role, in the order of the style sheet.
func Roles() []Role {
	all := []Role{Ink, Mute, Grid, Axis, Paper, Rest, Zero, Track, bothW, inkW, wInk, bothK}
	all = append(all, Categories...)
	all = append(all, Steps...)
	return append(all, Against...)
}

// Ramp is n roles of the one hue, in order and as far apart as they go, for n from 1 to 7.
func Ramp(n int) []Role {
	if n <= 1 {
		return []Role{Steps[4]}
	}
	n = min(n, len(Steps))
	out := make([]Role, n)
	for i := range out {
		out[i] = Steps[(i*(len(Steps)-1)+(n-1)/2)/(n-1)]
	}
	return out
}

// On is the role of text that stands on a mark of a role: white or near black, whichever contrasts more in each theme.
func On(r Role) Role {
	lightWhite := Contrast(r.Light, "#ffffff") >= Contrast(r.Light, "#101418")
	darkWhite := Contrast(r.Dark, "#ffffff") >= Contrast(r.Dark, "#101418")
	switch {
	case lightWhite && darkWhite:
		return bothW
	case lightWhite:
		return wInk
	case darkWhite:
		return inkW
	}
	return bothK
}
