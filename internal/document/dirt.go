package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/diag"

	"github.com/yuin/goldmark/ast"
)

// Texts that were copied off the web bring dirt along: characters of a broken
// encoding, characters of a private font, the word 图片 where a picture was, spam,
// and a paragraph of somebody else's advertising. Each is a warning, since only the
// author can say what stood there.

// dirt looks through one block. Most texts are clean, so one pass over the
// characters says which of the searches are worth making.
func (s *survey) dirt(r *running, n ast.Node) {
	hints := suspicious(r.text)
	if hints&(privateHint|garbledHint|spamHint) != 0 {
		for _, line := range r.lines(false) {
			s.private(line, s.l)
			s.garbled(line, s.l)
			s.spam(line, s.l)
		}
	}
	if hints&pictureHint != 0 && n.Kind() != ast.KindHeading {
		for _, line := range r.lines(false) {
			s.lostPicture(line, s.l)
		}
	}
	s.promoted = s.promoted || n.Kind() == ast.KindParagraph && promotes(r.text)
}

// What a text may hold, by the characters in it.
const (
	privateHint = 1 << iota
	garbledHint
	spamHint
	pictureHint
)

// hintOf are the characters that give a hint, below U+10000.
var hintOf = func() (table [1 << 16]byte) {
	for c := '\ue000'; c <= '\uf8ff'; c++ {
		table[c] = privateHint
	}
	for _, c := range "\ufffd?\\锟烫屯鈥銆锛鐨鍦鏄涓浜鎴ÃÂâäåæçèé" {
		table[c] |= garbledHint
	}
	for _, c := range "情裸码碼炮黄疗摩彩票刻枪药@" {
		table[c] |= spamHint
	}
	for _, c := range "图片插配e" {
		table[c] |= pictureHint
	}
	return table
}()

// suspicious gives the hints of a text.
func suspicious(text string) (hints byte) {
	const long = 6 // letters and digits in a row that may be an account or a telephone
	var last rune
	run := 0
	for _, c := range text {
		switch {
		case c >= 1<<16:
			if unicode.Is(unicode.Co, c) {
				hints |= privateHint
			}
		case c == '?' && last != '?':
		case c == '人' && last == '成', run >= long:
			hints |= spamHint
		}
		if c < 1<<16 && (c != '?' || last == '?') {
			hints |= hintOf[c]
		}
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			run++
		} else {
			run = 0
		}
		last = c
	}
	if run >= long {
		hints |= spamHint
	}
	if len(text) > 60*4 && strings.IndexByte(text, '\n') < 0 {
		hints &^= pictureHint // a placeholder stands on a line of its own
	}
	return hints
}

// promotes says whether a paragraph has three words of advertising at least.
func promotes(text string) bool {
	if !strings.Contains(text, "公司") && !strings.Contains(text, "咨询") && !strings.Contains(text, "热线") && !strings.Contains(text, "http") && !strings.Contains(text, "www.") {
		return false
	}
	return distinct(promotion.FindAllString(text, -1)) >= 3
}

// foreignParagraphs walks the paragraphs again, where one of them advertises.
func (s *survey) foreignParagraphs() {
	if !s.promoted {
		return
	}
	var paragraphs []*running
	s.blocks(func(n ast.Node) {
		if n.Kind() == ast.KindParagraph {
			var r running
			s.running(&r, n)
			paragraphs = append(paragraphs, r.lines(true)...)
		}
	})
	s.foreign(paragraphs, s.l)
}

// lines cuts a block at its line breaks, for texts that were pasted in without
// blank lines; whole keeps the lines of one sentence together.
func (r *running) lines(whole bool) (out []*running) {
	start := 0
	cut := func(end int) {
		if line := r.text[start:end]; strings.TrimSpace(line) != "" {
			out = append(out, &running{text: line, pieces: r.piecesFrom(start)})
		}
		start = end + 1
	}
	for i := range len(r.text) {
		if r.text[i] != '\n' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(r.text[start:i])
		if !whole || strings.ContainsRune("。！？!?：:”」）…;；", before) {
			cut(i)
		}
	}
	cut(len(r.text))
	return out
}

