package intake

import (
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/schema"
)

// others are words for an option that stands for all that is not listed.
var others = []string{"其他", "其它", "Other", "other", "Others", "以上都不是"}

// foldOther gives the field a name for what is no option. An option of that name is the same thing.
func (f *Field) foldOther() {
	f.Other = "其他"
	han := false
	for _, c := range f.Categories {
		han = han || hasHan(c.Value)
	}
	if !han && len(f.Categories) > 0 {
		f.Other = "Other"
	}
	for _, word := range others[:5] {
		i := slices.IndexFunc(f.Categories, func(c schema.Category) bool { return c.Value == word })
		if i >= 0 {
			f.Other = word
			f.Categories = slices.Delete(f.Categories, i, i+1)
		}
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

// lettered matches options with a letter before them: A.男
var lettered = regexp.MustCompile(`^([A-Z])[.、．]\s*(.+)$`)

// setCategories puts the options in order: by their letters, by a scale that is
// known, by the numbers in them, or as they are given (the most frequent first);
// 其他 last.
func (f *Field) setCategories(values []string) {
	values = slices.Clone(values)
	if letters(values) {
		slices.Sort(values)
		f.Categories = nil
		for _, v := range values {
			f.Categories = append(f.Categories, schema.Category{Value: v, Label: lettered.FindStringSubmatch(v)[2]})
		}
		return
	}
	if f.Type != schema.List {
		f.Ordered = orderPeriods(values) || orderScale(values) || orderDegrees(values) || orderStars(values) || orderRanges(values)
	}
	if !f.Ordered {
		slices.SortStableFunc(values, func(a, b string) int { return isOther(a) - isOther(b) })
	}
	f.Categories = nil
	for _, v := range values {
		f.Categories = append(f.Categories, schema.Category{Value: v, Label: f.labels[v]})
	}
}

func isOther(s string) int {
	if slices.Contains(others, s) {
		return 1
	}
	return 0
}

func letters(values []string) bool {
	labels := map[string]bool{}
	for _, v := range values {
		m := lettered.FindStringSubmatch(v)
		if m == nil || labels[m[2]] {
			return false
		}
		labels[m[2]] = true
	}
	return len(values) > 1
}
