package document

import (
	"bytes"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"benchbook/internal/diag"
	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark/ast"
)

// running is the running text of one block with the way back to the source:
// code, addresses and the texts of checked numbers are one U+FFFC each.
type running struct {
	text   string
	bytes  []byte
	pieces []piece
}

type piece struct{ text, source int }

// at gives the source offset of a byte of the text.
func (r *running) at(offset int) int {
	i := sort.Search(len(r.pieces), func(i int) bool { return r.pieces[i].text > offset }) - 1
	if i < 0 {
		return 0
	}
	return r.pieces[i].source + offset - r.pieces[i].text
}

const object = "\ufffc"

// running collects the text of a block. Escapes stay as written, since places
// matter here and not characters.
func (t *tree) running(r *running, block ast.Node) {
	r.pieces, r.bytes = r.pieces[:0], r.bytes[:0]
	t.collectRunning(r, block)
	r.text = string(r.bytes)
}

func (t *tree) collectRunning(r *running, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.pieces = append(r.pieces, piece{len(r.bytes), n.Segment.Start})
		r.bytes = append(r.bytes, n.Segment.Value(t.text)...)
		if n.SoftLineBreak() || n.HardLineBreak() {
			r.bytes = append(r.bytes, '\n')
		}
		return
	case *ast.CodeSpan, *ast.AutoLink, *raw:
		r.bytes = append(r.bytes, object...)
		return
	case *ast.Link, *ast.Image:
		if ref, ok := t.of[n].(Ref); ok && (ref.Kind == Stat || ref.Kind == Fact) {
			r.bytes = append(r.bytes, object...)
			return
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t.collectRunning(r, c)
	}
}

// What would have been a reference or a footnote.
var (
	brokenRef  = regexp.MustCompile(`\][(（]<?\s*(?:stat|chart|table|fact|term)[:：]`)
	brokenNote = regexp.MustCompile(`\[\^[^\]\s]+\]`)
)

// survey is one walk over the blocks of a body.
type survey struct {
	*tree
	l    *diag.List
	last int // line of the last half-width mark

	lead      lead
	blank     bool // nothing is said
	promoted  bool // a paragraph advertises
	handTyped []diag.Diagnostic
}

// survey looks through the running text once: for what was meant as a reference
// or a footnote but is text, for half-width marks in Chinese sentences (once a
// line), for notes that nothing refers to, for percentages that are typed by
// hand, and for the beginning of the text.
func (t *tree) survey(l *diag.List) *survey {
	s := &survey{tree: t, l: l, blank: true}
	var r running
	t.blocks(func(n ast.Node) {
		s.lead.take(t, n)
		if isCode(n) {
			s.blank = s.blank && len(bytes.TrimSpace(n.Lines().Value(t.text))) == 0
			return
		}
		t.running(&r, n)
		s.blank = s.blank && strings.TrimSpace(r.text) == ""
		s.lintReferences(&r)
		s.lintMarks(&r)
		s.findTyped(&r)
		s.dirt(&r, n)
	})
	s.foreignParagraphs()
	if doc, ok := t.root.(*ast.Document); ok {
		notes, _ := doc.Meta()[unusedKey].([]ast.Node)
		for _, n := range notes {
			l.Warnf("document.footnote", t.pos(n.Pos()), diag.T("脚注没有被引用，不会印出来", "nothing refers to the footnote; it is not printed"))
		}
	}
	return s
}

func (s *survey) lintMarks(r *running) {
	for _, m := range hanzi.Punctuation(r.text) {
		pos := s.pos(r.at(m.Offset))
		if pos.Line == s.last {
			continue
		}
		s.last = pos.Line
		s.l.Add(diag.Diagnostic{Code: "document.punctuation", Severity: diag.Warning, Pos: pos,
			Message: diag.T("中文句子里的半角标点 %q", "half-width mark %q in a Chinese sentence", string(m.Got)),
			Hint:    diag.T("用全角的 %s", "use the full-width %s", string(m.Want))})
	}
}

// lintReferences finds references that are not recognised, as one with a space
// in its target is not.
func (s *survey) lintReferences(r *running) {
	if !strings.Contains(r.text, "]") {
		return
	}
	for _, m := range brokenRef.FindAllStringIndex(r.text, -1) {
		s.l.Add(diag.Diagnostic{Code: "document.reference", Pos: s.pos(r.at(m[0])), Width: utf8.RuneCountInString(r.text[m[0]:m[1]]),
			Message: diag.T("引用没有生效，会按文字印出来", "the reference is not recognised and would be printed as text"),
			Hint:    diag.T("用半角括号和冒号；目标里有空格时写成 (<stat:…>)", "use half-width brackets and colon; where the target holds a space write (<stat:…>)")})
	}
	for _, m := range brokenNote.FindAllStringIndex(r.text, -1) {
		s.l.Warnf("document.footnote", s.pos(r.at(m[0])), diag.T("脚注 %s 没有内容", "the footnote %s has no content", r.text[m[0]:m[1]]))
	}
}

var (
	percentage   = regexp.MustCompile(`\d+(?:[.,]\d+)?\s?[%％‰]|百分之[零〇一二两三四五六七八九十百点\d]+`)
	percentMarks = []string{"%", "％", "‰", "百分之"}
	confidence   = regexp.MustCompile(`^\s?(?:的)?(?:置信|区间|confidence|CI\b)`)
)

// HandTyped are the percentages in the text that are neither checked numbers nor
// quoted facts, as warnings that the caller may add: only some layouts forbid
// them. A confidence level (95% 置信区间) is no finding.
func (d *Document) HandTyped() []diag.Diagnostic { return d.Typed }

func (s *survey) findTyped(r *running) {
	if !slices.ContainsFunc(percentMarks, func(mark string) bool { return strings.Contains(r.text, mark) }) {
		return
	}
	for _, m := range percentage.FindAllStringIndex(r.text, -1) {
		if confidence.MatchString(r.text[m[1]:]) {
			continue
		}
		typed := r.text[m[0]:m[1]]
		s.handTyped = append(s.handTyped, diag.Diagnostic{Code: "document.hand_typed", Severity: diag.Warning,
			Pos: s.pos(r.at(m[0])), Width: utf8.RuneCountInString(typed),
			Message: diag.T("手写的百分比 %s 没有出处", "hand-typed percentage %s without a source", typed),
			Hint:    diag.T("写成 [%s](stat:数据集/指标) 或 [%[1]s](fact:引文)", "write [%s](stat:DATASET/INDICATOR) or [%[1]s](fact:ID)", typed)})
	}
}
