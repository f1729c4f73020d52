package export_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/browsertest"
	"benchbook/internal/export"
)

// poppler runs one of the tools that read PDF.
func poppler(t *testing.T, data []byte, tool string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		browsertest.Missing(t, tool+" (poppler-utils) is not installed: the PDF is not read back")
	}
	name := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, name)
	if tool == "pdftotext" {
		args = append(args, "-")
	}
	out, err := exec.Command(tool, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return string(out)
}

func onPaper(t *testing.T, s export.Site, pages ...string) []export.File {
	t.Helper()
	files, _, err := export.PDF(t.Context(), s, browser(t), pages)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// squeezed has no white space, which a PDF's text does not keep.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

var contentsLine = regexp.MustCompile(`^(.*\S)\s+(\d+)$`)

// TestReportAsPDF reads the printed white paper back: page numbers of the
// contents are right, no page is blank, no figure is split, fonts are embedded,
// and the file says what it is.
func TestReportAsPDF(t *testing.T) {
	s := sample(t)
	data := onPaper(t, s)[0].Bytes
	pages := strings.Split(strings.TrimSuffix(poppler(t, data, "pdftotext", "-layout"), "\f"), "\f")
	for i, p := range pages {
		foot := "第" + strconv.Itoa(i+1) + "页/共" + strconv.Itoa(len(pages)) + "页"
		text := squeezed(p)
		if has := strings.Contains(text, foot); has == (i == 0) {
			t.Errorf("page %d: foot %q: %v", i+1, foot, has)
		}
		if len([]rune(text)) < 60 {
			t.Errorf("page %d is next to blank: %q", i+1, text)
		}
	}
	checkContents(t, pages)
	checkFigures(t, pages, len(s.Shown))
	fonts := strings.Split(strings.TrimSpace(poppler(t, data, "pdffonts")), "\n")[2:]
	for _, line := range fonts {
		if fields := strings.Fields(line); len(fonts) == 0 || fields[len(fields)-5] != "yes" {
			t.Errorf("a font is not embedded: %s", line)
		}
	}
	about := poppler(t, data, "pdfinfo")
	for _, want := range []string{s.Input.Settings.Title, s.Input.Settings.Publisher, "Tagged:          yes", "A4", "Nov  1"} {
		if !strings.Contains(about, want) {
			t.Errorf("the file does not say %q:\n%s", want, about)
		}
	}
	for _, want := range []string{"/Outlines", "/Lang (zh-CN)"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	if bytes.Contains(data, []byte("file://")) || bytes.Contains(data, []byte("HeadlessChrome")) {
		t.Error("the file tells of the machine that printed it")
	}
}

// checkContents follows every line of the contents and of the list of figures to its page.
func checkContents(t *testing.T, pages []string) {
	t.Helper()
	lines, text := 0, len(pages) // how many pages stand before the text, which the first line tells
	for i, p := range pages[2:] {
		if i+2 >= text {
			break
		}
		for line := range strings.SplitSeq(p, "\n") {
			m := contentsLine.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			n, _ := strconv.Atoi(m[2])
			if lines == 0 {
				text = n - 1
			}
			if title := squeezed(m[1]); n < 1 || n > len(pages) || !strings.Contains(squeezed(pages[n-1]), title) {
				t.Errorf("%q is not on page %d", title, n)
			}
			lines++
		}
	}
	if lines < 40 {
		t.Errorf("only %d lines of contents were found", lines)
	}
}

var figureHead = regexp.MustCompile(`(?m)^\s*图 \d+-\d+ \S`)

// checkFigures holds that each drawing's page is also that of the line that ends it.
func checkFigures(t *testing.T, pages []string, most int) {
	t.Helper()
	heads := 0
	for i, p := range pages {
		ends := strings.Count(squeezed(p), "数据表见附录")
		if ends == 0 {
			continue
		}
		if begins := len(figureHead.FindAllString(p, -1)); begins != ends {
			t.Errorf("page %d: %d figures begin, %d end", i+1, begins, ends)
		}
		heads += ends
	}
	if heads == 0 || heads > most {
		t.Errorf("%d figures, the site has %d", heads, most)
	}
}

// TestEqualReportsAreEqual: nothing of the hour or of the first run is in the file.
func TestEqualReportsAreEqual(t *testing.T) {
	s := hostile(t)
	if first, second := onPaper(t, s)[0].Bytes, onPaper(t, s)[0].Bytes; !bytes.Equal(first, second) {
		t.Error("printed twice, the files differ")
	}
}

// TestProceduresFitTwoPages with their boxes, owner and version.
func TestProceduresFitTwoPages(t *testing.T) {
	s := sample(t)
	var names []string
	for _, p := range s.Pages {
		if p.Layout == "sop" && len(names) < 2 {
			names = append(names, p.Sources[0])
		}
	}
	for _, f := range onPaper(t, s, names...) {
		text := poppler(t, f.Bytes, "pdftotext", "-layout")
		if n := strings.Count(text, "\f"); n > 2 {
			t.Errorf("%s has %d pages", f.Name, n)
		}
		for _, want := range []string{"负责人", "版本", "最近复核"} {
			if !strings.Contains(squeezed(text), want) {
				t.Errorf("%s does not say %s", f.Name, want)
			}
		}
	}
}

// TestPagesThatAreNot are the caller's to mend, with the nearest name.
func TestPagesThatAreNot(t *testing.T) {
	_, _, err := export.PDF(t.Context(), sample(t), export.Browser{Program: "none"}, []string{"2026/budgat"})
	var problem *export.Problem
	if !errors.As(err, &problem) || !strings.Contains(problem.Text.In("en"), `did you mean "2026/budget"`) {
		t.Errorf("%v", err)
	}
	if _, _, err = export.WeChat(t.Context(), sample(t), export.Browser{Program: "none"}, []string{"2026/print"}); !errors.As(err, &problem) {
		t.Errorf("%v", err)
	}
}

// TestBrowserOfAnotherForm: a PDF that is not understood is delivered all the
// same, without page numbers, and the person is told.
func TestBrowserOfAnotherForm(t *testing.T) {
	program := filepath.Join(t.TempDir(), "strange")
	script := "#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) echo '%PDF-2.0 strange' > \"${a#--print-to-pdf=}\";; esac; done\n"
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	files, notes, err := export.PDF(t.Context(), sample(t), export.Browser{Program: program}, nil)
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0].In("en"), "no page numbers") || string(files[0].Bytes) != "%PDF-2.0 strange\n" {
		t.Errorf("%v %v", notes, err)
	}
}

// TestBrowserThatFails is told as such, with the program's name.
func TestBrowserThatFails(t *testing.T) {
	program := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho cannot start >&2\nexit 7\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, _, err := export.PDF(t.Context(), sample(t), export.Browser{Program: program}, nil)
	if err == nil || !strings.Contains(err.Error(), program) {
		t.Errorf("%v", err)
	}
}
