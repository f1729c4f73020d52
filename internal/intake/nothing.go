package intake

// Kinds of texts that are no answer.
const (
	isMissing = 1
	isSkipped = 2
	isRefused = 3
)

// nothings are the texts that exports write where there is no answer. Words that
// can be an answer (无, None, NA, 不清楚) are not among them.
var nothings = map[string]int{
	"(空)": isMissing, "（空）": isMissing, "(跳过)": isSkipped, "（跳过）": isSkipped, "跳过": isSkipped, "未显示": isSkipped, "(未显示)": isSkipped, "{question not displayed}": isSkipped,
	"拒答": isRefused, "(拒答)": isRefused, "（拒答）": isRefused, "(拒绝回答)": isRefused, "拒绝回答": isRefused, "REFUSED": isRefused, "Refused": isRefused,
	"n/a": isMissing, "N/A": isMissing, "#N/A": isMissing, "NULL": isMissing, "null": isMissing, "NaN": isMissing, "nan": isMissing,
	"-": isMissing, "--": isMissing, "—": isMissing, "——": isMissing, "/": isMissing, "未填写": isMissing, "未填": isMissing,
	"#DIV/0!": isMissing, "#VALUE!": isMissing, "#REF!": isMissing, "#NAME?": isMissing, "#NUM!": isMissing, "#NULL!": isMissing,
}
