package build

import (
	"path"
	"slices"
	"strings"

	"benchbook/internal/client"
	"benchbook/internal/kpi"
	"benchbook/internal/page"
	"benchbook/internal/plan"
	"benchbook/internal/selector"
)

// Where the trade's own data stand in a project.
const (
	kpiFile        = "data/kpi.toml"
	kpiFolder      = "data/kpi"
	forecastFolder = "data/forecasts"
	paybackFolder  = "data/paybacks"
	selectorFolder = "data/selectors"
)

// loadTrade reads the catalogue of KPIs, the lines, and the reckonings and
// decision tables, each in the order of their names.
func (b *run) loadTrade() error {
	var files []kpi.File
	names, err := b.tomlFiles(kpiFolder)
	if err != nil {
		return err
	}
	for _, name := range append([]string{kpiFile}, names...) {
		src, err := b.optional(name)
		if err != nil {
			return err
		}
		if src != nil {
			files = append(files, kpi.File{Name: name, Src: src})
		}
	}
	b.trade = page.Trade{KPIs: kpi.Load(files, b.list)}
	lines := path.Join(client.Folder, "lines.toml")
	src, err := b.optional(lines)
	if err != nil {
		return err
	}
	b.trade.Lines = kpi.LoadLines(lines, src, b.trade.KPIs, b.list)
	return b.loadTools()
}

func (b *run) loadTools() error {
	t := &b.trade.Tools
	kinds := []struct {
		folder string
		load   func(name, file string, src []byte)
	}{
		{forecastFolder, func(name, file string, src []byte) {
			if f, ok := plan.LoadForecast(name, file, src, b.list); ok {
				t.Forecasts = append(t.Forecasts, f.Reckon())
			}
		}},
		{paybackFolder, func(name, file string, src []byte) {
			if p, ok := plan.LoadPayback(name, file, src, b.list); ok {
				t.Paybacks = append(t.Paybacks, p.Reckon())
			}
		}},
		{selectorFolder, func(name, file string, src []byte) {
			if s, ok := selector.Load(name, file, src, b.list); ok {
				t.Selectors = append(t.Selectors, s)
			}
		}},
	}
	for _, kind := range kinds {
		files, err := b.tomlFiles(kind.folder)
		if err != nil {
			return err
		}
		for _, file := range files {
			src, err := b.site.Read(file)
			if err != nil {
				return err
			}
			kind.load(strings.TrimSuffix(path.Base(file), ".toml"), file, src)
		}
	}
	return nil
}

func (b *run) tomlFiles(folder string) ([]string, error) {
	files, err := b.site.Files(folder, func(name string) bool { return path.Ext(name) == ".toml" && name != "dataset.toml" })
	slices.Sort(files)
	return files, err
}
