package build

import (
	"bytes"
	"encoding/json"
	"image/png"
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestForms holds the sample to the forms that readers take away: files of each
// figure, pictures beside links, and what search engines are told.
func TestForms(t *testing.T) {
	m, _ := makeOnce(t, sample)
	t.Run("figures", func(t *testing.T) { wantFigureFiles(t, m) })
	t.Run("share", func(t *testing.T) { wantSharePictures(t, m) })
	t.Run("linked data", func(t *testing.T) { wantLinkedData(t, m) })
}

func wantFigureFiles(t *testing.T, m made) {
	figures, drawings := 0, 0
	for name := range m.files {
		id, ok := strings.CutSuffix(name, ".html")
		if !ok || path.Dir(name) != "figures" {
			continue
		}
		figures++
		forms := []string{".csv", ".plain.csv", ".json", ".xlsx"}
		if m.files[id+".svg"] != nil {
			drawings++
			forms = append(forms, ".svg", ".png")
			if width, height := pngSize(t, m, id+".png"); width < 1080 || height < 300 {
				t.Errorf("%s.png is %d × %d", id, width, height)
			}
		}
		for _, ext := range forms {
			if m.files[id+ext] == nil || !strings.Contains(m.text(t, name), path.Base(id)+ext+`">`) {
				t.Errorf("%s has no %s, or does not offer it", id, ext)
			}
		}
	}
	if figures < 40 || drawings < 40 {
		t.Errorf("%d figures, %d drawn", figures, drawings)
	}
}

func pngSize(t *testing.T, m made, name string) (width, height int) {
	t.Helper()
	c, err := png.DecodeConfig(bytes.NewReader(m.files[name]))
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return c.Width, c.Height
}

var imageMeta = regexp.MustCompile(`<meta property="og:image" content="([^"]*)">`)

// wantSharePictures: the cover and each chapter have their own two, other pages the cover's.
func wantSharePictures(t *testing.T, m made) {
	own := map[string][]string{}
	for name := range m.files {
		if path.Ext(name) != ".html" {
			continue
		}
		html := m.text(t, name)
		for _, found := range imageMeta.FindAllStringSubmatch(html, -1) {
			file := path.Join(path.Dir(name), found[1])
			if name == "404.html" {
				file = strings.TrimPrefix(found[1], "/")
			}
			if m.files[file] == nil {
				t.Errorf("%s: there is no %s", name, file)
			}
			if chapter := strings.Contains(html, `class="is-chapter"`); chapter || name == "index.html" {
				own[name] = append(own[name], file)
			} else if !strings.HasPrefix(path.Base(file), "index-") {
				t.Errorf("%s shows %s", name, file)
			}
		}
	}
	if len(own) < 5 {
		t.Errorf("pages with pictures of their own: %v", own)
	}
	seen := map[string]string{}
	for name, files := range own {
		if len(files) != 2 {
			t.Fatalf("%s: %v", name, files)
		}
		w, h := pngSize(t, m, files[0])
		side, same := pngSize(t, m, files[1])
		if w != 1200 || h != 630 || side != same || side < 600 {
			t.Errorf("%s: %d × %d and %d × %d", name, w, h, side, same)
		}
		for _, f := range files {
			if other, twice := seen[string(m.files[f])]; twice {
				t.Errorf("%s is the picture of %s too", f, other)
			}
			seen[string(m.files[f])] = f
		}
	}
}

var linkedData = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

// wantLinkedData reads what search engines are told, by kind of page.
func wantLinkedData(t *testing.T, m made) {
	needs := map[string][]string{"Report": {"name", "version", "inLanguage"}, "Article": {"headline", "isPartOf", "dateModified"},
		"Dataset": {"name", "description", "distribution", "license", "temporalCoverage"}, "HowTo": {"name", "step"}, "DefinedTermSet": {"hasDefinedTerm"}}
	kinds := map[string]string{"is-cover": "Report", "is-chapter": "Article", "is-figure": "Dataset", "is-sop": "HowTo", "is-glossary": "DefinedTermSet", "is-downloads": "Dataset"}
	seen := map[string]int{}
	for name := range m.files {
		if path.Ext(name) != ".html" {
			continue
		}
		html := m.text(t, name)
		_, class, _ := strings.Cut(html, `<body class="`)
		class, _, _ = strings.Cut(class, `"`)
		found := linkedData.FindStringSubmatch(html)
		if want := kinds[class]; want != "" && found == nil {
			t.Errorf("%s tells nothing of its %s", name, want)
		}
		if found == nil {
			continue
		}
		var data map[string]any
		if err := json.Unmarshal([]byte(found[1]), &data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		kind, _ := data["@type"].(string)
		if kind != kinds[class] || !strings.HasPrefix(data["@context"].(string), "https://schema.org") {
			t.Errorf("%s (%s) is a %q of %v", name, class, kind, data["@context"])
		}
		seen[kind]++
		for _, key := range needs[kind] {
			if data[key] == nil && (key != "temporalCoverage" || class == "is-figure") {
				t.Errorf("%s: a %s without %s", name, kind, key)
			}
		}
		for key, v := range data {
			if v == "" || v == nil {
				t.Errorf("%s: %s is empty", name, key)
			}
		}
	}
	for kind := range needs {
		if seen[kind] == 0 {
			t.Errorf("no page tells of a %s; there are %v", kind, seen)
		}
	}
}
