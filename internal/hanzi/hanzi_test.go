package hanzi

import (
	"slices"
	"strings"
	"testing"
)

func TestAnchorKeepsChineseAndMatchesForges(t *testing.T) {
	for text, want := range map[string]string{
		"必备原料和工具":          "必备原料和工具",
		"1. 预算 / 现状":       "1-预算--现状",
		"What's New?":      "whats-new",
		"！！！":              "section",
		" 导流率（P50）：怎么算？ ":  "导流率p50怎么算",
		"a\u202eb\u200bc":  "abc",
		"snake_case-name":  "snake_case-name",
		"Café ＡＢ":          "café-ａｂ",
		"tab\tand newline": "tab-and-newline",
	} {
		if got := Anchor(text); got != want {
			t.Errorf("Anchor(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSlugIsAFileNameEverywhere(t *testing.T) {
	for text, want := range map[string]string{
		"../../etc/passwd": "etc-passwd", "  导流 率 ": "导流-率", "CON": "con-page", "com7": "com7-page", "...": "",
		"A:B*C?": "a-b-c", "e\u0301": "é", "a--b": "a-b",
	} {
		if got := Slug(text); got != want {
			t.Errorf("Slug(%q) = %q, want %q", text, got, want)
		}
	}
	if got := Slug(strings.Repeat("私域 ", 500)); len(got) > 200 || strings.HasSuffix(got, "-") {
		t.Errorf("long slug has %d bytes: %q", len(got), got)
	}
}

func TestAnchorsNeverCollide(t *testing.T) {
	var a Anchors
	a.Reserve("main")
	var got []string
	for _, id := range []string{"x", "x", "x-1", "x", "main"} {
		got = append(got, a.Unique(id))
	}
	if want := []string{"x", "x-1", "x-1-1", "x-2", "main-1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCount(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "私域运营": 4, "导流率 59.5%，n=412": 6, "it's SCRM": 2, "ＡＢ": 1, "〇一": 2,
	} {
		if got := Count(text); got != want {
			t.Errorf("Count(%q) = %d, want %d", text, got, want)
		}
	}
	if got := CountHan("私域 SCRM，运营"); got != 4 {
		t.Errorf("CountHan = %d", got)
	}
}

func TestExcerpt(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"短句。", 10, "短句。"},
		{"第一句话。第二句话很长很长", 8, "第一句话。"},
		{"没有句号的一段很长很长的文字", 6, "没有句号的…"},
		{"他说：“好。”然后走了很远很远", 8, "他说：“好。”"},
		{"using customer relationship", 12, "using…"},
		{"折行的\n中文 与 English\nwords", 40, "折行的中文 与 English words"},
		{"任意", 1, ""},
	} {
		if got := Excerpt(c.text, c.limit); got != c.want {
			t.Errorf("Excerpt(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func TestExcerptNeverPassesItsLimit(t *testing.T) {
	text := "私域 operations 的导流率，中位数 31%。Second sentence; 然后“引用。”结束！"
	for limit := range 50 {
		if got := len([]rune(Excerpt(text, limit))); got > limit {
			t.Errorf("limit %d gives %d characters", limit, got)
		}
	}
}

func TestPunctuation(t *testing.T) {
	for text, want := range map[string]string{
		"好,的":           "，",
		"完成.":           "。",
		"完成...":         "",
		"第1章.md":        "",
		"3:1 和 1,2":     "",
		"私域(SCRM)运营":    "（）",
		"私域 (SCRM) 运营":  "",
		"see you, bye!": "",
		"占 60%,其中":      "，",
		"“好”!":          "！",
		"域名:a.com":      "：",
		"协议://x":        "",
		"全角，没有问题。":      "",
	} {
		var got strings.Builder
		for _, m := range Punctuation(text) {
			if rune(text[m.Offset]) != m.Got {
				t.Errorf("%q: offset %d is not %q", text, m.Offset, m.Got)
			}
			got.WriteRune(m.Want)
		}
		if got.String() != want {
			t.Errorf("Punctuation(%q) wants %q, should want %q", text, got.String(), want)
		}
	}
}

func TestJoins(t *testing.T) {
	if !Joins('私', '域') || !Joins('，', '域') || Joins('a', '域') || Joins('a', 'b') || Joins('私', '1') {
		t.Error("lines join only between Chinese characters")
	}
}
