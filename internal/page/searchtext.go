package page

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/hanzi"
)

// mark is a place in a page's text that an address can name.
type mark struct {
	at int // in UTF-16 units, as scripts count
	id string
}

// shown is what a reader can read on a finished page.
type shown struct {
	title string
	text  string // blocks, each ended by a line end
	marks []mark
}

// unread tells the elements whose text is not the page's own: menus, lists of
// neighbours, the colophon, programs, and drawings, whose words stand in the
// figure's table as well.
func unread(name string) bool {
	switch name {
	case "nav", "footer", "script", "style", "svg", "template":
		return true
	}
	return false
}

// inline tells the elements that do not end a line of text.
func inline(name string) bool {
	switch name {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s",
		"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr":
		return true
	}
	return false
}

// read takes the text out of the main part of a page that our templates made:
// well-formed, with every value escaped.
func read(page string) shown {
	_, main, _ := strings.Cut(page, "<main")
	if end := strings.LastIndex(main, "</main>"); end >= 0 {
		main = main[:end]
	}
	r := reader{rest: "<main" + main}
	for r.rest != "" {
		r.step()
	}
	return shown{title: strings.TrimSpace(strings.ReplaceAll(r.head.b.String(), "\n", " ")), text: r.body.b.String(), marks: r.marks}
}

// reader walks through a page once.
type reader struct {
	rest  string
	head  gather // the h1
	body  gather
	inH1  bool
	marks []mark
}

// step takes one run of text or one tag.
func (r *reader) step() {
	if r.rest[0] != '<' {
		end := strings.IndexByte(r.rest, '<')
		if end < 0 {
			end = len(r.rest)
		}
		r.into().text(html.UnescapeString(r.rest[:end]))
		r.rest = r.rest[end:]
		return
	}
	t, size := parseTag(r.rest)
	r.rest = r.rest[size:]
	switch {
	case t.name == "":
	case t.name == "h1":
		r.inH1 = !t.closing
	case !t.closing && (unread(t.name) || t.class == "anchor" || t.class == "caveat"):
		r.rest = after(r.rest, t.name)
	default:
		r.enter(t)
	}
}

func (r *reader) into() *gather {
	if r.inH1 {
		return &r.head
	}
	return &r.body
}

// enter ends a line at the border of a block, and notes where it starts.
func (r *reader) enter(t tag) {
	if inline(t.name) && t.class != "fig-sub" {
		return
	}
	r.into().line()
	if t.id != "" && !t.closing {
		r.marks = append(r.marks, mark{r.body.units, t.id})
	}
}

// after is what follows the end of an element whose start tag was read. Values
// are escaped, so that "<" begins a tag wherever it stands.
func after(rest, name string) string {
	for depth := 1; depth > 0; {
		at := strings.IndexByte(rest, '<')
		if at < 0 {
			return ""
		}
		whole := rest
		rest = rest[at+1:]
		called, closing := strings.CutPrefix(rest, "/")
		if called, ok := strings.CutPrefix(called, name); !ok || called == "" || isName(called[0]) {
			continue
		}
		t, size := parseTag(whole[at:])
		rest = whole[at+size:]
		if closing {
			depth--
		} else if !t.empty {
			depth++
		}
	}
	return rest
}

// gather collects text with white space folded and lines between blocks.
type gather struct {
	b     strings.Builder
	units int
	last  rune
	space bool
}

func (g *gather) text(s string) {
	if n := units(s); n >= 0 {
		g.plain(s, n)
		return
	}
	for len(s) > 0 {
		if r, size := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
			g.space, s = true, s[size:]
			continue
		}
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			end = len(s)
		}
		g.word(hanzi.Compose(s[:end]))
		s = s[end:]
	}
}

// units is the length in UTF-16 of a text that is composed as it stands and whose
// only white space is ASCII's, as nearly all is; else -1.
func units(s string) (n int) {
	for _, r := range s {
		if r >= 0x80 && (r < 0x3001 || r > 0x9fff || r > 0x3029 && r < 0x4e00) && (r < 0xff01 || r > 0xff5e) {
			return -1
		}
		n++
	}
	return n
}

// plain adds a text of n units.
func (g *gather) plain(s string, n int) {
	for len(s) > 0 {
		end := strings.IndexAny(s, " \n\t\r\v\f")
		if end == 0 {
			g.space, s = true, s[1:]
			n--
			continue
		}
		word, rest := s, ""
		if end > 0 {
			word, rest = s[:end], s[end:]
		}
		if g.space && g.last != 0 && g.last != '\n' {
			g.add(' ')
		}
		g.space = false
		g.b.WriteString(word)
		g.last, _ = utf8.DecodeLastRuneInString(word)
		size := n
		if rest != "" {
			size = utf8.RuneCountInString(word)
		}
		g.units += size
		n -= size
		s = rest
	}
}

// word adds text without white space, after the space that was seen before it.
func (g *gather) word(s string) {
	if g.space && g.last != 0 && g.last != '\n' {
		g.add(' ')
	}
	g.space = false
	for _, r := range s {
		g.add(r)
	}
}

func (g *gather) add(r rune) {
	g.b.WriteRune(r)
	g.last = r
	g.units++
	if r > 0xffff {
		g.units++
	}
}

func (g *gather) line() {
	if g.last != 0 && g.last != '\n' {
		g.add('\n')
	}
	g.space = false
}
