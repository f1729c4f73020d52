package build

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing/fstest"

	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/theme"
	"benchbook/templates"
)

// defaultAccent is the built-in theme's colour, for what is drawn without a style sheet.
const defaultAccent = "#0f665a"

// checkBrand holds the site's colour to what readers can read, before any page is made.
func (b *run) checkBrand() {
	s := b.site.Settings
	if s.Accent == "" {
		return
	}
	if _, problem, ok := client.NewBrand(s.Accent, s.AccentDark); !ok {
		b.list.Add(diag.Diagnostic{Code: "client.accent", Pos: s.AccentPos, Message: problem,
			Hint: diag.T("换一个深一些的颜色；深色页面可以另写 accent_dark", "use a darker colour; dark pages may have their own with accent_dark")})
	}
}

// accent is the colour of what carries the brand.
func (b *run) accent() string {
	if b.site.Settings.Accent != "" {
		return b.site.Settings.Accent
	}
	return defaultAccent
}

// dressed lays the project's templates over the brand's colours over the built-in theme.
func (b *run) dressed() (*theme.Theme, error) {
	own := os.DirFS(filepath.Join(b.site.Dir, "templates"))
	s := b.site.Settings
	if s.Accent == "" {
		return theme.Load(own, templates.Files)
	}
	brand, _, ok := client.NewBrand(s.Accent, s.AccentDark)
	if !ok { // reported already
		return theme.Load(own, templates.Files)
	}
	return theme.Load(own, brandFiles(brand, s.Accent), templates.Files)
}

// brandFiles are the style sheet and the icon in the brand's colour.
func brandFiles(brand client.Brand, accent string) fs.FS {
	icon := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="` + accent +
		`"/><path d="M8 24V15M16 24V8M24 24V12" stroke="#fff" stroke-width="4" stroke-linecap="round"/></svg>` + "\n"
	return fstest.MapFS{"assets/brand.css": {Data: brand.Sheet()}, "assets/icon.svg": {Data: []byte(icon)}}
}
