package theme

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// Asset is a file that pages load. Path is its place in the site,
// "assets/style.4f2a91c07b.css".
type Asset struct {
	Path  string
	Bytes []byte
}

// Assets gives every file to publish, in path order.
func (t *Theme) Assets() []Asset { return slices.Clone(t.assets) }

// sheet is the name of the style sheet that every page loads, made of the .css
// files that lie directly in assets/. Those in folders below are published each
// on its own, for the layouts that ask for them.
const sheet = "style.css"

// asset is the template function of that name: the path in the site, to be
// written after the page's Root.
func (t *Theme) asset(name string) (string, error) {
	if p, ok := t.hashed[name]; ok {
		return p, nil
	}
	known := slices.Sorted(maps.Keys(t.hashed))
	if near := diag.Nearest(name, known); near != "" {
		return "", fmt.Errorf("no asset %q, did you mean %q?", name, near)
	}
	return "", fmt.Errorf("no asset %q", name)
}

// publish names and, for style sheets, joins the files under assets/. Pictures
// and scripts come first, because the style sheet refers to them by hashed name.
func publish(files map[string]file) ([]Asset, map[string]string) {
	var assets []Asset
	hashed := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		short, ok := strings.CutPrefix(name, "assets/")
		if !ok || !published(short) {
			continue
		}
		source := files[name].source
		if path.Ext(short) == ".css" {
			source = minify(source)
		}
		hashed[short] = address(short, source)
		assets = append(assets, Asset{hashed[short], source})
	}
	css := minify(linkAssets(joinSheets(files), hashed))
	hashed[sheet] = address(sheet, css)
	assets = append(assets, Asset{hashed[sheet], css})
	slices.SortFunc(assets, func(a, b Asset) int { return cmp.Compare(a.Path, b.Path) })
	return assets, hashed
}

// published leaves out style sheets that are joined, and what is only for
// whoever works on the theme.
func published(name string) bool {
	switch path.Ext(name) {
	case ".css":
		return !joined(name)
	case ".md", ".go", ".mjs":
		return false
	}
	return true
}

// joined tells the style sheets that become one.
func joined(name string) bool { return path.Ext(name) == ".css" && !strings.Contains(name, "/") }

// address puts ten hexadecimal digits of the content's SHA-256 into the name.
// Licence texts, which people look for by name and pages never load, keep theirs.
func address(name string, content []byte) string {
	ext := path.Ext(name)
	if ext == "" || ext == ".txt" {
		return "assets/" + name
	}
	sum := sha256.Sum256(content)
	return "assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
}

// joinSheets puts all style sheets into one: the built-in ones in name order,
// then those that the project adds, then the brand's, so that later rules win
// where they are meant to. A replaced sheet keeps the place of the one it replaces.
func joinSheets(files map[string]file) string {
	var names []string
	for name := range files {
		if short, ok := strings.CutPrefix(name, "assets/"); ok && joined(short) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(files[a].place, files[b].place), cmp.Compare(a, b))
	})
	var all strings.Builder
	for _, name := range names {
		all.Write(files[name].source)
		all.WriteByte('\n')
	}
	return all.String()
}

var cssURL = regexp.MustCompile(`url\(\s*["']?([^"')]+?)["']?\s*\)`)

// linkAssets rewrites url(NAME) of a theme asset to its hashed name; the style
// sheet lies in assets/ itself, so addresses are relative to that folder.
func linkAssets(css string, hashed map[string]string) []byte {
	return cssURL.ReplaceAllFunc([]byte(css), func(match []byte) []byte {
		name := path.Clean(string(cssURL.FindSubmatch(match)[1]))
		if p, ok := hashed[name]; ok {
			return []byte(`url("` + strings.TrimPrefix(p, "assets/") + `")`)
		}
		return match
	})
}
