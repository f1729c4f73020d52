package chart

import (
	"maps"
	"math"
	"slices"
	"unicode"
)

// mostExtreme is the largest magnitude drawn: above it a float64 no longer counts in ones.
const mostExtreme = 1e15

// Validate reports why a specification cannot be drawn: an unknown kind or attribute, no values, a value that is no
// number, more series than the kind can carry, series of different lengths. The error is a *Problem.
func Validate(s Spec) error {
	_, err := prepare(s)
	return err
}

func (f *figure) validate() error {
	for _, check := range []func() error{f.checkID, f.checkAttrs, f.checkCount, f.checkValues, f.checkReferences, f.checkAlignment} {
		if err := check(); err != nil {
			return err
		}
	}
	if f.kind.check != nil {
		return f.kind.check(f)
	}
	return nil
}

func (f *figure) checkID() error {
	fits := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' }
	for _, r := range f.ID {
		if !fits(r) {
			return problem("图的标识 %q 只能由字母、数字、- 和 _ 组成", "the id %q may hold only letters, digits, - and _", f.ID)
		}
	}
	if f.ID == "" {
		return problem("图没有标识", "the figure has no id")
	}
	return nil
}

func (f *figure) checkAttrs() error {
	for _, name := range slices.Sorted(maps.Keys(f.Attrs)) {
		if err := f.kind.accept(name, f.Attrs[name]); err != nil {
			return err
		}
	}
	return nil
}

func (f *figure) checkCount() error {
	n := len(f.Series)
	if n < f.kind.Least || n > f.kind.Most {
		return problem("图形 %s 需要 %d 至 %d 个序列，给了 %d 个", "kind %s takes %d to %d series, not %d",
			f.kind.Name, f.kind.Least, f.kind.Most, n)
	}
	for _, s := range f.Series {
		if len(s.Values) == 0 {
			return problem("序列 %q 没有数值", "series %q has no values", s.Name)
		}
		if s.Colour < 0 || s.Colour > 5 {
			return problem("序列 %q 的颜色 %d 不在 0 至 5 之间", "the colour of series %q is %d, not 0 to 5", s.Name, s.Colour)
		}
	}
	return nil
}

func (f *figure) checkValues() error {
	for _, s := range f.Series {
		for _, v := range s.Values {
			if err := v.check(s.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// check wants a finite number with its text, and an interval that is not upside down.
func (v Value) check(series string) error {
	switch {
	case v.State < Shown || v.State > Hollow:
		return problem("%s/%s 的状态 %d 未定义", "%s/%s has the unknown state %d", series, v.Key, v.State)
	case !v.drawn():
		return nil
	case !(math.Abs(v.V) <= mostExtreme):
		return problem("%s/%s 的数值 %v 无法作图", "%s/%s is %v, which cannot be drawn", series, v.Key, v.V)
	case v.Text == "":
		return problem("%s/%s 没有可印出的文字", "%s/%s has no text to print", series, v.Key)
	case v.Lo > v.Hi || math.Abs(v.Lo) > mostExtreme || math.Abs(v.Hi) > mostExtreme:
		return problem("%s/%s 的区间 [%v, %v] 无效", "%s/%s has the interval [%v, %v]", series, v.Key, v.Lo, v.Hi)
	}
	return nil
}

func (f *figure) checkReferences() error {
	for _, r := range f.References {
		if !(math.Abs(r.V) <= mostExtreme) || r.Text == "" {
			return problem("参考线 %q 需要有限的数值和文字", "the reference %q needs a finite value and a text", r.Name)
		}
	}
	return nil
}

// checkAlignment wants the same categories in every series; survival curves have steps of their own.
func (f *figure) checkAlignment() error {
	if f.kind.Name == "km" || len(f.Series) == 0 {
		return nil
	}
	first := f.Series[0].Values
	for _, s := range f.Series[1:] {
		if len(s.Values) != len(first) {
			return problem("序列 %q 有 %d 个数值，第一个序列有 %d 个", "series %q has %d values, the first has %d", s.Name, len(s.Values), len(first))
		}
		for i, v := range s.Values {
			if v.Key != first[i].Key {
				return problem("序列 %q 第 %d 个类别是 %q，应为 %q", "category of series %q at %d is %q, not %q", s.Name, i+1, v.Key, first[i].Key)
			}
		}
	}
	return nil
}
