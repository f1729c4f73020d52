// Package theme turns page models into HTML: it lays template folders over one
// another, parses them, checks them against the types of the models, executes
// them, and publishes the files that pages load.
//
// In: folders (a brand's, the project's, the built-in one; a file of the same
// name in an earlier folder replaces just that file) and, later, one model a
// page. Out: HTML, escaped by html/template wherever a model's field is plain
// text, and assets whose names carry a hash of their content, so that a host may
// cache them for ever. Mistakes in templates become diagnostics with the
// template's own file, line and column before a single page is made.
//
// A folder holds layouts/NAME.html (one a kind of page; it starts from
// {{template "parts/page.html" .}} and defines "main"), parts/NAME.html (pieces
// that layouts share) and assets/ (style sheets, scripts, pictures). The package
// refuses to know what a page is: models are any values, their types are
// inspected, never named, so a new layout needs no Go here.
package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Theme is a set of layouts and assets, ready to execute. It may be used by
// many goroutines at once.
type Theme struct {
	files   map[string]file
	layouts map[string]*layout // by name, as in "chapter"
	broken  []error            // what did not parse, in file order
	assets  []Asset
	hashed  map[string]string // asset name → path in the site
}

// Load reads template folders, the strongest first and the built-in one last.
// A folder that does not exist counts as empty. The error is one of reading;
// templates that do not parse are reported by Check.
func Load(overlays ...fs.FS) (*Theme, error) {
	files, err := overlay(overlays)
	if err != nil {
		return nil, err
	}
	t := &Theme{files: files, layouts: map[string]*layout{}}
	t.assets, t.hashed = publish(files)
	t.parse()
	return t, nil
}

// parse makes one template set a layout: the parts, and the layout itself on
// top, so that a layout may define again any block that a part offers.
func (t *Theme) parse() {
	parts := template.New("").Funcs(template.FuncMap{"asset": t.asset, shared: func(string, any) template.HTML { return "" }})
	for _, name := range t.names("parts/") {
		t.define(parts, name)
	}
	for _, name := range t.names("layouts/") {
		set, err := parts.Clone()
		if err != nil {
			t.broken = append(t.broken, err)
			continue
		}
		if made := t.define(set, name); made != nil {
			t.layouts[layoutName(name)] = &layout{Template: made}
		}
	}
}

func (t *Theme) define(set *template.Template, name string) *template.Template {
	made, err := set.New(name).Parse(string(t.files[name].source))
	if err != nil {
		t.broken = append(t.broken, err)
		return nil
	}
	return made
}

// names lists the templates directly in a folder, in name order.
func (t *Theme) names(folder string) []string {
	var names []string
	for name := range t.files {
		if rest, ok := strings.CutPrefix(name, folder); ok && !strings.Contains(rest, "/") && path.Ext(rest) == ".html" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func layoutName(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(file, "layouts/"), ".html")
}

// Execute writes one page: the named layout, filled from its model. Nothing is
// promised about what was written when it fails.
func (t *Theme) Execute(w io.Writer, name string, data any) error {
	set, ok := t.layouts[name]
	if !ok {
		return errors.Join(append([]error{fmt.Errorf("theme: no layout %q", name)}, t.broken...)...)
	}
	set.once.Do(set.prepare)
	if err := set.Template.Execute(w, data); err != nil {
		return fmt.Errorf("theme: layout %q: %w", name, err)
	}
	return nil
}
