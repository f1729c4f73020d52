package dataset

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestHandMadeSheet reads a sheet with a title, two rows of header and brands
// that are merged over their shops.
func TestHandMadeSheet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for r, row := range [][]any{
		{"2026 年私域月报"},
		{"品牌", "门店", "导流", nil, "成交", nil},
		{nil, nil, "曝光", "新增好友", "订单", "金额"},
		{"甲", "一店", 100, 12, 3, 99.5},
		{nil, "二店", 200, 20, 4, 120},
		{"乙", "三店", 50, 9, 1, 30},
	} {
		if err := f.SetSheetRow("Sheet1", cellName(0, r+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range [][2]string{{"A1", "F1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "F2"}, {"A4", "A5"}} {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	disk := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(disk, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, l := wholeTable(t, disk)
	want := "品牌|门店|导流/曝光|导流/新增好友|成交/订单|成交/金额\n甲|一店|100|12|3|99.5\n甲|二店|200|20|4|120\n乙|三店|50|9|1|30"
	if strings.Join(rows, "\n") != want || l.HasErrors() {
		t.Errorf("%q\nwant %q %v", strings.Join(rows, "\n"), want, l.Sorted())
	}
}

func TestOneHeaderRowStaysOne(t *testing.T) {
	for _, text := range []string{"a,,c\nx,y,z\nu,v,w\n", "a,b,c\nx,y,z\n1,2,3\n", "a,,c\n1,2,3\n4,5,6\n"} {
		disk := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(disk, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if rows, _ := wholeTable(t, disk); len(rows) != 3 {
			t.Errorf("%q: %q", text, rows)
		}
	}
}
