package build

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// checkFiles holds the files that are no pages to their form: drawings run
// nothing, tables open in a spreadsheet and hold no formula, and whatever lists
// pages lists pages that are there.
func checkFiles(i *inspection, m made) {
	for name, data := range m.files {
		var err error
		switch path.Ext(name) {
		case ".svg":
			err = checkDrawing(data)
		case ".csv":
			if strings.HasPrefix(name, "figures/") {
				err = checkTable(m, name, data)
			}
		case ".json":
			if !json.Valid(data) {
				err = errors.New("not JSON")
			}
		case ".css":
			err = checkStyle(m, name, data)
		}
		if err != nil {
			i.Errorf("%s: %v", name, err)
		}
	}
	checkIndex(i, m)
	checkSitemap(i, m)
}

// checkDrawing reads an SVG file as strictly as a reader's program does.
func checkDrawing(data []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if name := strings.ToLower(start.Name.Local); name == "script" || name == "foreignobject" || name == "image" {
			return fmt.Errorf("<%s>", name)
		}
		for _, a := range start.Attr {
			if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
				return fmt.Errorf("<%s %s=%q>", start.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
}

// number is a cell that a spreadsheet may read as a number, whatever its sign.
var number = regexp.MustCompile(`^[+-]?[0-9][0-9,]*(\.[0-9]+)?%?$`)

// checkTable holds a download to what Excel needs to open it, and to hold no
// cell that Excel would run.
func checkTable(m made, name string, data []byte) error {
	const mark = "\xef\xbb\xbf"
	if id, bare := strings.CutSuffix(name, ".plain.csv"); bare {
		if mark+string(data) != string(m.files[id+".csv"]) {
			return errors.New("is not the file for spreadsheets without its mark")
		}
		return nil
	}
	if !bytes.HasPrefix(data, []byte(mark)) {
		return errors.New("no byte order mark, so that Excel garbles Chinese")
	}
	r := csv.NewReader(bytes.NewReader(data[3:]))
	rows, err := r.ReadAll()
	if err != nil {
		return err
	}
	if len(rows) < 2 {
		return fmt.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) && !number.MatchString(cell) {
				return fmt.Errorf("a spreadsheet would run the cell %.60q", cell)
			}
		}
	}
	return nil
}

var styleAddress = regexp.MustCompile(`url\(\s*['"]?([^'")]*)|@import`)

func checkStyle(m made, name string, data []byte) error {
	for _, found := range styleAddress.FindAllStringSubmatch(string(data), -1) {
		address := found[1]
		if strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "#") {
			continue
		}
		if _, ok := m.files[path.Join(path.Dir(name), address)]; !ok {
			return fmt.Errorf("%s leads to nothing in the site", found[0])
		}
	}
	return nil
}

// checkIndex holds that every search entry leads to a page and has a title, and
// that every page that readers look for has an entry.
func checkIndex(i *inspection, m made) {
	found := 0
	for name, data := range m.files {
		call, ok := strings.CutPrefix(string(data), "benchbookSearch(")
		edition, _, isIndex := strings.Cut(name, "search/texts/")
		if !isIndex {
			continue
		}
		_, list, _ := strings.Cut(strings.TrimSuffix(call, ");\n"), ",")
		var entries []struct{ T, U, S, X string }
		if err := json.Unmarshal([]byte(list), &entries); !ok || err != nil {
			i.Errorf("%s: %v", name, err)
		}
		found += len(entries)
		for _, e := range entries {
			if _, ok := m.files[edition+e.U]; !ok || e.T == "" || e.X == "" {
				i.Errorf("search entry %q with %d bytes leads to %q", e.T, len(e.X), e.U)
			}
		}
	}
	pages := 0
	for name := range m.files {
		if base := path.Base(name); path.Ext(name) == ".html" && base != "404.html" && base != "search.html" && base != "print.html" {
			pages++
		}
	}
	if found != pages {
		i.Errorf("%d search entries for %d pages", found, pages)
	}
}

// searchTexts is every file of texts of the search index, one after another.
func searchTexts(m made) string {
	var all strings.Builder
	for name, src := range m.files {
		if strings.HasPrefix(name, "search/texts/") {
			all.Write(src)
		}
	}
	return all.String()
}

func checkSitemap(i *inspection, m made) {
	var set struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(m.files["sitemap.xml"], &set); err != nil || len(set.URLs) == 0 {
		i.Errorf("sitemap.xml: %v, %d addresses", err, len(set.URLs))
	}
	for _, e := range set.URLs {
		u, err := url.Parse(e.Loc)
		if err != nil {
			i.Errorf("sitemap.xml: %v", err)
			continue
		}
		if _, ok := m.files[strings.TrimPrefix(u.Path, "/")]; !ok && u.Host == "" {
			i.Errorf("sitemap.xml: there is no %s", e.Loc)
		}
	}
}
