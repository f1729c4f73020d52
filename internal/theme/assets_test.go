package theme

import (
	"regexp"
	"strings"
	"testing"
)

func paths(t *Theme) []string {
	var out []string
	for _, a := range t.Assets() {
		out = append(out, a.Path)
	}
	return out
}

func css(t *testing.T, built *Theme) string {
	t.Helper()
	for _, a := range built.Assets() {
		if strings.HasPrefix(a.Path, "assets/style.") {
			return string(a.Bytes)
		}
	}
	t.Fatal("no style sheet")
	return ""
}

func TestAssetsAreNamedByContent(t *testing.T) {
	got := strings.Join(paths(load(t)), " ")
	if !regexp.MustCompile(`^assets/dot\.[0-9a-f]{10}\.svg assets/echarts/LICENSE assets/style\.[0-9a-f]{10}\.css$`).MatchString(got) {
		t.Error(got)
	}
	changed := paths(load(t, folder("assets/dot.svg", "<svg></svg>")))
	for i, other := range paths(load(t)) {
		if same := changed[i] == other; same != strings.HasSuffix(other, "LICENSE") {
			t.Errorf("%s, then %s", other, changed[i])
		}
	}
}

// TestStyleSheet: built-in sheets by name, then the project's, then the brand's;
// a replaced sheet stays where it was; addresses follow the hash.
func TestStyleSheet(t *testing.T) {
	project := folder("assets/0.css", "p{}", "assets/a.css", "a { color: blue }")
	brand := folder("assets/0brand.css", "q{}")
	got := css(t, load(t, brand, project))
	want := regexp.MustCompile(`^a\{color:blue\}b\{color:url\("dot\.[0-9a-f]{10}\.svg"\)\}p\{\}q\{\}$`)
	if !want.MatchString(got) {
		t.Errorf("got %s", got)
	}
}

// TestSheetInAFolder stands on its own, for the layouts that ask for it.
func TestSheetInAFolder(t *testing.T) {
	built := load(t, folder("assets/print/book.css", "p { color : teal ; }"))
	if strings.Contains(css(t, built), "teal") {
		t.Error("joined with the sheet of every page")
	}
	name, err := built.asset("print/book.css")
	if err != nil || !regexp.MustCompile(`^assets/print/book\.[0-9a-f]{10}\.css$`).MatchString(name) {
		t.Errorf("%q, %v", name, err)
	}
	for _, a := range built.Assets() {
		if a.Path == name && string(a.Bytes) != "p{color :teal}" {
			t.Errorf("%q", a.Bytes)
		}
	}
}

func TestMinify(t *testing.T) {
	for source, want := range map[string]string{
		"a , b > c { color : red ; margin: 0 auto; }":              "a,b>c{color :red;margin:0 auto}",
		"/* x */ a :hover { content: \"a /* ; } b\"; } /*":         "a :hover{content:\"a /* ; } b\"}",
		"@media (min-width: 40em) and (hover) {\n\ta { b: c }\n}":  "@media (min-width:40em) and (hover){a{b:c}}",
		"a { width: calc( 1px + (2px * 3) ); }":                    "a{width:calc( 1px + (2px * 3) )}",
		"@media (width > 40em) { a + b ~ c { d: e !important; } }": "@media (width > 40em){a + b ~ c{d:e !important}}",
		"a::before { content: 'it\\'s; }'; }":                      "a::before{content:'it\\'s; }'}",
		"a{b:\"unclosed":                                           "a{b:\"unclosed",
	} {
		if got := string(minify([]byte(source))); got != want {
			t.Errorf("%q:\n got %q\nwants %q", source, got, want)
		}
		if again := string(minify([]byte(want))); again != want {
			t.Errorf("not stable: %q → %q", want, again)
		}
	}
}

func FuzzMinify(f *testing.F) {
	f.Add("a{b:c}/*")
	f.Add(`"\`)
	f.Fuzz(func(t *testing.T, source string) {
		once := minify([]byte(source))
		if len(once) > len(source) {
			t.Errorf("%q grew to %q", source, once)
		}
	})
}
