package intake

import (
	"errors"
	"os"
	"strings"
	"testing"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// TestMisplacedCellsWriteNothing imports tables in which a delimiter or a quote
// has moved cells, and tables that only lack or have too much of nothing.
func TestMisplacedCellsWriteNothing(t *testing.T) {
	head := "门店,月份,销售额,渠道\n" + strings.Repeat("甲,2026-01,12,微信\n乙,2026-02,30,抖音\n", 10)
	for _, c := range []struct {
		rows, want string // what the findings say, "" = it is imported
	}{
		{"丙,2026-03,1,234,微信\n", "22:17"},
		{"丙,2026-03,\"1,234,微信\n丁,2026-03,3,微信\n", "22:11"},
		{"丙,2026-03,8,\"微信\n丁,2026-03,9,\"抖音\"\n戊,2026-03,9,抖音\n", "22:13"},
		{"丙,2026-03\n", ""},
		{"丙,2026-03,5,微信,,\n", ""},
		{"丙,2026-03,5,\"微信\n公众号\"\n", ""},
		{"丙,2026-03,5,\"微信\"号\n", ""},
	} {
		var l diag.List
		site := t.TempDir()
		d, err := Recognise(export(t, "a.csv", head+c.rows), Options{}, &l)
		if err == nil {
			_, err = d.Write(site, "", &l)
		}
		said := strings.Join(findings(&l), "\n")
		if c.want == "" && (err != nil || l.HasErrors()) {
			t.Errorf("%q: %v %s", c.rows, err, said)
		} else if c.want != "" && (!errors.Is(err, dataset.ErrReported) || !strings.Contains(said, c.want)) {
			t.Errorf("%q: %v %s", c.rows, err, said)
		}
		if left, err := os.ReadDir(site); err != nil || c.want != "" && len(left) > 0 {
			t.Errorf("%q: %v %v", c.rows, left, err)
		}
	}
}

// TestBlankNamesOfColumns imports a table of which one column has a name.
func TestBlankNamesOfColumns(t *testing.T) {
	_, dict, counts := imported(t, export(t, "a.csv", "行业,,\n美妆,3,4\n食品,5,6\n母婴,7,8\n"), Options{})
	if names := strings.Join(dict.FieldNames(), " "); names != "行业 第2列 第3列" || counts["第3列"][""] != 3 {
		t.Errorf("%s %v", names, counts)
	}
}
