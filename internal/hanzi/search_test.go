package hanzi

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestSearchable(t *testing.T) {
	for text, want := range map[string]string{
		"ＳＣＲＭ　Ｐ５０":                       "scrm p50",
		"私域 SCRM 运营":                     "私域scrm运营",
		"customer  journey\tmap":         "customer journey map",
		" 首尾 ":                           "首尾",
		"企業微信、導流率與發財":                    "企业微信、导流率与发财",
		"头发 頭髮":                          "头发头发",
		"一段。\n \n二段":                     "一段。\n二段",
		"a\nb":                           "a\nb",
		"soft\u00adhyphen\u200b，\u202e右": "softhyphen,右",
		"ÉCOLE É":                        "école é",
		"İ ㎡ …":                          "i m2 ...",
		"𠮷 A":                            "𠮷a",
		"":                               "",
		"\x00\x7f":                       "",
	} {
		if got := Searchable(Compose(text)); got != want {
			t.Errorf("Searchable(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzSearchable: the form is its own form, and stays text.
func FuzzSearchable(f *testing.F) {
	for _, seed := range []string{"私域 SCRM\n運營", "é́ ẞ K", "\u0300a", "ﷺ ½", "\xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Searchable(Compose(text))
		if !utf8.ValidString(once) {
			t.Errorf("%q is not text", once)
		}
		if strings.Contains(once, "  ") || strings.Contains(once, "\n\n") {
			t.Errorf("%q has two spaces or two lines together", once)
		}
	})
}

func TestVariants(t *testing.T) {
	from, to := Variants(func(r rune) bool { return r == '发' || r == '着' })
	if from != "發髮著" || to != "发发着" {
		t.Errorf("%q to %q", from, to)
	}
	seen := map[rune]bool{}
	from, to = Variants(func(rune) bool { return true })
	last := []rune(to)
	for i, r := range []rune(from) {
		if seen[r] || r == last[i] {
			t.Errorf("%c stands twice", r)
		}
		seen[r] = true
	}
	for _, r := range last {
		if seen[r] {
			t.Errorf("%c stands for others and has another stand for it", r)
		}
	}
	if len(seen) < 4000 {
		t.Errorf("%d characters", len(seen))
	}
}

func TestGrams(t *testing.T) {
	var got []string
	Grams(units("导流a\nb cd"), all, func(g Gram) { got = append(got, g.String()) })
	if want := []string{"导", "流", "导流", "a", "流a", "b", "c", "b c", "d", "cd"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got = nil
	Grams(units("p50"), all, func(g Gram) { got = append(got, g.String()) })
	if want := []string{"p", "5", "p5", "0", "50", "p50"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestThrees leaves to Grams what Grams has, and takes nothing whose pairs are rare.
func TestThrees(t *testing.T) {
	var got []string
	frequent := func(a, b rune) bool { return Pair(a, b).String() != "率高" }
	Threes(units("导流率高低\n高低p50 x"), frequent, all, func(g Gram) { got = append(got, g.String()) })
	if want := []string{"导流率", "高低p", "低p5"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEveryPieceHasGramsOfTheWhole: whatever is cut out of a text is found by
// grams that the text has.
func TestEveryPieceHasGramsOfTheWhole(t *testing.T) {
	const text = "私域运营：customer journey 的導流率中位数 31%，“企業 微信”SCRM-2026。𠮷祥 e\u0301tude\n第二段 P50"
	have := map[Gram]bool{}
	Grams(units(Searchable(Compose(text))), all, func(g Gram) { have[g] = true })
	runes := []rune(Compose(text))
	for from := range runes {
		for to := from + 1; to <= min(len(runes), from+8); to++ {
			for word := range strings.FieldsSeq(string(runes[from:to])) {
				Grams(units(Searchable(word)), all, func(g Gram) {
					if !have[g] {
						t.Errorf("%q has %q, the text has not", word, g)
					}
				})
			}
		}
	}
}

func BenchmarkSearchable(b *testing.B) {
	text := strings.Repeat("私域运营 SCRM 的导流率，中位数 31%，企業微信。", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Searchable(text)
	}
}

func units(s string) []uint16 { return utf16.Encode([]rune(s)) }

func all(rune) bool { return true }
