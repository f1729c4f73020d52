package dataset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBlankNamesOrTitle tells a header of one name from a title above a header.
func TestBlankNamesOrTitle(t *testing.T) {
	for _, c := range []struct{ text, header string }{
		{"行业,,\n美妆,3,4\n食品,5,6\n", "行业||"},
		{"行业,,\n美妆,大,北京\n食品,小,上海\n母婴,大,上海\n", "行业||"},
		{"行业,,,\n美妆,30%,1.5,\n食品,5%,6,\n", "行业|||"},
		{",,销售额\n美妆,一店,4\n食品,二店,6\n", "||销售额"},
		{"门店月报,,\n行业,,\n美妆,3,4\n食品,5,6\n", "行业||"},
		{"门店月报,,\n行业,规模,城市\n美妆,大,北京\n食品,小,上海\n母婴,大,上海\n", "行业|规模|城市"},
		{"门店月报,,,\n行业,2023,2024,2025\n美妆,3,4,5\n食品,5,6,7\n", "行业|2023|2024|2025"},
		{"门店月报,,,\n行业,1月,2月,3月\n美妆,3,4,5\n食品,5,6,7\n", "行业|1月|2月|3月"},
		{"满意度,,,\n题目,1,2,3\n服务,3,4,5\n价格,5,6,7\n", "题目|1|2|3"},
		{"门店月报\n行业,规模,人数\n美妆,大,3\n食品,小,4\n", "行业|规模|人数"},
		{"门店月报,,\n\n单位：元,,\n行业,规模,人数\n美妆,大,3\n行业,规模,人数\n食品,小,4\n", "行业|规模|人数"},
	} {
		disk := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(disk, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		rows, l := wholeTable(t, disk)
		if rows[0] != c.header || l.HasErrors() {
			t.Errorf("%q: header %q, %d rows %v", c.text, rows[0], len(rows), l.Sorted())
		}
		if first, _, _ := strings.Cut(rows[1], "|"); first != "美妆" && first != "服务" || !strings.HasSuffix(strings.ReplaceAll(c.text, ",", "|"), rows[len(rows)-1]+"\n") {
			t.Errorf("%q: %q", c.text, rows)
		}
	}
}
