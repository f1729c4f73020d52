package export

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// index lists the sheets.
func (w *workbook) index(s Site, names []string) {
	set := s.Input.Settings
	w.text(indexSheet, 1, 1, strings.TrimSpace(set.Title+"（"+set.Edition+" 版）"), "title")
	w.text(indexSheet, 1, 2, s.about(), "mute")
	for i, head := range []string{"编号", "标题", "说明", "基数", "示例数据"} {
		w.text(indexSheet, i+1, headRow, head, "head")
	}
	row := headRow
	for i, f := range s.Shown {
		row++
		w.link(indexSheet, 1, row, names[i], f.Spec.Number)
		w.text(indexSheet, 2, row, f.Spec.Finding, "wrap")
		w.text(indexSheet, 3, row, f.Spec.Subtitle, "wrap")
		w.text(indexSheet, 4, row, f.Spec.Base, "wrap")
		if f.Spec.Sample {
			w.text(indexSheet, 5, row, "是", "wrap")
		}
	}
	for _, name := range append([]string{notesSheet}, w.listed...) {
		row++
		w.link(indexSheet, 1, row, name, name)
	}
	for i, width := range []float64{12, 44, 60, 22, 10} {
		column, err := excelize.ColumnNumberToName(i + 1)
		w.do(err)
		w.do(w.SetColWidth(indexSheet, column, column, width))
	}
	w.freeze(indexSheet, headRow, 0)
}

// notes say how to read the book.
func (w *workbook) notes(s Site) {
	set := s.Input.Settings
	lines := [][2]string{
		{"版次", set.Edition + " 版"}, {"发布", set.Date}, {"编写", set.Publisher}, {"网址", set.BaseURL}, {"许可", set.Licence}, {"联系与勘误", set.Contact},
		{"样本不足", "贡献者太少，或公布后会推算出这样的数，按公布规则不给数字；单元格带底纹。"}, {"—", "没有这个数。"}, {"n", "基数：这个数所依据的记录条数。"},
		{"区间", "95% 区间。"}, {"百分比", "存为小数，显示为百分比；各表的位数与网页一致。「全部单元」里是未取整的值。"},
	}
	for _, d := range s.Input.Datasets {
		about := strings.Trim(strings.Join([]string{d.Description, d.Source, span(d.From, d.To), d.Licence}, "；"), "；")
		if d.Sample {
			about = "示例数据。" + about
		}
		lines = append(lines, [2]string{"数据集 " + d.Title, about})
	}
	row := 0
	for _, line := range lines {
		if line[1] == "" {
			continue
		}
		row++
		w.text(notesSheet, 1, row, line[0], "head")
		w.text(notesSheet, 2, row, line[1], "wrap")
	}
	w.do(w.SetColWidth(notesSheet, "A", "A", 24))
	w.do(w.SetColWidth(notesSheet, "B", "B", 90))
}

// describe fills the document's properties; its date is the day of publication.
func (w *workbook) describe(s Site) {
	set := s.Input.Settings
	day := s.published().Format("2006-01-02T15:04:05Z")
	w.do(w.SetDocProps(&excelize.DocProperties{Title: set.Title, Subject: set.Subtitle, Creator: set.Publisher, Description: s.about(),
		LastModifiedBy: s.Input.Generator, Created: day, Modified: day, Language: set.Language, Version: set.Edition}))
}
