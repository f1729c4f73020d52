package intake

import "strings"

// googleForms is Google Forms: a time stamp, then one column a question or a
// row of a grid ("Question [Row]"); the options of a multiple choice are joined
// by ", " in one cell although they may hold commas, or by ";".
var googleForms = platform{
	name: "google-forms",
	is: func(header []string) bool {
		return len(header) > 1 && has(header[:1], "timestamp", "时间戳记", "時間戳記", "时间戳") == 1
	},
	lead: leads(map[string]lead{"timestamp|时间戳记|時間戳記|时间戳": submittedAt, "username|email address|电子邮件地址|用户名": userID, "score|得分|分数": scored}),
	head: func(cells []string) (heading, bool) {
		question, part, ok := bracketedPart(cells[0])
		if !ok || !strings.HasSuffix(cells[0], "]") || question == "" {
			return heading{}, false
		}
		return heading{key: question, title: question, part: part}, true
	},
}
