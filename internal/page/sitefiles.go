package page

import (
	"encoding/xml"
	"fmt"
	"strings"

	"benchbook/internal/site"
)

// File is a finished file that no template makes.
type File struct {
	Path    string
	Bytes   []byte
	Sources []string
	Copy    bool // of a page, in another language
	Kept    bool // it stands in the site before as it would be made; no Bytes
}

// sitemap lists every page for search engines; with an unknown base address the
// places are paths from the host's root.
func sitemap(base string, paths []string, updated map[string]string) []byte {
	type url struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	set := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []url    `xml:"url"`
	}{}
	for _, p := range paths {
		set.URLs = append(set.URLs, url{Loc: base + "/" + encodePath(p), LastMod: updated[p]})
	}
	return encodeXML(set)
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

// feed is the Atom feed of editions and corrections. It needs a date of
// publication; without one there is nothing to announce.
func feed(s site.Settings, finding string) []byte {
	if s.Date == "" {
		return nil
	}
	day := func(date string) string { return date + "T00:00:00Z" }
	id := func(parts ...string) string {
		return "tag:benchbook," + s.Date[:4] + ":" + encodePath(strings.Join(append([]string{s.Title}, parts...), "/"))
	}
	f := struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}{Lang: s.Language, Title: s.Title, ID: id(), Updated: day(s.Date), Author: s.Publisher}
	if f.Author == "" {
		f.Author = s.Title
	}
	f.Links = []atomLink{{"self", s.BaseURL + "/feed.xml"}, {"alternate", s.BaseURL + "/index.html"}}
	for _, c := range s.Corrections {
		if c.Date != "" {
			f.Entries = append(f.Entries, atomEntry{"更正：" + c.Text, id("correction", c.Date, shortHash(c.Text)), day(c.Date),
				atomLink{Href: s.BaseURL + "/" + s.Edition + "/methodology.html#corrections"}, c.Text})
			f.Updated = max(f.Updated, day(c.Date))
		}
	}
	f.Entries = append(f.Entries, atomEntry{fmt.Sprintf("%s（%s 版）", s.Title, s.Edition), id(s.Edition), day(s.Date),
		atomLink{Href: s.BaseURL + "/index.html"}, finding})
	return encodeXML(f)
}

func encodeXML(v any) []byte {
	out, err := xml.MarshalIndent(v, "", " ")
	if err != nil { // structs of strings always encode
		panic(err)
	}
	return append([]byte(xml.Header), append(out, '\n')...)
}

// encodePath percent-encodes what an address may not hold as it is.
func encodePath(p string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
	var b strings.Builder
	for _, c := range []byte(p) {
		if strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// hostHeaders is the headers file that several static hosts read: the policy of
// the pages, and caching by what a name promises.
const hostHeaders = `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'
  Cache-Control: public, max-age=300

/assets/*
  Cache-Control: public, max-age=31536000, immutable
`

// robots lets search engines read everything, and names the list of pages where
// the site's address is known.
func robots(base string) []byte {
	out := "User-agent: *\nAllow: /\n"
	if base != "" {
		out += "\nSitemap: " + base + "/sitemap.xml\n"
	}
	return []byte(out)
}
