package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/browsertest"

	"golang.org/x/net/html"
)

// benchbook runs the program in this process; it has to end well.
func benchbook(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), args, &stdout, &stderr); code != exitDone {
		t.Fatalf("benchbook %s: exit code %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
	return stdout.Bytes()
}

// answers is the published result of one question.
type answers struct {
	id, question string
	rows         []published
}

type published struct {
	choice  string
	count   int
	percent float64
}

// publishedAnswers reads what the survey's makers published, question by question.
func publishedAnswers(t *testing.T, file string) (list []answers) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if len(list) == 0 || list[len(list)-1].id != row[0] {
			list = append(list, answers{id: row[0], question: row[1]})
		}
		count, err1 := strconv.Atoi(row[4])
		percent, err2 := strconv.ParseFloat(row[6], 64)
		if err1 != nil || err2 != nil {
			count, percent = -1, math.NaN() // "a/b" of a question in 113 columns
		}
		last := &list[len(list)-1]
		last.rows = append(last.rows, published{row[3], count, percent})
	}
	return list
}

// TestOutsideSurvey takes a survey that nobody here made through import, query
// and build: every published count and percentage comes out, and the draft
// shows each question.
func TestOutsideSurvey(t *testing.T) {
	data := filepath.Join(browsertest.Datasets(t), "haskell-survey-2021")
	site := filepath.Join(t.TempDir(), "report")
	benchbook(t, "new", site, "--quiet")
	benchbook(t, "import", "--open", filepath.Join(data, "2021-state-of-haskell-survey-results.csv.zip"),
		"--codebook", filepath.Join(data, "codebook.csv"), "--as", "haskell", "--site", site, "--quiet")
	list := publishedAnswers(t, filepath.Join(data, "published.csv"))
	choices := 0
	for _, a := range list {
		switch a.id {
		case "s2q5", "s10q1": // no column of its own
		case "s10q0":
			holdAnswers(t, site, "finishedAt", a)
		default:
			choices += holdAnswers(t, site, a.id, a.without("Other"))
		}
	}
	if choices != 507 {
		t.Errorf("compared %d choices, there are 507", choices)
	}
	benchbook(t, "build", "--site", site, "--quiet")
	holdFigures(t, filepath.Join(site, "public"), list)
	holdOthers(t, site, list)
}

// holdOthers compares the sums of answers that were no choice. Which answers
// were choices only the survey's makers know: written-in ones are taken out of
// the drafted dictionary, as an author would.
func holdOthers(t *testing.T, site string, list []answers) {
	t.Helper()
	file := filepath.Join(site, "data", "haskell", "dataset.toml")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dictionary, others := string(src), 0
	for _, a := range list {
		if a.has("Other") {
			dictionary = keepCategories(t, dictionary, a)
		}
	}
	if err := os.WriteFile(file, []byte(dictionary), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.has("Other") && a.id != "s2q5" {
			holdAnswers(t, site, a.id, a)
			others++
		}
	}
	if others != 23 {
		t.Errorf("compared %d sums of other answers, there are 23", others)
	}
}

// keepCategories drops from one field of a dictionary the categories that are no published choice.
func keepCategories(t *testing.T, dictionary string, a answers) string {
	t.Helper()
	begin := strings.Index(dictionary, `name = "`+a.id+`"`)
	from := begin + strings.Index(dictionary[max(begin, 0):], "categories = [\n") + len("categories = [\n")
	to := from + strings.Index(dictionary[from:], "]\n")
	if begin < 0 || to < from {
		t.Fatalf("the drafted dictionary has no categories of %s", a.id)
	}
	var kept strings.Builder
	for line := range strings.Lines(dictionary[from:to]) {
		name, err := strconv.Unquote(strings.TrimRight(strings.TrimSpace(line), ","))
		if err != nil || a.has(name) {
			kept.WriteString(line)
		}
	}
	return dictionary[:from] + kept.String() + dictionary[to:]
}

func (a answers) has(choice string) bool {
	return slices.ContainsFunc(a.rows, func(p published) bool { return p.choice == choice })
}

func (a answers) without(choice string) answers {
	a.rows = slices.DeleteFunc(slices.Clone(a.rows), func(p published) bool { return p.choice == choice })
	return a
}

// queried is what the test reads of `query --json`.
type queried struct {
	Cells []struct {
		Key        map[string]string
		N          *int
		Value      *float64
		Suppressed bool
	}
}

// holdAnswers compares one query, base all, with what was published, and counts the choices.
func holdAnswers(t *testing.T, site, column string, a answers) int {
	t.Helper()
	var result queried
	if err := json.Unmarshal(benchbook(t, "query", "haskell", column, "--base", "all", "--json", "--site", site), &result); err != nil {
		t.Fatal(err)
	}
	got := map[string]published{}
	for _, c := range result.Cells {
		if c.N == nil || c.Value == nil || c.Suppressed {
			t.Errorf("%s %v: withheld, though the data are open", column, c.Key)
			continue
		}
		choice := strings.TrimSpace(c.Key[column])
		got[choice] = published{choice, *c.N, *c.Value * 100}
	}
	for _, p := range a.rows {
		// Halves were rounded to even by the publisher, so that 15.625 became 15.62.
		if g := got[p.choice]; g.count != p.count || math.Abs(g.percent-p.percent) > 0.00501 {
			t.Errorf("%s %q: %d, %.4f %%; published %d, %.2f %%", column, p.choice, g.count, g.percent, p.count, p.percent)
		}
	}
	return len(a.rows)
}

// holdFigures holds that the words of every question stand in a figure of the site.
func holdFigures(t *testing.T, public string, list []answers) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(public, "*", "haskell-*.html"))
	if err != nil || len(pages) < 3 {
		t.Fatalf("drafted chapters: %v, %v", pages, err)
	}
	figures := ""
	for _, name := range pages {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		page := string(src)
		begin, end := strings.Index(page, "<figure"), strings.LastIndex(page, "</figure>")
		if begin < 0 || end < begin {
			t.Fatalf("%s has no figure", name)
		}
		figures += html.UnescapeString(page[begin:end])
	}
	for _, a := range list {
		if a.id != "s10q0" && a.id != "s10q1" && !strings.Contains(figures, a.question) {
			t.Errorf("no figure of %s: %s", a.id, a.question)
		}
	}
}
