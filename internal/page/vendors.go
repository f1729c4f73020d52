package page

import (
	"path"
	"strings"

	"benchbook/internal/diag"
)

// vendorCard reads the fixed fields of an entry of the vendor handbook; a field
// that is left out is a finding, since entries are compared field by field.
func (c *composer) vendorCard(d *doc, report bool) *VendorCard {
	v := d.Front.Vendor
	if v == nil {
		return nil
	}
	out := &VendorCard{Link: d.link(), Origin: v.Origin, Fills: v.Fills, Companies: v.Companies, Sponsored: v.Sponsored}
	for _, f := range []struct{ label, key, text string }{{"类型", "kind", v.Kind}, {"出身", "origin", v.Origin}, {"擅长", "good", v.Good}, {"短板", "weak", v.Weak},
		{"适合", "fits", v.Fits}, {"不适合", "unfit", v.Unfit}, {"常见计费", "fee", v.Fee}} {
		if f.text == "" && report {
			c.l.Add(diag.Diagnostic{Code: "page.vendor", Severity: diag.Warning, Pos: diag.At(d.File, 1, 1),
				Message: diag.T("服务商条目没有写「%s」（%s）", "the vendor's entry has no %[2]s (%[1]s)", f.label, f.key)})
		}
		text := f.text
		if text == "" {
			text = "—"
		}
		out.Rows = append(out.Rows, Row{Label: f.label, Text: text})
	}
	listed := "编辑收录，无付费"
	if v.Sponsored {
		listed = "赞助"
	}
	out.Rows = append(out.Rows, Row{Label: "收录方式", Text: listed})
	companies := "公开文章没有为这一类举名字"
	if len(v.Companies) > 0 {
		companies = strings.Join(v.Companies, "、")
	}
	out.Rows = append(out.Rows, Row{Label: "归入此类的", Text: companies})
	return out
}

// vendorsOf are the entries of a folder, for the page that opens it.
func (c *composer) vendorsOf(d *doc) []VendorCard {
	if base := path.Base(d.File); base != "index.md" && base != "README.md" {
		return nil
	}
	var out []VendorCard
	for _, other := range c.docs {
		if path.Dir(other.File) == path.Dir(d.File) {
			if card := c.vendorCard(other, false); card != nil {
				out = append(out, *card)
			}
		}
	}
	return out
}
