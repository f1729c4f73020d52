package intake

import (
	"strings"
	"testing"

	"benchbook/internal/schema"
)

// TestDraftedNumbers drafts columns of figures and reads them back by the
// dictionary (imported reports every cell that does not fit it).
func TestDraftedNumbers(t *testing.T) {
	for _, c := range []struct {
		title, cells string
		kind         schema.FieldType
		format       string
	}{
		{"占比（%）", "12 7 40 55", schema.Number, "percent"},
		{"占比(％)", "12 7% 40 55", schema.Number, "percent"},
		{"销售额", "30.9万 12 9800 44", schema.Number, ""},
		{"销售额", "3千 12 9800 44", schema.Number, ""},
		{"销售额", "12.0 9 7 44", schema.Number, ""},
		{"销售额", "１２．０ 9 7 44", schema.Number, ""},
		{"销售额（万元）", "12 9 7 44", schema.Number, ""},
		{"好友数", "¥12 9人 ７ 44", schema.Integer, ""},
	} {
		text := c.title + ",备注\n"
		for i, cell := range strings.Fields(c.cells) {
			text += cell + "," + string(rune('a'+i)) + "\n"
		}
		_, dict, counts := imported(t, export(t, "n.csv", text), Options{})
		f := dict.Fields[0]
		if f.Type != c.kind || f.Format != c.format || counts[f.Name][""] != 4 {
			t.Errorf("%s %q: %s %q, %d cells", c.title, c.cells, f.Type, f.Format, counts[f.Name][""])
		}
	}
}
