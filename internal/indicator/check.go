package indicator

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// checker validates one [[indicator]] table.
type checker struct {
	ind  *Indicator
	raw  *rawIndicator
	dict *schema.Dictionary
	src  *config.Source
	at   int // of the table in its file
	cuts [][]string
	l    *diag.List
	ok   bool
}

func (c *checker) pos(key ...any) diag.Pos {
	return c.src.Pos(append([]any{"indicator", c.at}, key...)...)
}

func (c *checker) fail(code string, message, hint diag.Text, key ...any) {
	c.ok = false
	pos, width := c.src.Value(append([]any{"indicator", c.at}, key...)...)
	c.l.Add(diag.Diagnostic{Code: code, Pos: pos, Width: width, Message: message, Hint: hint})
}

// idForm keeps ids usable in references, addresses and file names.
var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

func (c *checker) identity(cat *Catalogue) {
	if !idForm.MatchString(c.raw.ID) {
		c.fail("indicator.id", diag.T("指标 id %q 只能用字母、数字、_ 和 -", "an indicator's id has letters, digits, _ and - only, not %q", c.raw.ID), diag.Text{}, "id")
	}
	c.dict = cat.datasets[c.raw.Dataset]
	if c.dict == nil {
		c.fail("indicator.unknown_dataset", diag.T("没有数据集 %q", "there is no dataset %q", c.raw.Dataset),
			diag.DidYouMean(c.raw.Dataset, cat.DatasetNames()), "dataset")
	}
}

func (c *checker) kind() (Kind, bool) {
	kind, ok := kindNamed(c.raw.Kind)
	if !ok {
		hint := diag.DidYouMean(c.raw.Kind, kindNames())
		if hint.IsZero() {
			all := strings.Join(kindNames(), ", ")
			hint = diag.T("可用：%s", "one of: %s", all)
		}
		c.fail("indicator.unknown_kind", diag.T("没有计算方式 %q", "there is no kind %q", c.raw.Kind), hint, "kind")
	}
	return kind, ok
}

// keysOf refuses keys that the kind would silently ignore.
func (c *checker) keysOf(kind Kind) {
	for _, key := range c.raw.given() {
		if !slices.Contains(kind.keys, key) {
			c.fail("indicator.unused_key", diag.T("%[2]q 类指标不用 %[1]q", "%q means nothing to an indicator of kind %q", key, kind.Name), diag.Text{}, key)
		}
	}
}

// maxDecimals is more than any published figure needs and what a float still tells truly.
const maxDecimals = 6

func (c *checker) common() {
	c.ind.Base = Base(cmp.Or(c.raw.Base, string(Answered)))
	bases := []Base{Answered, Asked, All}
	if c.raw.Kind == multiKindName {
		bases = append(bases, Answers)
	}
	if !slices.Contains(bases, c.ind.Base) {
		c.fail("indicator.base", diag.T("base 只能是 answered、asked 或 all，不能是 %q", "base is answered, asked or all, not %q", c.raw.Base), diag.Text{}, "base")
	}
	c.ind.Per = Per(cmp.Or(c.raw.Per, string(ByRow)))
	if c.ind.Per != ByRow && c.ind.Per != ByContributor {
		c.fail("indicator.per", diag.T("per 只能是 row 或 contributor，不能是 %q", "per is row or contributor, not %q", c.raw.Per), diag.Text{}, "per")
	}
	if c.raw.Decimals != nil {
		c.ind.Decimals = *c.raw.Decimals
		if c.ind.Decimals < 0 || c.ind.Decimals > maxDecimals {
			c.fail("indicator.decimals", diag.T("小数位数要在 0 与 %d 之间", "decimals are between 0 and %d", maxDecimals), diag.Text{}, "decimals")
		}
	}
	c.ind.Weight = defaultWeight(c.dict)
	if c.raw.Weight == noWeight {
		c.ind.Weight = ""
	} else if c.raw.Weight != "" {
		if f := c.field("weight", c.raw.Weight, isNumber, diag.T("数值", "a number")); f != nil {
			c.ind.Weight = f.Name
		}
	}
}

// noWeight is what an indicator writes to leave the dataset's weights out.
const noWeight = "none"

// field finds a field that a key names and checks that it fits; nil when not.
func (c *checker) field(key, name string, fits func(*schema.Field) bool, wanted diag.Text) *schema.Field {
	if name == "" {
		c.fail("indicator.missing_key", diag.T("缺少 %s", "%s is missing", key), diag.Text{}, key)
		return nil
	}
	f, ok := c.dict.Field(name)
	if !ok {
		c.fail("indicator.unknown_field", diag.T("数据集 %[2]q 没有字段 %[1]q", "there is no field %q in dataset %q", name, c.dict.Name),
			diag.DidYouMean(name, c.dict.FieldNames()), key)
		return nil
	}
	if !fits(f) {
		c.misfit(f, key, wanted)
		return nil
	}
	if c.ind.Title == "" {
		c.ind.Title = cmp.Or(f.Title, f.Name)
	}
	return f
}

func (c *checker) misfit(f *schema.Field, key string, wanted diag.Text) {
	c.ok = false
	pos, width := c.src.Value("indicator", c.at, key)
	c.l.Add(diag.Diagnostic{
		Code: "indicator.field_type", Pos: pos, Width: width,
		Message: diag.T("字段 %q 不能用于 %s", "field %q cannot serve as %s", f.Name, key),
		Hint:    diag.T("需要："+wanted.In("zh"), "wanted: "+wanted.In("en")),
		Notes:   []diag.Note{{Pos: f.Pos, Text: diag.T("字段在这里定义", "the field is described here")}},
	})
}

func (c *checker) repeated(before *Indicator) {
	c.ok = false
	pos, width := c.src.Value("indicator", c.at, "id")
	c.l.Add(diag.Diagnostic{
		Code: "indicator.duplicate", Pos: pos, Width: width,
		Message: diag.T("数据集 %[2]q 已有指标 %[1]q", "there is an indicator %q of dataset %q already", before.ID, before.Dataset),
		Notes:   []diag.Note{{Pos: before.Pos, Text: diag.T("前一个在这里", "the other one is here")}},
	})
}

// by checks the segmentations: each entry is one table, "a,b" a cross of two.
func (c *checker) by() [][]string {
	var out [][]string
	for i, entry := range c.raw.By {
		fields, problem, hint := cut(c.dict, entry)
		if !problem.IsZero() {
			c.fail("indicator.by", problem, hint, "by", i)
			continue
		}
		out = append(out, fields)
	}
	return out
}
