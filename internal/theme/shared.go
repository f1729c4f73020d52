package theme

import (
	"html/template"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// sharedParts are the parts that look alike on many pages: whole menus and lists
// of neighbours. One is executed once for all pages whose models agree in the
// fields that it reads, which is most of what executing templates costs.
var sharedParts = []string{"parts/header.html", "parts/footer.html", "parts/siblings.html"}

// layout is one template set, ready to execute.
type layout struct {
	*template.Template
	once sync.Once
	made sync.Map // sharedKey → template.HTML
	read map[string][]string
}

// most is how many fields a shared part may read.
const most = 5

// sharedKey is a part and the values that it reads. Pointers stand for what they
// point to: models are not changed once they are made.
type sharedKey struct {
	part   string
	values [most]any
}

// shared is the template function that the layouts call in place of a shared
// part; Execute puts it there, so that nobody who writes a theme need know.
const shared = "shared"

// prepare lets html/template find out how to escape each place, and then has the
// shared parts go through share. It runs before the layout is executed for the
// first time; what the empty run says is of no interest.
func (l *layout) prepare() {
	_ = l.Template.Execute(io.Discard, nil)
	l.read = map[string][]string{}
	for _, name := range sharedParts {
		if part := l.Lookup(name); part != nil && part.Tree != nil {
			if fields, ok := fieldsRead(l.Template, part.Tree.Root); ok && len(fields) <= most {
				l.read[name] = fields
			}
		}
	}
	l.Funcs(template.FuncMap{shared: l.share})
	for _, t := range l.Templates() {
		if t.Tree != nil && !slices.Contains(sharedParts, t.Name()) {
			l.replace(t.Tree.Root)
		}
	}
}

// replace puts calls of shared where the parts stood.
func (l *layout) replace(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			if _, ok := l.read[n.Name]; ok && isDot(n.Pipe) {
				list.Nodes[i] = call(n.Name)
			}
		case *parse.IfNode:
			l.replace(n.List)
			l.replace(n.ElseList)
		case *parse.WithNode:
			l.replace(n.List)
			l.replace(n.ElseList)
		case *parse.RangeNode:
			l.replace(n.List)
			l.replace(n.ElseList)
		}
	}
}

// call is {{shared "NAME" .}}; that it is HTML already needs no escaper.
func call(name string) parse.Node {
	trees, err := parse.Parse("", "{{"+shared+" \""+name+"\" .}}", "", "", map[string]any{shared: call})
	if err != nil { // the text is our own
		panic(err)
	}
	return trees[""].Root.Nodes[0]
}

func isDot(p *parse.PipeNode) bool {
	return p != nil && len(p.Decl) == 0 && len(p.Cmds) == 1 && len(p.Cmds[0].Args) == 1 && p.Cmds[0].Args[0].Type() == parse.NodeDot
}

// share gives a part's HTML, made now or for an earlier page.
func (l *layout) share(name string, data any) (template.HTML, error) {
	key, ok := l.key(name, data)
	if ok {
		if made, has := l.made.Load(key); has {
			html, _ := made.(template.HTML)
			return html, nil
		}
	}
	var out strings.Builder
	if err := l.ExecuteTemplate(&out, name, data); err != nil {
		return "", err
	}
	made := template.HTML(out.String())
	if ok {
		l.made.Store(key, made)
	}
	return made, nil
}

// key collects the values that a part reads; not ok where one of them cannot be compared.
func (l *layout) key(name string, data any) (key sharedKey, ok bool) {
	v := reflect.Indirect(reflect.ValueOf(data))
	if v.Kind() != reflect.Struct {
		return key, false
	}
	key.part = name
	for i, field := range l.read[name] {
		f := v.FieldByName(field)
		switch {
		case !f.IsValid():
			return key, false
		case f.Kind() == reflect.Slice && f.Len() == 0:
		case f.Kind() == reflect.Pointer || f.Kind() == reflect.String || f.Kind() == reflect.Bool || f.Kind() == reflect.Int:
			key.values[i] = f.Interface()
		default:
			return key, false
		}
	}
	return key, true
}

// fieldsRead lists the fields of the data that a part reads; not ok where it does
// something with the whole.
func fieldsRead(set *template.Template, root *parse.ListNode) (fields []string, ok bool) {
	r := partReader{set: set, within: []*parse.ListNode{root}, ok: true}
	r.nodes(root, true)
	return r.fields, r.ok
}

// partReader walks through a part. At the top the dot is the data; inside of range
// and with it is something else, and $ is the data still.
type partReader struct {
	set    *template.Template
	within []*parse.ListNode // the templates around this place
	fields []string
	ok     bool
}

func (r *partReader) nodes(list *parse.ListNode, top bool) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			r.pipe(n.Pipe, top)
		case *parse.IfNode:
			r.branch(&n.BranchNode, top, top)
		case *parse.WithNode:
			r.branch(&n.BranchNode, top, false)
		case *parse.RangeNode:
			r.branch(&n.BranchNode, top, false)
		case *parse.TemplateNode:
			r.template(n, top)
		}
	}
}

func (r *partReader) branch(n *parse.BranchNode, top, inside bool) {
	r.pipe(n.Pipe, top)
	r.nodes(n.List, inside)
	r.nodes(n.ElseList, top)
}

// template follows a part within the part if it is given the data; another
// value is an argument like any other.
func (r *partReader) template(n *parse.TemplateNode, top bool) {
	inner := r.set.Lookup(n.Name)
	switch {
	case !isDot(n.Pipe) && n.Pipe != nil:
		r.pipe(n.Pipe, top)
	case top && inner != nil && inner.Tree != nil && !slices.Contains(r.within, inner.Tree.Root):
		r.within = append(r.within, inner.Tree.Root)
		r.nodes(inner.Tree.Root, true)
	case top:
		r.ok = false
	}
}

func (r *partReader) pipe(p *parse.PipeNode, top bool) {
	if p == nil {
		return
	}
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			r.argument(arg, top)
		}
	}
}

func (r *partReader) argument(n parse.Node, top bool) {
	switch n := n.(type) {
	case *parse.FieldNode:
		if top {
			r.add(n.Ident[0])
		}
	case *parse.VariableNode:
		if n.Ident[0] == "$" && len(n.Ident) > 1 {
			r.add(n.Ident[1])
		} else if n.Ident[0] == "$" {
			r.ok = false
		}
	case *parse.DotNode:
		r.ok = r.ok && !top
	case *parse.PipeNode:
		r.pipe(n, top)
	case *parse.ChainNode:
		r.argument(n.Node, top)
	}
}

func (r *partReader) add(field string) {
	if !slices.Contains(r.fields, field) {
		r.fields = append(r.fields, field)
	}
}
