package hanzi

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugLimit keeps a file name of Han characters (three bytes each in UTF-8)
// under the 255 bytes that file systems allow, extension included.
const slugLimit = 60

// Anchor makes the id of a heading from its text by the rule that code forges
// use, so that a link written for one works here: lower case; letters, digits,
// combining marks, "-" and "_" stay, each space becomes "-", all else goes.
// A text of marks alone gives "section". Ids are made unique by Anchors.
func Anchor(text string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\n':
			return '-'
		case keeps(r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(text))
	if strings.Trim(id, "-") == "" {
		return "section"
	}
	return id
}

func keeps(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '-' || r == '_'
}

// Slug makes one segment of an address, which is also a file name on every
// system: as Anchor, composed (NFC), with runs of anything else as one "-", none
// at the ends, at most 60 characters, and no name that Windows reserves. A text
// without a letter or digit gives "".
func Slug(text string) string {
	var b strings.Builder
	gap, n := false, 0
	for _, r := range norm.NFC.String(text) {
		if !keeps(r) || r == '-' {
			gap = n > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			n++
		}
		if n >= slugLimit {
			break
		}
		b.WriteRune(unicode.ToLower(r))
		gap, n = false, n+1
	}
	slug := strings.Trim(b.String(), "-")
	if reserved(slug) {
		slug += "-page"
	}
	return slug
}

// reserved reports whether Windows keeps the name for a device.
func reserved(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) && name[3] >= '0' && name[3] <= '9'
}

// Anchors makes ids unique within one page. The zero Anchors is ready.
type Anchors struct {
	used map[string]int // id → the suffix to try next
}

// Reserve takes ids away that the page needs for itself.
func (a *Anchors) Reserve(ids ...string) {
	if a.used == nil {
		a.used = map[string]int{}
	}
	for _, id := range ids {
		a.used[id] = max(a.used[id], 1)
	}
}

// Unique returns id, or id with the first suffix -1, -2 … that is still free,
// and reserves it.
func (a *Anchors) Unique(id string) string {
	free, i := id, a.used[id]
	for a.used[free] > 0 {
		free = id + "-" + strconv.Itoa(i)
		i++
	}
	a.Reserve(id, free)
	a.used[id] = max(i, 1)
	return free
}
