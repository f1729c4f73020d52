package intake

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"benchbook/internal/hanzi"
	"benchbook/internal/schema"
)

// bareName is a file's name without its extensions.
func bareName(path string) string {
	name := filepath.Base(path)
	for _, ext := range []string{".zip", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".tab"} {
		if len(name) > len(ext) && strings.EqualFold(name[len(name)-len(ext):], ext) {
			name = name[:len(name)-len(ext)]
		}
	}
	return name
}

// wjxFile matches the names that 问卷星 gives its exports: id, mode, title, two counts.
var wjxFile = regexp.MustCompile(`^\d+_按(?:序号|分数|文本)_(.+?)(?:_\d+)*$`)

// exportTitle is the part of a file's name that people would call its title.
func exportTitle(path string) string {
	name := strings.Trim(schema.HidePersonal(bareName(path), " "), " _-")
	if m := wjxFile.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
}

// datasetName makes a folder name of the title.
func datasetName(path string) string {
	if slug := hanzi.Slug(exportTitle(path)); slug != "" {
		return slug
	}
	return "dataset"
}

// withoutPersons hides in the rows of a header what points at a person.
func withoutPersons(cells [][]string) [][]string {
	for _, rows := range cells {
		for i := range rows {
			rows[i] = schema.HidePersonal(rows[i], hidden)
		}
	}
	return cells
}

// uniqueHeaders numbers repeated column names and names blank ones.
func uniqueHeaders(header []string) []string {
	seen := map[string]bool{}
	names := make([]string, len(header))
	for i, h := range header {
		if h = schema.HidePersonal(h, hidden); h == "" {
			h = fmt.Sprintf("第%d列", i+1)
		}
		name := h
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s (%d)", h, n)
		}
		seen[name] = true
		names[i] = name
	}
	return names
}
