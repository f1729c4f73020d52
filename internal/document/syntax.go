package document

import (
	"regexp"
	"sync"
	"unicode"

	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Bare addresses end where Chinese begins: 「见 https://a.cn/x，后文」.
var (
	bareURL = regexp.MustCompile(`^(?:http|https)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=(),;'*\[\]]*)?`)
	bareWWW = regexp.MustCompile(`^www\.[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=(),;'*\[\]]*)?`)
)

func linkify() []extension.LinkifyOption {
	return []extension.LinkifyOption{
		extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
		extension.WithLinkifyURLRegexp(bareURL), extension.WithLinkifyWWWRegexp(bareWWW),
	}
}

// chinese are the inline parsers that differ from the usual ones.
func chinese() []util.PrioritizedValue {
	return []util.PrioritizedValue{util.Prioritized(emphasisParser{}, 499), util.Prioritized(deletionParser{}, 500)}
}

// bodyParser reads whole documents; it is made once and safe for many goroutines.
var bodyParser = sync.OnceValue(func() parser.Parser {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.TaskList, extension.Footnote, extension.DefinitionList,
			extension.NewLinkify(linkify()...)),
		goldmark.WithParserOptions(parser.WithInlineParsers(chinese()...),
			parser.WithASTTransformers(util.Prioritized(unusedNotes{}, 998))),
	).Parser()
})

// inlineParser reads one run of inline Markdown: "1. 预算" is no list there.
var inlineParser = sync.OnceValue(func() parser.Parser {
	inline := append(parser.DefaultInlineParsers(), chinese()...)
	inline = append(inline, util.Prioritized(extension.NewLinkifyParser(linkify()...), 999))
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(inline...),
	)
})

// emphasisParser lets ** open and close beside Chinese text. CommonMark decides
// by spaces and punctuation around the stars, which fails where there are no
// spaces: 「**重点：**后文」 stays a row of stars. Beside a CJK character or mark
// only white space decides; everything else is as in CommonMark 0.31, 6.2.
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte         { return []byte{'*'} }
func (emphasisParser) IsDelimiter(b byte) bool { return b == '*' }
func (emphasisParser) CanOpenCloser(open, close *parser.Delimiter) bool {
	return open.Char == close.Char
}
func (emphasisParser) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

func (p emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, p)
	if d == nil {
		return nil
	}
	after := ' '
	if d.OriginalLength < len(line) {
		after = util.ToRune(line, d.OriginalLength)
	}
	if hanzi.IsCJK(before) || hanzi.IsCJK(after) {
		d.CanOpen = d.CanOpen || !unicode.IsSpace(after)
		d.CanClose = d.CanClose || !unicode.IsSpace(before)
	}
	return push(d, segment, block, pc)
}

func push(d *parser.Delimiter, segment text.Segment, block text.Reader, pc parser.Context) ast.Node {
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	block.Advance(d.OriginalLength)
	pc.PushDelimiter(d)
	return d
}

// deletionParser takes ~~text~~ and leaves single tildes alone: a Chinese text
// writes ranges with them, and 「10~20 元，30~40 元」 must not be struck out.
type deletionParser struct{}

func (deletionParser) Trigger() []byte         { return []byte{'~'} }
func (deletionParser) IsDelimiter(b byte) bool { return b == '~' }
func (deletionParser) CanOpenCloser(open, close *parser.Delimiter) bool {
	return open.Char == close.Char
}
func (deletionParser) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

func (p deletionParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 2, p)
	if d == nil || d.OriginalLength != 2 || before == '~' {
		return nil
	}
	return push(d, segment, block, pc)
}

// unusedNotes remembers footnotes that nothing refers to before the library's
// own step (priority 999) drops them.
type unusedNotes struct{}

const unusedKey = "unused footnotes"

func (unusedNotes) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var unused []ast.Node
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != extast.KindFootnoteList {
			continue
		}
		for note := n.FirstChild(); note != nil; note = note.NextSibling() {
			if f, ok := note.(*extast.Footnote); ok && f.Index < 0 {
				unused = append(unused, note)
			}
		}
	}
	if unused != nil {
		doc.AddMeta(unusedKey, unused)
	}
}
