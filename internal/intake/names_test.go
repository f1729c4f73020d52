package intake

import "testing"

// TestNamesOfPeopleAndOfThings: a column called "name" is judged by its cells
// where the data are public, and names of people are seen under any header.
func TestNamesOfPeopleAndOfThings(t *testing.T) {
	people := []string{"张伟", "王芳", "李娜", "欧阳娜娜", "刘洋", "陈静", "杨帆", "黄磊", "赵敏", "周杰", "吴磊"}
	for _, c := range []struct {
		title string
		cells []string
		open  bool
		out   bool
	}{
		{"name", []string{"Alabama", "Alaska", "North Carolina", "New York"}, true, false},
		{"name", []string{"T-shirt", "Jeans", "Winter coat"}, true, false},
		{"name", []string{"John Smith", "Mary Jones", "Emily Clark", "Xi Z."}, true, true},
		{"name", []string{"John Smith", "Mary Jones"}, false, true},
		{"Name", []string{"张伟", "王芳", "李娜"}, true, true},
		{"地址", []string{"杭州", "上海"}, true, false},
		{"地址", []string{"杭州市西湖区文三路12号", "上海市徐汇区漕溪路250弄3号"}, true, true},
		{"姓名", []string{"甲", "乙"}, true, true},
		{"对接人", people, false, true},
		{"城市", []string{"北京", "上海", "广州", "深圳", "杭州", "南京", "成都", "武汉", "西安", "重庆", "苏州", "天津"}, false, false},
		{"品牌", []string{"元气", "花西子", "完美", "三顿半", "喜茶", "奈雪", "蕉内", "蕉下", "小仙炖", "王饱饱", "李子柒"}, false, false},
	} {
		if reason, out := personal(c.title, profiled(c.cells...), true, c.open); out != c.out {
			t.Errorf("%s %q open=%v: %v (%s)", c.title, c.cells, c.open, out, reason.In("en"))
		}
	}
}
