package main

import (
	"fmt"
	"strconv"
)

// industries with the number of firms that answer, and how far each industry
// stands ahead of the others. The last two are too few to be shown.
var industries = []struct {
	name  string
	firms int
	push  int
}{
	{"美妆个护", 89, 330}, {"食品饮料", 85, 190}, {"服饰鞋包", 81, 210}, {"餐饮茶饮", 73, 240}, {"母婴亲子", 67, 320},
	{"家居家电", 63, 60}, {"大健康", 60, 150}, {"商超便利", 59, 200}, {"文旅酒店", 24, 280}, {"宠物用品", 4, 150}, {"珠宝首饰", 3, 120},
}

var sizes = []string{"1000万以下", "1000万–1亿", "1亿–10亿", "10亿以上"}

// mature ranks firms by maturity blurred by so much noise; a negative weight
// puts the young firms first.
func (s *survey) mature(weight, noise int) func(*firm) int {
	return func(f *firm) int { return f.maturity*weight/100 + s.rand.IntN(noise) }
}

func (s *survey) answerAll() {
	s.profile()
	s.team()
	s.budget()
	s.channels()
	s.satisfaction()
	s.payback()
	s.goods()
	s.work()
	s.rules()
	s.outlook()
}

func (s *survey) profile() {
	for i, f := range s.ask(question{column: "企业编号"}) {
		f.set(fmt.Sprintf("F%04d", i+1))
	}
	for _, f := range s.ask(question{column: "提交日期"}) {
		f.set(s.day(s.rand.IntN(42)))
	}
	for _, f := range s.ask(question{column: "Q1 所在行业"}) {
		f.set(industries[f.industry].name)
	}
	for _, f := range s.ask(question{column: "Q2 年营收规模"}) {
		f.set(sizes[f.size])
	}
	s.single(question{column: "Q3 经营模式"}, []option{
		{label: "直营门店为主", share: 240}, {label: "加盟或经销为主", share: 220}, {label: "纯线上", share: 260}, {label: "线上线下并重", share: 280},
	}, s.noise)
	s.single(question{column: "Q4 私域所处阶段"}, []option{
		{label: "成熟", share: s.then(110, 80)}, {label: "成长", share: s.then(240, 190)}, {label: "启动", share: s.then(310, 300)},
		{label: "观望", share: s.then(210, 250)}, {label: "空白", share: s.then(130, 180)},
	}, s.mature(100, 350))
}

// day is a date n days after the survey opened on 2 March.
func (s *survey) day(n int) string {
	if n < 30 {
		return fmt.Sprintf("%d-03-%02d", s.year, 2+n)
	}
	return fmt.Sprintf("%d-04-%02d", s.year, n-29)
}

func (s *survey) hasTeam(f *firm) bool {
	return s.said(f, "Q5 是否已组建私域团队", "已组建")
}

func (s *survey) team() {
	s.single(question{column: "Q5 是否已组建私域团队"}, []option{
		{label: "已组建", share: s.then(595, 515)}, {label: "一年内计划组建", share: s.then(245, 280)}, {label: "暂无计划", share: s.then(160, 205)},
	}, s.mature(100, 500))
	s.single(question{column: "Q6 私域团队人数", asked: s.hasTeam}, []option{
		{label: "11人及以上", share: 170}, {label: "6–10人", share: 200}, {label: "1–5人", share: 630},
	}, func(f *firm) int { return 70*f.size + s.rand.IntN(1000) })
	s.multi(question{column: "Q7 团队里有哪些岗位", asked: s.hasTeam, open: 15}, []option{
		{label: "运营经理", share: 820, tilt: 10}, {label: "社群与客服", share: 710}, {label: "文案策划", share: 540, tilt: 20},
		{label: "平面设计", share: 380, tilt: 25},
		{label: "产品运营", share: 290, tilt: 35}, {label: "数据分析", share: 180, tilt: 60}, {label: "直播与视频", share: 260, tilt: 15},
	})
	s.single(question{column: "Q8 团队向谁汇报", asked: s.hasTeam, open: 20}, []option{
		{label: "总经理", share: 230}, {label: "会员或用户中心", share: 140}, {label: "电商部门", share: 320},
		{label: "市场部门", share: 190}, {label: "门店或零售部门", share: 120},
	}, s.mature(40, 1000))
}

func (s *survey) budget() {
	s.single(question{column: "Q9 私域预算", open: 12}, []option{
		{label: "有专门预算", share: s.then(171, 262)}, {label: "正在规划", share: s.then(429, 330)}, {label: "没有专门预算", share: s.then(400, 408)},
	}, s.mature(60, 1000))
	dedicated := func(f *firm) bool { return s.said(f, "Q9 私域预算", "有专门预算") }
	for _, f := range s.ask(question{column: "Q10 年度私域预算（万元）", asked: dedicated, open: 60}) {
		f.set(strconv.Itoa(s.budgetOf(f)))
	}
	s.single(question{column: "Q11 代运营合作意向", open: 10}, []option{
		{label: "已在合作", share: s.then(120, 105)}, {label: "计划合作", share: s.then(270, 245)}, {label: "还没想好", share: s.then(235, 260)}, {label: "不考虑", share: s.then(375, 390)},
	}, func(f *firm) int { return f.maturity*20/100 + s.rand.IntN(1000) })
	outsourcing := func(f *firm) bool {
		return s.said(f, "Q11 代运营合作意向", "已在合作") || s.said(f, "Q11 代运营合作意向", "计划合作")
	}
	s.multi(question{column: "Q12 希望代运营承担什么", asked: outsourcing, open: 20}, []option{
		{label: "社群运营", share: 560}, {label: "引流", share: 520, tilt: -10}, {label: "内容生产", share: 470, tilt: 10},
		{label: "数据与工具", share: 310, tilt: 25}, {label: "导购外包", share: 240, tilt: 10}, {label: "全案托管", share: 190, tilt: -20},
	})
}

