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
	{"美妆个护", 92, 330}, {"食品饮料", 88, 190}, {"服饰鞋包", 84, 210}, {"餐饮茶饮", 76, 240}, {"母婴亲子", 70, 320},
	{"家居家电", 66, 60}, {"大健康", 63, 150}, {"商超便利", 62, 200}, {"宠物用品", 4, 150}, {"珠宝首饰", 3, 120},
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
}

func (s *survey) profile() {
	for i, f := range s.ask(question{column: "企业编号"}) {
		f.set(fmt.Sprintf("F%04d", i+1))
	}
	for _, f := range s.ask(question{column: "提交日期"}) {
		f.set(day(s.rand.IntN(42)))
	}
	for _, f := range s.ask(question{column: "Q1 所在行业"}) {
		f.set(industries[f.industry].name)
	}
	for _, f := range s.ask(question{column: "Q2 年营收规模"}) {
		f.set(sizes[f.size])
	}
	s.single(question{column: "Q3 经营模式", open: 8}, []option{
		{"直营门店为主", 240, 0}, {"加盟或经销为主", 220, 0}, {"纯线上", 260, 0}, {"线上线下并重", 280, 0},
	}, s.noise)
	s.single(question{column: "Q4 私域所处阶段"}, []option{
		{"成熟", 110, 0}, {"成长", 240, 0}, {"启动", 310, 0}, {"观望", 210, 0}, {"空白", 130, 0},
	}, s.mature(100, 350))
}

// day is a date n days after the survey opened on 2 March 2026.
func day(n int) string {
	if n < 30 {
		return fmt.Sprintf("2026-03-%02d", 2+n)
	}
	return fmt.Sprintf("2026-04-%02d", n-29)
}

func (s *survey) hasTeam(f *firm) bool {
	return s.said(f, "Q5 是否已组建私域团队", "已组建")
}

func (s *survey) team() {
	s.single(question{column: "Q5 是否已组建私域团队"}, []option{
		{"已组建", 595, 0}, {"一年内计划组建", 245, 0}, {"暂无计划", 160, 0},
	}, s.mature(100, 500))
	s.single(question{column: "Q6 私域团队人数", asked: s.hasTeam}, []option{
		{"11人及以上", 170, 0}, {"6–10人", 200, 0}, {"1–5人", 630, 0},
	}, func(f *firm) int { return 260*f.size + s.rand.IntN(600) })
	s.multi(question{column: "Q7 团队里有哪些岗位", asked: s.hasTeam, open: 15}, []option{
		{"运营经理", 820, 10}, {"社群与客服", 710, 0}, {"文案策划", 540, 20}, {"平面设计", 380, 25},
		{"产品运营", 290, 35}, {"数据分析", 180, 60}, {"直播与视频", 260, 15},
	})
	s.single(question{column: "Q8 团队向谁汇报", asked: s.hasTeam, open: 20}, []option{
		{"总经理", 230, 0}, {"会员或用户中心", 140, 0}, {"电商部门", 320, 0}, {"市场部门", 190, 0}, {"门店或零售部门", 120, 0},
	}, s.mature(40, 1000))
}

func (s *survey) budget() {
	s.single(question{column: "Q9 私域预算", open: 12}, []option{
		{"有专门预算", 171, 0}, {"正在规划", 429, 0}, {"没有专门预算", 400, 0},
	}, s.mature(90, 600))
	dedicated := func(f *firm) bool { return s.said(f, "Q9 私域预算", "有专门预算") }
	for _, f := range s.ask(question{column: "Q10 年度私域预算（万元）", asked: dedicated, open: 60}) {
		f.set(strconv.Itoa(s.budgetOf(f)))
	}
	s.single(question{column: "Q11 代运营合作意向", open: 10}, []option{
		{"已在合作", 120, 0}, {"计划合作", 270, 0}, {"还没想好", 235, 0}, {"不考虑", 375, 0},
	}, func(f *firm) int { return f.maturity*20/100 + s.rand.IntN(1000) })
	outsourcing := func(f *firm) bool {
		return s.said(f, "Q11 代运营合作意向", "已在合作") || s.said(f, "Q11 代运营合作意向", "计划合作")
	}
	s.multi(question{column: "Q12 希望代运营承担什么", asked: outsourcing, open: 20}, []option{
		{"社群运营", 560, 0}, {"引流", 520, -10}, {"内容生产", 470, 10}, {"数据与工具", 310, 25}, {"导购外包", 240, 10}, {"全案托管", 190, -20},
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
		{"企业微信", 760, 20}, {"微信社群", 690, 0}, {"公众号", 640, 5}, {"小程序商城", 470, 30},
		{"视频号", 380, 10}, {"抖音粉丝群", 240, -5}, {"个人微信号", 330, -40},
	})
	s.multi(question{column: "Q14 在用的引流触点", open: 15}, []option{
		{"门店扫码", 520, 5}, {"公众号菜单与推文", 480, 5}, {"包裹卡", 410, 15}, {"会员注册", 340, 30}, {"直播间", 290, 10},
		{"短信与外呼", 220, 30}, {"老客转介绍", 260, 5}, {"广告投放", 190, 20}, {"异业合作", 140, 10},
	})
	s.multi(question{column: "Q15 在用的工具", open: 20}, []option{
		{"企业微信自带功能", 720, 0}, {"电子表格", 560, -30}, {"SCRM", 380, 45}, {"小程序商城系统", 430, 25},
		{"数据看板", 210, 50}, {"客户数据平台（CDP）", 90, 60}, {"AI 助手", 340, 15},
	})
	s.single(question{column: "Q16 眼下最大的障碍", open: 12}, []option{
		{"数据没有打通", 130, 0}, {"内部利益不好分", 150, 0}, {"内容跟不上", 170, 0}, {"缺少合适的人", 220, 0},
		{"流量入口不够", 190, 0}, {"缺少预算", 110, 0}, {"其他", 30, 0},
	}, s.mature(45, 900))
	s.users()
}

// users writes the number of private-domain users: a class by maturity, and a
// figure within the class that leans to its lower end.
func (s *survey) users() {
	bounds := []int{1000000, 500000, 100000, 50000, 10000, 200}
	asking := question{column: "Q17 私域用户数", asked: func(f *firm) bool { return !s.said(f, "Q4 私域所处阶段", "空白") }, open: 25}
	classes := s.cut(s.ask(asking), []int{35, 130, 90, 195, 550}, s.mature(100, 500))
	for i, class := range classes {
		low, span := bounds[i+1], bounds[i]-bounds[i+1]
		for _, f := range class {
			f.set(strconv.Itoa(low + span/100*s.rand.IntN(100)*s.rand.IntN(100)/10000*100))
		}
	}
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
		{"成交转化", [5]int{60, 210, 350, 270, 110}},
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
		{"已回本", 640, 0}, {"尚未回本", 360, 0},
	}, s.mature(60, 800))
	answered := func(f *firm) bool {
		return s.said(f, "Q19 私域投入是否已回本", "已回本") || s.said(f, "Q19 私域投入是否已回本", "尚未回本")
	}
	for _, f := range s.ask(question{column: "Q20 回本用时或已投入时间（月）", asked: answered, open: 10}) {
		f.set(strconv.Itoa(2 + s.rand.IntN(5) + s.rand.IntN(6)))
	}
}
