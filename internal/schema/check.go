package schema

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"benchbook/internal/config"
	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// checker looks for what TOML cannot know: names of fields that are not there,
// settings that exclude each other.
type checker struct {
	dictionary *Dictionary
	source     *config.Source
	list       *diag.List
	ok         bool
}

// fail reports a problem at the value of a key.
func (c *checker) fail(code string, message, hint diag.Text, path ...any) {
	c.ok = false
	pos, width := c.source.Value(path...)
	c.list.Add(diag.Diagnostic{Code: code, Pos: pos, Width: width, Message: message, Hint: hint})
}

// oneOf reports a value that is not among the known ones.
func (c *checker) oneOf(value string, known []string, path ...any) {
	if slices.Contains(known, value) {
		return
	}
	hint := diag.DidYouMean(value, known)
	if hint.IsZero() {
		hint = diag.T("可用的值：%s", "values that are known: %s", strings.Join(known, ", "))
	}
	key := path[len(path)-1]
	c.fail("schema.value", diag.T("%s 不能是 %q", "%s cannot be %q", key, value), hint, path...)
}

func (c *checker) dictionaryKeys(name string) {
	d := c.dictionary
	if name != "" && name != d.Name {
		c.fail("schema.name", diag.T("name 是 %q，但文件夹叫 %q", "name is %q, but the folder is %q", name, d.Name),
			diag.T("数据集以文件夹命名；删掉 name 或改成 %q", "a dataset is named by its folder; remove name or write %q", d.Name), "name")
	}
	c.oneOf(d.Disclosure, []string{"protected", "open"}, "disclosure")
	if d.Collected.From != "" && d.Collected.To != "" && d.Collected.From > d.Collected.To {
		c.fail("schema.value", diag.T("采集结束 %s 早于开始 %s", "collection ends on %s, before it begins on %s", d.Collected.To, d.Collected.From),
			diag.Text{}, "collected", "to")
	}
	for i, text := range d.Skipped {
		if slices.Contains(d.Missing, text) {
			c.fail("schema.value", diag.T("%q 既在 missing 又在 skipped 里", "%q is in missing and in skipped", text), diag.Text{}, "skipped", i)
		}
	}
}

func (c *checker) resources() {
	d := c.dictionary
	if len(d.Resources) == 0 && !c.source.Has("source", "driver") {
		c.fail("schema.resource", diag.T("没有 [[resource]]，不知道读哪个文件", "there is no [[resource]], so no file to read"),
			diag.T("加上 [[resource]] 与 path = \"rows.csv\"", "add [[resource]] with path = \"rows.csv\""))
	}
	for i, r := range d.Resources {
		if !inside(r.Path) {
			c.fail("schema.resource", diag.T("path %q 必须是数据集文件夹里的相对路径", "path %q must be relative and inside the dataset's folder", r.Path),
				diag.T("用正斜杠，不用盘符、开头的 / 或 ..", "use forward slashes, no drive, no leading / and no .."), "resource", i, "path")
		}
		if r.Format != "" {
			c.oneOf(r.Format, dataset.Formats(), "resource", i, "format")
		}
		if r.Encoding != "" && !dataset.KnownEncoding(r.Encoding) {
			c.fail("schema.value", diag.T("未知的编码 %q", "unknown encoding %q", r.Encoding),
				diag.T("例如 utf-8、gb18030、utf-16le、windows-1252、big5", "such as utf-8, gb18030, utf-16le, windows-1252, big5"), "resource", i, "encoding")
		}
		if !dataset.KnownDelimiter(r.Delimiter) {
			c.fail("schema.value", diag.T("delimiter 必须是一个 ASCII 字符，不能是引号或换行", "delimiter must be one ASCII character, neither a quote nor a line end"),
				diag.Text{}, "resource", i, "delimiter")
		}
		if r.HeaderRows < 0 || r.HeaderRows > dataset.MaxHeaderRows {
			c.fail("schema.value", diag.T("header_rows 应在 0 到 %d 之间", "header_rows must be 0 to %d", dataset.MaxHeaderRows), diag.Text{}, "resource", i, "header_rows")
		}
		if r.SkipRows < 0 {
			c.fail("schema.value", diag.T("skip_rows 不能是负数", "skip_rows cannot be negative"), diag.Text{}, "resource", i, "skip_rows")
		}
	}
}

// inside reports whether a path stays in the dataset's folder on every system.
func inside(p string) bool {
	return fs.ValidPath(p) && p != "." && !strings.ContainsAny(p, `\:`) && !strings.ContainsFunc(p, unicode.IsControl)
}

// references checks the keys that name fields.
func (c *checker) references() {
	d := c.dictionary
	for _, ref := range []struct{ key, name string }{
		{"contributor", d.Contributor}, {"owner", d.Owner}, {"weight", d.Weight}, {"period", d.Period},
		{"cluster", d.Cluster}, {"stratum", d.Stratum},
	} {
		if ref.name != "" {
			c.reference(ref.name, ref.key)
		}
	}
	for i, name := range d.Segments {
		c.reference(name, "segments", i)
	}
	if f, ok := d.Field(d.Weight); ok && !f.numeric() {
		c.fail("schema.reference", diag.T("权重字段 %q 不是数字", "the weight field %q is no number", d.Weight), diag.Text{}, "weight")
	}
}

func (c *checker) reference(name string, path ...any) {
	f, ok := c.dictionary.Field(name)
	if !ok {
		c.fail("schema.reference", diag.T("没有字段 %q", "there is no field %q", name),
			diag.DidYouMean(name, c.dictionary.FieldNames()), path...)
		return
	}
	if f.Role == RolePersonal || f.Role == RoleOpen {
		c.fail("schema.reference", diag.T("字段 %q 的 role 是 %q，不会被读取", "field %q has role %q and is not read", name, f.Role),
			diag.T("要区分贡献者，用 role = \"id\"", "to tell contributors apart use role = \"id\""), path...)
	}
}
