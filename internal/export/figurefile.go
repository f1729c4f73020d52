package export

import (
	"runtime"
	"sync"
	"sync/atomic"

	"benchbook/internal/chart/bitmap"
	"benchbook/internal/page"

	"github.com/xuri/excelize/v2"
)

// pictureWidth is how wide figures are as pictures: what WeChat's editor wants.
const pictureWidth = 1080

// FigureFile is one more file of a figure.
type FigureFile struct {
	Figure *page.Bound
	Listed bool   // on every page that shows the figure
	Format string // PNG
	File   File
}

// FigureFiles makes of each figure the picture (PNG) of what a reader saves as
// SVG, and the workbook (XLSX) of its table.
func FigureFiles(s Site) ([]FigureFile, error) {
	made := make([][]FigureFile, len(s.Shown))
	err := each(len(s.Shown), func(i int) error {
		f := s.Shown[i]
		book, err := figureBook(s, f)
		if err != nil {
			return err
		}
		if drawing := f.Drawing(); drawing != nil {
			picture, err := bitmap.PNG(drawing, pictureWidth)
			if err != nil {
				return err
			}
			made[i] = append(made[i], FigureFile{f, true, "PNG", File{"figures/" + f.ID + ".png", picture}})
		}
		made[i] = append(made[i], FigureFile{f, f.IsTable, "XLSX", File{"figures/" + f.ID + ".xlsx", book}})
		return nil
	})
	var out []FigureFile
	for _, m := range made {
		out = append(out, m...)
	}
	return out, err
}

// figureBook is a workbook with one figure's table.
func figureBook(s Site, f *page.Bound) ([]byte, error) {
	w := &workbook{File: excelize.NewFile(), styles: map[string]int{}, single: true}
	names := sheetNames([]*page.Bound{f})
	w.do(w.SetSheetName("Sheet1", names[0]))
	w.figure(names[0], f)
	w.describe(s)
	return w.bytes(s)
}

// each does n things on every core and gives the first error by number.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				errs[i] = do(int(i))
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
