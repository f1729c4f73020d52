package house

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms lists, for each package, the packages of ours that it may import. The
// order is from the ground up: a room may only name rooms above its own line.
//
// What matters most: no room from page upwards, but build, can import dataset,
// schema's rows, indicator or benchmark; whatever reaches a page went through release.
var rooms = []struct {
	name string
	may  []string
}{
	{"diag", nil},
	{"stat", nil},
	{"hanzi", nil},
	{"browsertest", nil},
	{"chart/sheet", nil},
	{"chart/bundle", nil},
	{"chart/bitmap", nil},
	{"chart", []string{"chart/sheet"}},
	{"output", nil},
	{"cache", nil},
	{"reference", []string{"stat"}},
	{"templates", nil},
	{"leak", nil},
	{"seal", []string{"diag", "templates"}},
	{"config", []string{"diag"}},
	{"theme", []string{"diag"}},
	{"dataset", []string{"diag"}},
	{"site", []string{"config", "diag"}},
	{"publish", []string{"diag", "output", "site"}},
	{"fact", []string{"config", "diag"}},
	{"kpi", []string{"config", "diag"}},
	{"plan", []string{"config", "diag"}},
	{"selector", []string{"config", "diag"}},
	{"schema", []string{"config", "dataset", "diag"}},
	{"intake", []string{"dataset", "diag", "hanzi", "schema", "stat"}},
	{"document", []string{"config", "diag", "hanzi"}},
	{"warehouse", []string{"diag", "schema"}},
	{"indicator", []string{"config", "diag", "schema"}},
	{"benchmark", []string{"diag", "indicator", "schema", "stat"}},
	{"release", []string{"benchmark", "diag", "indicator", "schema", "stat"}},
	{"page", []string{"chart", "config", "diag", "document", "fact", "hanzi", "kpi", "plan", "release", "selector", "site"}},
	{"book", nil},
	{"export", []string{"chart", "chart/bitmap", "chart/sheet", "diag", "hanzi", "output", "page", "plan", "release"}},
	{"client", []string{"chart/sheet", "config", "diag", "release", "schema", "stat"}},
	{"client/report", []string{"chart", "client", "release"}},
	{"client/workbook", []string{"client", "stat"}},
	{"build", []string{"benchmark", "book", "cache", "chart", "client", "client/report", "client/workbook", "diag", "document", "export", "fact", "indicator", "kpi", "leak", "output", "page", "plan", "release", "schema", "selector", "site", "templates", "theme", "warehouse"}},
	{"preview", []string{"build", "diag", "output", "site"}},
	{"house", nil},
	{"cmd/benchbook", []string{"build", "cache", "client", "client/report", "config", "diag", "export", "indicator", "intake", "output", "preview", "publish", "reference", "release", "schema", "seal", "site"}},
}

// doors lists the rooms that may import an outside library.
var doors = map[string][]string{
	"github.com/BurntSushi/toml":             {"config"},
	"github.com/chromedp/cdproto":            {"browsertest"},
	"github.com/fsnotify/fsnotify":           {"preview"},
	"github.com/andybalholm/brotli":          {"publish"},
	"github.com/chromedp/chromedp":           {"browsertest"},
	"github.com/go-echarts/go-echarts/v2":    {"chart"},
	"github.com/goccy/go-yaml":               {"document"},
	"github.com/gofrs/flock":                 {"cache", "output"},
	"github.com/jba/templatecheck":           {"theme"},
	"github.com/microcosm-cc/bluemonday":     {"document"},
	"github.com/minio/minio-go/v7":           {"publish"},
	"github.com/parquet-go/parquet-go":       {"dataset"},
	"github.com/pkg/sftp":                    {"publish"},
	"github.com/spf13/cobra":                 {"cmd/benchbook"},
	"github.com/xuri/excelize/v2":            {"client/workbook", "dataset", "export"},
	"github.com/yuin/goldmark":               {"document"},
	"golang.org/x/image":                     {"chart/bitmap", "page"},
	"golang.org/x/crypto":                    {"publish"},
	"golang.org/x/sync":                      {"build", "cmd/benchbook", "document", "publish"},
	"golang.org/x/sys":                       {"output"},
	"golang.org/x/text":                      {"chart/sheet", "dataset", "diag", "document", "hanzi", "seal"},
	"golang.org/x/net":                       {"book", "document", "export"},
	"gonum.org/v1/gonum":                     {"stat"},
	"github.com/ClickHouse/clickhouse-go/v2": {"warehouse"},
	"github.com/go-sql-driver/mysql":         {"warehouse"},
	"github.com/jackc/pgx/v5":                {"warehouse"},
	"github.com/trinodb/trino-go-client":     {"warehouse"},
}

func TestImportsFollowThePlan(t *testing.T) {
	allowed, floor := map[string][]string{}, map[string]int{}
	for i, r := range rooms {
		allowed[r.name], floor[r.name] = r.may, i
		for _, dep := range r.may {
			if at, ok := floor[dep]; !ok || at >= i {
				t.Errorf("the plan itself is wrong: %s may import %s, which does not stand below it", r.name, dep)
			}
		}
	}
	seen := map[string]bool{}
	for file, imports := range importsOf(t, filepath.Join("..", "..")) {
		room := roomOf(file)
		may, ok := allowed[room]
		if !ok {
			t.Errorf("%s: the room %q is not in the plan", file, room)
			continue
		}
		seen[room] = true
		for _, imp := range imports {
			checkImport(t, file, room, imp, may)
		}
	}
	for _, r := range rooms {
		if !seen[r.name] {
			t.Errorf("the plan has a room %q that does not exist", r.name)
		}
	}
}

func checkImport(t *testing.T, file, room, imp string, may []string) {
	t.Helper()
	if own, ok := strings.CutPrefix(imp, "benchbook/"); ok {
		own = strings.TrimPrefix(own, "internal/")
		if own != room && !slices.Contains(may, own) {
			t.Errorf("%s: %s must not import %s", file, room, own)
		}
		return
	}
	if !strings.Contains(strings.Split(imp, "/")[0], ".") {
		return
	}
	for library, behind := range doors {
		if imp == library || strings.HasPrefix(imp, library+"/") {
			if !slices.Contains(behind, room) {
				t.Errorf("%s: the library %s stands behind %v, not in %s", file, library, behind, room)
			}
			return
		}
	}
	t.Errorf("%s: the library %s has no door in the plan", file, imp)
}

// roomOf names the room of a file: its folder without internal/.
func roomOf(file string) string {
	return strings.TrimPrefix(filepath.ToSlash(filepath.Dir(file)), "internal/")
}

// importsOf parses the imports of every Go file of the program, tests and generators aside.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if _, err := os.Stat(filepath.Join(p, "go.mod")); d.IsDir() && p != root && err == nil {
			return filepath.SkipDir // a module of its own is no part of the program
		}
		if d.IsDir() && (name == "testdata" || name == "data" || p != root && strings.HasPrefix(name, ".") && name != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || generator(p) {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			imports[rel] = append(imports[rel], path)
		}
		if len(f.Imports) == 0 {
			imports[rel] = nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// generator reports whether a file is never part of the program.
func generator(p string) bool {
	src, err := os.ReadFile(p)
	return err == nil && strings.Contains(string(src), "//go:build ignore")
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	docs := map[string]bool{}
	for file := range importsOf(t, filepath.Join("..", "..")) {
		room := roomOf(file)
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", file), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		docs[room] = docs[room] || f.Doc.Text() != ""
	}
	for room, has := range docs {
		if !has {
			t.Errorf("package %s has no package comment", room)
		}
	}
}
