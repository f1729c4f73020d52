package intake

import (
	"strings"
)

// option is the option that a column stands for; ok is false when its cells say
// anything but that it was chosen or not.
func (g *grouping) option(m part) (label string, ok bool) {
	p := g.profiles[g.columns[m.at].sources[0]]
	if p.values.full {
		return optionLabel(m.part), otherLabel(m.part)
	}
	marks, own, ok := g.marks(p, m)
	label = optionLabel(m.part)
	bareCode := m.part == "" || codeOnly(m.part)
	switch {
	case !ok || g.platform.bare && marks > 0 && bareCode:
		return "", false
	case own == "" || otherLabel(m.part):
		return label, marks > 0 || own != "" || !g.platform.bare
	case marks > 0:
		return "", false
	case bareCode && (p.blank > 0 || p.nothing.order != nil):
		return own, true // the label stands in the cells
	case strings.Trim(own, "0123456789") == "" && p.blank > 0 && !g.platform.bare:
		return label, true // its number stands for it
	}
	return own, own == label
}

// marks counts the different cells that mean chosen, and gives the one text
// beside them; ok is false when there are several.
func (g *grouping) marks(p *profile, m part) (marks int, own string, ok bool) {
	for _, v := range p.values.order {
		l := strings.ToLower(v)
		switch {
		case unchosen[l] && (g.platform.yes || l != "no" && l != "否" && l != "n"):
		case l == "1" || l == "true" || chosen[l] || g.platform.yes && (l == "yes" || l == "y" || l == "是"):
			marks++
		case own == "":
			own = optionLabel(v)
		case otherLabel(m.part):
		default:
			return 0, "", false
		}
	}
	return marks, own, true
}

// codeOnly recognises parts that are numbers or codes, not labels.
func codeOnly(s string) bool {
	return strings.Trim(strings.TrimLeft(strings.ToLower(s), "aceghilopqrtw_."), "0123456789_") == ""
}

// Words of cells that say that an option was or was not chosen.
var (
	chosen   = map[string]bool{"选中": true, "已选": true, "已选中": true, "selected": true, "checked": true, "√": true, "✓": true, "x": true}
	unchosen = map[string]bool{"0": true, "false": true, "no": true, "n": true, "否": true, "未选中": true, "未选": true, "not selected": true, "unselected": true, "unchecked": true, "not checked": true, "×": true}
)

// optionLabel takes the letter off an option: A.男.
func optionLabel(s string) string {
	s = clean(s)
	if m := lettered.FindStringSubmatch(s); m != nil {
		return m[2]
	}
	return s
}

// otherLabel recognises the option beside which people type.
func otherLabel(s string) bool {
	l := strings.ToLower(optionLabel(s))
	return strings.HasPrefix(l, "其他") || strings.HasPrefix(l, "其它") || l == "other" || strings.HasPrefix(l, "other (") || strings.HasPrefix(l, "other:")
}
