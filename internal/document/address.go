package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/util"
)

// destination gives what a browser would make of a link's destination: escapes
// and entities resolved, control characters dropped, so that nothing can hide
// in "java&#10;script:" or "\x01javascript:".
func destination(raw []byte) string { return clean(unescape(raw)) }

// unescape resolves Markdown's backslash escapes and HTML's entities.
func unescape(raw []byte) string {
	if bytes.ContainsAny(raw, "\\&") {
		raw = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
	}
	return string(raw)
}

// clean drops what browsers skip in an address.
func clean(address string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, address))
}

// schemeOf gives the scheme in lower case, without the colon; "" = none.
func schemeOf(dest string) string {
	for i, c := range []byte(dest) {
		switch {
		case c == ':' && i > 0:
			return strings.ToLower(dest[:i])
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '.' || c == '-'):
		default:
			return ""
		}
	}
	return ""
}

// allowed reports whether a destination may be a link at all.
func allowed(dest string) bool {
	switch schemeOf(dest) {
	case "", "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// external reports whether a destination is on another host. Browsers read "\" as
// "/", so that `\\host` is a host too.
func external(dest string) bool {
	slashes := strings.ReplaceAll(dest[:min(len(dest), 2)], `\`, "/")
	scheme := schemeOf(dest)
	return scheme == "http" || scheme == "https" || slashes == "//"
}

// href makes the attribute value of an address that the page gave, or "" where
// it must not be written.
func href(address string) string {
	if !allowed(clean(address)) {
		return ""
	}
	return escape(string(util.URLEscape([]byte(address), false)))
}
