package dataset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// awkward is what each awkward file of other projects reads to: how many rows
// with the header, how the header, the first and the last row begin (cells
// joined by |), and what is reported.
var awkward = []struct {
	file                string
	rows                int
	header, first, last string
	codes               string
}{
	{"csvkit/bad.csv", 4, "column_a|column_b|column_c", "1|27|", "0|mixed types.... uh oh|17", "dataset.long_row dataset.short_row"},
	{"csvkit/blanks.csv", 2, "a|b|c|d|e|f", "|NA|N/A|NONE|NULL|.", "|NA|N/A|NONE|NULL|.", ""},
	{"csvkit/mac_newlines.csv", 3, "a|b|c", "1|2|3", "Once upon\ra time|5|6", ""},
	{"csvkit/null_byte.csv", 2, "a|b|c", "|2|3", "|2|3", "dataset.nul"},
	{"csvkit/optional_quote_characters.csv", 2, "a|b|c", "1|2|3", "1|2|3", ""},
	{"csvkit/realdata__Datagov_FY10_EDU_recp_by_State.csv", 56, "State Name|State Abbreviate|Post-9/11GI Bill Program|Montgom", "ALABAMA|AL|7738|5779|2075|3102|883|5|19,582", " the total within this table should not be used to reflect t", ""},
	{"csvkit/realdata__FY09_EDU_Recipients_by_State.csv", 53, "State Name|State Abbreviate|Code|Montgomery GI Bill-Active D", "ALABAMA|AL|01|6,718|1,728|2,703|1,269|8|12,426|", "PUERTO RICO|PR|72|822|1,107|1,565|927|3|4,424|", ""},
	{"csvkit/realdata__acs2012_5yr_population.csv", 94, "fips|name|total_population|margin_of_error", "31001|Adams County, NE|31299|0", "31185|York County, NE|13727|0", ""},
	{"csvkit/realdata__ne_1033_data.xlsx", 1037, "state|county|fips|nsn|item_name|quantity|ui|acquisition_cost", "NE|ADAMS|31001.0|1005-00-589-1271|RIFLE,7.62 MILLIMETER|1.0|", "NE|YORK|31185.0|1005-00-856-6885|RIFLE,5.56 MILLIMETER|1.0|E", ""},
	{"csvkit/sheets.xlsx", 6, "text|date|integer|boolean|float|datetime|empty_column", "Chicago Reader|1971-01-01|40|TRUE|1|1971-01-01 04:14:00|", "Unicode! Σ||||||", "dataset.long_row"},
	{"csvkit/test_date_format.csv", 3, "a", "02/01/2014", "31/12/2012", ""},
	{"csvkit/test_empty_columns_long_row.csv", 1, "a|b|c", "", "", ""},
	{"csvkit/test_empty_columns_short_row.csv", 1, "a|b|c", "", "", ""},
	{"csvkit/test_extra_header.csv", 2, "a|b|c|d", "1|2|3|", "1|2|3|", "dataset.short_row"},
	{"csvkit/test_header_newline.csv", 2, "start end|b|c", "d|e|f", "d|e|f", ""},
	{"csvkit/test_latin1.csv", 3, "a|b|c", "1|2|3", "4|5|©", ""},
	{"csvkit/test_locale.csv", 2, "a|b|c", "1,7|200.000.000|", "1,7|200.000.000|", ""},
	{"csvkit/test_no_leading_zeroes.csv", 2, "a|b|c", "01|00.11|0.1", "01|00.11|0.1", ""},
	{"csvkit/test_numeric_date_format.csv", 3, "a", "20140102", "20121231", ""},
	{"csvkit/test_skip_lines.csv", 2, "a|b|c", "1|2|3", "1|2|3", ""},
	{"csvkit/test_utf16_big.csv", 3, "a|b|c", "1|2|3", "4|5|ʤ", ""},
	{"csvkit/test_utf16_little.csv", 3, "a|b|c", "1|2|3", "4|5|ʤ", ""},
	{"csvkit/test_utf8_bom.csv", 3, "foo|bar|baz", "1|2|3", "4|5|ʤ", ""},
	{"derived/easyexcel-office.gb18030.csv", 11, "姓名|年纪", "姓名0|20", "姓名9|20", ""},
	{"derived/easyexcel-office.utf16le-bom.csv", 11, "姓名|年纪", "姓名0|20", "姓名9|20", ""},
	{"derived/handmade-cn-numbers.gb18030.csv", 7, "门店|导流率|加微人数|成本(元)|回本月数|团", "杭州一店|１２．５％|1,234|￥12,000.00|3|5人|2024/", "杭州一店|150%|1e3|¥900|>12|100人以上|2024-02-30", ""},
	{"derived/handmade-cn-numbers.utf8.csv", 7, "门店|导流率|加微人数|成本(元)|回本月数|团", "杭州一店|１２．５％|1,234|￥12,000.00|3|5人|2024/", "杭州一店|150%|1e3|¥900|>12|100人以上|2024-02-30", ""},
	{"easyexcel/bom__no_bom.csv", 11, "姓名|年纪", "姓名0|20", "姓名9|20", ""},
	{"easyexcel/bom__office_bom.csv", 11, "姓名|年纪", "姓名0|20", "姓名9|20", ""},
	{"easyexcel/converter__converterCsv.csv", 2, "大数的布尔(不支持)|大数的数字|大数的字符", "1|1|1|1|1|1|TRUE|TRUE|TRUE|1|1|1|2020-01-01 01:01:01|2020-01", "1|1|1|1|1|1|TRUE|TRUE|TRUE|1|1|1|2020-01-01 01:01:01|2020-01", "dataset.long_row"},
	{"easyexcel/dataformat__dataformat.xlsx", 28, "date|dateStringCn|dateStringCn2|dateStringUs|number|numberSt", "2020-01-01 01:01:01|2020-1-1 1:01||2020-1-1 1:01|1.1111|1.11", "2020-01-01 01:01:01|2020年1月1日 1:01:01||2020年1月1日", ""},
	{"easyexcel/demo__cellDataDemo.xlsx", 11, "字符串标题|日期标题|数字标题|公式", "字符串0|2020-01-01 01:01:01|1|字符串01", "字符串9|2020-01-10 01:01:01|10|字符串910", ""},
	{"easyexcel/demo__demo.csv", 11, "字符串标题|日期标题|数字标题", "字符串0|2020-01-01 01:01:00|1", "字符串9|2020-01-10 01:01:00|10", ""},
	{"easyexcel/demo__demo.xlsx", 11, "字符串标题|日期标题|数字标题", "字符串0|2020-01-01 01:01:01|1", "字符串9|2020-01-10 01:01:01|10", ""},
	{"easyexcel/extra__extra.xlsx", 6, "第一列|第二列", "普通超链接|", "合并单元格|", ""},
	{"easyexcel/multiplesheets__multiplesheets.xlsx", 2, "表1头", "表1数据", "表1数据", ""},
	{"excelize/BadWorkbook.xlsx", 0, "", "", "", "dataset.unreadable"},
	{"excelize/MergeCell.xlsx", 12, "A1||C1|D1", "A2|B2|C2|D2", "A12|B12|C12|D12", ""},
	{"excelize/SharedStrings.xlsx", 1, "A", "", "", ""},
	{"frictionless/adjust-floating-point-error.xlsx", 6, "Sample Name|peak PO4|actual PO4 (formula)|actual PO4 (values", "P-1-94-AR P21 16-20cm Pi split 3|60.565|242.26|242.26", "TT013-06MC 24-26cm Pi split 2|21.5|1720|1720", ""},
	{"frictionless/blank-headers.csv", 3, "id||age", "1101|John|30", "1102|Julie|26", ""},
	{"frictionless/blank-rows-multiple.csv", 3, "id|name|age", "1101|John|30", "1102|Julie|26", ""},
	{"frictionless/blank-rows.csv", 3, "id|name|age", "1101|John|30", "1102|Julie|26", ""},
	{"frictionless/bom.csv", 3, "id|name", "1|english", "2|中国人", ""},
	{"frictionless/defective-rows.csv", 3, "id|name|age", "1101|John|", "1102|Julie|26", "dataset.short_row dataset.long_row"},
	{"frictionless/doublequote.csv", 6, "INCISO|NOMBREINCISO|UE|NOMBREUE|AÑO|CODIGOAP|NOMBREAP|DESCR", "A.N.E.P.|Administración Nacional de Educación Pública|CES", "A.N.E.P.|Administración Nacional de Educación Pública|CFe", ""},
	{"frictionless/duplicate-headers.csv", 3, "id|name|id|age|id", "1101|John|0|30|001101", "1102|Julie|0|26|001102", ""},
	{"frictionless/encoding-issue-274.csv", 508, "id|name|abbreviation|other_names|description|classification|", "nz/a2f|Asia New Zealand Foundation|A2F||||||||http://www.asi", "nz/world-buskers-festival-trust|World Buskers Festival Trust", ""},
	{"frictionless/issue-1009-semicolon.csv", 2, "fieldNameA|fieldNameB", "0123|c", "0123|c", ""},
	{"frictionless/leading-zeros.csv", 4, "value", "01", "00003", ""},
	{"frictionless/merged-cells.xlsx", 1, "data", "", "", ""},
	{"frictionless/multiline-headers.xlsx", 6, "Region|Caloric contribution|Cumulative impact of changes on ", "Region|Caloric contribution|", "A|B|C", "dataset.long_row dataset.long_row dataset.long_row"},
	{"frictionless/number-format-multicode.xlsx", 4, "col1", "4.51119775197299", "15.7929464439101", ""},
	{"frictionless/number__number-test.csv", 14, "number|required|unique|minimum|maximum|enum", "NaN|NaN|NaN|NaN|NaN|NaN", "4e4|4e4|4e4|4e4|4e4|4e4", ""},
	{"frictionless/preserve-formatting-percentage.xlsx", 4, "col1|col2", "123|52%", "789|6%", ""},
	{"frictionless/preserve-formatting.xlsx", 2, "empty|0|0.00|0.0000|0.00000|0.0000#|m/d/yy|d-mmm|mm/dd/yy|mm", "|1000.5577|1000.5577|1000.5577|1000.5577|1000.5577|2040-05-2", "|1000.5577|1000.5577|1000.5577|1000.5577|1000.5577|2040-05-2", ""},
	{"frictionless/sheets.xlsx", 2, "id|name", "1.0|london", "1.0|london", ""},
	{"frictionless/skip-rows.xlsx", 4, "Table 1", "A", "", "dataset.long_row dataset.long_row dataset.long_row"},
	{"frictionless/table-with-accents.csv", 639, "Classement|Quartier|Date|Année|Occupancy rate|Average Price", "3 stars|All|01-01-13|2013|0,611553068|81,20416129|49,6606539", "All|Midi-Lemonnier|01-10-17|2017|0,81255249|103,1230372|83,7", ""},
}

