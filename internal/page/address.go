package page

import (
	"fmt"
	"hash/fnv"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Addresses are flat files with relative links ("2026/budget.html"), so that a
// site works from a disk, from any sub-path and on any host. The report itself
// stands under its edition; procedures, glossary and handbook outlive editions
// and stand beside it.

// maxSegment keeps a name with its extension under the 255 bytes that file
// systems allow, also in the encodings that hosts put them in.
const maxSegment = 120

// segment turns one part of a source path or id into one part of an address:
// letters and digits of every script stay, all else becomes a hyphen. Where
// that loses something that could tell two names apart, a hash of the original
// keeps them apart.
func segment(name string) string {
	var b strings.Builder
	lossy := false
	for _, r := range name {
		switch {
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
		case r == ' ' || r == '.':
			b.WriteByte('-')
		default:
			b.WriteByte('-')
			lossy = true
		}
	}
	s := b.String()
	if len(s) > maxSegment {
		s, lossy = cut(s, maxSegment-9), true
	}
	if s == "" || reserved(s) {
		lossy = true
	}
	if lossy {
		s += "-" + shortHash(name)
	}
	return s
}

func cut(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func reserved(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && s[3] >= '1' && s[3] <= '9'
}

func shortHash(s string) string {
	h := fnv.New32a()
	h.Write([]byte(s))
	return fmt.Sprintf("%08x", h.Sum32())
}

// identifier makes an ASCII id for figures, which name files, element ids and addresses at once.
func identifier(parts ...string) string {
	joined := strings.Join(parts, "-")
	var b strings.Builder
	lossy := false
	for _, r := range joined {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_':
			b.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			b.WriteRune(unicode.ToLower(r))
			lossy = true
		default:
			lossy = true
		}
	}
	s := strings.Trim(b.String(), "-")
	if len(s) > maxSegment {
		s, lossy = s[:maxSegment], true
	}
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		s = strings.Trim("f-"+s, "-")
	}
	if lossy || reserved(s) {
		s += "-" + shortHash(joined)
	}
	return s
}

// place is where a source file's page stands and what kind of page it is.
type place struct {
	layout string
	path   string
}

// placeOf finds the place of a document by its source path under content/
// ("chapters/01-budget.md") and the slug that its front matter may give.
func placeOf(file, slug, edition string) place {
	rel := strings.TrimSuffix(strings.TrimPrefix(file, "content/"), path.Ext(file))
	dir, base := path.Split(rel)
	if slug != "" {
		base = slug
	}
	switch rel {
	case "index":
		return place{"cover", "index.html"}
	case "summary", "methodology":
		return place{map[string]string{"summary": "article", "methodology": "methodology"}[rel], edition + "/" + segment(base) + ".html"}
	case "glossary":
		return place{"glossary", "glossary.html"}
	case "sop/index":
		return place{"sops", "sop/index.html"}
	}
	switch {
	case strings.HasPrefix(rel, "chapters/"):
		return place{"chapter", edition + "/" + segment(withoutOrder(base)) + ".html"}
	case strings.HasPrefix(rel, "sop/"):
		return place{"sop", folderPath(dir) + segment(withoutOrder(base)) + ".html"}
	}
	return place{"article", folderPath(dir) + segment(withoutOrder(base)) + ".html"}
}

func folderPath(dir string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.Trim(dir, "/"), "/") {
		if part != "" && part != "." {
			b.WriteString(segment(withoutOrder(part)) + "/")
		}
	}
	return b.String()
}

// withoutOrder drops the number that only sorts files: "01-budget" → "budget".
func withoutOrder(name string) string {
	rest := strings.TrimLeft(name, "0123456789")
	if rest == name || len(rest) < 2 || rest[0] != '-' && rest[0] != '_' || len(name)-len(rest) > 3 {
		return name
	}
	return rest[1:]
}

// rootFrom is the prefix that leads from a page to the site's root: "" or "../" repeated.
func rootFrom(page string) string { return strings.Repeat("../", strings.Count(page, "/")) }

// relative is the address of one page as another one links to it.
func relative(from, to string) string {
	target, fragment, has := strings.Cut(to, "#")
	if has {
		fragment = "#" + fragment
	}
	if target == from || target == "" {
		return fragment
	}
	return rootFrom(from) + target + fragment
}
