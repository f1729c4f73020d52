package document

import (
	"net/url"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// The kinds of references; each is also the scheme that writes it.
const (
	Stat  = "stat"
	Chart = "chart"
	Table = "table"
	Fact  = "fact"
	Term  = "term"
)

var kinds = []string{Stat, Chart, Table, Fact, Term}

// Ref is a reference to something that is not a page: a released number, a
// figure, a quoted fact, a glossary term.
type Ref struct {
	Kind   string // Stat, Chart, Table, Fact, Term
	Target string // "DATASET/INDICATOR", a chart's, table's or fact's id, a term
	Query  []Param
	Text   string // what the author wrote, as plain text; "" = to be filled in
	Image  bool   // written as an image: a figure stands here; else it is a link
	Pos    diag.Pos
	Width  int // characters for the caret
	// Start and End are the bytes of the file that hold Text, for mending it;
	// both -1 where it cannot be mended in place (formatted within, or escaped
	// in the front matter).
	Start, End int
}

// Param is one key of a reference's query, decoded.
type Param struct{ Key, Value string }

// Get gives the first value of a key, "" when it is absent.
func (r Ref) Get(key string) string {
	for _, p := range r.Query {
		if p.Key == key {
			return p.Value
		}
	}
	return ""
}

// Address is the reference without its scheme and without the given keys, as
// "DATASET/INDICATOR?is=已组建&industry=美妆". Only what would be read as syntax is
// percent-encoded.
func (r Ref) Address(without ...string) string {
	var b strings.Builder
	b.WriteString(r.Target)
	mark := byte('?')
	for _, p := range r.Query {
		if slices.Contains(without, p.Key) {
			continue
		}
		b.WriteByte(mark)
		b.WriteString(encode.Replace(p.Key) + "=" + encode.Replace(p.Value))
		mark = '&'
	}
	return b.String()
}

var encode = strings.NewReplacer("%", "%25", "&", "%26", "=", "%3D", "+", "%2B", "#", "%23", "?", "%3F")

// isRef reports whether a destination is a reference.
func isRef(dest string) bool { return slices.Contains(kinds, schemeOf(dest)) }

// parseRef reads a destination. The message is zero when nothing is wrong.
func parseRef(dest string) (r Ref, wrong, hint diag.Text) {
	kind, rest, _ := strings.Cut(dest, ":")
	r.Kind = strings.ToLower(kind)
	target, query := rest, ""
	if r.Kind != Term && r.Kind != Fact {
		target, query, _ = strings.Cut(rest, "?")
	}
	var err error
	if r.Target, err = url.PathUnescape(target); err != nil {
		return r, diag.T("引用里的百分号编码 %q 不对", "bad percent encoding %q in the reference", target), diag.T("百分号本身写作 %%25", "write %%25 for a percent sign")
	}
	if r.Query, wrong = parseQuery(query); !wrong.IsZero() {
		return r, wrong, diag.T("写作 ?键=值&键=值", "write ?key=value&key=value")
	}
	wrong, hint = r.check()
	return r, wrong, hint
}

func parseQuery(query string) (params []Param, wrong diag.Text) {
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		k, v, ok := strings.Cut(part, "=")
		key, err1 := url.PathUnescape(k)
		value, err2 := url.PathUnescape(v)
		if !ok || key == "" || err1 != nil || err2 != nil {
			return nil, diag.T("引用的条件 %q 读不懂", "the condition %q of the reference cannot be read", part)
		}
		params = append(params, Param{key, value})
	}
	return params, diag.Text{}
}

// check looks at the form alone; whether the thing exists is for the page.
func (r Ref) check() (wrong, hint diag.Text) {
	dataset, indicator, _ := strings.Cut(r.Target, "/")
	switch {
	case strings.TrimSpace(r.Target) == "":
		return diag.T("引用 %s: 没有目标", "the reference %s: has no target", r.Kind), diag.Text{}
	case r.Kind == Stat && (dataset == "" || indicator == ""):
		return diag.T("%q 不是数据集/指标", "%q is not DATASET/INDICATOR", r.Target),
			diag.T("写作 stat:数据集/指标，例如 stat:survey-2026/team_built?is=已组建", "write stat:DATASET/INDICATOR, such as stat:survey-2026/team_built?is=已组建")
	}
	shows := []string{"value", "n", "interval"}
	if show := r.Get("show"); show != "" && !slices.Contains(shows, show) {
		return diag.T("show=%s 不认识", "unknown show=%s", show), diag.T("可以是 value、n、interval", "it may be value, n or interval")
	}
	return diag.Text{}, diag.Text{}
}
