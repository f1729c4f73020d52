package export_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"path"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/export"
)

// described is what is read of datapackage.json.
type described struct {
	Name, Profile, Created string
	Resources              []struct {
		Name, Path, Hash, Encoding string
		Bytes                      int
		Schema                     struct {
			Fields      []struct{ Name, Type string }
			PrimaryKey  []string
			ForeignKeys []struct {
				Fields    string
				Reference struct{ Resource, Fields string }
			}
		}
	}
}

func dataPackage(t *testing.T, s export.Site) (described, map[string][][]string, []export.File) {
	t.Helper()
	files, err := export.DataPackage(s)
	if err != nil {
		t.Fatal(err)
	}
	var d described
	if err := json.Unmarshal(file(t, files, "-data/datapackage.json"), &d); err != nil {
		t.Fatal(err)
	}
	rows := map[string][][]string{}
	for _, r := range d.Resources {
		data := file(t, files, "-data/"+r.Path)
		sum := sha256.Sum256(data)
		if len(data) != r.Bytes || "sha256:"+hex.EncodeToString(sum[:]) != r.Hash {
			t.Errorf("%s is not what is described", r.Path)
		}
		all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows[r.Name] = all
	}
	return d, rows, files
}

// TestDataPackageIsWhatItSays: headers, types, keys and references hold in every
// row, as a validator of Table Schema would check.
func TestDataPackageIsWhatItSays(t *testing.T) {
	for name, s := range map[string]export.Site{"sample": sample(t), "hostile": hostile(t)} {
		t.Run(name, func(t *testing.T) {
			d, rows, _ := dataPackage(t, s)
			if d.Profile != "tabular-data-package" || d.Name != strings.ToLower(d.Name) || len(d.Resources) < 4 {
				t.Errorf("%+v", d)
			}
			keys := map[string]map[string]bool{}
			for _, r := range d.Resources {
				keys[r.Name] = map[string]bool{}
				at := map[string]int{}
				for i, f := range r.Schema.Fields {
					at[f.Name] = i
					if rows[r.Name][0][i] != f.Name {
						t.Errorf("%s: column %d is %q, described as %q", r.Name, i, rows[r.Name][0][i], f.Name)
					}
				}
				for _, row := range rows[r.Name][1:] {
					checkRow(t, r.Name, row, func(i int) string { return r.Schema.Fields[i].Type })
					var key []string
					for _, name := range r.Schema.PrimaryKey {
						key = append(key, row[at[name]])
					}
					if id := strings.Join(key, "\x00"); keys[r.Name][id] {
						t.Errorf("%s: key %q twice", r.Name, key)
					} else {
						keys[r.Name][id] = true
					}
				}
			}
			for _, r := range d.Resources {
				for _, f := range r.Schema.ForeignKeys {
					for _, row := range rows[r.Name][1:] {
						if value := cell(rows[r.Name], row, f.Fields); !keys[f.Reference.Resource][value] {
							t.Fatalf("%s.%s: %q is not in %s", r.Name, f.Fields, value, f.Reference.Resource)
						}
					}
				}
			}
		})
	}
}

func cell(rows [][]string, row []string, name string) string {
	for i, head := range rows[0] {
		if head == name {
			return row[i]
		}
	}
	return ""
}

func checkRow(t *testing.T, table string, row []string, kind func(int) string) {
	t.Helper()
	for i, cell := range row {
		var err error
		switch k := kind(i); {
		case cell == "":
		case k == "number":
			_, err = strconv.ParseFloat(cell, 64)
		case k == "integer":
			_, err = strconv.Atoi(cell)
		case k == "boolean":
			_, err = strconv.ParseBool(cell)
		case k == "string" && strings.ContainsRune("=+-@", rune(cell[0])):
			t.Errorf("%s: a spreadsheet would run %q", table, cell)
		}
		if err != nil {
			t.Errorf("%s: %v", table, err)
		}
	}
}

