package main

import "strconv"

// goods asks what the firm sells, on which the choice of a model rests.
func (s *survey) goods() {
	s.single(question{column: "Q21 主要商品的客单价", open: 8}, []option{
		{label: "1000元以上", share: 160}, {label: "200–1000元", share: 290}, {label: "50–200元", share: 340}, {label: "50元以下", share: 210},
	}, s.noise)
	s.single(question{column: "Q22 老客多久买一次", open: 8}, []option{
		{label: "每周", share: 170}, {label: "每月", share: 320}, {label: "每季", share: 270}, {label: "一年一次或更少", share: 240},
	}, s.noise)
	s.single(question{column: "Q23 做私域的第一目的", open: 10}, []option{
		{label: "服务体验", share: 260}, {label: "品牌心智", share: 190}, {label: "成交额", share: 550},
	}, s.mature(30, 900))
}

// work asks how the team works from day to day.
func (s *survey) work() {
	for _, f := range s.ask(question{column: "Q24 私域专职人数", asked: s.hasTeam, open: 25}) {
		f.set(strconv.Itoa(s.headcount(f)))
	}
	s.single(question{column: "Q25 负责人从哪里来", asked: s.hasTeam, open: 12}, []option{
		{label: "内部转岗", share: 470}, {label: "外部招聘", share: 280}, {label: "其他岗位兼任", share: 250},
	}, s.mature(35, 900))
	s.multi(question{column: "Q26 团队考核看什么", asked: s.hasTeam, open: 15}, []option{
		{label: "成交额", share: 720, tilt: 5}, {label: "新增好友", share: 580, tilt: -15}, {label: "复购", share: 390, tilt: 35},
		{label: "互动", share: 340, tilt: 10}, {label: "用户满意度", share: 210, tilt: 30}, {alone: true, label: "不考核", share: 60, tilt: -30},
	})
	s.multi(question{column: "Q27 出哪几种报表", asked: s.hasTeam, open: 10}, []option{
		{label: "月报", share: 640, tilt: 25}, {label: "周报", share: 560, tilt: 30}, {label: "日报", share: 330, tilt: 35}, {alone: true, label: "都没有", share: 260, tilt: -60},
	})
	s.single(question{column: "Q28 书面操作手册", asked: s.hasTeam, open: 10}, []option{
		{label: "有，一年内复核过", share: s.then(270, 220)}, {label: "有，没再更新", share: 380}, {label: "没有", share: s.then(350, 400)},
	}, s.mature(70, 800))
	s.single(question{column: "Q29 新好友首周怎样接", asked: s.hasTeam, open: 10}, []option{
		{label: "有固定流程", share: 340}, {label: "只有欢迎语", share: 450}, {label: "没有安排", share: 210},
	}, s.mature(65, 800))
	s.single(question{column: "Q30 社群多久有一次固定节目", asked: s.hasTeam, open: 14}, []option{
		{label: "每周一次以上", share: 260}, {label: "每月几次", share: 370}, {label: "没有固定节目", share: 370},
	}, s.mature(45, 900))
}

// headcount agrees with the class that the firm gave before.
func (s *survey) headcount(f *firm) int {
	switch {
	case s.said(f, "Q6 私域团队人数", "1–5人"):
		return 1 + s.rand.IntN(3) + s.rand.IntN(3)
	case s.said(f, "Q6 私域团队人数", "6–10人"):
		return 6 + s.rand.IntN(5)
	}
	return 11 + s.rand.IntN(8) + s.rand.IntN(12)
}

// rules asks what is written down.
func (s *survey) rules() {
	s.single(question{column: "Q31 好友与成交归谁", open: 16}, []option{
		{label: "写成制度", share: 230}, {label: "口头约定", share: 390}, {label: "没有约定", share: 380},
	}, s.mature(60, 800))
	s.multi(question{column: "Q32 常用的诱饵", open: 14}, []option{
		{label: "优惠券", share: 690}, {label: "小礼物", share: 430}, {label: "售后与服务", share: 380, tilt: 20},
		{label: "内容与资料", share: 290, tilt: 15, online: 120}, {label: "抽奖", share: 240, tilt: -20},
	})
	s.single(question{column: "Q33 用户怎样分层", asked: s.hasTeam, open: 12}, []option{
		{label: "按标签与消费", share: 240}, {label: "只按消费", share: 330}, {label: "不分层", share: 430},
	}, s.mature(75, 700))
	s.single(question{column: "Q34 数据打通到哪一步", open: 12}, []option{
		{label: "全部打通", share: 120}, {label: "打通一部分", share: 410}, {label: "没有打通", share: 470},
	}, s.mature(70, 800))
	s.single(question{column: "Q35 加好友时告知用途与退订", open: 12}, []option{
		{label: "有", share: 440}, {label: "部分入口有", share: 290}, {label: "没有", share: 270},
	}, s.mature(55, 800))
}

// outlook asks what comes next.
func (s *survey) outlook() {
	worked := func(f *firm) bool { return s.said(f, "Q11 代运营合作意向", "已在合作") }
	s.single(question{column: "Q36 与代运营合作了多久", asked: worked, open: 10}, []option{
		{label: "2年以上", share: 150}, {label: "1–2年", share: 270}, {label: "半年–1年", share: 310}, {label: "不满半年", share: 270},
	}, s.mature(40, 900))
	s.multi(question{column: "Q37 最想改进合作的哪一点", asked: worked, open: 10}, []option{
		{label: "报表与沟通", share: 480}, {label: "结果与承诺", share: 450}, {label: "懂不懂品牌", share: 410}, {label: "人员稳定", share: 370}, {label: "价格", share: 240},
	})
	s.single(question{column: "Q38 来年私域预算", open: 14}, []option{
		{label: "增加", share: s.then(410, 450)}, {label: "持平", share: 330}, {label: "减少", share: 80}, {label: "还没定", share: s.then(180, 140)},
	}, s.mature(40, 900))
	s.single(question{column: "Q39 来年最大的一笔投在哪", open: 14}, []option{
		{label: "数据与工具", share: 210}, {label: "人员", share: 290}, {label: "内容", share: 230}, {label: "引流", share: 270},
	}, s.mature(45, 900))
	s.multi(question{column: "Q40 最想对照的同行数字", open: 18}, []option{
		{label: "导流率", share: 560}, {label: "成本", share: 480}, {label: "私域占比", share: 430, tilt: 15}, {label: "团队人数", share: 350}, {label: "回本用时", share: 520}, {label: "留存", share: 310},
	})
}
