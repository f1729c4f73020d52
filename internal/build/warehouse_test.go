package build

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// hostile is a column whose name is a statement in every dialect.
const hostile = "gmv\"`; DROP TABLE kpi -- '\\"

const kpiFields = `title = "KPI"
contributor = "brand"
period = "month"
segments = ["industry"]
disclosure = "open"
[[field]]
name = "brand"
role = "id"
[[field]]
name = "industry"
[[field]]
name = "month"
type = "date"
format = "%Y-%m"
[[field]]
name = "exposed"
type = "integer"
[[field]]
name = "added"
type = "integer"
[[field]]
name = "gmv"
type = "number"
column = HOSTILE
[[field]]
name = "team"
type = "integer"
`

const kpiIndicators = `[[indicator]]
id = "lead_rate"
dataset = "kpi"
title = "导流率"
unit = "%"
kind = "ratio"
numerator = "added"
denominator = "exposed"
[[indicator]]
id = "basket"
dataset = "kpi"
title = "客单价"
unit = "元"
kind = "ratio"
numerator = "gmv"
denominator = "added"
[[indicator]]
id = "size"
dataset = "kpi"
title = "团队规模"
kind = "binned"
field = "team"
bins = ["0-5", "6-10", "11+"]
`

// kpiRows writes rows from a seed: names that collations take for one another,
// numbers that are missing, money in cents.
func kpiRows(n int) []byte {
	var b bytes.Buffer
	random := rand.New(rand.NewPCG(8, 7))
	fmt.Fprintf(&b, "brand,industry,month,exposed,added,\"%s\",team\n", strings.ReplaceAll(hostile, `"`, `""`))
	industries := []string{"美妆", "母婴", "Pet", "pet", "服饰"}
	for range n {
		brand, month := random.IntN(400), random.IntN(6)
		exposed := random.IntN(90000)
		added := fmt.Sprint(exposed * (2 + brand%23) / 100)
		if random.IntN(50) == 0 {
			added = ""
		}
		fmt.Fprintf(&b, "%s%03d,%s,2026-%02d,%d,%s,%d.%02d,%d\n", []string{"B", "b"}[brand%2], brand/2, industries[brand%len(industries)], month+1, exposed, added,
			random.IntN(9000000), random.IntN(100), random.IntN(20))
	}
	return b.Bytes()
}

// kpiSite is a project whose dataset is where the lines before or after its fields say.
func kpiSite(t *testing.T, before, after string, files map[string][]byte) *site.Site {
	t.Helper()
	dir := t.TempDir()
	column := hostile
	if strings.Contains(after, ".parquet") {
		column = "gmv" // tags of a structure cannot hold the other
	}
	dictionary := before + strings.Replace(kpiFields, "HOSTILE", strconv.Quote(column), 1) + after
	files = mapsOf(files, map[string][]byte{"benchbook.toml": []byte("title = \"T\"\n"), "data/indicators.toml": []byte(kpiIndicators),
		"data/kpi/dataset.toml": []byte(dictionary), "content/index.md": []byte("# T\n\n导流率 [](stat:kpi/lead_rate)。\n")})
	for name, data := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	l := &diag.List{}
	s, err := site.Open(dir, l)
	if err != nil || l.HasErrors() {
		t.Fatal(err, l.Sorted())
	}
	return s
}

// kpiFrom is a project whose rows a driver gives.
func kpiFrom(t *testing.T, driver, dsn string) *site.Site {
	name := "BENCHBOOK_TEST_" + strings.ToUpper(driver)
	t.Setenv(name, dsn)
	return kpiSite(t, fmt.Sprintf("source = { driver = %q, env = %q, table = \"kpi\" }\n", driver, name), "", nil)
}

