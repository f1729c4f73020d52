package intake

import "regexp"

// netease is 网易问卷: a coded table with the labels in an SPSS file beside it.
var netease = platform{
	name: "netease", codes: true,
	is: func(header []string) bool {
		return has(header, "答题序号", "答卷编号", "开始时间", "结束时间", "提交时间", "答题时长", "用户ID", "IP") >= 3 && codedColumns(header) >= 2 && has(header, "答题序号", "答卷编号") > 0
	},
	lead: codedLeads, head: codedHead,
}

// wenjuan is 问卷网: a readable and a coded table with columns such as Q3_A1 and Q8_R1.
var wenjuan = platform{
	name: "wenjuan",
	is: func(header []string) bool {
		return has(header, "序号", "编号", "开始时间", "结束时间", "提交时间", "答题时长", "来源", "IP") >= 2 && has(header, "答题时长") > 0 && codedColumns(header) >= 2
	},
	lead: codedLeads, head: codedHead,
}

var codedLeads = leads(map[string]lead{
	"序号|编号|答题序号|答卷编号": runningNumber, "用户ID|用户标识": userID, "昵称|用户名": nickname, "开始时间": startedAt, "结束时间|提交时间": submittedAt,
	"答题时长": tookTime, "来源|渠道": cameBy, "来源详情|自定义参数": referrer, "IP|IP地址|省份|城市|地区": address, "设备|浏览器|操作系统": device, "状态": bookkeeping,
})

// codedPart matches Q3, Q3_A1 (option), Q8_R1 (row), Q8_1, Q3_A4_TEXT; a text may follow: Q3_A1 企业微信.
var codedPart = regexp.MustCompile(`^([Qq]\d{1,4})(?:_([A-Za-z]?\d{1,3}))?((?i:_(?:text|open|other|填空)\d*))?(?:[\s.、:：]+(.+))?$`)

func codedColumns(header []string) (n int) {
	for _, h := range header {
		if codedPart.MatchString(h) {
			n++
		}
	}
	return n
}

func codedHead(cells []string) (heading, bool) {
	m := codedPart.FindStringSubmatch(cells[0])
	if m == nil {
		return heading{}, false
	}
	h := heading{key: m[1], title: m[1], part: m[2], typed: m[3] != ""}
	switch {
	case m[4] != "" && m[2] != "":
		h.part = m[4]
	case m[4] != "":
		h.title = m[4]
	}
	return h, true
}
