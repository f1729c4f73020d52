package document

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/hanzi"

	"golang.org/x/text/language"
)

// Front is the front matter of any document; which keys mean something depends
// on the layout. Dates are YYYY-MM-DD.
type Front struct {
	Title   string      `toml:"title"`
	Short   string      `toml:"short"`   // for menus
	Summary string      `toml:"summary"` // for descriptions, plain text
	Slug    string      `toml:"slug"`    // one segment of the address
	Weight  int         `toml:"weight"`  // order among siblings
	Draft   bool        `toml:"draft"`
	Updated config.Date `toml:"updated"`
	Lang    string      `toml:"lang"` // BCP 47, with a region
	Tags    []string    `toml:"tags"`

	Selectors []string `toml:"selectors"` // article: decision tables that stand before the text
	Forecasts []string `toml:"forecasts"` // article: reckonings, likewise
	Paybacks  []string `toml:"paybacks"`

	Vendor *Vendor `toml:"vendor"` // an entry of the vendor handbook

	Finding    string     `toml:"finding"`    // cover: one sentence of inline Markdown
	KeyPoints  []string   `toml:"key_points"` // chapter: inline Markdown
	KeyFigures []FrontRef `toml:"key_figures"`

	Purpose    string      `toml:"purpose"` // from here on: SOP
	When       string      `toml:"when"`
	WhenNot    string      `toml:"when_not"`
	Trigger    string      `toml:"trigger"`
	Roles      []string    `toml:"roles"`
	Inputs     []string    `toml:"inputs"`
	Time       string      `toml:"time"`
	Owner      string      `toml:"owner"`
	Version    string      `toml:"version"`
	Reviewed   config.Date `toml:"reviewed"`
	Stage      []string    `toml:"stage"`
	Industry   []string    `toml:"industry"`
	Benchmarks []FrontRef  `toml:"benchmarks"`
}

// Vendor is the fixed fields of an entry of the vendor handbook.
type Vendor struct {
	Kind      string   `toml:"kind"`
	Origin    string   `toml:"origin"`
	Good      string   `toml:"good"`
	Weak      string   `toml:"weak"`
	Fits      string   `toml:"fits"`
	Unfit     string   `toml:"unfit"`
	Fee       string   `toml:"fee"`
	Fills     []string `toml:"fills"`     // what a client lacks, for the filter
	Companies []string `toml:"companies"` // that public texts put here
	Sponsored bool     `toml:"sponsored"`
}

// FrontRef names a released number ("DATASET/INDICATOR?stat=p50", with or
// without "stat:") and says what to call it.
type FrontRef struct {
	Ref   string `toml:"ref"`
	Label string `toml:"label"`
}

// frontMatter is where the front matter stands in the text. Kind is "toml",
// "yaml" or "" for none.
type frontMatter struct {
	kind       string
	start, end int // of the matter between the fences
	body       int // first byte of the Markdown
	open       bool
}

// places tells where a front matter key's value is written, in file order of
// the formats: config.Source for TOML, yamlPlaces for YAML.
type places func(path ...any) diag.Pos

var yamlKey = regexp.MustCompile(`^["']?[\pL_][\pL\pN_ -]*["']?\s*:(\s|$)`)

// splitFront finds the front matter. "---" opens one only when it is closed and
// holds nothing or begins with a key, since it is also a line across the page.
func splitFront(text []byte) frontMatter {
	first, start := cutLine(text, 0)
	switch string(first) {
	case "+++":
		if f, ok := closeFront(text, start, "toml", "+++"); ok {
			return f
		}
		return frontMatter{kind: "toml", start: start, end: len(text), body: len(text), open: true}
	case "---":
		f, ok := closeFront(text, start, "yaml", "---", "...")
		matter := firstEntry(text[f.start:f.end])
		if ok && (len(matter) == 0 || yamlKey.Match(matter)) {
			return f
		}
	}
	return frontMatter{}
}

func closeFront(text []byte, start int, kind string, fences ...string) (frontMatter, bool) {
	for at := start; at < len(text); {
		line, next := cutLine(text, at)
		for _, fence := range fences {
			if string(line) == fence {
				return frontMatter{kind: kind, start: start, end: at, body: next}, true
			}
		}
		at = next
	}
	return frontMatter{}, false
}