func mapsOf(all ...map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for _, m := range all {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// tables are the benchmark tables of a site, as query prints them.
func tables(ctx context.Context, s *site.Site) (string, error) {
	var out strings.Builder
	for _, q := range []Query{
		{Dataset: "kpi", Column: "lead_rate", By: []string{"industry", "month"}},
		{Dataset: "kpi", Column: "basket", By: []string{"industry"}},
		{Dataset: "kpi", Column: "size", By: []string{"month"}},
		{Dataset: "kpi", Column: "team", By: []string{"industry"}},
		{Dataset: "kpi", Column: "added"},
	} {
		l := &diag.List{}
		result, problem, err := RunQuery(ctx, s, q, l)
		if err != nil {
			return "", err
		}
		if result == nil {
			return "", fmt.Errorf("%v: %v %v", q, problem.Message.In("en"), l.Sorted())
		}
		text, err := json.Marshal(result)
		if err != nil {
			return "", err
		}
		out.Write(append(text, '\n'))
	}
	return out.String(), nil
}

func sizeOfTest() int {
	if testing.Short() {
		return 20_000
	}
	return 1_000_000
}

// fromFile are the tables of the rows as a file.
func fromFile(t *testing.T, name string, data []byte) string {
	t.Helper()
	got, err := tables(t.Context(), kpiSite(t, "", "[[resource]]\npath = \""+name+"\"\n", map[string][]byte{"data/kpi/" + name: data}))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestEveryEngineGivesTheSameTables loads the same rows into real servers and
// wants the bytes that come from the file.
func TestEveryEngineGivesTheSameTables(t *testing.T) {
	rows := kpiRows(sizeOfTest())
	want := fromFile(t, "rows.csv", rows)
	if !strings.Contains(want, `"industry":"Pet"`) || !strings.Contains(want, `"industry":"pet"`) {
		t.Fatal("the tables do not tell Pet from pet")
	}
	if got := fromFile(t, "rows.parquet", asParquet(t, rows)); got != want {
		t.Errorf("other tables from Parquet:\n%s", firstDifference(got, want))
	}
	for driver, with := range map[string]func(*testing.T, []byte) string{"postgres": postgresWith, "mysql": mariaWith,
		"clickhouse": func(t *testing.T, rows []byte) string { dsn, _ := clickhouseWith(t, rows); return dsn }} {
		t.Run(driver, func(t *testing.T) {
			got, err := tables(t.Context(), kpiFrom(t, driver, with(t, rows)))
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("other tables than from the file:\n%s", firstDifference(got, want))
			}
		})
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(i-200, 0)
	return fmt.Sprintf("%.400s\nwant\n%.400s", a[from:], b[from:])
}

// asParquet writes the rows with typed columns.
func asParquet(t *testing.T, rows []byte) []byte {
	t.Helper()
	type record struct {
		Brand    string `parquet:"brand,dict"`
		Industry string `parquet:"industry,dict"`
		Month    string `parquet:"month,dict"`
		Exposed  int64  `parquet:"exposed"`
		Added    *int64 `parquet:"added,optional"`
		Gmv      int64  `parquet:"gmv,decimal(2:12)"`
		Team     int32  `parquet:"team"`
	}
	lines, err := csv.NewReader(bytes.NewReader(rows)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(text string) int64 {
		n, err := strconv.ParseInt(strings.ReplaceAll(text, ".", ""), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[record](&b)
	for _, line := range lines[1:] {
		r := record{line[0], line[1], line[2], number(line[3]), nil, number(line[5]), int32(number(line[6]))}
		if line[4] != "" {
			added := number(line[4])
			r.Added = &added
		}
		if _, err := w.Write([]record{r}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wantsWorldError asks for the tables once the rows can no longer be had whole.
func wantsWorldError(t *testing.T, s *site.Site) {
	t.Helper()
	got, err := tables(t.Context(), s)
	if err == nil {
		t.Fatalf("tables of a part of the rows: %.300s", got)
	}
	if !strings.Contains(err.Error(), "data/kpi/dataset.toml:1") || strings.Contains(err.Error(), "geheim42") {
		t.Errorf("the error does not say where, or tells the password: %v", err)
	}
	t.Log(err)
}

// A shard that is gone is an error and never a number of the other two.
func TestAShardThatIsDown(t *testing.T) {
	dsn, stop := clickhouseWith(t, kpiRows(20_000))
	s := kpiFrom(t, "clickhouse", dsn)
	if _, err := tables(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	stop()
	wantsWorldError(t, s)
}

// A connection that breaks in the midst of the answer is an error; the site that
// was there stays.
func TestABrokenConnection(t *testing.T) {
	dsn := postgresWith(t, kpiRows(50_000))
	address := strings.SplitN(strings.SplitN(dsn, "@", 2)[1], "/", 2)[0]
	proxy := cutting(t, address, 150<<10)
	s := kpiFrom(t, "postgres", strings.Replace(dsn, address, proxy, 1))
	wantsWorldError(t, s)

	out := filepath.Join(t.TempDir(), "public")
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	sink := output.NewMemory()
	l := &diag.List{}
	if _, err := Run(t.Context(), s, Options{}, sink, l); err == nil {
		t.Error("a build from a part of the rows has no error")
	}
}

// cutting passes bytes on to a server, and cuts every connection after some of the answer.
func cutting(t *testing.T, to string, after int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer client.Close()
				server, err := net.Dial("tcp", to)
				if err != nil {
					return
				}
				defer server.Close()
				go io.Copy(server, client)
				io.CopyN(client, server, after)
			}()
		}
	}()
	return l.Addr().String()
}
