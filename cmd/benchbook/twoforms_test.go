package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestTheSameAnswersInTwoFormats imports one survey as CSV and as XLSX: the
// sites are the same in every byte.
func TestTheSameAnswersInTwoFormats(t *testing.T) {
	rows := [][]string{{"序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、行业", "2、在用的阵地", "3、团队人数", "4、满意度—导流", "4、满意度—留存"}}
	for i := range 80 {
		rows = append(rows, []string{fmt.Sprint(i + 1), fmt.Sprintf("2026/3/%d 09:00:00", i%28+1), "75秒", "微信", "", "203.0.113.9(上海-上海)",
			[]string{"美妆", "食品", "美妆", "美妆"}[i%4], []string{"企业微信┋公众号", "企业微信", "(空)"}[i%3], fmt.Sprint(i%9 + 1), []string{"满意", "一般", "不满意"}[i%3], []string{"一般", "满意"}[i%2]})
	}
	var trees []map[string]string
	for _, name := range []string{"调研.csv", "调研.xlsx"} {
		dir := t.TempDir()
		site, file := filepath.Join(dir, "report"), filepath.Join(dir, name)
		writeTable(t, file, rows)
		benchbook(t, "new", site, "--quiet")
		benchbook(t, "import", file, "--site", site, "--quiet")
		benchbook(t, "build", "--site", site, "--quiet")
		trees = append(trees, treeOf(t, filepath.Join(site, "public")))
	}
	for name, text := range trees[0] {
		if trees[1][name] != text && name != "manifest.json" {
			t.Errorf("%s differs", name)
		}
	}
	if len(trees[0]) != len(trees[1]) || len(trees[0]) < 10 {
		t.Errorf("%d and %d files", len(trees[0]), len(trees[1]))
	}
}

func writeTable(t *testing.T, file string, rows [][]string) {
	t.Helper()
	if strings.HasSuffix(file, ".csv") {
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := csv.NewWriter(f).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return
	}
	book := excelize.NewFile()
	defer book.Close()
	for r, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", r+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
}

func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
