package templates_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast computes WCAG 2.2 contrast for every pair of text and ground
// that the style sheet uses, in both themes.
func TestContrast(t *testing.T) {
	source, err := os.ReadFile("assets/base.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(source), "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark theme")
	}
	themes := map[string]map[string]string{"light": colours(light), "dark": colours(dark)}
	pairs := [][2]string{
		{"text", "page"}, {"text", "panel"}, {"text", "tint"}, {"text", "mark"}, {"mute", "page"}, {"mute", "panel"}, {"mute", "tint"},
		{"accent", "page"}, {"accent", "panel"}, {"accent", "tint"}, {"on-accent", "accent"}, {"warn", "page"}, {"warn", "panel"},
	}
	for name, theme := range themes {
		for _, p := range pairs {
			if c := contrast(t, theme[p[0]], theme[p[1]]); c < 4.5 {
				t.Errorf("%s: %s on %s has %.2f:1, wants 4.5", name, p[0], p[1], c)
			}
		}
	}
}

var property = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6});`)

func colours(css string) map[string]string {
	found := map[string]string{}
	for _, m := range property.FindAllStringSubmatch(css, -1) {
		if _, seen := found[m[1]]; !seen {
			found[m[1]] = m[2]
		}
	}
	return found
}

// contrast is (L1 + 0.05) / (L2 + 0.05) of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	l1, l2 := luminance(t, a), luminance(t, b)
	return (max(l1, l2) + 0.05) / (min(l1, l2) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		t.Fatalf("colour %q", colour)
	}
	linear := func(shift uint) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}
