package dataset

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// readsOrSaysWhy opens any bytes under a name: they give rows or a finding, and never a panic.
func readsOrSaysWhy(t *testing.T, name string, src []byte) {
	t.Helper()
	disk := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(disk, src, 0o600); err != nil {
		t.Fatal(err)
	}
	rows, l := wholeTable(t, disk)
	if len(rows) == 0 && !l.HasErrors() {
		t.Errorf("%q neither reads nor says why", src)
	}
}

// FuzzText opens any bytes as delimited text, so that encoding, line ends,
// delimiter and header are all recognised from them.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"a;b\r\n1,5;2\r\n", "\xff\xfea\x00,\x00b\x00\n\x00", "\xd0\xd5\xc3\xfb,\xc4\xea\xbc\xcd\n\xc0\xee,20\n", "月报\n\n门店\t金额\n一店\t1\n合计\t1\n", "a,b\n\"x\ny\",2\n", "\xa4\xa4\xa4\xe5,b\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) { readsOrSaysWhy(t, "a.csv", src) })
}

// FuzzJSON opens any bytes as JSON records.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`[{"a":1,"b":{"c":[1,"x"]}},{"d":null}]`, "{\"data\":[{\"a\":true}]}\n{}", "{\"a\":\"\\u0000\\ud800\"}\n{\"a\":1e999}", `{"total":1,"data":[{"a":[[1],{"b":2}]}],"next":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) { readsOrSaysWhy(t, "a.json", src) })
}

// FuzzParquet opens any bytes as Parquet.
func FuzzParquet(f *testing.F) {
	type record struct {
		Shop  string   `parquet:"门店,dict"`
		Count int64    `parquet:"count,delta"`
		Share *float64 `parquet:"share,optional,snappy"`
		Tags  []string `parquet:"tags,list"`
	}
	var b bytes.Buffer
	share := 0.5
	if err := parquet.Write(&b, []record{{"一店", 1, &share, []string{"x", "y"}}, {"二店", 2, nil, nil}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PAR1\x15\x04\x15PAR1"))
	f.Fuzz(func(t *testing.T, src []byte) {
		readsOrSaysWhy(t, "a.parquet", append([]byte("PAR1"), bytes.TrimPrefix(src, []byte("PAR1"))...))
	})
}

// FuzzZIP opens any bytes as an archive, which may be a workbook.
func FuzzZIP(f *testing.F) {
	for _, names := range [][]string{{"a.csv"}, {"a.csv", "code.csv", "spss.txt"}, {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			w, err := z.Create(name)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := w.Write([]byte("a,b\n1,2\n")); err != nil {
				f.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		readsOrSaysWhy(t, "a.zip", append([]byte("PK\x03\x04"), bytes.TrimPrefix(src, []byte("PK\x03\x04"))...))
	})
}

// FuzzWorkbook writes any XML into the parts of a workbook that import reads.
func FuzzWorkbook(f *testing.F) {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	f.Add(`<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1</v></c>`, `<c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45296.5</v></c>`, `<mergeCells><mergeCell ref="A1:A2"/></mergeCells>`,
		`<sst `+ns+`><si><r><t>x</t></r><r><t>y</t></r></si></sst>`, `<styleSheet `+ns+`><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`)
	f.Add(`<c r="XFD1"><v>x</v></c>`, `<c t="e"><v>#DIV/0!</v></c><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>y</v></c>`, `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`, `<sst/>`, `<styleSheet/>`)
	f.Fuzz(func(t *testing.T, first, second, rest, shared, styles string) {
		parts := sheet(`<row r="1">`+first+`</row><row r="2">`+second+`</row>`, "A1:B2")
		parts["xl/worksheets/sheet1.xml"] = literal(`<worksheet ` + ns + `><sheetData><row r="1">` + first + `</row><row r="2">` + second + `</row></sheetData>` + rest + `</worksheet>`)
		parts["xl/sharedStrings.xml"], parts["xl/styles.xml"] = literal(shared), literal(styles)
		disk := packed(t, "a.xlsx", parts)
		if rows, l := wholeTable(t, disk); len(rows) == 0 && !l.HasErrors() {
			t.Errorf("%q %q neither read nor say why", first, second)
		}
	})
}
