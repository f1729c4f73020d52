package build

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// find gives the elements that a small selector names: compound parts of
// tag, .class, #id and [attr], [attr=value] or [attr^=start], joined by space or " > ";
// values of attributes are compared without percent encoding.
func find(root *html.Node, selector string) (found []*html.Node) {
	parts := strings.Fields(selector)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && matches(n, parts) {
			found = append(found, n)
		}
	}
	return found
}

func matches(n *html.Node, parts []string) bool {
	last := len(parts) - 1
	if !compound(n, parts[last]) {
		return false
	}
	if last == 0 {
		return true
	}
	if parts[last-1] == ">" {
		return n.Parent != nil && matches(n.Parent, parts[:last-1])
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if matches(up, parts[:last]) {
			return true
		}
	}
	return false
}

// compound reports whether one element is what a part such as a.stat[href] names.
func compound(n *html.Node, part string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for part != "" {
		end := strings.IndexAny(part[1:], ".#[") + 1
		if part[0] == '[' {
			end = strings.IndexByte(part, ']') + 1
		}
		if end <= 0 {
			end = len(part)
		}
		if !simple(n, part[:end]) {
			return false
		}
		part = part[end:]
	}
	return true
}

func simple(n *html.Node, one string) bool {
	switch one[0] {
	case '.':
		classes, _ := attr(n, "class")
		return slices.Contains(strings.Fields(classes), one[1:])
	case '#':
		id, _ := attr(n, "id")
		return id == one[1:]
	case '[':
		key, want, valued := strings.Cut(strings.Trim(one, "[]"), "=")
		begin, starts := strings.CutSuffix(key, "^")
		got, ok := attr(n, begin)
		if plain, err := url.PathUnescape(got); err == nil {
			got = plain
		}
		return ok && (!valued || got == want || starts && strings.HasPrefix(got, want))
	}
	return n.Data == one
}
