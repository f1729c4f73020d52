package export

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// smallPDF is a file of three pages in a tree of two levels, as browsers write them.
func smallPDF() []byte {
	objects := []string{
		"<</Title (old)\n/CreationDate (D:20200101120000Z)>>",
		"<</Type /Catalog /Pages 3 0 R /Dests 8 0 R>>",
		"<</Type /Pages /Count 3 /Kids [4 0 R 7 0 R]>>",
		"<</Type /Pages /Count 2 /Kids [5 0 R 6 0 R]>>",
		"<</Type /Page>>", "<</Type /Page>>", "<</Type /Page>>",
		"<</a [7 0 R /XYZ 0 0 0]\n/#25E4#25BD#25A0 [5 0 R /XYZ 0 0 0]\n/x#2Ey [6 0 R /XYZ 0 0 0]>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func TestDestinationsHavePages(t *testing.T) {
	f, err := readPDF(smallPDF())
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]int{"a": 3, "你": 1, "x.y": 2}; f.pages != 3 || !maps.Equal(f.dests, want) {
		t.Errorf("%d pages, %v", f.pages, f.dests)
	}
}

// TestDescriptionReplaces: the old one is nowhere in the file, all else stays where it was.
func TestDescriptionReplaces(t *testing.T) {
	f, err := readPDF(smallPDF())
	if err != nil {
		t.Fatal(err)
	}
	made := f.described(info{title: "白皮书", date: "20261101"})
	if bytes.Contains(made, []byte("old")) || bytes.Contains(made, []byte("2020")) {
		t.Errorf("%s", made)
	}
	if !bytes.Contains(made, []byte("/Title <FEFF767D76AE4E66>")) || !bytes.Contains(made, []byte("D:20261101")) {
		t.Errorf("%s", made)
	}
	if !bytes.Equal(made[len("%PDF-1.4\n1 0 obj\n<</Title (old)\n/CreationDate (D:20200101120000Z)>>"):len(smallPDF())], smallPDF()[len("%PDF-1.4\n1 0 obj\n<</Title (old)\n/CreationDate (D:20200101120000Z)>>"):]) {
		t.Error("other objects have moved")
	}
}

func FuzzReadPDF(f *testing.F) {
	f.Add(smallPDF())
	f.Add([]byte("xref\n0 1\ntrailer startxref\n0\n%%EOF"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := readPDF(data)
		if err != nil {
			if !errors.Is(err, errPDF) {
				t.Error(err)
			}
			return
		}
		read.described(info{title: "t"})
	})
}

// TestPaperHasNoFolder: links of a page that is printed lead to the published
// site, into the page, or nowhere.
func TestPaperHasNoFolder(t *testing.T) {
	const source = `<html><head><title>题 目</title></head><body><h2 id="你好">x</h2><a href="#%E4%BD%A0%E5%A5%BD">内</a><a href="#gone">无</a>` +
		`<a href="../a.html?x#y">站</a><a href="https://e.org/">外</a><img src="a.png" loading="lazy"><span class="page-no" data-page="你好"></span></body></html>`
	for base, want := range map[string]string{
		"":              `<a href="#place.0">内</a><a>无</a><a>站</a><a href="https://e.org/">外</a><img src="a.png"/>`,
		"https://b.org": `<a href="#place.0">内</a><a>无</a><a href="https://b.org/a.html?x#y">站</a><a href="https://e.org/">外</a><img src="a.png"/>`,
	} {
		p, err := newPaper([]byte(source), base, "2026/x.html")
		if err != nil {
			t.Fatal(err)
		}
		first, err1 := p.numbered(nil)
		second, err2 := p.numbered(map[string]int{"place.0": 7})
		if err1 != nil || err2 != nil || !strings.Contains(string(first), want) || !strings.Contains(string(second), `data-page="place.0">7</span>`) {
			t.Errorf("%q: %s\n%s (%v, %v)", base, first, second, err1, err2)
		}
		if _, err := p.numbered(map[string]int{}); err == nil || !p.asks || p.title != "题 目" {
			t.Errorf("a place without a page: %v", err)
		}
	}
}
