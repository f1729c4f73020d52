package dataset

import (
	"strings"

	"benchbook/internal/diag"
)

// unusual are delimiters that are not looked for, since ordinary texts hold them.
var unusual = []string{"，", "；", "、", "｜", "^", "~", "\x01", "\x1f", "::", "  ", ":", "#"}

// undivided finds the delimiter of a text file that was taken for one column: it
// stands in the header and equally often in nearly all rows. "" = it is one column.
func (r *Reader) undivided() string {
	if len(r.header) != 1 || r.in.settings.Delimiter == "" || len(r.pending) < 2 {
		return ""
	}
	for _, mark := range unusual {
		columns := runs(r.header[0], mark)
		if mark == "  " { // the header lost its runs of blanks
			columns = strings.Count(r.header[0], " ")
		}
		alike := 0
		for _, rec := range r.pending {
			if columns > 0 && len(rec.values) == 1 && runs(rec.values[0], mark) == columns {
				alike++
			}
		}
		if alike*10 >= len(r.pending)*9 && alike >= 2 {
			return mark
		}
	}
	return ""
}

// runs counts the places where a mark stands once or several times in a row.
func runs(text, mark string) (n int) {
	for {
		i := strings.Index(text, mark)
		if i < 0 {
			return n
		}
		n++
		text = strings.TrimLeft(text[i+len(mark):], mark)
	}
}

// refuseUndivided says how to have the columns told apart.
func (r *Reader) refuseUndivided(mark string) error {
	hint := diag.T("换成逗号另存，或在表格软件里分列后另存为 xlsx；确实只有一列时，写 --delimiter \",\"", "save it with commas, or split the column in a spreadsheet program and save it as xlsx; if it is one column, give --delimiter \",\"")
	if KnownDelimiter(mark) && mark > " " {
		hint = diag.T("用 --delimiter %q 再导入；确实只有一列时，写 --delimiter \",\"", "import it again with --delimiter %q; if it is one column, give --delimiter \",\"", mark)
	}
	return r.in.refuse(diag.T("看上去是用 %q 分列的，没有按它分", "the columns seem to be separated by %q, by which they were not told apart", mark), hint)
}
