package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

// kept writes a dataset and gives the rows that its rules keep, and the exclusions in words.
func kept(t *testing.T, toml, rows string) (n int, excluded []string, l *diag.List) {
	t.Helper()
	site := t.TempDir()
	dir := filepath.Join(site, "data", "d")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "rows.csv"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	l = &diag.List{}
	d, ok := Load("data/d/dataset.toml", []byte(toml), l)
	if !ok {
		return 0, nil, l
	}
	reasons, err := RowsKept(site, d, nil, l, func(*Record) error { n++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range reasons {
		excluded = append(excluded, fmt.Sprintf("%s %d %v", x.Reason.In("en"), x.Rows, x.Kept))
	}
	return n, excluded, l
}

const qualityFields = `
[[resource]]
path = "rows.csv"
[[field]]
name = "duration"
type = "integer"
[[field]]
name = "flag"
categories = ["ok", "bad"]
[[field]]
name = "check"
categories = ["a", "b"]
[[field]]
name = "m1"
question = "m"
categories = ["1", "2"]
[[field]]
name = "m2"
question = "m"
categories = ["1", "2"]
[[field]]
name = "m3"
question = "m"
categories = ["1", "2"]
`

const qualityRows = "duration,flag,check,m1,m2,m3\n90,ok,a,1,2,1\n9,ok,a,1,2,1\n90,bad,a,1,2,2\n90,ok,b,1,2,1\n90,ok,a,2,2,2\n90,ok,a,1,2,1\n,ok,a,1,1,2\n"

func TestRowsAreLeftOutByReason(t *testing.T) {
	if n, excluded, _ := kept(t, qualityFields, qualityRows); n != 7 || excluded != nil {
		t.Errorf("without rules: %d rows, %q", n, excluded)
	}
	rules := "[quality]\nminimum_seconds = 30\nstraight = [\"m\"]\nduplicate = [\"duration\", \"m1\", \"m2\", \"m3\"]\n[[quality.attention]]\nfield = \"check\"\nis = \"a\"\n[[quality.flag]]\nfield = \"flag\"\nis = [\"bad\"]\n"
	n, excluded, l := kept(t, rules+qualityFields, qualityRows)
	want := "flagged by the platform (flag) 1 true|answered in under 30 seconds 1 false|failed the attention item (check) 1 false|one answer for every row of m 1 false|the same as an earlier answer 1 false"
	if n != 3 || strings.Join(excluded, "|") != want {
		t.Errorf("%d rows kept\n%s\n%v", n, strings.Join(excluded, "|"), l.Sorted())
	}
	if n, _, _ = kept(t, rules+"drop = true\n"+qualityFields, qualityRows); n != 2 {
		t.Errorf("%d rows with the flag dropping", n)
	}
	if _, _, l = kept(t, "[quality]\nstraight = [\"x\"]\nduplicate = [\"nobody\"]\n[[quality.flag]]\nfield = \"flag\"\nis = [\"bda\"]\n"+qualityFields, qualityRows); len(l.Sorted()) != 3 {
		t.Errorf("%v", l.Sorted())
	}
}

// TestWhatPointsAtAPersonIsFound plants one of each kind into a free text and
// into a column that the dictionary does not name.
func TestWhatPointsAtAPersonIsFound(t *testing.T) {
	toml := "[[resource]]\npath = \"rows.csv\"\n[[field]]\nname = \"text\"\nrole = \"open\"\n[[field]]\nname = \"sales\"\ntype = \"number\"\n"
	for planted, code := range map[string]string{
		"请加微信13800138000谢谢": "schema.personal", "138-0013-8000": "schema.personal", "１３８００１３８０００": "schema.personal", "a.b@example.com 联系": "schema.personal",
		"身份证110101199003070732": "schema.personal", "wxid_abcdef123": "schema.personal", "我在杭州市西湖区文三路12号3幢": "schema.personal", "来自203.0.113.7": "schema.personal",
		"oAbCdEfGhIjKlMnOpQrStUvWxYz0": "schema.personal", "电话 021-65432198": "schema.personal",
		"11010119900307888X 订单": "", "138001380001 单号": "", "2026-03-01 12:00:00": "", "很好，没有意见": "", "3.14.15": "",
	} {
		for col, row := range []string{planted + ",1,x", "ok,1," + planted} {
			_, _, l := kept(t, toml, "text,sales,other\nfine,13800138000,y\n"+row+"\n")
			found := l.Sorted()
			if code == "" && len(found) > 0 || code != "" && (len(found) != 1 || found[0].Code != code || found[0].Pos.Line != 3) {
				t.Errorf("%q in place %d: %v", planted, col, found)
			}
		}
	}
	if got := HidePersonal("加13800138000或a@b.cn", "*"); got != "加*或*" {
		t.Errorf("%q", got)
	}
}
