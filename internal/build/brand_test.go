package build

import (
	"bytes"
	"image/png"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestBrandColour builds a site with a colour of its own: pages, icon and the
// pictures beside links take it, and one that cannot be read is refused with its ratio.
func TestBrandColour(t *testing.T) {
	head := "title = \"试\"\nedition = \"2026\"\ndate = 2026-11-01\n"
	text := map[string]string{"content/index.md": "+++\nfinding = \"六成企业已有团队\"\n+++\n# 封面\n\n[章](chapters/01-a.md)", "content/chapters/01-a.md": "# 章\n\n正文。"}
	with := func(settings string) made {
		files := maps.Clone(text)
		files["benchbook.toml"] = head + settings
		m, _ := makeOnce(t, newProject(t, files))
		return m
	}
	m := with("accent = \"#7a1f5c\"\n")
	m.wantNoErrors(t)
	for name, data := range m.files {
		base := path.Base(name)
		if strings.HasPrefix(base, "style.") && !strings.Contains(string(data), "--accent:#7a1f5c") || strings.HasPrefix(base, "icon.") && !strings.Contains(string(data), "#7a1f5c") {
			t.Errorf("%s is not in the brand's colour", name)
		}
	}
	img, err := png.Decode(bytes.NewReader(m.files["share/index-1200x630.png"]))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := img.At(4, 300).RGBA(); r>>8 != 0x7a || g>>8 != 0x1f || b>>8 != 0x5c {
		t.Errorf("the bar of the share picture is %x %x %x", r>>8, g>>8, b>>8)
	}
	for settings, want := range map[string]string{"accent = \"#f2c200\"\n": ":1", "accent = \"red\"\n": "#rrggbb"} {
		bad := with(settings)
		if !slices.ContainsFunc(messages(bad), func(s string) bool { return strings.Contains(s, want) && strings.Contains(s, "client.accent") }) {
			t.Errorf("%s: %q", settings, messages(bad))
		}
	}
}

func messages(m made) []string {
	var out []string
	for _, d := range m.findings {
		out = append(out, d.Pos.File+": "+d.Message.In("en")+" ["+d.Code+"]")
	}
	return out
}
