package build

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rowsOf are the systems that the table of coverage has to have a row for.
var rowsOf = map[string]int{"K": 15, "F": 13, "Q": 12, "M": 25, "S": 18, "G": 7, "P": 6, "D": 6}

var (
	coverageRow = regexp.MustCompile(`(?m)^\| (R-([A-Z])\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$`)
	namedTest   = regexp.MustCompile("`([a-z/]+)\\.(Test[A-Za-z0-9]+)`")
	namedKey    = regexp.MustCompile("`([a-z0-9_./-]+)`")
	namedCode   = regexp.MustCompile(`[a-z]+\.[a-z_]+`)
	linkTarget  = regexp.MustCompile(`\]\(([^)]+)\)`)
	command     = regexp.MustCompile("`benchbook ([a-z]+)")
)

// TestCoverageTable walks the table of the handbook: every system has its row,
// and every page, key, command and test that a row names is there. Anchors are
// the site's own check.
func TestCoverageTable(t *testing.T) {
	src := read(t, "content/handbook/coverage.md")
	data := everything(t, "data")
	commands := everything(t, "cmd/benchbook")
	seen := map[string]int{}
	for _, m := range coverageRow.FindAllStringSubmatch(src, -1) {
		id, where, run, held := m[1], m[4], m[5], m[6]
		seen[m[2]]++
		if strings.Count(src, "| "+id+" |") != 1 {
			t.Errorf("%s has more than one row", id)
		}
		checkTargets(t, id, where)
		checkKeys(t, id, where, data)
		name := command.FindStringSubmatch(run)
		if name == nil || !strings.Contains(commands, fmt.Sprintf("Use:   %q", name[1])) && !strings.Contains(commands, `"`+name[1]) {
			t.Errorf("%s: there is no command in %s", id, run)
		}
		for _, code := range namedCode.FindAllString(strings.ReplaceAll(run, "`", " "), -1) {
			if !strings.Contains(read(t, "content/handbook/codes.md"), "`"+code+"`") {
				t.Errorf("%s: there is no finding %s", id, code)
			}
		}
		checkNamedTest(t, id, held)
	}
	for group, want := range rowsOf {
		if seen[group] != want {
			t.Errorf("group %s has %d rows, want %d", group, seen[group], want)
		}
		for n := 1; n <= want; n++ {
			if !strings.Contains(src, fmt.Sprintf("| R-%s%d |", group, n)) {
				t.Errorf("R-%s%d has no row", group, n)
			}
		}
	}
}

// checkTargets holds that a source file is there for every link; a generated page
// has its entry in the data.
func checkTargets(t *testing.T, id, where string) {
	t.Helper()
	links := linkTarget.FindAllStringSubmatch(where, -1)
	if len(links) == 0 && !strings.Contains(where, "见 R-") {
		t.Errorf("%s leads to no page", id)
	}
	for _, l := range links {
		target, _, _ := strings.Cut(l[1], "#")
		switch {
		case strings.HasPrefix(target, "/kpi/profile-"):
			wantEntry(t, id, "data/kpi.toml", strings.TrimSuffix(strings.TrimPrefix(target, "/kpi/profile-"), ".html"))
		case target == "/kpi/catalogue.html":
		case strings.HasPrefix(target, "/kpi/"):
			wantEntry(t, id, "data/kpi.toml", strings.TrimSuffix(strings.TrimPrefix(target, "/kpi/"), ".html"))
		case strings.HasPrefix(target, "/"):
			read(t, "data"+strings.TrimSuffix(target, ".html")+".toml")
		default:
			read(t, filepath.Join("content/handbook", target))
		}
	}
}

func wantEntry(t *testing.T, id, file, entry string) {
	t.Helper()
	if !strings.Contains(read(t, file), fmt.Sprintf("\nid = %q\n", entry)) {
		t.Errorf("%s: %s has no %q", id, file, entry)
	}
}

// checkKeys holds that the files and keys a row names are in the data, or, where it says so, are not.
func checkKeys(t *testing.T, id, where, data string) {
	t.Helper()
	for _, m := range namedKey.FindAllStringSubmatch(where, -1) {
		key := m[1]
		switch {
		case strings.Contains(key, "/"):
			read(t, key)
		case strings.Contains(key, "."):
			if !strings.Contains(read(t, "content/handbook/codes.md"), "`"+key+"`") {
				t.Errorf("%s: there is no finding %s", id, key)
			}
		case !strings.Contains(data, fmt.Sprintf("id = %q", key)):
			t.Errorf("%s: nothing in data/ is called %q", id, key)
		}
	}
}

// checkNamedTest holds that a row's test exists.
func checkNamedTest(t *testing.T, id, held string) {
	t.Helper()
	m := namedTest.FindStringSubmatch(held)
	if m == nil {
		t.Errorf("%s names no test: %s", id, held)
		return
	}
	files, _ := filepath.Glob(filepath.Join(sample, "internal", filepath.FromSlash(m[1]), "*_test.go"))
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(src), "\nfunc "+m[2]+"(t *testing.T)") {
			return
		}
	}
	t.Errorf("%s: package %s has no %s", id, m[1], m[2])
}

func read(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(sample, filepath.FromSlash(name)))
	if err != nil {
		t.Errorf("%v", err)
	}
	return strings.ReplaceAll(string(src), "\r\n", "\n")
}

// everything is all TOML and Go under a folder, as one text.
func everything(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(filepath.Join(sample, folder), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".toml" && filepath.Ext(p) != ".go" {
			return err
		}
		src, err := os.ReadFile(p)
		b.Write(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
