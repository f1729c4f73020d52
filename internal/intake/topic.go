package intake

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What is taken off a question so that it can stand before a finding: 贵公司是否已经组建
// 私域团队？（单选） is 是否已经组建私域团队.
var (
	kindMarks  = regexp.MustCompile(`\s*[（(\[【]\s*(?:单选|多选|可多选|多项选择|不定项|排序|必答|必填|选填|选答|打分|矩阵|最多|至多|限选|可选|请选)[^（）()\[\]【】]*[)）\]】]`)
	addressing = regexp.MustCompile(`^(?:请问|请您?(?:选择|评价|填写|列出)?|您认为|您觉得|您所在的?|您目前的?|您们?的?|你们?的?|贵(?:公司|司|企业|品牌|单位|机构)的?)`)
	asking     = regexp.MustCompile(`(?:(?:大约|大概|分别|主要|目前)?(?:是(?:什么|哪些|多少|怎样的)?|为)|(?:主要)?有哪些|如何|怎么样|怎样)$`)
	numbering  = regexp.MustCompile(`^(?:[A-Z]\d{1,2}|[Qq]\d{1,3}|\d{1,3})\s*[.、．:：]\s*`)
	sectioning = regexp.MustCompile(`^[【\[]([^】\]]{2,20})[】\]]\s*`)
)

// topic shortens a question to what it is about. Questions in other languages stay.
func topic(title string) string {
	t := strings.TrimSpace(shortTitle(title))
	if !hasHan(t) {
		return t
	}
	t = sectioning.ReplaceAllString(kindMarks.ReplaceAllString(t, ""), "")
	t = numbering.ReplaceAllString(t, "")
	for range 3 {
		t = addressing.ReplaceAllString(t, "")
	}
	t = asking.ReplaceAllString(strings.TrimRight(t, " ？?：:。.，,"), "")
	t = strings.Trim(t, " ？?：:。，,")
	if utf8.RuneCountInString(t) < 2 {
		return strings.TrimRight(strings.TrimSpace(shortTitle(title)), " ？?：:。")
	}
	return t
}

// lettered questions carry their section in front: A1. B12、
var sectionLetter = regexp.MustCompile(`^(?:\d{1,3}[、.．]\s*)?([A-Z])\d{1,2}[.、．:：\s]`)

// section is the part of the questionnaire that a question says it belongs to: the
// code of its column (s2q5), a letter before its number (A1.), a name in brackets
// (【团队】); "" = it says nothing.
func (f *Field) section() string {
	if m := coded.FindStringSubmatch(f.Column); m != nil {
		return m[1]
	}
	title := f.Title
	if f.group != "" {
		title = f.group
	}
	if m := sectionLetter.FindStringSubmatch(title); m != nil {
		return m[1]
	}
	if m := sectioning.FindStringSubmatch(title); m != nil && !kindMarks.MatchString(m[0]) {
		return m[1]
	}
	return ""
}

// profileWords are in questions about who answers.
var profileWords = regexp.MustCompile(`(?i)行业|品类|类目|规模|营收|年收入|地区|区域|省份|城市|岗位|职位|职务|部门|性别|年龄|学历|职业|员工人数|员工数|成立|企业类型|公司类型|企业性质|业态|industry|sector|company size|employees|country|region|job|role|gender|\bage\b`)

// profile reports a question about who answers.
func (f *Field) profile() bool {
	return (f.Shape == "single" || f.Shape == "boolean" || f.Shape == "number") && profileWords.MatchString(topic(f.Title)) && utf8.RuneCountInString(topic(f.Title)) <= 20
}