// budgetOf grows with the firm and is written as people write budgets: in
// steps of 5, of 10 above 100, of 50 above 500.
func (s *survey) budgetOf(f *firm) int {
	amount := []int{12, 30, 80, 260}[f.size] * (50 + s.rand.IntN(80) + s.rand.IntN(120)) / 100
	step := 5
	switch {
	case amount > 500:
		step = 50
	case amount > 100:
		step = 10
	}
	return max(5, amount/step*step)
}

func (s *survey) channels() {
	s.multi(question{column: "Q13 在用的私域阵地", open: 10}, []option{
		{label: "企业微信", share: 760, tilt: 20}, {label: "微信社群", share: 690}, {label: "公众号", share: 640, tilt: 5},
		{label: "小程序商城", share: 470, tilt: 30},
		{label: "视频号", share: 380, tilt: 10}, {label: "抖音粉丝群", share: 240, tilt: -5}, {label: "个人微信号", share: 330, tilt: -40},
	})
	s.multi(question{column: "Q14 在用的引流触点", open: 15}, []option{
		{label: "门店扫码", share: 520, tilt: 5, online: -560}, {label: "公众号菜单与推文", share: 480, tilt: 5},
		{label: "包裹卡", share: 410, tilt: 15, online: 550}, {label: "会员注册", share: 340, tilt: 30},
		{label: "直播间", share: 290, tilt: 10, online: 350}, {label: "短信与外呼", share: 220, tilt: 30},
		{label: "老客转介绍", share: 260, tilt: 5}, {label: "广告投放", share: 190, tilt: 20, online: 200},
		{label: "异业合作", share: 140, tilt: 10, online: -60},
	})
	s.multi(question{column: "Q15 在用的工具", open: 20}, []option{
		{label: "企业微信自带功能", share: 720}, {label: "电子表格", share: 560, tilt: -30}, {label: "SCRM", share: s.then(380, 330), tilt: 45},
		{label: "小程序商城系统", share: 430, tilt: 25},
		{label: "数据看板", share: 210, tilt: 50}, {label: "客户数据平台（CDP）", share: 110, tilt: 20}, {label: "AI 助手", share: s.then(340, 150), tilt: 15},
	})
	s.single(question{column: "Q16 眼下最大的障碍", open: 12}, []option{
		{label: "数据没有打通", share: 130}, {label: "内部利益不好分", share: 150}, {label: "内容跟不上", share: 170}, {label: "缺少合适的人", share: 220},
		{label: "流量入口不够", share: 190}, {label: "缺少预算", share: 110}, {label: "其他", share: 30},
	}, s.mature(45, 900))
	started := func(f *firm) bool { return !s.said(f, "Q4 私域所处阶段", "空白") }
	s.single(question{column: "Q17 私域用户数", asked: started, open: 25}, []option{
		{label: "50万及以上", share: 35}, {label: "10万–50万", share: 130}, {label: "5万–10万", share: 90},
		{label: "1万–5万", share: 195}, {label: "1万以下", share: 550},
	}, s.mature(100, 500))
}

func (s *survey) satisfaction() {
	started := func(f *firm) bool {
		return !s.said(f, "Q4 私域所处阶段", "空白") && !s.said(f, "Q4 私域所处阶段", "观望")
	}
	rows := []struct {
		name   string
		shares [5]int // from very satisfied to very dissatisfied
	}{
		{"导流效果", [5]int{90, 280, 330, 220, 80}},
		{"用户留存", [5]int{80, 300, 360, 190, 70}},
		{"互动质量", [5]int{70, 240, 370, 230, 90}},
		{"成交转化", [5]int{90, 210, 320, 260, 120}},
		{"工具与数据", [5]int{70, 220, 320, 270, 120}},
	}
	levels := []string{"很满意", "满意", "一般", "不满意", "很不满意"}
	for _, row := range rows {
		options := make([]option, len(levels))
		for i, level := range levels {
			options[i] = option{label: level, share: row.shares[i]}
		}
		s.single(question{column: "Q18 满意度—" + row.name, asked: started, open: 10}, options, s.mature(55, 700))
	}
}

// payback asks firms with a team whether the money is back, and after how many
// months: to payback, or so far.
func (s *survey) payback() {
	s.single(question{column: "Q19 私域投入是否已回本", asked: s.hasTeam, open: 15}, []option{
		{label: "已回本", share: 640}, {label: "尚未回本", share: 360},
	}, s.mature(60, 800))
	answered := func(f *firm) bool {
		return s.said(f, "Q19 私域投入是否已回本", "已回本") || s.said(f, "Q19 私域投入是否已回本", "尚未回本")
	}
	for _, f := range s.ask(question{column: "Q20 回本用时或已投入时间（月）", asked: answered, open: 10}) {
		f.set(strconv.Itoa(2 + s.rand.IntN(5) + s.rand.IntN(6)))
	}
}
