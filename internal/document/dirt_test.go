package document

import (
	"strings"
	"testing"

	"benchbook/internal/diag"
)

func dirtOf(text string) string {
	var l diag.List
	Parse("content/a.md", []byte(text), &l)
	var codes []string
	for _, d := range l.Sorted() {
		if !strings.Contains(" document.punctuation document.html ", " "+d.Code+" ") {
			codes = append(codes, d.Code)
		}
	}
	return strings.Join(codes, " ")
}

func TestDirtOfCopiedTexts(t *testing.T) {
	cases := map[string]string{
		"人民币起??梢娝接蜻\\營的重要性。":      "document.garbled",
		"能力强弱等方面??傊?,私域依然如此":      "document.garbled",
		"精神层面\ue19f的需求":           "document.private_use",
		"写着锟斤拷的一行":                "document.garbled",
		"ç§åŸŸ":                   "",
		"下面是模型。\n\n图片\n\n接着说。":    "document.lost_picture",
		"下面是模型。\n图片\n接着说。":        "document.lost_picture",
		"（图片）":                    "document.lost_picture",
		"图片要另存为 PNG。":             "",
		"真的吗？？他问。":                "",
		"您说什么??":                  "",
		"免费看成人视频":                 "document.spam",
		"兼职刷单加微信：abc123456，日赚300": "document.spam",
		"加我的企业微信核对地址，短信里有二维码。":    "",
		"```\n图片\n??\n```":        "",
		"路径是 `C:\\图片`，请照抄。":       "",
	}
	for text, want := range cases {
		if got := dirtOf(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

const advert = "某某网络科技有限公司是一家专业从事网站建设与品牌设计的设计公司，公司位于上海，拥有多年行业经验，为客户提供一站式优质服务，欢迎来电咨询，服务热线全天开通。"

// An advertisement in the middle of an article is found; the same words in an article about such companies are not.
func TestForeignAdvertisingIsFound(t *testing.T) {
	var about strings.Builder
	for _, s := range []string{
		"导流率是看到加好友入口的用户里，最后成为好友的比例，分母是去重后的曝光用户。",
		"各行业的导流率相差约三倍，餐饮茶饮最高，家居家电最低，买得少的行业也少有理由加好友。",
		"好友成本跟着客单价走，客单价高的行业加一个好友更贵，贵不等于亏，要和好友后来的贡献一起看。",
		"门店企业的主入口是扫码，纯线上的企业靠包裹卡，公众号菜单是各类企业共有的入口。",
		"新开一个触点之前先问三句：能不能单独计数，有没有人负责，诱饵和场景对不对得上。",
		"留存率要看同一批新增好友，满三十日仍是好友的比例，差距在品牌之间，不在行业之间。",
		"互动率按月末好友计算，一个月里回复、点击或下单至少一次的好友算作互动用户。",
		"品牌的导流率取全部月份的曝光与新增好友各自相加，再相除，行业的中位数由品牌排队得出。",
		"曝光用户要去重，新增好友以通过验证为准，申请未通过的用户不算好友。",
	} {
		about.WriteString(s + "\n\n")
	}
	if got := dirtOf(about.String()); got != "" {
		t.Errorf("an honest article gives %q", got)
	}
	if got := dirtOf(about.String() + advert + "\n\n" + "互动用户与好友成本要放在一张表里看。"); got != "document.foreign" {
		t.Errorf("the advertisement gives %q", got)
	}
	own := advert + "\n\n" + strings.ReplaceAll(about.String(), "。\n", "，这类网络科技有限公司专业从事网站建设与品牌设计，拥有多年经验，提供一站式服务，客户来电咨询。\n")
	if got := dirtOf(own); got != "" {
		t.Errorf("an article about such companies gives %q", got)
	}
}
