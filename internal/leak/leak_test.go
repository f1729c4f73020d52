package leak

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"
)

// planted are the secrets of the tests, as they might be written in a place.
var planted = []struct {
	kind  Kind
	text  string
	plain []string // what a place holds
}{
	{Personal, "13987651234", []string{"13987651234", "139-8765-1234", "139 8765 1234", "１３９８７６５１２３４"}},
	{Personal, "wxid_7k2m9x", []string{"wxid_7k2m9x", "WXID_7K2M9X"}},
	{Contributor, "青瓷山房食品", []string{"青瓷山房食品", "青瓷 山房食品"}},
	{Amount, "48731206.55", []string{"48731206.55", "48,731,206.55", "4873.120655"}},
	{Withheld, "0.07317073170731707", []string{"0.07317073170731707", "7.317073170731707", "7.3170731707317"}},
}

func scanner() *Scanner {
	s := New()
	for _, p := range planted {
		if p.kind == Amount || p.kind == Withheld {
			s.AddNumber(p.kind, "data/kpi/gmv", map[string]float64{"48731206.55": 48731206.55, "0.07317073170731707": 0.07317073170731707}[p.text])
		} else {
			s.Add(p.kind, "data/kpi", p.text)
		}
	}
	return s
}

func zipped(files map[string]string, order ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range order {
		f, err := w.Create(name)
		if err != nil {
			panic(err)
		}
		fmt.Fprint(f, files[name])
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func deflated(text string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	fmt.Fprint(w, text)
	w.Close()
	return b.Bytes()
}

func png(kind string, body []byte) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, body []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
		b = append(append(b, kind...), body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(append([]byte(kind), body...)))
	}
	chunk("IHDR", make([]byte, 13))
	chunk(kind, body)
	chunk("IEND", nil)
	return b
}

func utf16be(text string) []byte {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return b
}

func entities(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, "&#x%x;", r)
	}
	return b.String()
}

func escapes(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, `\u%04x`, u)
	}
	return b.String()
}

