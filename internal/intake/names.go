package intake

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// surnames are the frequent Chinese surnames; those of two characters first.
const surnames = "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐|" +
	"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"

// givenNames are frequent given names of the West.
var givenNames = words(`james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander patrick raymond jack dennis jerry tyler aaron jose adam nathan henry peter
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy shirley angela helen anna brenda pamela nicole samantha katherine emma ruth christine catherine rachel carolyn janet maria heather diane julie joyce victoria kelly christina joan evelyn lauren alice bob jane anne lucy simon ivan pierre hans karl jean marie`)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		set[w] = true
	}
	return set
}

var hanOnly = regexp.MustCompile(`^\p{Han}{2,4}$`)

// personName reports whether a text can be the name of a person: a Chinese
// surname with one or two characters behind it, or a frequent given name and another word.
func personName(text string) bool {
	if hanOnly.MatchString(text) {
		two, one, _ := strings.Cut(surnames, "|")
		n := utf8.RuneCountInString(text)
		first := string([]rune(text)[:1])
		double := n >= 3 && evenIndex(two, string([]rune(text)[:2]))
		return n <= 3 && strings.Contains(one, first) || double
	}
	parts := strings.Fields(strings.ReplaceAll(text, ",", " "))
	if len(parts) == 0 || len(parts) > 4 || len(text) > 60 {
		return false
	}
	named := false
	for _, p := range parts {
		if strings.ContainsAny(p, "0123456789_/\\@") || strings.ToUpper(p[:1]) != p[:1] {
			return false
		}
		named = named || givenNames[strings.ToLower(strings.Trim(p, "."))]
	}
	return named
}

// evenIndex finds a pair among pairs written one after another.
func evenIndex(pairs, pair string) bool {
	runes := []rune(pairs)
	for i := 0; i+1 < len(runes); i += 2 {
		if string(runes[i:i+2]) == pair {
			return true
		}
	}
	return false
}

// personNames is the share of different answers that can be names, and how many
// there were.
func (p *profile) personNames() (share float64, of int) {
	n := 0
	for _, v := range p.values.order {
		if personName(v) {
			n++
		}
	}
	if of = len(p.values.order); of == 0 {
		return 0, 0
	}
	return float64(n) / float64(of), of
}

// ambiguous headers name persons, places, goods and shops alike; the cells decide.
var ambiguous = regexp.MustCompile(`(?i)^(?:客户|用户|会员|customer |user )?[\s_]*(?:name|full ?name|名字|名称|address|地址|签名)[\s_]*(?:（.*）|\(.*\)|[:：*])?$`)
