package document

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"benchbook/internal/diag"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// decodeYAML reads front matter in YAML into the same struct as TOML, as
// strictly: unknown and repeated keys and wrong types are errors, all at once.
// Anchors and aliases are not resolved; front matter has no use for them.
func decodeYAML(file string, src []byte, into *Front, l *diag.List) (at places) {
	y := yamlReader{file: file, l: l, known: tomlNames(), found: map[string]ast.Node{}}
	at = y.place
	defer func() { // the library is known to panic on some malformed input
		if r := recover(); r != nil {
			y.report("config.syntax", diag.At(file, 1, 1), fmt.Sprint(r))
		}
	}()
	tree, err := parser.ParseBytes(src, 0)
	if err != nil {
		y.fail("config.syntax", err)
		return at
	}
	for _, doc := range tree.Docs {
		y.mapping(doc.Body, reflect.ValueOf(into).Elem())
	}
	return at
}

type yamlReader struct {
	file  string
	l     *diag.List
	known map[string]int // key → field of Front
	found map[string]ast.Node
}

// tomlNames lists the fields of Front by key.
func tomlNames() map[string]int {
	t := reflect.TypeFor[Front]()
	names := map[string]int{}
	for i := range t.NumField() {
		names[t.Field(i).Tag.Get("toml")] = i
	}
	return names
}

func (y *yamlReader) mapping(body ast.Node, into reflect.Value) {
	switch n := body.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
	case *ast.MappingNode:
		for _, v := range n.Values {
			y.entry(v, into)
		}
	case *ast.MappingValueNode:
		y.entry(n, into)
	default:
		y.report("config.syntax", y.pos(body), "front matter must be keys and values")
	}
}

func (y *yamlReader) entry(v *ast.MappingValueNode, into reflect.Value) {
	key := v.Key.GetToken().Value
	i, ok := y.known[key]
	switch {
	case !ok:
		// YAML front matter comes with texts that were written for other tools: their keys must not keep a site from
		// being built. Our own form, TOML, stays strict.
		y.l.Add(diag.Diagnostic{Code: "config.unknown_key", Severity: diag.Warning, Pos: y.pos(v.Key), Width: len([]rune(key)),
			Message: diag.T("未知的键 %q，没有读取", "unknown key %q; it is not read", key), Hint: diag.DidYouMean(key, y.names())})
	case y.found[key] != nil:
		y.report("config.syntax", y.pos(v.Key), "key "+key+" is written twice")
	default:
		y.found[key] = v.Value
		if _, float := v.Value.(*ast.FloatNode); float && into.Field(i).Kind() == reflect.Int {
			y.report("config.type", y.pos(v.Value), key+" must be a whole number") // the library would cut it off
			return
		}
		if err := yaml.NodeToValue(v.Value, into.Field(i).Addr().Interface(), yaml.Strict()); err != nil {
			y.fail("config.type", err)
		}
	}
}

func (y *yamlReader) names() []string {
	t := reflect.TypeFor[Front]()
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = t.Field(i).Tag.Get("toml")
	}
	return names
}

// fail reports an error of the library where it happened.
func (y *yamlReader) fail(code string, err error) {
	var located yaml.Error
	if !errors.As(err, &located) || located.GetToken() == nil {
		y.report(code, diag.At(y.file, 1, 1), strings.SplitN(err.Error(), "\n", 2)[0])
		return
	}
	p := located.GetToken().Position
	y.report(code, diag.At(y.file, p.Line, p.Column), located.GetMessage())
}

func (y *yamlReader) report(code string, pos diag.Pos, what string) {
	y.l.Errorf(code, pos, diag.T("前置信息（YAML）读不懂：%s", "front matter (YAML) cannot be read: %s", what))
}

func (y *yamlReader) pos(n ast.Node) diag.Pos {
	if n == nil || n.GetToken() == nil {
		return diag.At(y.file, 1, 1)
	}
	p := n.GetToken().Position
	return diag.At(y.file, p.Line, p.Column)
}

// place finds a key's value; of a list or table inside it, that item's.
func (y *yamlReader) place(path ...any) diag.Pos {
	if len(path) == 0 {
		return diag.At(y.file, 1, 1)
	}
	key, _ := path[0].(string)
	node := y.found[key]
	if list, ok := node.(*ast.SequenceNode); ok && len(path) > 1 {
		if i, ok := path[1].(int); ok && i < len(list.Values) {
			node = list.Values[i]
		}
	}
	return y.pos(node)
}