func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// places are where a secret can come out, each with what its file would be.
var places = map[string]func(secret string) (file string, data []byte){
	"chart option JSON": func(x string) (string, []byte) {
		return "figures/a.json", []byte(`{"series":[{"data":[1,2],"name":` + quoted(x) + `}]}`)
	},
	"SVG title": func(x string) (string, []byte) {
		return "figures/a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><title>` + html.EscapeString(x) + `</title></svg>`)
	},
	"alt text": func(x string) (string, []byte) { return "a.html", []byte(`<p><img src="a.png" alt="` + x + `"></p>`) },
	"tooltip": func(x string) (string, []byte) {
		return "a.html", []byte(`<a title="` + x + `" href="#a">59%</a>`)
	},
	"data attribute": func(x string) (string, []byte) { return "a.html", []byte(`<td data-value='` + x + `'>—</td>`) },
	"comment":        func(x string) (string, []byte) { return "a.html", []byte(`<p>a</p><!-- ` + x + ` -->`) },
	"word cut by tags": func(x string) (string, []byte) {
		r := []rune(x)
		return "a.html", []byte("<p>" + string(r[:3]) + "<b>" + string(r[3:]) + "</b></p>")
	},
	"search index": func(x string) (string, []byte) {
		return "search/index.js", []byte(`window.benchbookIndex=[{"t":"a","x":"` + escapes(x) + `"}];`)
	},
	"JSON-LD": func(x string) (string, []byte) {
		return "a.html", []byte(`<script type="application/ld+json">{"author":` + quoted(x) + `}</script>`)
	},
	"feed": func(x string) (string, []byte) {
		return "feed.xml", []byte(`<entry><title>` + entities(x) + `</title></entry>`)
	},
	"sitemap": func(x string) (string, []byte) {
		return "sitemap.xml", []byte(`<loc>https://e.cn/` + url.PathEscape(x) + `.html</loc>`)
	},
	"CSV": func(x string) (string, []byte) { return "a.csv", []byte("\ufeff行业,值\n美妆,\"" + x + "\"\n") },
	"CSV in UTF-16": func(x string) (string, []byte) {
		return "a.csv", utf16be("行业,值\n美妆," + quoted(x) + "\n")
	},
	"file name": func(x string) (string, []byte) { return "figures/" + x + ".html", []byte("<p>a</p>") },
	"source map": func(x string) (string, []byte) {
		return "a.js.map", []byte(`{"sourcesContent":["const a = ` + escapes(x) + `"]}`)
	},
	"data address": func(x string) (string, []byte) {
		return "a.html", []byte(`<a href="data:text/csv;base64,` + base64.StdEncoding.EncodeToString([]byte("a,b\n"+x+",2\n")) + `">a</a>`)
	},
	"PNG text": func(x string) (string, []byte) { return "a.png", png("tEXt", []byte("Comment\x00"+x)) },
	"PNG packed text": func(x string) (string, []byte) {
		return "a.png", png("zTXt", append([]byte("Comment\x00\x00"), deflated(x)...))
	},
	"PNG international text": func(x string) (string, []byte) {
		return "a.png", png("iTXt", append([]byte("Comment\x00\x01\x00zh\x00\x00"), deflated(x)...))
	},
	"XLSX hidden sheet": func(x string) (string, []byte) {
		return "a.xlsx", zipped(map[string]string{"xl/workbook.xml": `<sheet name="h" state="hidden"/>`, "xl/worksheets/sheet2.xml": `<is><t>` + html.EscapeString(x) + `</t></is>`},
			"xl/workbook.xml", "xl/worksheets/sheet2.xml")
	},
	"XLSX shared strings": func(x string) (string, []byte) {
		return "a.xlsx", zipped(map[string]string{"xl/sharedStrings.xml": `<sst><si><t>` + x + `</t></si></sst>`}, "xl/sharedStrings.xml")
	},
	"XLSX defined name": func(x string) (string, []byte) {
		return "a.xlsx", zipped(map[string]string{"xl/workbook.xml": `<definedName name="a">"` + x + `"</definedName>`}, "xl/workbook.xml")
	},
	"XLSX in a zip": func(x string) (string, []byte) {
		inner := zipped(map[string]string{"docProps/core.xml": `<dc:creator>` + x + `</dc:creator>`}, "docProps/core.xml")
		return "package.zip", zipped(map[string]string{"data/a.xlsx": string(inner)}, "data/a.xlsx")
	},
	"data package": func(x string) (string, []byte) {
		return "datapackage.json", []byte(`{"contributors":[{"title":` + quoted(x) + `}]}`)
	},
	"name in a zip": func(x string) (string, []byte) { return "package.zip", zipped(map[string]string{}, "data/"+x+".csv") },
	"PDF metadata": func(x string) (string, []byte) {
		return "a.pdf", []byte(fmt.Sprintf("%%PDF-1.7\n1 0 obj\n<< /Author <%X> >>\nendobj\n", utf16be(x)))
	},
	"PDF stream": func(x string) (string, []byte) {
		return "a.pdf", []byte("%PDF-1.7\n4 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + string(deflated("BT [("+x[:3]+") -20 ("+x[3:]+")] TJ ET")) + "\nendstream\n")
	},
	"PDF glyphs": pdfGlyphs,
	"WeChat HTML": func(x string) (string, []byte) {
		return "wechat.html", []byte(`<section style="color:#333"><span>` + entities(x) + `</span></section>`)
	},
	"provenance page": func(x string) (string, []byte) { return "figures/a.html", []byte(`<dd>` + x + `</dd>`) },
	"log":             func(x string) (string, []byte) { return "build.log", []byte("12:00 read " + x + " in 3 ms\n") },
	"timing file": func(x string) (string, []byte) {
		return "timing.json", []byte(`[{"stage":` + quoted("read "+x) + `,"ms":31}]`)
	},
	"preview server's page": func(x string) (string, []byte) {
		return "index.html", []byte(`<pre id="benchbook-findings">data/kpi/rows.csv:3: ` + html.EscapeString(x) + `</pre>`)
	},
	"leftover of an earlier build": func(x string) (string, []byte) {
		return "2024/old-figure.json", []byte(`{"cells":[{"text":` + quoted(x) + `}]}`)
	},
	"PDF XMP metadata": func(x string) (string, []byte) {
		return "a.pdf", []byte("%PDF-1.7\n4 0 obj\n<< /Type /Metadata >>\nstream\n<?xpacket?><dc:creator>" + html.EscapeString(x) + "</dc:creator>\nendstream\n")
	},
	"error page": func(x string) (string, []byte) { return "404.html", []byte("<pre>row " + x + "</pre>") },
}

// pdfGlyphs writes a text as browsers print it: numbers of glyphs, and a font's table from them to letters.
func pdfGlyphs(x string) (string, []byte) {
	var shown, table strings.Builder
	for i, u := range utf16.Encode([]rune(x)) {
		fmt.Fprintf(&shown, "%04X", i+5)
		fmt.Fprintf(&table, "<%04X> <%04X>\n", i+5, u)
	}
	stream := func(text string) string {
		return "4 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + string(deflated(text)) + "\nendstream\n"
	}
	return "a.pdf", []byte("%PDF-1.4\n" + stream("BT <"+shown.String()+"> Tj ET") + stream("1 begincodespacerange <0000> <FFFF> endcodespacerange\n3 beginbfchar\n"+table.String()+"endbfchar"))
}

func TestSecretsAreFoundInEveryPlace(t *testing.T) {
	s := scanner()
	for place, make := range places {
		t.Run(place, func(t *testing.T) {
			for _, p := range planted {
				for _, form := range p.plain {
					if strings.HasPrefix(form, "7.3170731707317") && len(form) == 15 {
						continue
					}
					file, data := make(form)
					found := s.Scan(file, data)
					if len(found) == 0 {
						t.Errorf("%q is not found", form)
						continue
					}
					if f := found[0]; f.Kind != p.kind || f.File != file || strings.Contains(fmt.Sprint(f.Hint, f.Place), p.text) {
						t.Errorf("%q: %+v", form, f)
					}
				}
			}
		})
	}
}

func TestOrdinaryTextIsNoSecret(t *testing.T) {
	s := scanner()
	for _, text := range []string{"3", "美妆", "2026-03-01", "20260301", "2026/4/3 12:01:05", "上海", "12.5", "abc", "1234567", ""} {
		if s.Add(Personal, "a", text) {
			t.Errorf("%q is taken as a secret", text)
		}
	}
	for _, x := range []float64{0.5, 12000000, 0.595, 1234567} {
		if s.AddNumber(Withheld, "a", x) {
			t.Errorf("%v is taken as a secret", x)
		}
	}
	for name, text := range map[string]string{
		"a hash":        `{"sha256":"ab13987651234cd0139876512340713987651234"}`,
		"a longer word": `<p>xwxid_7k2m9xy</p>`,
		"numbers":       "1398765,1234\n4873,1206,55\n0.0731707\n",
		"a path":        `<path d="M13 98 765 12 34L4 8 73 12"/>`,
	} {
		if found := s.Scan("a", []byte(text)); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

func TestWhatIsPublishedIsNoSecret(t *testing.T) {
	s := New()
	s.AddNumber(Amount, "gmv", 48731206.55)
	s.Publish(48731206.55)
	s.Allow("青瓷山房食品")
	if s.Add(Contributor, "brand", "青瓷山房食品") || len(s.Scan("a", []byte("48731206.55 青瓷山房食品"))) > 0 {
		t.Error("what may be published is found")
	}
}

func TestHostileBytesDoNotHarm(t *testing.T) {
	s := scanner()
	for _, data := range []string{"PK\x03\x04", "PK\x05\x06\xff\xff", "\x1f\x8b\x08", "\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt", "%PDF-1.7 stream", "%PDF-( \\", "<", "<a", "\\u", "\\u{", "\\", "%", "%E", "\xff\xfe", "\xff\xfea", strings.Repeat("A", 1000), "(((((", "\xc3"} {
		s.Scan("a", []byte(data))
	}
}

func FuzzScan(f *testing.F) {
	s := scanner()
	for _, make := range places {
		_, data := make("13987651234")
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { s.Scan("a", data) })
}

func BenchmarkScan(b *testing.B) {
	s := scanner()
	for i := range 200_000 {
		s.Add(Personal, "a", fmt.Sprintf("用户甲%dx%d", i, i*7919))
	}
	page := []byte(strings.Repeat(`<p class="a">已组建团队的企业占 <a class="stat" href="#fig-a">59.5%</a>，比上一版高 3.1 个百分点。</p>`+"\n", 400))
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		s.Scan("a.html", page)
	}
}
