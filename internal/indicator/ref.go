package indicator

import (
	"net/url"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// Ref names something computed: DATASET/INDICATOR, and after "?" what of it.
// Names and values may be written as they are or percent-encoded; "&", "=" and
// "%" inside them must be encoded. "+" stands for itself.
type Ref struct {
	Dataset, Indicator string
	By                 []string    // by=a,b
	Is, Stat, Show     string      // is= (or band=), stat=, show=
	Rest               [][2]string // every other key in order: segment values, chart attributes
}

// ParseRef reads DATASET/INDICATOR?is=…&stat=…&FIELD=VALUE. ok is false when the
// part before "?" is not two names.
func ParseRef(text string) (r Ref, ok bool) {
	target, query, _ := strings.Cut(text, "?")
	r.Dataset, r.Indicator, ok = strings.Cut(unescape(target), "/")
	if !ok || r.Dataset == "" || r.Indicator == "" {
		return r, false
	}
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		r.set(unescape(key), unescape(value))
	}
	return r, true
}

func (r *Ref) set(key, value string) {
	switch key {
	case "by":
		r.By = strings.Split(value, ",")
		for i := range r.By {
			r.By[i] = strings.TrimSpace(r.By[i])
		}
	case "is", "band":
		r.Is = value
	case "stat":
		r.Stat = value
	case "show":
		r.Show = value
	default:
		r.Rest = append(r.Rest, [2]string{key, value})
	}
}

func unescape(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

// Escape writes a name or value so that it can stand in a reference.
func Escape(s string) string {
	return strings.NewReplacer("%", "%25", "&", "%26", "=", "%3D", "?", "%3F", "#", "%23", " ", "%20", "(", "%28", ")", "%29",
		"<", "%3C", ">", "%3E", "\"", "%22", "\\", "%5C", "\n", "%0A", "\r", "%0D", "\t", "%09").Replace(s)
}

// Need asks for the table that a reference in a document or chart rests on:
// the indicator's total, and its cut by the fields that the reference names.
// An unknown dataset, indicator or field is an error at pos with the nearest name.
func (c *Catalogue) Need(ref string, pos diag.Pos, l *diag.List) bool {
	r, ok := ParseRef(ref)
	if !ok {
		l.Add(diag.Diagnostic{Code: "indicator.ref", Pos: pos, Message: diag.T("引用 %q 不是 数据集/指标 的形式", "reference %q is not DATASET/INDICATOR", ref)})
		return false
	}
	ind, ok := c.Find(r.Dataset, r.Indicator)
	if !ok {
		c.unknown(r, pos, l)
		return false
	}
	c.want(ind, nil)
	d := c.datasets[r.Dataset]
	by := slices.Clone(r.By)
	for _, kv := range r.Rest {
		if f, ok := d.Field(kv[0]); ok && Cuttable(d, f) && !slices.Contains(by, f.Name) {
			by = append(by, f.Name)
		}
	}
	if len(by) == 0 {
		return true
	}
	fields, problem, hint := cut(d, strings.Join(by, ","))
	if !problem.IsZero() {
		l.Add(diag.Diagnostic{Code: "indicator.by", Pos: pos, Message: problem, Hint: hint})
		return false
	}
	if len(r.By) == 0 {
		names := d.FieldNames()
		slices.SortFunc(fields, func(a, b string) int { return slices.Index(names, a) - slices.Index(names, b) })
	}
	c.want(ind, fields)
	return true
}

func (c *Catalogue) unknown(r Ref, pos diag.Pos, l *diag.List) {
	if _, ok := c.datasets[r.Dataset]; !ok {
		l.Add(diag.Diagnostic{Code: "indicator.unknown_dataset", Pos: pos, Message: diag.T("没有数据集 %q", "there is no dataset %q", r.Dataset),
			Hint: diag.DidYouMean(r.Dataset, c.DatasetNames())})
		return
	}
	l.Add(diag.Diagnostic{Code: "indicator.unknown", Pos: pos, Message: diag.T("数据集 %[2]q 没有指标 %[1]q", "there is no indicator %q in dataset %q", r.Indicator, r.Dataset),
		Hint: diag.DidYouMean(r.Indicator, c.IDs(r.Dataset))})
}

// IDs lists what can be referred to in a dataset, in order.
func (c *Catalogue) IDs(dataset string) []string {
	var out []string
	for ref, ind := range c.indicators {
		if ind.Dataset == dataset {
			out = append(out, strings.TrimPrefix(ref, dataset+"/"))
		}
	}
	slices.Sort(out)
	return out
}
