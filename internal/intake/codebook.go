package intake

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/dataset"
	"benchbook/internal/diag"
)

// entry is what a codebook says of one column.
type entry struct{ question, kind string }

// codebook gives the entries by column name.
type codebook map[string]entry

// readCodebook reads a table with the columns column, question and, if there, kind.
func readCodebook(path string, l *diag.List) (codebook, error) {
	book := codebook{}
	if path == "" {
		return book, nil
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
	for row, ok := reader.Next(); ok; row, ok = reader.Next() {
		e := entry{question: strings.TrimSpace(row.Values[question])}
		if kind >= 0 {
			e.kind = strings.ToLower(strings.TrimSpace(row.Values[kind]))
		}
		if e.question != "" {
			book[strings.TrimSpace(row.Values[column])] = e
		}
	}
	return book, reader.Err()
}
