package export

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// pdfFile is what is read of a PDF as browsers write them: objects found by a
// plain cross-reference table, destinations in one dictionary.
type pdfFile struct {
	data    []byte
	offsets map[int]int // of objects
	size    int         // number of objects, the free one counted
	root    int
	info    int
	xref    int
	pages   int
	dests   map[string]int // id → page, from 1
}

// info is a document's description of itself. Date is YYYYMMDD or "".
type info struct{ title, author, subject, creator, date string }

var errPDF = errors.New("the browser's PDF has a form that is not known here")

var (
	startXref  = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
	xrefEntry  = regexp.MustCompile(`(\d{10}) \d{5} ([nf])`)
	rootRef    = regexp.MustCompile(`/Root (\d+) 0 R`)
	infoRef    = regexp.MustCompile(`/Info (\d+) 0 R`)
	pagesRef   = regexp.MustCompile(`/Pages (\d+) 0 R`)
	destsRef   = regexp.MustCompile(`/Dests (\d+) 0 R`)
	kidsOf     = regexp.MustCompile(`/Kids\s*\[([^\]]*)\]`)
	reference  = regexp.MustCompile(`(\d+) 0 R`)
	destOf     = regexp.MustCompile(`/([^\s/\[]+)\s*\[(\d+) 0 R`)
	nameEscape = regexp.MustCompile(`#([0-9A-Fa-f]{2})`)
)

// readPDF learns on which page each named place stands.
func readPDF(data []byte) (*pdfFile, error) {
	f := &pdfFile{data: data, offsets: map[int]int{}, dests: map[string]int{}}
	if err := f.readXref(); err != nil {
		return nil, err
	}
	catalog := f.object(f.root)
	tree := number(pagesRef, catalog)
	if tree == 0 {
		return nil, errPDF
	}
	pageOf := map[int]int{}
	f.walk(tree, pageOf, 0)
	f.pages = len(pageOf)
	for _, m := range destOf.FindAllSubmatch(f.object(number(destsRef, catalog)), -1) {
		object, _ := strconv.Atoi(string(m[2]))
		f.dests[destName(string(m[1]))] = pageOf[object]
	}
	if f.pages == 0 {
		return nil, errPDF
	}
	return f, nil
}

// readXref reads the table of a file that has one, in one section.
func (f *pdfFile) readXref() error {
	m := startXref.FindSubmatch(f.data[max(0, len(f.data)-100):])
	if m == nil {
		return errPDF
	}
	f.xref, _ = strconv.Atoi(string(m[1]))
	if f.xref >= len(f.data) || !bytes.HasPrefix(f.data[f.xref:], []byte("xref\n0 ")) {
		return errPDF
	}
	table, trailer, ok := bytes.Cut(f.data[f.xref:], []byte("trailer"))
	if !ok {
		return errPDF
	}
	for i, entry := range xrefEntry.FindAllSubmatch(table, -1) {
		if offset, _ := strconv.Atoi(string(entry[1])); string(entry[2]) == "n" {
			f.offsets[i] = offset
		}
		f.size = i + 1
	}
	f.root, f.info = number(rootRef, trailer), number(infoRef, trailer)
	return nil
}

// object is an object's text up to its stream or its end.
func (f *pdfFile) object(n int) []byte {
	offset, ok := f.offsets[n]
	if !ok || offset >= len(f.data) {
		return nil
	}
	body := f.data[offset:]
	end := bytes.Index(body, []byte("endobj"))
	if end < 0 {
		return nil
	}
	body, _, _ = bytes.Cut(body[:end], []byte("stream\n"))
	return body
}

// walk numbers the pages of a tree in reading order. Depth guards against a loop.
func (f *pdfFile) walk(n int, pageOf map[int]int, depth int) {
	kids := kidsOf.FindSubmatch(f.object(n))
	if kids == nil {
		pageOf[n] = len(pageOf) + 1
		return
	}
	for _, m := range reference.FindAllSubmatch(kids[1], -1) {
		if kid, _ := strconv.Atoi(string(m[1])); depth < 32 {
			f.walk(kid, pageOf, depth+1)
		}
	}
}

func number(re *regexp.Regexp, in []byte) int {
	m := re.FindSubmatch(in)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n
}

// destName undoes the escapes of a PDF name and then of an address.
func destName(name string) string {
	name = nameEscape.ReplaceAllStringFunc(name, func(m string) string {
		c, _ := strconv.ParseUint(m[1:], 16, 8)
		return string([]byte{byte(c)})
	})
	if un, err := url.PathUnescape(name); err == nil {
		return un
	}
	return name
}

// described gives the file with another description of itself: the browser's
// tells the hour and the machine, which would make equal reports differ.
func (f *pdfFile) described(d info) []byte {
	out := bytes.Clone(f.data)
	old := f.object(f.info)
	if len(old) == 0 {
		return out
	}
	if open := bytes.Index(old, []byte("<<")); open >= 0 {
		at := f.offsets[f.info] + open
		copy(out[at:], append([]byte("<<"), append(bytes.Repeat([]byte(" "), len(old)-open-5), ">>\n"...)...))
	}
	var b bytes.Buffer
	b.Write(out)
	if !bytes.HasSuffix(out, []byte("\n")) {
		b.WriteByte('\n')
	}
	at := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", f.info, d.dictionary())
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		f.info, at, f.size, f.root, f.info, f.xref, xref)
	return b.Bytes()
}

func (d info) dictionary() string {
	var b strings.Builder
	b.WriteString("<<")
	for _, e := range [][2]string{{"Title", d.title}, {"Author", d.author}, {"Subject", d.subject}, {"Creator", d.creator}, {"Producer", d.creator}} {
		if e[1] != "" {
			fmt.Fprintf(&b, "/%s %s\n", e[0], pdfText(e[1]))
		}
	}
	if d.date != "" {
		fmt.Fprintf(&b, "/CreationDate (D:%[1]s000000Z)\n/ModDate (D:%[1]s000000Z)", d.date)
	}
	return b.String() + ">>"
}

// pdfText is a text string in UTF-16, written in hexadecimal.
func pdfText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}
