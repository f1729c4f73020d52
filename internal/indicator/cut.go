package indicator

import (
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// maxCut is how many fields a table may be cut by at once: beyond it hardly a
// cell has enough contributors to be published.
const maxCut = 3

// cut reads "industry,size" and checks that a dataset can be cut so; the
// problem is empty when it can.
func cut(d *schema.Dictionary, by string) (fields []string, problem, hint diag.Text) {
	for name := range strings.SplitSeq(by, ",") {
		name = strings.TrimSpace(name)
		f, ok := d.Field(name)
		switch {
		case !ok:
			return nil, diag.T("数据集 %[2]q 没有字段 %[1]q", "there is no field %q in dataset %q", name, d.Name), diag.DidYouMean(name, d.FieldNames())
		case !Cuttable(d, f):
			return nil, diag.T("不能按字段 %q 分组", "cannot cut by field %q", name),
				diag.T("分组字段要有选项（categories），或是日期、是否、整数，或列在 segments 里", "a field to cut by has categories, or is a date, yes/no or whole number, or is listed under segments")
		case slices.Contains(fields, name):
			return nil, diag.T("字段 %q 写了两次", "field %q is there twice", name), diag.Text{}
		}
		fields = append(fields, name)
	}
	if len(fields) > maxCut {
		return nil, diag.T("一张表最多按 %d 个字段交叉", "a table is cut by %d fields at most", maxCut), diag.Text{}
	}
	return fields, diag.Text{}, diag.Text{}
}

// Cuttable says whether tables may be cut by a field. Free text may not: its
// values name contributors.
func Cuttable(d *schema.Dictionary, f *schema.Field) bool {
	if f.Role != "" {
		return false
	}
	if len(f.Categories) > 0 || f.Name == d.Period || slices.Contains(d.Segments, f.Name) {
		return f.Name != d.Contributor
	}
	switch f.Type {
	case schema.Boolean, schema.Date, schema.DateTime, schema.Integer:
		return f.Name != d.Contributor && f.Name != d.Weight
	}
	return false
}