// cutLine gives the line at an offset without trailing space, and the next offset.
func cutLine(text []byte, at int) ([]byte, int) {
	end, next := len(text), len(text)
	if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
		end, next = at+n, at+n+1
	}
	return bytes.TrimRight(text[at:end], " \t"), next
}

// firstEntry gives the first line that is neither blank nor a comment.
func firstEntry(matter []byte) []byte {
	for at := 0; at < len(matter); {
		line, next := cutLine(matter, at)
		if len(line) > 0 && line[0] != '#' {
			return line
		}
		at = next
	}
	return nil
}

// yamlLimit bounds what the YAML library is given: its time grows with the
// square of the nesting.
const yamlLimit = 16 << 10

// decodeFront fills into and reports what is wrong; the result locates keys.
func decodeFront(s *source, f frontMatter, into *Front, l *diag.List) places {
	nowhere := func(...any) diag.Pos { return diag.At(s.file, 1, 1) }
	switch {
	case f.kind == "":
		return nowhere
	case f.open:
		l.Add(diag.Diagnostic{Code: "document.front_matter", Pos: diag.At(s.file, 1, 1), Width: 3,
			Message: diag.T("前置信息没有结束", "the front matter is not closed"),
			Hint:    diag.T("在正文之前另起一行写 +++", "put a line +++ before the text")})
		return nowhere
	case f.kind == "yaml" && f.end-f.start > yamlLimit:
		l.Errorf("document.front_matter", diag.At(s.file, 1, 1), diag.T("YAML 前置信息超过 %d 字节", "the YAML front matter is longer than %d bytes", yamlLimit))
		return nowhere
	}
	padded := append(bytes.Repeat([]byte("\n"), s.index(f.start)), s.text[f.start:f.end]...)
	if f.kind == "yaml" {
		return decodeYAML(s.file, padded, into, l)
	}
	src, _ := config.Decode(s.file, padded, into, l)
	return func(path ...any) diag.Pos { p, _ := src.Value(path...); return p }
}

// readFront checks what the strict reader cannot know and reads the Markdown and
// the references inside the front matter.
func (d *Document) readFront(s *source, f frontMatter, at places, l *diag.List) {
	d.checkSlug(at, l)
	d.checkLang(at, l)
	read := inlineReader{s: s, f: f, at: at, l: l, d: d}
	if d.Front.Finding != "" {
		d.Finding = read.markdown(d.Front.Finding, "finding")
	}
	for i, point := range d.Front.KeyPoints {
		d.KeyPoints = append(d.KeyPoints, read.markdown(point, "key_points", i))
	}
	d.KeyFigures = read.labelled(d.Front.KeyFigures, "key_figures")
	d.Benchmarks = read.labelled(d.Front.Benchmarks, "benchmarks")
}

func (d *Document) checkSlug(at places, l *diag.List) {
	slug := d.Front.Slug
	d.SlugPos = diag.At(d.File, 1, 1)
	if slug != "" {
		d.SlugPos = at("slug")
	}
	if want := hanzi.Slug(slug); slug != want {
		l.Add(diag.Diagnostic{Code: "document.slug", Pos: at("slug"),
			Message: diag.T("slug %q 不能用作地址的一段", "slug %q cannot be a segment of an address", slug),
			Hint:    diag.T("只用字母、数字、汉字和连字符，例如 %q", "use letters, digits, Han characters and hyphens only, such as %q", want)})
		d.Front.Slug = want
	}
}

func (d *Document) checkLang(at places, l *diag.List) {
	lang := d.Front.Lang
	if lang == "" {
		return
	}
	if _, err := language.Parse(lang); err != nil || strings.EqualFold(lang, "zh") {
		l.Add(diag.Diagnostic{Code: "document.lang", Pos: at("lang"),
			Message: diag.T("%q 不是可用的语言标签", "%q is not a usable language tag", lang),
			Hint:    diag.T("例如 zh-CN、zh-TW、en", "such as zh-CN, zh-TW, en")})
		d.Front.Lang = ""
	}
}

// fileTitle makes a title of a file's name, for a text that has none.
func fileTitle(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if name == "index" || name == "README" {
		if dir := path.Base(path.Dir(file)); dir != "." && dir != "/" {
			return dir
		}
	}
	return name
}