// TestEveryAwkwardFileReadsOrSaysWhy goes over the folder, so that a file that
// is not in the list fails it.
func TestEveryAwkwardFileReadsOrSaysWhy(t *testing.T) {
	root := os.Getenv("BENCHBOOK_DATASETS")
	if root == "" {
		t.Skip("BENCHBOOK_DATASETS is not set")
	}
	root = filepath.Join(root, "messy-files")
	known := map[string]bool{}
	for _, want := range awkward {
		known[want.file] = true
		rows, l := wholeTable(t, filepath.Join(root, filepath.FromSlash(want.file)))
		var codes []string
		for _, d := range l.Sorted() {
			if codes = append(codes, d.Code); d.Pos.File == "" || d.Severity == 0 && d.Message.IsZero() {
				t.Errorf("%s: a finding without a place: %v", want.file, d)
			}
		}
		got := [3]string{}
		if len(rows) > 0 {
			got[0], got[2] = rows[0], rows[len(rows)-1]
		}
		if len(rows) > 1 {
			got[1] = rows[1]
		} else {
			got[2] = ""
		}
		if len(rows) != want.rows || !strings.HasPrefix(got[0], want.header) || !strings.HasPrefix(got[1], want.first) || !strings.HasPrefix(got[2], want.last) || strings.Join(codes, " ") != want.codes {
			t.Errorf("%s: %d rows, %q, %q", want.file, len(rows), got, codes)
		}
	}
	err := filepath.WalkDir(root, func(p string, e os.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, p)
		if err == nil && !e.IsDir() && filepath.Ext(p) != ".md" && filepath.Base(p) != "manifest.csv" && !known[filepath.ToSlash(rel)] {
			t.Errorf("%s is not in the list", rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
