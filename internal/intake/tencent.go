package intake

import (
	"regexp"
	"strings"
)

// tencent is 腾讯问卷, with the columns about the answer in front (older) or
// mostly behind (newer); a multiple choice has one column an option.
var tencent = platform{
	name: "tencent", split: ":",
	is: func(header []string) bool {
		return has(header, "编号", "开始答题时间", "结束答题时间", "答题时长") >= 3
	},
	lead: leads(map[string]lead{
		"编号": runningNumber, "开始答题时间": startedAt, "结束答题时间": submittedAt, "答题时长": tookTime, "语言": {name: "language"},
		"清洗数据结果": flagged, "智能清洗数据无效概率": {name: "invalid_probability"}, "地理位置国家和地区|地理位置省|地理位置市|IP": address,
		"用户类型": bookkeeping, "用户标识": userID, "昵称": nickname, "自定义字段|Referrer": referrer, "UA": device,
		"中奖时间|中奖金额|审核状态": bookkeeping,
	}),
	head: func(cells []string) (heading, bool) {
		number, text, ok := questionNumber(blankMarks.ReplaceAllString(cells[0], " "))
		text = strings.ReplaceAll(text, "：", ":")
		typed := typedBlank.MatchString(cells[0]) && strings.Contains(text, ":")
		return heading{key: "q" + number, title: strings.TrimSpace(text), typed: typed}, ok
	},
}

var (
	blankMarks = regexp.MustCompile(`_*\{fillblank-[^}]*\}`)
	typedBlank = regexp.MustCompile(`_填空\d*$`)
)