// piecesFrom are the ways back to the source of the text from an offset on.
func (r *running) piecesFrom(start int) []piece {
	out := []piece{{0, r.at(start)}}
	for _, p := range r.pieces {
		if p.text > start {
			out = append(out, piece{p.text - start, p.source})
		}
	}
	return out
}

func (t *tree) warn(code string, r *running, offset, width int, message, hint diag.Text, l *diag.List) {
	l.Add(diag.Diagnostic{Code: code, Severity: diag.Warning, Pos: t.pos(r.at(offset)), Width: width, Message: message, Hint: hint})
}

// private finds characters that only one font knows, the first of each block.
func (t *tree) private(r *running, l *diag.List) {
	if i := strings.IndexFunc(r.text, func(c rune) bool { return unicode.Is(unicode.Co, c) }); i >= 0 {
		c, _ := utf8.DecodeRuneInString(r.text[i:])
		t.warn("document.private_use", r, i, 1, diag.T("私用区字符 U+%04X，别人的机器上显示不出来", "U+%04X is a private-use character; other machines cannot show it", c),
			diag.T("对照原文换成真正的字", "compare with the original and write the real character"), l)
	}
}

// What is left of text that was read in a wrong encoding: question marks that
// replace half a character, the replacement character, UTF-8 read as GBK or as
// Latin-1 or the other way round, and what debuggers fill memory with.
var garbledForms = []*regexp.Regexp{
	regexp.MustCompile(`\x{FFFD}`),
	regexp.MustCompile(`\p{Han}[,，。；;]?\?{2,}[,，]?\p{Han}`),
	regexp.MustCompile(`\p{Han}\\\p{Han}`),
	regexp.MustCompile(`锟斤拷|烫烫烫|屯屯屯`),
	regexp.MustCompile(`[鈥銆锛鐨鍦鏄涓浜鎴][\p{Han}€]{0,2}[鈥銆锛鐨鍦鏄涓浜鎴]`),
	regexp.MustCompile(`(?:[ÃÂ][\x{80}-\x{BF}]|â€[\x{80}-\x{BF}™œ\x9d]?|[äåæçèé][\x{80}-\x{BF}]{2}){2,}`),
}

func (t *tree) garbled(r *running, l *diag.List) {
	for _, form := range garbledForms {
		if m := form.FindStringIndex(r.text); m != nil {
			t.warn("document.garbled", r, m[0], utf8.RuneCountInString(r.text[m[0]:m[1]]), diag.T("像是编码错乱留下的 %q", "%q looks like what a broken encoding leaves", r.text[m[0]:m[1]]),
				diag.T("对照原文重新输入这一处", "type this anew from the original"), l)
			return
		}
	}
}

// lostPicture finds a line that only says that a picture stood there.
var lostPicture = regexp.MustCompile(`^[\s(（【\[「]*(?:图片|插图|配图|图片加载中|点击查看大图|点击查看原图|此处为图片|图片已失效|image|picture)[\s)）】\]」]*$`)

func (t *tree) lostPicture(r *running, l *diag.List) {
	if word := strings.TrimSpace(r.text); lostPicture.MatchString(word) {
		t.warn("document.lost_picture", r, strings.Index(r.text, word), utf8.RuneCountInString(word), diag.T("这里原来有一幅图，只剩下占位的文字", "a picture stood here, and only its placeholder is left"),
			diag.T("补上图片，写明图里是什么，或删去这一行", "put the picture back, say what was in it, or take the line out"), l)
	}
}

