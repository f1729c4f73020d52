package selector

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

func (r *loader) question(i int) {
	w := r.raw.Question[i]
	q := Question{ID: w.ID, Text: cmp.Or(w.Text, w.ID), Help: w.Help}
	for j, o := range w.Options {
		if o.ID == "" || strings.ContainsAny(o.ID, " =;|") || slices.ContainsFunc(q.Options, func(p Option) bool { return p.ID == o.ID }) {
			r.fail("selector.question", diag.T("问题 %q 的选项没有可用的 id，或重复", "an option of question %q has no usable id, or one that is taken", w.ID), diag.Text{}, "question", i, "options", j)
		}
		q.Options = append(q.Options, Option{o.ID, cmp.Or(o.Text, o.ID)})
	}
	taken := slices.ContainsFunc(r.out.Questions, func(p Question) bool { return p.ID == w.ID })
	if w.ID == "" || taken || len(q.Options) < 2 {
		r.fail("selector.question", diag.T("问题 %q 没有 id、重复，或不到两个选项", "question %q has no id, one that is taken, or fewer than two options", w.ID), diag.Text{}, "question", i)
	}
	r.out.Questions = append(r.out.Questions, q)
}

func (r *loader) result(i int, w rawResult) {
	out := &Result{ID: w.ID, Title: cmp.Or(w.Title, w.ID), Text: w.Text, None: w.None, Pos: r.src.Pos("result", i)}
	for _, l := range w.Links {
		out.Links = append(out.Links, Link(l))
	}
	for _, f := range w.Figures {
		out.Figures = append(out.Figures, Figure(f))
	}
	if w.ID == "" || r.find(w.ID) != nil {
		r.fail("selector.result", diag.T("结果 %q 没有 id 或重复", "result %q has no id, or one that is taken", w.ID), diag.Text{}, "result", i, "id")
	}
	r.out.Results = append(r.out.Results, out)
}

func (r *loader) find(id string) *Result {
	for _, known := range r.out.Results {
		if known.ID == id {
			return known
		}
	}
	return nil
}

func (r *loader) rule(i int) {
	w := r.raw.Rule[i]
	rule := Rule{When: map[string][]string{}, Result: r.find(w.Result), Note: w.Note}
	if rule.Result == nil {
		var known []string
		for _, res := range r.out.Results {
			known = append(known, res.ID)
		}
		r.fail("selector.result", diag.T("没有结果 %q", "there is no result %q", w.Result), diag.DidYouMean(w.Result, known), "rule", i, "result")
	}
	for _, key := range sortedKeys(w.When) {
		q := slices.IndexFunc(r.out.Questions, func(q Question) bool { return q.ID == key })
		if q < 0 {
			var known []string
			for _, q := range r.out.Questions {
				known = append(known, q.ID)
			}
			r.fail("selector.answer", diag.T("没有问题 %q", "there is no question %q", key), diag.DidYouMean(key, known), "rule", i, "when", key)
			continue
		}
		for _, id := range answers(w.When[key]) {
			if !slices.ContainsFunc(r.out.Questions[q].Options, func(o Option) bool { return o.ID == id }) {
				var known []string
				for _, o := range r.out.Questions[q].Options {
					known = append(known, o.ID)
				}
				r.fail("selector.answer", diag.T("问题 %q 没有选项 %q", "question %q has no option %q", key, id), diag.DidYouMean(id, known), "rule", i, "when", key)
			}
			rule.When[key] = append(rule.When[key], id)
		}
	}
	r.out.Rules = append(r.out.Rules, rule)
}

// answers reads one answer or several.
func answers(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return []string{""}
}

func sortedKeys(m map[string]any) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// complete checks the table as a whole: no hole, no contradiction, no rule and
// no result that nothing leads to.
func (r *loader) complete() {
	reached := make([]bool, len(r.out.Rules))
	var hole string
	clash := [2]int{-1, -1}
	all := r.out.each(func(a Answers) {
		first := -1
		for i, rule := range r.out.Rules {
			switch {
			case !rule.fits(a):
			case first < 0:
				first, reached[i] = i, true
			case rule.Result != r.out.Rules[first].Result && clash[0] < 0:
				clash = [2]int{first, i}
			default:
				reached[i] = true
			}
		}
		if first < 0 && hole == "" {
			hole = r.words(a)
		}
	})
	switch {
	case !all || len(r.out.Questions) == 0:
		r.fail("selector.question", diag.T("没有问题，或组合超过 %d 种", "there is no question, or more than %d combinations", most), diag.Text{})
	case hole != "":
		r.fail("selector.hole", diag.T("「%s」没有结果", "%q has no result", hole), diag.T("补一条 [[rule]]；确实没有合适的，让它指向写了 none = true 的结果", "add a [[rule]]; where nothing fits, let it lead to a result with none = true"), "rule")
	case clash[0] >= 0:
		r.fail("selector.contradiction", diag.T("第 %d 条与第 %d 条规则对同一组回答给出不同结果", "rules %d and %d give the same answers different results", clash[0]+1, clash[1]+1), diag.T("用 when 把两条分开", "keep them apart with when"), "rule", clash[1])
	}
	for i := range reached {
		if all && r.ok && !reached[i] {
			r.fail("selector.unreached", diag.T("没有回答会走到第 %d 条规则", "no answers lead to rule %d", i+1), diag.Text{}, "rule", i)
		}
	}
	for i, res := range r.out.Results {
		if r.ok && !slices.ContainsFunc(r.out.Rules, func(rule Rule) bool { return rule.Result == res }) {
			r.fail("selector.unreached", diag.T("没有规则指向结果 %q", "no rule leads to result %q", res.ID), diag.Text{}, "result", i)
		}
	}
}

func (r *loader) words(a Answers) string {
	var out []string
	for _, q := range r.out.Questions {
		for _, o := range q.Options {
			if o.ID == a[q.ID] {
				out = append(out, q.Text+" "+o.Text)
			}
		}
	}
	return strings.Join(out, "；")
}
