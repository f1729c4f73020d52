package intake

import (
	"regexp"
	"strings"
)

// plain is every other table: columns are taken as they are. Columns that are
// numbered parts of one question, or whose headers share a question, belong together.
var plain = platform{
	name: "plain", bare: true,
	is:   func([]string) bool { return true },
	lead: func(string) (lead, bool) { return lead{}, false },
	head: func(cells []string) (heading, bool) {
		name := cells[0]
		if question, row, ok := splitCode(name); ok {
			return heading{key: question, title: question, part: row, header: name}, true
		}
		return separated(name, ":", "：", "—", " - ")
	},
}

// numbered matches a column code that ends in a part's number: s2q5c12 is part
// c12 of s2q5, Q7_3 is part 3 of Q7, Q7_Part_3 too.
var numbered = regexp.MustCompile(`^(.*?\d)[_.\-]?((?:c|r|a|o|opt|row|[Pp]art|[Cc]hoice)?_?\d+)$`)

func splitCode(name string) (question, row string, ok bool) {
	m := numbered.FindStringSubmatch(name)
	if m == nil || len(m[1])+len(m[2]) == len(name) && !strings.ContainsAny(m[2][:1], "cra") && !strings.HasPrefix(m[2], "o") {
		return "", "", false
	}
	return m[1], m[2], true
}