// spamForms are what comment spam is made of. One of the first kind is enough;
// of the second, which may stand in an honest text, two different ones in a block.
var (
	spamForms  = regexp.MustCompile(`(?i)成人(?:电影|视频|网站|影院)|色情|裸聊|无码|無碼|约炮|約炮|黄色(?:网站|视频)|(?:足疗|按摩)上门|六合彩|时时彩|百家乐|博彩|代开(?:增值税)?发票|代開發票|办证刻章|枪支|迷药|春药|\bporn\b|\bcasino\b|\bviagra\b`)
	spamPieces = []*regexp.Regexp{
		regexp.MustCompile(`(?i)(?:加|\+)?(?:微信|薇信|威信|vx|wx|v信|QQ|扣扣)(?:号|群)?[:：]?\s*[a-z0-9_-]{6,}`),
		regexp.MustCompile(`(?:日赚|月入|日入)\s*[\d一二三五十百千万过]+`),
		regexp.MustCompile(`(?i)免费(?:观看|领取|下载).{0,12}(?:https?://|www\.)`),
		regexp.MustCompile(`(?:兼职|刷单|贷款|网赚).{0,10}(?:加|联系|咨询)`),
		regexp.MustCompile(`(?:1[3-9]\d{9})`),
	}
)

func (t *tree) spam(r *running, l *diag.List) {
	at := spamForms.FindStringIndex(r.text)
	if at == nil {
		found := 0
		for _, form := range spamPieces {
			if m := form.FindStringIndex(r.text); m != nil {
				found++
				at = m
			}
		}
		if found < 2 {
			return
		}
	}
	t.warn("document.spam", r, at[0], utf8.RuneCountInString(r.text[at[0]:at[1]]), diag.T("像是混进来的垃圾信息：%q", "looks like spam that came along: %q", r.text[at[0]:at[1]]),
		diag.T("删去这一段；确实要写的，换一种说法", "take it out; what has to be said can be said otherwise"), l)
}

// promotion are words of advertising for oneself.
var promotion = regexp.MustCompile(`(?i)专业(?:的|从事|提供|团队)|一站式|致力于|欢迎(?:来电|咨询|联系|垂询)|服务热线|咨询热线|联系电话|优质的?服务|(?:网络|科技|设计|传媒|文化|广告)(?:有限)?公司|公司(?:位于|成立|专注|专业)|网站(?:建设|设计|制作|优化)|品牌(?:设计|策划|全案)|整合营销|多年(?:的)?(?:行业)?经验|量身(?:定制|打造)|性价比|客户(?:好评|信赖)|行业领先|官网|SEO|https?://|www\.`)

// foreign finds a paragraph of advertising that shares hardly a word with the
// text round it: in a text of some length, the pairs of characters of a paragraph
// come back elsewhere, and those of a foreign one do not.
func (t *tree) foreign(paragraphs []*running, l *diag.List) {
	const least, short = 8, 30
	pairs := make([]map[string]bool, len(paragraphs))
	in := map[string]int{} // paragraphs that hold a pair
	long := 0
	for i, r := range paragraphs {
		pairs[i] = hanPairs(r.text)
		if len(pairs[i]) >= short {
			long++
		}
		for p := range pairs[i] {
			in[p]++
		}
	}
	if long < least {
		return
	}
	shares := make([]float64, 0, long)
	share := func(i int) float64 {
		again := 0
		for p := range pairs[i] {
			if in[p] > 1 {
				again++
			}
		}
		return float64(again) / float64(len(pairs[i]))
	}
	for i := range paragraphs {
		if len(pairs[i]) >= short {
			shares = append(shares, share(i))
		}
	}
	slices.Sort(shares)
	middle := shares[len(shares)/2]
	for i, r := range paragraphs {
		if len(pairs[i]) < short || !promotes(r.text) || share(i) > 0.6*middle {
			continue
		}
		t.warn("document.foreign", r, 0, 0, diag.T("这一段像是别处混进来的广告，用词与上下文几乎不相干", "this paragraph looks like somebody else's advertising: it shares hardly a word with the text round it"),
			diag.T("与本文无关就删去", "take it out if it has nothing to do with this text"), l)
	}
}

// hanPairs are the pairs of Han characters that stand side by side.
func hanPairs(s string) map[string]bool {
	out := map[string]bool{}
	var last rune
	for _, c := range s {
		if unicode.Is(unicode.Han, c) && unicode.Is(unicode.Han, last) {
			out[string([]rune{last, c})] = true
		}
		last = c
	}
	return out
}

func distinct(words []string) int {
	slices.Sort(words)
	return len(slices.Compact(words))
}
