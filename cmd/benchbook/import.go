package main

import (
	"errors"
	"fmt"
	"os"

	"benchbook/internal/diag"
	"benchbook/internal/intake"
	"benchbook/internal/site"

	"github.com/spf13/cobra"
)

type importFlags struct {
	as, codebook, encoding, delimiter, sheet string
	open, json                               bool
	headerRows, skipRows                     int
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: a.text("读入一份原始导出", "take a raw export in"),
		Long: a.text("认出一份导出（CSV、TSV、XLSX、JSON、Parquet、装着一张表的 ZIP；问卷星、腾讯问卷、金数据等平台与普通表），说明每一列怎么认的，去掉含个人信息的列，\n写成 data/名称/ 和一章草稿。再导一次只换数据行：改过的数据字典和正文都留着。\n列相同的几个文件是同一份问卷的几批，合在一起；加 --as 时一律合在一起。",
			"Recognise an export (CSV, TSV, XLSX, JSON, Parquet, a ZIP that holds one table; 问卷星, 腾讯问卷, 金数据 and other platforms, plain tables), say how each column was taken,\ndrop personal columns, and write data/NAME/ and a drafted chapter. Importing again replaces rows only: an edited\ndictionary and text stay. Files with the same columns are batches of one survey and are joined; with --as all are."),
		Args: a.arguments(1, -1),
		RunE: func(_ *cobra.Command, args []string) error { return a.importFiles(args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.as, "as", "", a.text("数据集的名称（默认取自文件名）", "name of the dataset (default: from the file's name)"))
	flags.BoolVar(&f.open, "open", false, a.text("数据已经公开，不作隐去", "the data are already public: nothing is suppressed"))
	flags.StringVar(&f.codebook, "codebook", "", a.text("题目对照表，CSV：column,question,kind；或 SPSS 语法 .sps", "CSV with columns column,question,kind, or SPSS syntax (.sps)"))
	flags.StringVar(&f.encoding, "encoding", "", a.text("字符编码，认错时指定", "character encoding, where it was taken wrongly"))
	flags.StringVar(&f.delimiter, "delimiter", "", a.text("分隔符，认错时指定", "delimiter, where it was taken wrongly"))
	flags.StringVar(&f.sheet, "sheet", "", a.text("工作表名称", "name of the sheet"))
	flags.IntVar(&f.headerRows, "header-rows", 0, a.text("表头行数", "rows of the header"))
	flags.IntVar(&f.skipRows, "skip-rows", 0, a.text("表头之上要跳过的行数", "rows above the header"))
	flags.BoolVar(&f.json, "json", false, a.text("在标准输出打印 JSON", "print JSON to standard output"))
	return cmd
}

func (a *app) importFiles(files []string, f importFlags) error {
	l := &diag.List{}
	s, err := a.openSite(l)
	if err != nil {
		return err
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			return usageError{diag.T("没有文件 %s", "there is no file %s", file)}
		}
	}
	batches := [][]string{files}
	if f.as == "" {
		batches = intake.Batches(files, f.reading())
	}
	for _, batch := range batches {
		if err := a.importBatch(s, batch, f, l); err != nil {
			return err
		}
	}
	return a.report(s, l, false, false)
}

func (f *importFlags) reading() intake.Reading {
	return intake.Reading{Encoding: f.encoding, Delimiter: f.delimiter, Sheet: f.sheet, HeaderRows: f.headerRows, SkipRows: f.skipRows}
}

// importBatch takes in one file, or several batches of one survey.
func (a *app) importBatch(s *site.Site, files []string, f importFlags, l *diag.List) error {
	opts := intake.Options{As: f.as, Open: f.open, Codebook: f.codebook, Read: f.reading()}
	draft, err := intake.Join(files, opts, l)
	if errors.Is(err, intake.ErrReported) {
		return a.report(nil, l, false, false)
	}
	if err != nil {
		return err
	}
	written, err := draft.Write(s.Dir, f.as, l)
	if errors.Is(err, intake.ErrReported) {
		return a.report(s, l, false, false)
	}
	if err != nil {
		return err
	}
	a.decided(draft)
	for _, name := range written.Created {
		a.say(diag.T("写了 %s", "wrote %s", name))
	}
	for _, name := range written.Replaced {
		a.say(diag.T("换了 %s", "replaced %s", name))
	}
	for _, name := range written.Kept {
		a.say(diag.T("保留 %s", "kept %s", name))
	}
	if !f.json {
		return nil
	}
	out, err := draft.JSON(a.lang)
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(out)
	return err
}

// decided says how the file and every column were taken, and why.
func (a *app) decided(d *intake.Draft) {
	a.say(diag.T("%s：%s，%d 行，%d 列，丢弃 %d 列", "%s: %s, %d rows, %d columns, %d dropped", d.Dataset, d.Format, d.Rows, len(d.Fields), len(d.Dropped)))
	for _, e := range d.Evidence {
		a.say(diag.T("  %s", "  %s", e.In(a.lang)))
	}
	for _, c := range d.Dropped {
		a.say(diag.T("  丢弃 %s：%s", "  dropped %s: %s", c.Column, c.Reason.In(a.lang)))
	}
	for _, w := range d.Warnings {
		fmt.Fprintln(a.stderr, diag.T("警告：%s", "warning: %s", w.In(a.lang)).In(a.lang))
	}
	if a.verbose {
		for i := range d.Fields {
			f := &d.Fields[i]
			a.say(diag.T("  %s（%s）：%s", "  %s (%s): %s", f.Name, f.Type, f.Why.In(a.lang)))
		}
	}
}
