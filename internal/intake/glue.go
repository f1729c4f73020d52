package intake

import "strings"

// glueLeast is how often a fragment has to come before it is said that it never stands alone.
const glueLeast = 3

// glue finds options that hold the separator themselves ("No, but I used to"):
// a fragment that always follows the same fragment, which is itself always
// followed by such a one. It needs the different answers, so it is not tried
// when they were too many.
func (p *profile) glue() {
	for _, item := range p.items.order { // options that held the separator between brackets, or without its blank
		if strings.ContainsRune(item, separatorRune(p.separator)) {
			p.noteGlued(item)
		}
	}
	if p.values.full || p.separator != "csv" || p.filledNL > 0 {
		return // other separators are written by platforms, and records quote their commas
	}
	for range 4 { // an option of five fragments is put together in four steps
		if !p.glueOnce() {
			return
		}
		p.items = counter{}
		for _, v := range p.values.order {
			p.addItems(v, p.values.counts[v])
		}
	}
}

func (p *profile) glueOnce() (found bool) {
	total, pairs := map[string]int{}, map[[2]string]int{}
	for _, v := range p.values.order {
		n, before := p.values.counts[v], ""
		for i, item := range p.split(v) {
			total[item] += n
			if i > 0 {
				pairs[[2]string{before, item}] += n
			}
			before = item
		}
	}
	followed := map[string]int{}
	for pair, n := range pairs {
		if n == total[pair[1]] && n >= glueLeast {
			followed[pair[0]] += n
		}
	}
	for pair, n := range pairs {
		if n == total[pair[1]] && n >= glueLeast && followed[pair[0]] == total[pair[0]] {
			p.noteGlued(pair[0] + between(p.separator) + pair[1])
			found = true
		}
	}
	return found
}

func (p *profile) noteGlued(option string) {
	if p.glued == nil {
		p.glued = map[string]bool{}
	}
	p.glued[option] = true
}

// between is how the separator stands inside a text.
func between(separator string) string {
	if separator == "csv" || separator == "," || separator == ", " {
		return ", "
	}
	return separator
}

func (p *profile) split(text string) []string {
	return reglue(splitItems(text, p.separator), p.separator, func(s string) bool { return p.glued[s] })
}

// reglue puts fragments together, as many as make a known option.
func reglue(items []string, separator string, known func(string) bool) []string {
	var out []string
	for i := 0; i < len(items); {
		n := 1
		for k := min(len(items), i+6); k > i+1; k-- {
			if known(strings.Join(items[i:k], between(separator))) {
				n = k - i
				break
			}
		}
		out = append(out, strings.Join(items[i:i+n], between(separator)))
		i += n
	}
	return out
}
