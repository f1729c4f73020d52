package dataset

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// The end of a sheet's rows in XML, and formulas whose result was not saved.
var (
	endOfRows  = regexp.MustCompile(`</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>`)
	unsavedEnd = [][]byte{[]byte("</f></c>"), []byte("</f><v/></c>"), []byte("</f><v /></c>"), []byte("</f><v></v></c>")}
	cellRef    = regexp.MustCompile(`<c [^>]*?r="([A-Z]{1,3}\d+)"`)
)

// lookOverSheets reads the sheets' XML once for what the library passes over in
// silence: a part that breaks off, of which the rows above would be read as if
// they were all, and formulas without results, which would be read as blank.
func (in *input) lookOverSheets(files []*zip.File) error {
	for _, f := range files {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") || !strings.HasSuffix(f.Name, ".xml") || f.Flags&1 != 0 {
			continue
		}
		look := sheetLook{}
		if err := look.read(f); err != nil || !look.whole {
			return in.refuse(diag.T("工作簿已损坏：%s 读不到结尾", "the workbook is damaged: %s breaks off", f.Name),
				diag.T("在表格软件里打开，核对行数后另存为 .xlsx", "open it in a spreadsheet program, make sure of the number of rows and save it as .xlsx"))
		}
		if look.unsaved > 0 {
			in.list.Add(diag.Diagnostic{Code: "dataset.formula", Severity: diag.Warning, Pos: diag.Pos{File: in.file, Cell: look.first},
				Message: diag.T("%d 个公式没有保存计算结果，读作空白（第一个是 %s）", "%d formulas have no saved result and read as blank (the first is %s)", look.unsaved, look.first),
				Hint:    diag.T("在表格软件里打开，重新计算，保存后再导入", "open it in a spreadsheet program, have it computed, save it and import it again")})
		}
	}
	return nil
}

// sheetLook is what was seen in one sheet.
type sheetLook struct {
	whole   bool
	unsaved int
	first   string // cell of the first formula without a result
}

// overlap is how much of a block is looked at again with the next one.
const overlap = 256

func (s *sheetLook) read(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	block := make([]byte, 1<<16)
	kept := 0
	for {
		n, err := io.ReadFull(r, block[kept:])
		s.take(block[:kept+n], kept)
		kept = copy(block, block[max(kept+n-overlap, 0):kept+n])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// take looks at a block whose first bytes were seen before. UTF-16, which hardly
// any program writes here, is left to the library.
func (s *sheetLook) take(block []byte, seen int) {
	s.whole = s.whole || endOfRows.Match(block) || looksUTF16(block) != ""
	for _, end := range unsavedEnd {
		for at := 0; ; {
			i := bytes.Index(block[at:], end)
			if i < 0 {
				break
			}
			if at += i + len(end); at <= seen {
				continue
			}
			s.unsaved++
			if refs := cellRef.FindAllSubmatch(block[max(at-400, 0):at], -1); s.first == "" && len(refs) > 0 {
				s.first = string(slices.Clone(refs[len(refs)-1][1]))
			}
		}
	}
}
