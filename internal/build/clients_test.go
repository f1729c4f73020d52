package build

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
	"benchbook/internal/client"
	"benchbook/internal/client/report"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// agency is a project with n clients, each with its own numbers of three months.
func agency(t testing.TB, n int) *site.Site {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("benchbook.toml", "title = \"T\"\nedition = \"2026\"\n")
	put("content/index.md", "# T\n")
	put("data/trade/dataset.toml", "title = \"同行\"\nunit = \"家\"\ncontributor = \"who\"\n[[resource]]\npath = \"rows.csv\"\n[[field]]\nname = \"who\"\nrole = \"id\"\n"+
		"[[field]]\nname = \"added\"\ntype = \"integer\"\n[[field]]\nname = \"exposed\"\ntype = \"integer\"\n")
	rows := "who,added,exposed\n"
	for i := range 40 {
		rows += fmt.Sprintf("P%02d,%d,1000\n", i, 50+i*5)
	}
	put("data/trade/rows.csv", rows)
	put("data/indicators.toml", "[[indicator]]\nid = \"rate\"\ndataset = \"trade\"\ntitle = \"导流率\"\nunit = \"%\"\nkind = \"ratio\"\nnumerator = \"added\"\ndenominator = \"exposed\"\nquantiles = [25, 50, 75]\n")
	for i := range n {
		folder := fmt.Sprintf("data/clients/kh%04d/", i)
		put(folder+"client.toml", clientTOML(i))
		put(folder+"dataset.toml", "title = \"日报\"\nperiod = \"day\"\n[[resource]]\npath = \"days.csv\"\n[[field]]\nname = \"day\"\ntype = \"date\"\n[[field]]\nname = \"exposed\"\ntype = \"integer\"\n"+
			"[[field]]\nname = \"added\"\ntype = \"integer\"\n[[field]]\nname = \"friends\"\ntype = \"integer\"\nmeasure = \"stock\"\n")
		put(folder+"days.csv", clientRows(i))
	}
	s, err := site.Open(dir, &diag.List{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func clientTOML(i int) string {
	contributor := ""
	if i < 3 {
		contributor = fmt.Sprintf("contributor = \"P%02d\"\n", i)
	}
	return fmt.Sprintf("name = \"金丝雀%04d号客户\"\nwhite_label = %v\npublisher = [\"署名%04d只属一家\"]\n%scadences = [\"month\"]\n", i, i%2 == 0, i, contributor) +
		"[contract]\nbasis = \"monthly\"\n[[kpi]]\nid = \"added\"\nunit = \"人\"\nfield = \"added\"\ntraffic = \"exposed\"\n[[kpi.month]]\nmonth = \"2026-06\"\ncommitted = 30000\nrate = 12.5\n" +
		"[[kpi]]\nid = \"rate\"\nunit = \"%\"\nnumerator = \"added\"\ndenominator = \"exposed\"\nbenchmark = \"trade/rate\"\ntarget = 12.5\nlines = { pass = 10, good = 14 }\n" +
		"[[kpi]]\nid = \"friends\"\nunit = \"人\"\nfield = \"friends\"\n"
}

// figure is one day of one client: exposed, added, friends.
func figure(i, d int) (exposed, added, friends int) {
	exposed = 800 + (i*37+d*13)%400
	return exposed, exposed*(90+(i*7+d*3)%70)/1000 + i%5, 7_340_003 + 10_007*i + d*101
}

func clientRows(i int) string {
	var b strings.Builder
	b.WriteString("day,exposed,added,friends\n")
	first, _ := client.ParseDay("2026-04-01")
	for d := range 91 {
		e, a, f := figure(i, d)
		fmt.Fprintf(&b, "%s,%d,%d,%d\n", first+client.Day(d), e, a, f)
	}
	return b.String()
}

var monthEnd, _ = client.ParseDay("2026-06-30")

func makeReports(t testing.TB, s *site.Site, out string, names ...string) []ClientOutcome {
	t.Helper()
	l := &diag.List{}
	outcomes, err := Clients(context.Background(), s, ClientOptions{Names: names, Cadence: client.Monthly, AsOf: monthEnd, Jobs: 2, Out: out}, l)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// TestReportsEqualARecomputation holds every figure of 300 reports against
// arithmetic that shares no line with the program.
func TestReportsEqualARecomputation(t *testing.T) {
	const n = 300
	s, out := agency(t, n), t.TempDir()
	for i, o := range makeReports(t, s, out) {
		if o.Outcome != "written" {
			t.Fatalf("%s: %s %s", o.Slug, o.Outcome, o.Why)
		}
		src, err := os.ReadFile(filepath.Join(out, o.Slug, "month", "2026-06.json"))
		if err != nil {
			t.Fatal(err)
		}
		var got report.Data
		if err := json.Unmarshal(src, &got); err != nil {
			t.Fatal(err)
		}
		recompute(t, i, got)
	}
}

func recompute(t *testing.T, i int, got report.Data) {
	t.Helper()
	exposed, added, last := 0, 0, 0
	for d := 61; d < 91; d++ {
		e, a, f := figure(i, d)
		exposed, added, last = exposed+e, added+a, f
	}
	factor := math.Min(1, float64(exposed)/30000)
	check := func(what string, got *float64, want float64) {
		if got == nil || math.Abs(*got-want) > 1e-9*math.Max(1, math.Abs(want)) {
			t.Errorf("client %d: %s is %v, wants %v", i, what, got, want)
		}
	}
	check("added", got.KPIs[0].Value, float64(added))
	check("target", got.KPIs[0].Target, 3750)
	check("factor", got.KPIs[0].Factor, factor)
	check("adjusted", got.KPIs[0].Adjusted, float64(min(exposed, 30000))*0.125)
	check("rate", got.KPIs[1].Value, float64(added)/float64(exposed))
	check("friends", got.KPIs[2].Value, float64(last))
	want := "missed"
	switch adjusted := min(exposed, 30000) * 125; {
	case added*1000 >= adjusted:
		want = "met"
	case added*100000 >= adjusted*80:
		want = "floor_met"
	}
	if got.KPIs[0].Status != want {
		t.Errorf("client %d: status %s, wants %s", i, got.KPIs[0].Status, want)
	}
	line := "不及格线"
	switch {
	case added*100 >= exposed*14:
		line = "优良线"
	case added*100 >= exposed*10:
		line = "正常线"
	}
	if got.KPIs[1].Line != line {
		t.Errorf("client %d: line %s, wants %s", i, got.KPIs[1].Line, line)
	}
	peers := 40
	if i < 3 {
		peers = 39
	}
	if p := got.KPIs[1].Peers; len(p) != 3 || p[1].Contributors != peers {
		t.Errorf("client %d: peers %+v, wants %d", i, p, peers)
	}
}

// TestClientsAreApart: nothing that names a client stands in another's folder
// or in the site, and a white label carries no mark of the program.
func TestClientsAreApart(t *testing.T) {
	s, out := agency(t, 6), t.TempDir()
	makeReports(t, s, out)
	memory := output.NewMemory()
	if _, err := Run(context.Background(), s, Options{}, memory, &diag.List{}); err != nil {
		t.Fatal(err)
	}
	for _, e := range memory.Manifest("", "").Files {
		data, _ := memory.File(e.Path)
		if bytes.Contains(data, []byte("金丝雀")) || bytes.Contains(data, []byte("署名0")) || strings.Contains(e.Path, "client") {
			t.Errorf("the site tells of a client in %s", e.Path)
		}
	}
	files := 0
	err := filepath.WalkDir(out, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := unpacked(p)
		rel, _ := filepath.Rel(out, p)
		for i := range 6 {
			own := strings.HasPrefix(rel, fmt.Sprintf("kh%04d", i))
			_, _, friends := figure(i, 90)
			for _, canary := range []string{fmt.Sprintf("金丝雀%04d", i), fmt.Sprintf("署名%04d", i), fmt.Sprintf("kh%04d", i), fmt.Sprint(friends), client.Grouped(float64(friends), 0)} {
				if own && strings.HasSuffix(rel, "2026-06.html") && canary == client.Grouped(float64(friends), 0) && !bytes.Contains(data, []byte(canary)) {
					t.Errorf("%s does not hold its own value %s", rel, canary)
				}
				if !own && bytes.Contains(data, []byte(canary)) {
					t.Errorf("%s holds %s", rel, canary)
				}
			}
			if own && i%2 == 0 && bytes.Contains(data, []byte("benchbook")) {
				t.Errorf("%s has the program's mark on a white label", rel)
			}
		}
		return err
	})
	if err != nil || files < 30 {
		t.Fatal(files, err)
	}
}

// unpacked reads a file, and of a workbook all that is in it.
func unpacked(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil || filepath.Ext(name) != ".xlsx" {
		return data, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		part, err := fs.ReadFile(z, f.Name)
		if err != nil {
			return nil, err
		}
		data = append(data, part...)
	}
	return data, nil
}

// TestOnlyWhatChangedIsWritten, and a broken client stops nobody.
func TestOnlyWhatChangedIsWritten(t *testing.T) {
	s, out := agency(t, 3), t.TempDir()
	makeReports(t, s, out)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(s.Dir, "data", "clients", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("kh0000/client.toml", clientTOML(0)+"colour = 1\n")
	write("kh0001/days.csv", clientRows(7))
	got := ""
	for _, o := range makeReports(t, s, out) {
		got += o.Slug + " " + o.Outcome + "\n"
	}
	if want := "kh0000 failed\nkh0001 written\nkh0002 unchanged\n"; got != want {
		t.Errorf("got\n%swants\n%s", got, want)
	}
	if _, err := os.Stat(filepath.Join(out, "kh0000", "month", "2026-06.html")); err != nil {
		t.Error("the broken client's earlier report is gone")
	}
	write("kh0002/client.toml", strings.ReplaceAll(clientTOML(2), "只属一家", "金丝雀0001号客户"))
	for _, o := range makeReports(t, s, out, "kh0001", "kh0002") {
		if (o.Slug == "kh0002") != (o.Outcome == "failed") {
			t.Errorf("another client's name in a report: %+v", o)
		}
	}
}

// TestBoard: all clients on one page, those in need first, the reason beside
// them; none of it in a client's folder.
func TestBoard(t *testing.T) {
	s, out, dir := agency(t, 12), t.TempDir(), t.TempDir()
	makeReports(t, s, out)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(s.Dir, "data", "clients", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("kh0003/client.toml", "name = \"金丝雀0003号客户\"\ncolour = 1\n")
	write("kh0004/days.csv", strings.Replace(clientRows(4), "2026-06-11", "2026-07-30", 1)) // a day is missing
	failed := map[string]string{}
	for _, o := range makeReports(t, s, out) {
		if o.Outcome == "failed" {
			failed[o.Slug] = o.Why
		}
	}
	board, err := Board(context.Background(), s, BoardOptions{Out: out, Board: filepath.Join(dir, "board"), AsOf: monthEnd, Failed: failed})
	if err != nil {
		t.Fatal(err)
	}
	if len(board.Rows) != 12 || board.Rows[0].Slug != "kh0003" || !strings.Contains(board.Rows[0].Reasons[0], "colour") || board.Rows[1].Slug != "kh0004" || !strings.Contains(board.Rows[1].Reasons[0], "缺 1 天数据") {
		t.Errorf("%+v", board.Rows[:2])
	}
	bad := func(i int) (n int) {
		for _, m := range board.Rows[i].Marks {
			if m.Tone == "bad" {
				n++
			}
		}
		return n
	}
	for i := 3; i < 12; i++ {
		if bad(i) > bad(i-1) {
			t.Errorf("%s with %d stands below %s with %d", board.Rows[i].Slug, bad(i), board.Rows[i-1].Slug, bad(i-1))
		}
		if _, err := os.Stat(filepath.Join(dir, "board", filepath.FromSlash(board.Rows[i].Href))); err != nil {
			t.Error(err)
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "board", "index.html"))
	if err != nil || bytes.Count(page, []byte("号客户</strong>")) != 11 { // the broken one has no name
		t.Error(err)
	}
}

// TestClientPagesAreSound holds report, list, card and board to the checkers
// that the site's own pages are held to.
func TestClientPagesAreSound(t *testing.T) {
	axe := browsertest.LoadAxe(t)
	browser := browsertest.Start(t)
	s, dir := agency(t, 3), t.TempDir()
	makeReports(t, s, filepath.Join(dir, "out"))
	if _, err := Board(context.Background(), s, BoardOptions{Out: filepath.Join(dir, "out"), Board: filepath.Join(dir, "board"), AsOf: monthEnd}); err != nil {
		t.Fatal(err)
	}
	for _, line := range browsertest.Invalid(t, dir) {
		t.Error(line)
	}
	p := browser.Page(t)
	for _, page := range []string{"out/kh0001/month/2026-06.html", "out/kh0001/month/2026-06.card.html", "out/kh0001/index.html", "board/index.html"} {
		for _, look := range looks {
			p.Scheme(look.scheme)
			p.Size(look.width, 800)
			p.Open("file://" + filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(page))))
			for _, v := range axe.Violations(p) {
				t.Errorf("%s, %s at %d: %s", page, look.scheme, look.width, v)
			}
			if wide := browsertest.Eval[float64](p, `document.documentElement.scrollWidth`); wide > float64(max(look.width, 540)) {
				t.Errorf("%s at %d is %v wide", page, look.width, wide)
			}
		}
	}
}

// BenchmarkClients makes monthly reports of ever more clients: time for a report
// and the most memory in use should not grow with their number. The largest takes
// minutes and wants BENCHBOOK_FULL.
func BenchmarkClients(b *testing.B) {
	for _, n := range []int{30, 300, 3000} {
		if n > 300 && os.Getenv("BENCHBOOK_FULL") == "" {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := agency(b, n)
			b.ResetTimer()
			peak := uint64(0)
			for b.Loop() {
				done := make(chan struct{})
				go func() {
					for {
						select {
						case <-done:
							return
						case <-time.After(20 * time.Millisecond):
							var m runtime.MemStats
							runtime.ReadMemStats(&m)
							peak = max(peak, m.HeapAlloc)
						}
					}
				}()
				makeReports(b, s, b.TempDir())
				close(done)
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*n), "ms/report")
			b.ReportMetric(float64(peak)/1e6, "peak-MB")
		})
	}
}
