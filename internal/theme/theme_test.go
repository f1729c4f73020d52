package theme

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"benchbook/internal/diag"
)

// folder makes a template folder out of names and texts.
func folder(texts ...string) fstest.MapFS {
	f := fstest.MapFS{}
	for i := 0; i < len(texts); i += 2 {
		f[texts[i]] = &fstest.MapFile{Data: []byte(texts[i+1])}
	}
	return f
}

type reader struct {
	Title string
	Names []string
	Inner *struct{ Word string }
}

var models = map[string]any{"plain": reader{}}

var builtIn = folder(
	"parts/page.html", `<h1>{{.Title}}</h1>{{block "main" .}}{{end}}`,
	"layouts/plain.html", "{{template \"parts/page.html\" .}}{{define \"main\"}}{{range .Names}}<p>{{.}}</p>{{end}}<link href=\"{{asset \"style.css\"}}\">{{end}}",
	"assets/a.css", "a { color: red; }\n",
	"assets/b.css", "b { color: url( 'dot.svg' ); }\n",
	"assets/dot.svg", "<svg/>",
	"assets/echarts/LICENSE", "text",
	"assets/README.md", "not for readers",
)

func load(t *testing.T, overlays ...fstest.MapFS) *Theme {
	t.Helper()
	built, err := Load(builtIn)
	if len(overlays) == 1 {
		built, err = Load(overlays[0], builtIn)
	} else if len(overlays) == 2 {
		built, err = Load(overlays[0], overlays[1], builtIn)
	}
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func render(t *testing.T, built *Theme, model any) string {
	t.Helper()
	var b bytes.Buffer
	if err := built.Execute(&b, "plain", model); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func findings(built *Theme) []string {
	var l diag.List
	built.Check(models, &l)
	var out []string
	for _, d := range l.Sorted() {
		out = append(out, d.Pos.String()+" "+d.Code+" "+d.Message.In("en"))
	}
	return out
}

func TestLaterFoldersFillWhatEarlierOnesLack(t *testing.T) {
	project := folder("parts/page.html", `<h1>项目 {{.Title}}</h1>{{block "main" .}}{{end}}`)
	brand := folder("parts/page.html", "\ufeff<h1>品牌 {{.Title}}</h1>\r\n{{block \"main\" .}}{{end}}", ".DS_Store", "x", "layouts/plain.html~", "{{")
	for want, built := range map[string]*Theme{"<h1>项目 甲</h1><p>": load(t, project), "<h1>品牌 甲</h1>\n<p>": load(t, brand, project), "<h1>甲</h1><p>": load(t)} {
		if got := findings(built); len(got) > 0 {
			t.Errorf("%q: %v", want, got)
		}
		if got := render(t, built, reader{Title: "甲", Names: []string{"乙"}}); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, wants %q…", got, want)
		}
	}
}

func TestEverythingIsEscaped(t *testing.T) {
	got := render(t, load(t), reader{Title: `</h1><script>x</script>`, Names: []string{`"onload="x`}})
	if strings.Contains(got, "<script") || strings.Contains(got, `"onload`) {
		t.Error(got)
	}
}

// TestCheck holds what the user reads when a template of theirs is wrong.
func TestCheck(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"layouts/plain.html", "{{define \"main\"}}\n导流率 {{.Nmae}}{{end}}{{template \"parts/page.html\" .}}", "templates/layouts/plain.html:2:7 theme.type template: <.Nmae>: can't use field Nmae in type"},
		{"layouts/plain.html", "{{range .Title}}{{end}}", "templates/layouts/plain.html:1:9 theme.type template: <.Title>: range can't iterate over type string"},
		{"layouts/plain.html", "{{.Inner.Wrod}}", "templates/layouts/plain.html:1:9 theme.type template: <.Inner.Wrod>"},
		{"layouts/plain.html", "{{template \"parts/nothing.html\" .}}", "templates/layouts/plain.html:1:12 theme.type template: <{{template"},
		{"layouts/plain.html", "<p>\n{{if .Title}}", "templates/layouts/plain.html:2 theme.syntax template: unexpected EOF"},
		{"layouts/plain.html", "{{shout .Title}}", "templates/layouts/plain.html:1 theme.syntax template: function \"shout\" not defined"},
		{"layouts/plain.html", "<a href='{{.Title}}", "templates/layouts/plain.html theme.type template: ends in a non-text context"},
		{"parts/page.html", "<h1>{{.Titel}}</h1>{{block \"main\" .}}{{end}}", "templates/parts/page.html:1:7 theme.type template: <.Titel>: can't use field Titel"},
		{"parts/page.html", "{{end}}", "templates/parts/page.html:1 theme.syntax template: unexpected {{end}}"},
		{"layout/plain.html", "x", "templates/layout/plain.html theme.unused no page uses this template file"},
		{"layouts/plian.html", "x", "templates/layouts/plian.html theme.unused no page uses this template file"},
	} {
		got := findings(load(t, folder(c.name, c.source)))
		if len(got) != 1 || !strings.HasPrefix(got[0], c.want) {
			t.Errorf("%s %q:\n got %q\nwants %q", c.name, c.source, got, c.want)
		}
	}
}

func TestCheckMissesLayouts(t *testing.T) {
	var l diag.List
	load(t).Check(map[string]any{"plain": reader{}, "other": reader{}}, &l)
	got := l.Sorted()
	if len(got) != 1 || got[0].Code != "theme.missing" || got[0].Pos.File != "templates/layouts/other.html" {
		t.Errorf("%v", got)
	}
}

// TestCodesAreExplained keeps `explain` complete.
func TestCodesAreExplained(t *testing.T) {
	for _, code := range []string{"theme.syntax", "theme.type", "theme.missing", "theme.unused"} {
		if _, ok := diag.Explain(code); !ok {
			t.Errorf("%s has no entry", code)
		}
	}
}

func TestExecuteFailsInWords(t *testing.T) {
	var b bytes.Buffer
	if err := load(t).Execute(&b, "nothing", reader{}); err == nil || !strings.Contains(err.Error(), `no layout "nothing"`) {
		t.Error(err)
	}
	wrong := load(t, folder("layouts/plain.html", `{{asset "stlye.css"}}`))
	if err := wrong.Execute(&b, "plain", reader{}); err == nil || !strings.Contains(err.Error(), `did you mean "style.css"?`) {
		t.Error(err)
	}
}

func TestFoldersOnDisk(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(os.DirFS(filepath.Join(dir, "none")), builtIn); err != nil {
		t.Error("a folder that does not exist:", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "layouts"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	built, err := Load(os.DirFS(dir), builtIn)
	if err != nil {
		t.Fatal(err)
	}
	if got := findings(built); len(got) != 1 || !strings.Contains(got[0], "theme.unused") {
		t.Errorf("a file in place of a folder: %q", got)
	}
}

func TestManyGoroutinesRenderTheSame(t *testing.T) {
	built := load(t)
	want := render(t, load(t), reader{Title: "甲"})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			var b bytes.Buffer
			if err := built.Execute(&b, "plain", reader{Title: "甲"}); err != nil || b.String() != want {
				t.Errorf("%v: %q", err, b.String())
			}
		})
	}
	group.Wait()
}
