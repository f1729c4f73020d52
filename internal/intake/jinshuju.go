package intake

import "strings"

// jinshuju is 金数据: the export as a table, and the records of its API. The
// layout of its table is not documented: a multiple choice may be one cell or
// one column an option, which the cells decide.
var jinshuju = platform{
	name: "jinshuju", utc: true,
	is: func(header []string) bool {
		return has(header, "提交人", "提交时间", "修改时间", "填写设备", "操作系统", "浏览器", "填写地区", "填写时长", "微信OpenID", "微信昵称") >= 3 ||
			has(header, "serial_number", "created_at", "updated_at", "creator_name", "info_filling_duration") >= 3
	},
	lead: leads(map[string]lead{
		"序号|serial_number": runningNumber, "提交人|修改人|微信昵称|微信头像|微信性别|creator_name|x_field_weixin_nickname|x_field_weixin_headimgurl": nickname,
		"微信OpenID|微信UnionID|x_field_weixin_openid|x_field_weixin_unionid": userID,
		"提交时间|created_at": submittedAt, "修改时间|更新时间|updated_at": bookkeeping, "填写时长|填写时长（秒）|info_filling_duration": tookTime,
		"填写设备|操作系统|浏览器|info_platform|info_os|info_browser": device,
		"填写地区|IP|填写IP|info_remote_ip|info_region":          address, "扩展属性|来源链接|x_field_1": referrer, "渠道|填写渠道": cameBy,
	}),
	head: func(cells []string) (heading, bool) {
		h := strings.Replace(cells[0], "/", ":", 1)
		if strings.HasSuffix(cells[0], "_extended_text") || strings.Contains(cells[0], "_extended_text/") {
			return heading{key: cells[0], title: cells[0], typed: true}, true
		}
		return separated(h, ":", "：", "—", " - ", "-")
	},
}

// separated takes "question MARK part" apart at the first mark; brackets at the end also count.
func separated(header string, marks ...string) (heading, bool) {
	for _, mark := range marks {
		if question, part, ok := strings.Cut(header, mark); ok && strings.TrimSpace(question) != "" && strings.TrimSpace(part) != "" {
			return heading{key: strings.TrimSpace(question), title: strings.TrimSpace(question), part: strings.TrimSpace(part)}, true
		}
	}
	if question, part, ok := bracketedPart(header); ok && question != "" {
		return heading{key: question, title: question, part: part}, true
	}
	return heading{}, false
}
