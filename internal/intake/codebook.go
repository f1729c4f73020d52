package intake

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// entry is what a codebook says of one column.
type entry struct {
	question, kind string
	labels         map[string]string // of codes
}

// codebook gives the entries by column name.
type codebook map[string]entry

// readCodebook reads a table with the columns column, question and, if there,
// kind, and value and label (a row a code); or the SPSS syntax of a .sps file.
func readCodebook(path string, l *diag.List) (codebook, error) {
	book := codebook{}
	if path == "" {
		return book, nil
	}
	if strings.EqualFold(filepath.Ext(path), ".sps") {
		src, err := os.ReadFile(path)
		return readSyntax(src), err
	}
	reader, err := dataset.Open(filepath.Base(path), path, dataset.Options{}, l)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	header := reader.Header()
	column, question, kind := slices.Index(header, "column"), slices.Index(header, "question"), slices.Index(header, "kind")
	if column < 0 || question < 0 {
		l.Add(diag.Diagnostic{Code: "intake.codebook", Pos: diag.At(filepath.Base(path), 1, 1),
			Message: diag.T("编码手册要有 column 和 question 两列", "a codebook needs the columns column and question")})
		return nil, errors.Join(errors.New("codebook"), dataset.ErrReported)
	}
	value, label := slices.Index(header, "value"), slices.Index(header, "label")
	for row, ok := reader.Next(); ok; row, ok = reader.Next() {
		name := strings.TrimSpace(row.Values[column])
		e := book[name]
		if text := strings.TrimSpace(row.Values[question]); text != "" {
			e.question = text
		}
		if kind >= 0 {
			e.kind = strings.ToLower(strings.TrimSpace(row.Values[kind]))
		}
		if value >= 0 && label >= 0 && strings.TrimSpace(row.Values[value]) != "" {
			if e.labels == nil {
				e.labels = map[string]string{}
			}
			e.labels[strings.TrimSpace(row.Values[value])] = strings.TrimSpace(row.Values[label])
		}
		if e.question != "" || e.labels != nil {
			book[name] = e
		}
	}
	return book, reader.Err()
}
