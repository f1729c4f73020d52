package intake

import (
	"regexp"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// personalKind names what a whole cell is, where that points at a person, or "".
func personalKind(text string) string {
	if len(text) > 400 {
		return ""
	}
	if kind, whole := schema.Personal(text); whole {
		return kind
	}
	return ""
}

// anywhere names what stands in a text that points at a person, or "".
func anywhere(text string) string {
	kind, _ := schema.Personal(text)
	return kind
}

// personalHeaders are column names that say it themselves, whole.
var personalHeaders = regexp.MustCompile(`(?i)^(?:您的|你的|请填写您的|请输入您的|请留下您的|联系人|客户|用户|会员|员工|提交者|填写人|填表人|答题者|respondent |your |customer |user )?[\s_]*(?:` +
	`姓名|名字|人名|真实姓名|收货人|收件人|收货人姓名|买家|买家昵称|买家姓名|买家会员名|买家id|会员名|会员昵称|下单人|付款人|导购|导购姓名|店长|店长姓名|员工|员工姓名|客服|客服姓名|群主|群主姓名|跟进人|添加人|添加成员|制表人|userid|user[_ ]id|buyer|buyer ?name|consignee|recipient|称呼|联系人|联系人姓名|电话|手机|手机号|手机号码|电话号码|联系电话|联系方式|座机|微信|微信号|微信id|微信昵称|昵称|网名|qq|qq号|qq号码|邮箱|电子邮箱|邮件地址|邮箱地址|` +
	`身份证|身份证号|身份证号码|护照号|地址|住址|家庭住址|收货地址|详细地址|通讯地址|来自ip|ip|ip地址|来源详情|用户id|用户标识|用户代理|ua|referrer|referer|自定义字段|银行卡号|车牌号|生日|出生日期|签名|` +
	`name|full ?name|first ?name|last ?name|surname|given ?name|e-?mails?|e-?mail ?address|phone|phone ?number|mobile|mobile ?phone|tel|telephone|wechat|wechat ?id|weixin|` +
	`open_?id|union_?id|ip ?address|remote ?addr|user[ _-]?agent|nick_?name|home ?address|street ?address|address|date of birth|birthday|id ?card|ssn|passport` +
	`)[\s_]*(?:（.*）|\(.*\)|[:：*])?$`)

// personalWords make an open question personal.
var personalWords = regexp.MustCompile(`(?i)姓名|名字|怎么称呼|如何称呼|电话|手机号|联系方式|微信号|微信昵称|邮箱|身份证|住址|收货地址|通讯地址|详细地址|e-?mail|phone number|your name|wechat id|contact details`)

// personal decides whether a column points at persons: by its name, or by what
// stands in it. Choices are never personal for a word in the question
// ("你们用电话联系客户吗"). A header such as "name" or 地址 is judged by the cells
// where the data are public or the cells repeat: places, goods and shops have names too.
func personal(title string, p *profile, typed, open bool) (diag.Text, bool) {
	title = strings.TrimSpace(title)
	share, of := p.personNames()
	switch vague := ambiguous.MatchString(title); {
	case vague && (open || !typed):
		if share >= 0.5 || strings.Contains(title, "址") && p.personal["address"]*2 > p.filled {
			return diag.T("个人信息：列名是 %q，内容像姓名或住址", "personal: named %q, and the cells look like names or addresses", title), true
		}
	case personalHeaders.MatchString(title):
		return diag.T("个人信息：列名", "personal, by its name"), true
	case of >= 10 && share >= 0.9 && typed:
		return diag.T("个人信息：%d 种内容几乎都像人名", "personal: of %d different texts nearly all look like names of people", of), true
	}
	for _, kind := range sortedKeys(p.personal) {
		n, least := p.personal[kind], 10 // in 3 of 10 cells and more
		if kind == "phone" && p.numbers == p.filled {
			least = 20 // amounts of money can look like phone numbers
		}
		if n > 0 && n*33 >= p.filled*least {
			what := schema.PersonalTitle(kind)
			return diag.T("个人信息：%d 个单元格里 %d 个是"+what.In("zh"), "personal: of %d cells %d are "+what.In("en"), p.filled, n), true
		}
	}
	if typed && personalWords.MatchString(title) {
		return diag.T("个人信息：题目要求填写", "personal: the question asks for it"), true
	}
	return diag.Text{}, false
}
