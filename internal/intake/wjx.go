package intake

import (
	"regexp"
	"slices"
)

// wjx is 问卷星: by text, by number and by score.
var wjx = platform{
	name: "wjx", marks: true, split: "—",
	is: func(header []string) bool {
		return has(header[:min(len(header), 10)], "序号", "用户ID", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "总分") >= 3 && slices.Contains(header, "提交答卷时间")
	},
	lead: leads(map[string]lead{
		"序号": runningNumber, "用户ID": userID, "提交答卷时间": submittedAt, "所用时间": tookTime, "来源": cameBy,
		"来源详情": referrer, "来自IP": address, "总分": scored,
	}),
	head: func(cells []string) (heading, bool) {
		number, text, ok := questionNumber(cells[0])
		return heading{key: "q" + number, title: text}, ok
	},
}

// numberedQuestion matches 「12、题干」, also with a full stop, comma or colon, and
// after a Q; numberedOlder matches 「第8题(行标题)」.
var (
	numberedQuestion = regexp.MustCompile(`^[Qq]?(\d{1,4})\s*[、．.,，:：]\s*(.*)$`)
	numberedOlder    = regexp.MustCompile(`^第(\d{1,4})题\s*[、.:：]?\s*(.*)$`)
	partInBrackets   = regexp.MustCompile(`^(.*?)\s*[（(\[［【](.+)[)）\]］】]$`)
)

// questionNumber takes the number off a question.
func questionNumber(header string) (number, text string, ok bool) {
	m := numberedQuestion.FindStringSubmatch(header)
	if m == nil {
		m = numberedOlder.FindStringSubmatch(header)
	}
	if m == nil {
		return "", "", false
	}
	if m[2] == "" {
		m[2] = header
	}
	return m[1], m[2], true
}

// bracketedPart takes 「问题(选项)」 and "Question [Row]" apart.
func bracketedPart(text string) (question, part string, ok bool) {
	m := partInBrackets.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}
