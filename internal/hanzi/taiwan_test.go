package hanzi

import (
	"strings"
	"testing"
)

// TestTaiwan: the expected forms of the first group are OpenCC's own for s2twp.
func TestTaiwan(t *testing.T) {
	plain, own := NewTaiwan(nil), NewTaiwan(map[string]string{"红包封面": "", "钉钉": "釘釘 DingTalk", "": "x"})
	for _, c := range []struct {
		by         *Taiwan
		text, want string
	}{
		{plain, "头发发展了，以后在皇后后面", "頭髮發展了，以後在皇后後面"},
		{plain, "鼠标里面的硅二极管坏了，导致光标分辨率降低。", "滑鼠裡面的矽二極體壞了，導致游標解析度降低。"},
		{plain, "软件里的文件夹", "軟體裡的資料夾"},
		{plain, "私域的导流率与复购率", "私域的導流率與復購率"},
		{plain, "在视频号看视频，社区团购的社群", "在視頻號看影片，社區團購的社群"},
		{plain, "五阶段循环的参数", "五階段循環的參數"},
		{plain, "干货、干部、干系与皇太后", "乾貨、幹部、干係與皇太后"},
		{own, "钉钉发红包封面", "釘釘 DingTalk發紅包封面"},
		{plain, "plain ASCII, ＡＢ 12%", "plain ASCII, ＡＢ 12%"},
		{plain, "", ""},
		{plain, "已是繁體的字", "已是繁體的字"},
	} {
		if got := c.by.Convert(c.text); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// FuzzTaiwan: marks of markup, digits and broken bytes come through.
func FuzzTaiwan(f *testing.F) {
	for _, seed := range []string{"导流率<b>31%</b>", "\xff私\xfe域", "𠮷视频号\x00", "头\u0301发"} {
		f.Add(seed)
	}
	by := NewTaiwan(nil)
	others := func(s string) string {
		return strings.Map(func(r rune) rune {
			if !strings.ContainsRune("<>&\"'=/\\0123456789\x00\n ", r) {
				return -1
			}
			return r
		}, s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := by.Convert(text); others(got) != others(text) {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}

func BenchmarkTaiwan(b *testing.B) {
	text := strings.Repeat("私域运营的导流率，中位数 31%，比上一年高两个百分点。<p class=\"fine\">", 100)
	by := NewTaiwan(nil)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		by.Convert(text)
	}
}
