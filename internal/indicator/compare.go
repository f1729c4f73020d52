package indicator

import (
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// compare finds the edition before, once all indicators are known, and asks
// for the same tables of it.
func (c *Catalogue) compare(ch *checker) {
	ind := ch.ind
	ind.Paired = ch.raw.Paired != nil && *ch.raw.Paired
	if ch.raw.Compare == "" {
		if ch.raw.Paired != nil {
			ch.fail("indicator.compare", diag.T("paired 要和 compare 一起写", "paired goes with compare"), diag.Text{}, "paired")
		}
		return
	}
	before, ok := c.before(ch)
	if !ok {
		return
	}
	switch {
	case before.Kind != ind.Kind || before.Dataset == ind.Dataset || before.Compare == ind:
		ch.fail("indicator.compare", diag.T("%q 不是同一种指标的另一版", "%q is no other edition of an indicator of this kind", ch.raw.Compare),
			diag.T("写另一个数据集里 kind 相同的指标", "name an indicator of the same kind in another dataset"), "compare")
	case ind.Paired && (c.datasets[ind.Dataset].Contributor == "" || c.datasets[before.Dataset].Contributor == ""):
		ch.fail("indicator.compare", diag.T("成对比较要在两个数据字典里都写 contributor", "a paired comparison needs a contributor in both dictionaries"), diag.Text{}, "paired")
	case ind.Paired && ind.Kind == paybackKindName:
		ch.fail("indicator.compare", diag.T("回本时间没有成对比较：同一个项目只回本一次", "there is no paired comparison of paybacks: a project pays back once"),
			diag.T("删去 paired", "remove paired"), "paired")
	default:
		ind.Compare = before
		named := c.datasets[ind.Dataset].Contributor != "" && c.datasets[before.Dataset].Contributor != ""
		before.panel, ind.panel = before.panel || named, ind.panel || named
	}
}

// before is the indicator that compare names.
func (c *Catalogue) before(ch *checker) (*Indicator, bool) {
	dataset, id, _ := strings.Cut(ch.raw.Compare, "/")
	if before, ok := c.Find(dataset, id); ok {
		return before, true
	}
	hint := diag.DidYouMean(dataset, c.DatasetNames())
	if _, known := c.datasets[dataset]; known {
		hint = diag.DidYouMean(id, c.IDs(dataset))
	}
	ch.fail("indicator.compare", diag.T("没有可以比较的指标 %q", "there is no indicator %q to compare with", ch.raw.Compare), hint, "compare")
	return nil, false
}

// wantBefore asks for the table of the edition before, where it can be cut so.
func (c *Catalogue) wantBefore(ind *Indicator, by []string) {
	if ind.Compare == nil {
		return
	}
	d := c.datasets[ind.Compare.Dataset]
	if !slices.ContainsFunc(by, func(name string) bool { return !cuttable(d, name) }) {
		c.want(ind.Compare, by)
	}
}

func cuttable(d *schema.Dictionary, name string) bool {
	f, ok := d.Field(name)
	return ok && Cuttable(d, f)
}

// Panel says that contributors' answers are needed by name, since they may be
// in another edition that this one is compared with.
func (ind *Indicator) Panel() bool { return ind.panel }
