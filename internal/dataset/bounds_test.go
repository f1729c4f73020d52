package dataset

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// packed writes a ZIP of files that are made by writers.
func packed(t *testing.T, name string, files map[string]func(io.Writer)) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for file, fill := range files {
		w, err := z.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		fill(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	disk := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(disk, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return disk
}

func repeat(text string, n int) func(io.Writer) {
	return func(w io.Writer) {
		block := []byte(strings.Repeat(text, 4096))
		for range n / 4096 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}

func literal(text string) func(io.Writer) {
	return func(w io.Writer) { _, _ = io.WriteString(w, text) }
}

// sheet is a workbook with one sheet.
func sheet(rows string, dimension string) map[string]func(io.Writer) {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	return map[string]func(io.Writer){
		"[Content_Types].xml":        literal(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`),
		"_rels/.rels":                literal(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		"xl/workbook.xml":            literal(`<workbook ` + ns + `><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": literal(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		"xl/worksheets/sheet1.xml":   literal(`<worksheet ` + ns + `><dimension ref="` + dimension + `"/><sheetData>` + rows + `</sheetData></worksheet>`),
	}
}

func cellsXML(row int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, row)
	for c, text := range cells {
		fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, cellName(c, row), text)
	}
	return b.String() + "</row>"
}

// TestHostileFilesEndInBoundedMemory opens files that are small on disk and
// large, wide or long when read. Each reads or is refused with a reason.
func TestHostileFilesEndInBoundedMemory(t *testing.T) {
	huge := sheet(cellsXML(1, "a", "b")+cellsXML(2, "1", "2")+cellsXML(1048576, "3", "4"), "A1:XFD1048576")
	shared := sheet(cellsXML(1, "a", "b"), "A1:B1")
	shared["xl/sharedStrings.xml"] = repeat("<si>", (maxShared+1<<20)/4)
	long := sheet(cellsXML(1, "a", "b")+cellsXML(2, strings.Repeat("x", 20<<20), "2"), "A1:B2")
	var wide strings.Builder
	for i := range 10000 {
		fmt.Fprintf(&wide, "c%d,", i)
	}
	for name, c := range map[string]struct {
		disk string
		rows int // that are read, header included; 0 = refused or cut with a reason
	}{
		"a sheet that claims everything": {packed(t, "a.xlsx", huge), 3},
		"texts beyond memory":            {packed(t, "b.xlsx", shared), 0},
		"a cell of 20 MB in a workbook":  {packed(t, "c.xlsx", long), 0},
		"one line of 80 MB":              {packed(t, "d.zip", map[string]func(io.Writer){"d.csv": repeat("abcdefgh", 80<<20/8)}), 0},
		"10,000 columns":                 {packed(t, "e.zip", map[string]func(io.Writer){"e.csv": literal(wide.String() + "\n1,2\n")}), 0},
		"a record of 80 MB":              {packed(t, "f.zip", map[string]func(io.Writer){"f.json": func(w io.Writer) { literal(`[{"a":"`)(w); repeat("abcdefgh", 80<<20/8)(w); literal(`"}]`)(w) }}), 0},
	} {
		rows, l := wholeTable(t, c.disk)
		if c.rows > 0 && len(rows) != c.rows || c.rows == 0 && !l.HasErrors() && !strings.Contains(strings.Join(rows, " "), "error: ") {
			t.Errorf("%s: %d rows, %v", name, len(rows), l.Sorted())
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.Sys > 1<<30 {
		t.Errorf("%d MB were taken", m.Sys>>20)
	}
}
