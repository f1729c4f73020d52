package intake

import (
	"regexp"
	"strings"

	"benchbook/internal/schema"
)

// measures are the columns of 企业微信's customer-contact and group statistics,
// by their API names: what happened in a day, what there was at its end, and rates.
var measures = map[string]string{
	"chat_cnt": "flow", "message_cnt": "flow", "new_apply_cnt": "flow", "new_contact_cnt": "flow", "negative_feedback_cnt": "flow",
	"new_chat_cnt": "flow", "new_member_cnt": "flow", "migrate_trainee_chat_cnt": "stock",
	"chat_total": "stock", "chat_has_msg": "stock", "member_total": "stock", "member_has_msg": "stock", "msg_total": "stock",
	"reply_percentage": "ratio", "avg_reply_time": "ratio",
}

// Words of headers. A stock is what there is at a time, and adding up days of it
// counts everybody again every day; a ratio is never added up either.
var (
	stockWords = regexp.MustCompile(`(?i)截至|截止|总数$|总量$|总人数|总群数|累计|存量|期末|期初|在管|现有|余额|库存|粉丝数|^total|_total$|balance|cumulative`)
	ratioWords = regexp.MustCompile(`(?i)率$|占比|比例|比率|平均|人均|均价|客单价|单价|时长$|ROI|rate$|ratio|percentage|average|^avg|_avg`)
	flowWords  = regexp.MustCompile(`(?i)^新增|新增|当日|本月|发送|申请|成交|支付|订单数|销售额|销量|退款|流失|删除|^new_|_cnt$`)
)

// setMeasure says of a number column of a plain table whether it may be added up over time.
func (d *Draft) setMeasure(f *Field) {
	if !d.plain || f.Shape != "number" || f.Type != schema.Integer && f.Type != schema.Number {
		return
	}
	title := strings.TrimSpace(f.Title)
	switch {
	case measures[strings.ToLower(f.Column)] != "":
		f.Measure = measures[strings.ToLower(f.Column)]
	case f.Unit == "%" || ratioWords.MatchString(title):
		f.Measure = "ratio"
	case stockWords.MatchString(title) && !strings.Contains(title, "新增"):
		f.Measure = "stock"
	case flowWords.MatchString(title):
		f.Measure = "flow"
	}
}

// stale reports a row of which all counts are 0: 企业微信 gives such rows for a
// day that it has not finished counting.
func stale(values []string) bool {
	zeros := 0
	for _, v := range values {
		v = clean(v)
		n, _, ok := schema.ParseNumber(v, "")
		switch {
		case !ok:
		case n != 0:
			return false
		default:
			zeros++
		}
	}
	return zeros >= 3
}
