package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestFolders builds every project under testdata twice, holds it to what is
// promised of every site, and to its own expect.txt:
//
//	exists PATH, absent PATH           a file of the tree, or none
//	nowhere TEXT                       no file of the tree holds the text
//	finding SEVERITY CODE PLACE        a diagnostic; all of them have to be listed
//	count PAGE N SELECTOR              how many elements of a page match
//	text PAGE "TEXT" [SELECTOR]        a matching element (or the file) holds the text
func TestFolders(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join("testdata", "*", "expect.txt"))
	if err != nil || len(folders) == 0 {
		t.Fatal("no projects", err)
	}
	for _, file := range folders {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			e := &expectation{t: t, made: makeSite(t, dir)}
			for line := range strings.Lines(string(src)) {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
					e.hold(line)
				}
			}
			e.findingsAre()
			if !e.made.list.HasErrors() {
				checkSite(t, e.made)
			}
		})
	}
}

type expectation struct {
	t        *testing.T
	made     made
	findings []string
}

func (e *expectation) hold(line string) {
	e.t.Helper()
	word, rest, _ := strings.Cut(line, " ")
	_, there := e.made.files[rest]
	switch word {
	case "exists", "absent":
		if there != (word == "exists") {
			e.t.Errorf("%s: %v", line, there)
		}
	case "nowhere":
		e.nowhere(rest)
	case "finding":
		e.findings = append(e.findings, rest)
	case "count":
		e.count(line, rest)
	case "text":
		e.text(line, rest)
	default:
		e.t.Errorf("expect.txt: %q is not understood", line)
	}
}

func (e *expectation) nowhere(text string) {
	e.t.Helper()
	for name, data := range e.made.files {
		if bytes.Contains(data, []byte(text)) {
			e.t.Errorf("%s holds %q", name, text)
		}
	}
}

func (e *expectation) page(name string) *html.Node {
	e.t.Helper()
	root, err := html.Parse(strings.NewReader(e.made.text(e.t, name)))
	if err != nil {
		e.t.Fatal(err)
	}
	return root
}

func (e *expectation) count(line, rest string) {
	e.t.Helper()
	var page string
	var want int
	if _, err := fmt.Sscan(rest, &page, &want); err != nil {
		e.t.Fatalf("%s: %v", line, err)
	}
	selector := strings.SplitN(rest, " ", 3)[2]
	if got := len(find(e.page(page), selector)); got != want {
		e.t.Errorf("%s: %d", line, got)
	}
}

func (e *expectation) text(line, rest string) {
	e.t.Helper()
	parts := strings.SplitN(rest, `"`, 3)
	if len(parts) != 3 {
		e.t.Fatalf("expect.txt: %q has no quoted text", line)
	}
	page, text, selector := strings.TrimSpace(parts[0]), parts[1], strings.TrimSpace(parts[2])
	if selector == "" {
		if !strings.Contains(e.made.text(e.t, page), text) {
			e.t.Errorf("%s: it is not there", line)
		}
		return
	}
	found := find(e.page(page), selector)
	if !slices.ContainsFunc(found, func(n *html.Node) bool { return strings.Contains(textOf(n), text) }) {
		e.t.Errorf("%s: not in any of %d elements", line, len(found))
	}
}

// findingsAre holds the list of diagnostics to be exactly the expected one.
func (e *expectation) findingsAre() {
	e.t.Helper()
	var got []string
	for _, d := range e.made.findings {
		got = append(got, fmt.Sprintf("%v %s %v", d.Severity, d.Code, d.Pos))
		if !slices.Contains(e.findings, got[len(got)-1]) {
			e.t.Errorf("unexpected finding %s: %s", got[len(got)-1], d.Message.In("en"))
		}
	}
	for _, want := range e.findings {
		if !slices.Contains(got, want) {
			e.t.Errorf("no finding %s", want)
		}
	}
}

// Addresses of people are links on every page, however they are written.
func TestMailAndTelephoneAreLinks(t *testing.T) {
	m := makeSite(t, newProject(t, map[string]string{"content/index.md": "# x\n\n写信到 a.b@example.com、<c@example.com>、[编辑部](mailto:d@example.com)，或[打电话](tel:+86-10-1234)。\n"}))
	for _, d := range m.findings {
		t.Errorf("%v: %s [%s]", d.Pos, d.Message.In("en"), d.Code)
	}
	page := m.text(t, "index.html")
	for _, want := range []string{`href="mailto:a.b@example.com"`, `href="mailto:c@example.com"`, `href="mailto:d@example.com"`, `href="tel:+86-10-1234"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no link %s", want)
		}
	}
}

// Front matter of other tools is read for what is known, and does not keep a site from being built.
func TestForeignFrontMatterIsNoError(t *testing.T) {
	m := makeSite(t, newProject(t, map[string]string{"content/a.md": "---\nlayout: post\ntitle: 甲\ncategories: [x]\ntitel: 乙\n---\n\n文。\n"}))
	m.wantNoErrors(t)
	var unread int
	for _, d := range m.findings {
		if d.Code == "config.unknown_key" {
			unread++
		}
	}
	if unread != 3 {
		t.Errorf("%d keys are said to be unread, not 3", unread)
	}
}
