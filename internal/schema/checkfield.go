package schema

import (
	"slices"
	"strings"
	"unicode"

	"benchbook/internal/diag"
)

// fieldTypes are the names of the types, in the order that messages list them.
var fieldTypes = []string{"string", "integer", "number", "boolean", "date", "datetime", "list"}

// The roles of a field beside its type.
const (
	RoleID       = "id"       // tells contributors apart; never released
	RolePersonal = "personal" // never read
	RoleOpen     = "open"     // free text; answers are counted, texts never kept
)

func (f *Field) numeric() bool { return f.Type == Integer || f.Type == Number }

func (f *Field) dated() bool { return f.Type == Date || f.Type == DateTime }

// fields checks each field by itself, then their names against each other.
func (c *checker) fields() {
	first := map[string]int{}
	if len(c.dictionary.Fields) == 0 {
		c.fail("schema.field", diag.T("没有 [[field]]", "there is no [[field]]"), diag.Text{})
	}
	for i := range c.dictionary.Fields {
		f := &c.dictionary.Fields[i]
		c.fieldName(f.Name, i)
		if j, taken := first[f.Name]; taken && f.Name != "" {
			c.ok = false
			pos, width := c.source.Value("field", i, "name")
			c.list.Add(diag.Diagnostic{Code: "schema.name", Pos: pos, Width: width,
				Message: diag.T("字段名 %q 重复", "field name %q is used twice", f.Name),
				Notes:   []diag.Note{{Pos: c.source.Pos("field", j, "name"), Text: diag.T("第一次在这里", "first used here")}}})
		} else {
			first[f.Name] = i
		}
		c.oneOf(string(f.Type), fieldTypes, "field", i, "type")
		c.oneOf(f.Role, []string{"", RoleID, RolePersonal, RoleOpen}, "field", i, "role")
		c.oneOf(f.Measure, []string{"", "flow", "stock", "ratio", "distinct"}, "field", i, "measure")
		c.fieldFormat(f, i)
		c.fieldCategories(f, i)
		c.fieldConstraints(f, i)
	}
}

// reserved marks have a meaning in references such as stat:DATASET/FIELD?is=…
const reserved = "/?&=#%()[]<>\"'`\\|,"

func (c *checker) fieldName(name string, i int) {
	bad := func(r rune) bool {
		return strings.ContainsRune(reserved, r) || unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}
	if name == "" || strings.ContainsFunc(name, bad) {
		c.fail("schema.name", diag.T("字段名 %q 不能用作引用", "field name %q cannot be used in references", name),
			diag.T("name 用字母、汉字、数字、_ 或 -；表头原文写在 column", "use letters, digits, _ or - in name; the header itself goes to column"),
			"field", i, "name")
	}
}

func (c *checker) fieldFormat(f *Field, i int) {
	switch {
	case f.Format == "":
	case f.Type == Integer && f.Format == "percent":
		c.fail("schema.field", diag.T("format = \"percent\" 不能配 type = \"integer\"：12 读成 0.12，不是整数", "format = \"percent\" does not go with type = \"integer\": 12 is read as 0.12, which is no whole number"),
			diag.T("写 type = \"number\"", "write type = \"number\""), "field", i, "type")
	case f.numeric():
		c.oneOf(f.Format, []string{"percent"}, "field", i, "format")
	case f.dated():
		if bad := badDirective(f.Format); bad != "" {
			c.fail("schema.value", diag.T("日期格式里不认识 %q", "unknown %q in the date format", bad),
				diag.T("例如 %Y-%m-%d %H:%M:%S", "for example %Y-%m-%d %H:%M:%S"), "field", i, "format")
		}
	default:
		c.fail("schema.value", diag.T("%s 类型没有 format", "type %s has no format", f.Type), diag.Text{}, "field", i, "format")
	}
	switch {
	case f.Type == List && f.Separator == "":
		c.fail("schema.field", diag.T("list 类型要写 separator", "type list needs a separator"),
			diag.T("例如 separator = \"┋\"；单元格里是一条 CSV 记录则写 \"csv\"", "such as separator = \"┋\", or \"csv\" for a CSV record in the cell"), "field", i)
	case f.Type != List && f.Separator != "":
		c.fail("schema.field", diag.T("只有 list 类型有 separator", "only type list has a separator"),
			diag.T("多选题写 type = \"list\"", "a multiple choice is type = \"list\""), "field", i, "separator")
	}
}

func (c *checker) fieldCategories(f *Field, i int) {
	if f.numeric() || f.dated() {
		if len(f.Categories) > 0 {
			c.fail("schema.field", diag.T("%s 类型没有 categories", "type %s has no categories", f.Type),
				diag.T("选项题写 type = \"string\" 或 \"list\"", "a choice is type = \"string\" or \"list\""), "field", i, "categories")
		}
	}
	if f.Type == Boolean && len(f.Categories) != 2 {
		c.fail("schema.field", diag.T("boolean 的 categories 恰好两个：真、假", "a boolean has two categories, true and false"), diag.Text{}, "field", i, "categories")
	}
	if f.Exclusive != "" && (f.Type != List || !slices.Contains(f.values(), f.Exclusive)) {
		c.fail("schema.field", diag.T("exclusive 要是多选（list）的一个选项，不能是 %q", "exclusive is a category of a list, not %q", f.Exclusive),
			diag.DidYouMean(f.Exclusive, f.values()), "field", i, "exclusive")
	}
	if len(f.Categories) == 0 && (f.Ordered || f.Other != "") {
		c.fail("schema.field", diag.T("ordered 和 other 只用于有 categories 的字段", "ordered and other need categories"), diag.Text{}, "field", i)
	}
	seen := map[string]bool{}
	for j, cat := range f.Categories {
		value := clean(cat.Value)
		if value == "" || seen[value] {
			c.fail("schema.category", diag.T("选项 %q 为空或重复", "category %q is empty or repeated", cat.Value), diag.Text{}, "field", i, "categories", j)
		}
		seen[value] = true
	}
}

func (c *checker) fieldConstraints(f *Field, i int) {
	k := f.Constraint
	if (k.Minimum != nil || k.Maximum != nil) && !f.numeric() {
		c.fail("schema.field", diag.T("minimum 和 maximum 只用于数字", "minimum and maximum are for numbers"), diag.Text{}, "field", i, "constraints")
	}
	if k.Minimum != nil && k.Maximum != nil && *k.Minimum > *k.Maximum {
		c.fail("schema.value", diag.T("minimum 大于 maximum", "minimum is above maximum"), diag.Text{}, "field", i, "constraints", "minimum")
	}
}
