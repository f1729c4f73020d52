package intake

import (
	"regexp"
	"strings"

	"benchbook/internal/diag"
)

// personalContent are patterns of texts that point at a person.
var personalContent = []struct {
	kind string
	re   *regexp.Regexp
	text diag.Text
}{
	{"email", regexp.MustCompile(`^[^\s@,;]{1,64}@[^\s@,;]+\.[A-Za-z]{2,}$`), diag.T("邮箱", "e-mail addresses")},
	{"phone", regexp.MustCompile(`^(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$`), diag.T("手机号", "phone numbers")},
	{"idcard", regexp.MustCompile(`^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`), diag.T("身份证号", "identity card numbers")},
	{"ip", regexp.MustCompile(`^(?:\d{1,3}\.){3}\d{1,3}(?:\s*[(（].*)?$|^[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){4,7}$`), diag.T("IP 地址", "IP addresses")},
	{"openid", regexp.MustCompile(`^o[A-Za-z0-9_-]{27}$|^wxid_\w+$`), diag.T("微信标识", "WeChat identifiers")},
	{"agent", regexp.MustCompile(`^Mozilla/\d`), diag.T("浏览器标识", "browser identifiers")},
}

// personalAnywhere finds addresses and numbers inside a longer text.
var personalAnywhere = regexp.MustCompile(`[^\s@,;:：，。]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z]{2,}|(?:\+?86[- ]?)?\b1[3-9]\d[- ]?\d{4}[- ]?\d{4}\b|\b[1-9]\d{16}[\dXx]\b|\bwxid_\w+`)

// personalKind names the pattern that a whole cell matches, or "".
func personalKind(text string) string {
	if len(text) > 400 {
		return ""
	}
	for _, p := range personalContent {
		if p.re.MatchString(text) {
			return p.kind
		}
	}
	return ""
}

// personalHeaders are column names that say it themselves, whole.
var personalHeaders = regexp.MustCompile(`(?i)^(?:您的|你的|请填写您的|请输入您的|请留下您的|联系人|客户|用户|会员|员工|提交者|填写人|填表人|答题者|respondent |your |customer |user )?[\s_]*(?:` +
	`姓名|名字|称呼|联系人|联系人姓名|电话|手机|手机号|手机号码|电话号码|联系电话|联系方式|座机|微信|微信号|微信id|微信昵称|昵称|网名|qq|qq号|qq号码|邮箱|电子邮箱|邮件地址|邮箱地址|` +
	`身份证|身份证号|身份证号码|护照号|地址|住址|家庭住址|收货地址|详细地址|通讯地址|来自ip|ip|ip地址|来源详情|用户id|用户标识|用户代理|ua|referrer|referer|自定义字段|银行卡号|车牌号|生日|出生日期|签名|` +
	`name|full ?name|first ?name|last ?name|surname|given ?name|e-?mails?|e-?mail ?address|phone|phone ?number|mobile|mobile ?phone|tel|telephone|wechat|wechat ?id|weixin|` +
	`open_?id|union_?id|ip ?address|remote ?addr|user[ _-]?agent|nick_?name|home ?address|street ?address|address|date of birth|birthday|id ?card|ssn|passport` +
	`)[\s_]*(?:（.*）|\(.*\)|[:：*])?$`)

// personalWords make an open question personal.
var personalWords = regexp.MustCompile(`(?i)姓名|名字|怎么称呼|如何称呼|电话|手机号|联系方式|微信号|微信昵称|邮箱|身份证|住址|收货地址|通讯地址|详细地址|e-?mail|phone number|your name|wechat id|contact details`)

// personal decides whether a column points at persons: by its name, or by what
// stands in it. Choices are never personal for a word in the question
// ("你们用电话联系客户吗").
func personal(title string, p *profile, typed bool) (diag.Text, bool) {
	if personalHeaders.MatchString(strings.TrimSpace(title)) {
		return diag.T("个人信息：列名", "personal, by its name"), true
	}
	for _, c := range personalContent {
		n := p.personal[c.kind]
		share := 10 // in 3 of 10 cells and more
		if c.kind == "phone" && p.numbers == p.filled {
			share = 20 // amounts of money can look like phone numbers
		}
		if n > 0 && n*33 >= p.filled*share {
			return diag.T("个人信息：%d 个单元格里 %d 个是"+c.text.In("zh"), "personal: of %d cells %d are "+c.text.In("en"), p.filled, n), true
		}
	}
	if typed && personalWords.MatchString(title) {
		return diag.T("个人信息：题目要求填写", "personal: the question asks for it"), true
	}
	return diag.Text{}, false
}