// TestNothingOfSuppressedCellsIsInTheData but name and reason, and there are as
// many as the site says.
func TestNothingOfSuppressedCellsIsInTheData(t *testing.T) {
	s := sample(t)
	_, rows, _ := dataPackage(t, s)
	cells, want := s.Input.Registry.Counts()
	got := 0
	for _, row := range rows["cells"][1:] {
		if cell(rows["cells"], row, "suppressed") != "true" {
			continue
		}
		got++
		for _, name := range []string{"value", "low", "high", "n", "base", "contributors", "method", "warnings"} {
			if v := cell(rows["cells"], row, name); v != "" {
				t.Errorf("%s: %s=%s", row[0], name, v)
			}
		}
		if cell(rows["cells"], row, "reason") == "" {
			t.Errorf("%s: no reason", row[0])
		}
	}
	if got != want || len(rows["cells"])-1 != cells || want == 0 {
		t.Errorf("%d of %d cells suppressed, the site says %d of %d", got, len(rows["cells"])-1, want, cells)
	}
}

// TestDescriptionsAgree: the three vocabularies name the same tables and columns.
func TestDescriptionsAgree(t *testing.T) {
	d, _, files := dataPackage(t, sample(t))
	var w struct {
		Context []any `json:"@context"`
		Tables  []struct {
			URL         string
			TableSchema struct {
				Columns []struct {
					Name   string
					Titles []string
				}
			}
		}
	}
	if err := json.Unmarshal(file(t, files, "csv-metadata.json"), &w); err != nil {
		t.Fatal(err)
	}
	var set map[string]any
	if err := json.Unmarshal(file(t, files, "dataset.jsonld"), &set); err != nil {
		t.Fatal(err)
	}
	if w.Context[0] != "http://www.w3.org/ns/csvw" || set["@type"] != "Dataset" || set["name"] == "" || set["description"] == "" {
		t.Errorf("%v %v", w.Context, set)
	}
	if len(w.Tables) != len(d.Resources) {
		t.Fatalf("%d and %d tables", len(w.Tables), len(d.Resources))
	}
	for i, r := range d.Resources {
		if w.Tables[i].URL != r.Path || len(w.Tables[i].TableSchema.Columns) != len(r.Schema.Fields) {
			t.Errorf("%s and %s", w.Tables[i].URL, r.Path)
			continue
		}
		for j, c := range w.Tables[i].TableSchema.Columns {
			if c.Name != r.Schema.Fields[j].Name || c.Titles[0] != c.Name {
				t.Errorf("%s: column %v, %v", r.Path, c, r.Schema.Fields[j])
			}
		}
	}
}

// TestZipsOpenAndRepeat: the offline site holds every file of the site as it is,
// and equal sites give equal bytes.
func TestZipsOpenAndRepeat(t *testing.T) {
	s := sample(t)
	for name, export := range map[string]func(export.Site) ([]export.File, error){"site": export.Offline, "data": export.DataPackage, "xlsx": export.Workbook} {
		first, err1 := export(s)
		second, err2 := export(s)
		if err1 != nil || err2 != nil || !bytes.Equal(first[0].Bytes, second[0].Bytes) {
			t.Errorf("%s: two exports differ (%v, %v)", name, err1, err2)
		}
	}
	files, err := export.Offline(s)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(files[0].Bytes), int64(len(files[0].Bytes)))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range z.File {
		if strings.Contains(f.Name, "\\") || path.IsAbs(f.Name) || strings.Contains(f.Name, "..") || f.Modified.Format("2006-01-02") != s.Input.Settings.Date {
			t.Errorf("%s of %v", f.Name, f.Modified)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if name, ok := strings.CutPrefix(f.Name, "site/"); ok {
			want, _ := s.Tree.File(name)
			seen++
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from the site", name)
			}
		}
	}
	if want := len(s.Tree.Manifest("", "").Files); seen != want {
		t.Errorf("%d files, the site has %d", seen, want)
	}
}
