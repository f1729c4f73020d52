package page

import (
	"net/url"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/document"
)

// Need asks for the table behind a reference: DATASET/INDICATOR?by=… or with
// segment values, in the form that the catalogue reads.
type Need struct {
	Ref   string
	Pos   diag.Pos
	Width int // characters for the caret
}

// Needs lists the tables that charts and texts rest on. References to charts
// that do not exist are reported here, before anything is computed.
func Needs(docs []*document.Document, charts *Charts, datasets []DatasetInfo, l *diag.List) []Need {
	var out []Need
	for _, d := range charts.list {
		out = append(out, d.needs(datasets, d.Pos, 0)...)
	}
	for _, doc := range docs {
		for _, r := range doc.Refs {
			switch r.Kind {
			case document.Stat:
				out = append(out, Need{r.Address(), r.Pos, r.Width})
			case document.Chart, document.Table:
				def, err := charts.resolve(r.Kind, r.Target, params(r))
				if err != nil {
					unknown(err, r, l)
					continue
				}
				out = append(out, def.needs(datasets, r.Pos, r.Width)...)
			}
		}
	}
	return out
}

// needs are the tables of a definition: its own, or one a row of a matrix question.
func (d Definition) needs(datasets []DatasetInfo, pos diag.Pos, width int) []Need {
	if len(d.Several) > 0 {
		return d.needsOfParts(pos, width)
	}
	q, ok := question(datasets, d.Dataset, d.Indicator)
	if !ok || len(d.By) > 0 {
		return []Need{{d.ref(), pos, width}}
	}
	var out []Need
	for _, field := range q.Fields {
		out = append(out, Need{Definition{Dataset: d.Dataset, Indicator: field}.ref(), pos, width})
	}
	return out
}

// ref is the definition in the form that the catalogue reads.
func (d Definition) ref() string {
	ref := url.PathEscape(d.Dataset) + "/" + url.PathEscape(d.Indicator)
	if len(d.By) > 0 {
		ref += "?by=" + url.PathEscape(strings.Join(d.By, ","))
	}
	return ref
}

// unknown reports a reference to something that does not exist, with the nearest name.
func unknown(err error, r document.Ref, l *diag.List) {
	d := diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Width: r.Width, Message: diag.T("%s:%s 不存在", "%s:%s does not exist", r.Kind, r.Target)}
	if u, ok := err.(*unknownName); ok {
		d.Hint = diag.DidYouMean(u.name, u.known)
		switch u.what {
		case "kind":
			d.Message = diag.T("没有名为 %q 的图形", "no kind of chart is called %q", u.name)
		case "parameter":
			d.Message = diag.T("图的引用没有参数 %q", "a reference to a chart has no parameter %q", u.name)
		}
	}
	l.Add(d)
}
