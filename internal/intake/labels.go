package intake

import (
	"archive/zip"
	"io"
	"path"
	"regexp"
	"strings"

	"benchbook/internal/dataset"
)

// maxLabels bounds a file of labels.
const maxLabels = 8 << 20

// archived reads the SPSS syntax that lies beside the table in a ZIP, as
// 网易问卷 packs it; nil = there is none.
func archived(file string) codebook {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil
	}
	defer z.Close()
	for _, f := range z.File {
		ext := strings.ToLower(path.Ext(f.Name))
		if ext != ".txt" && ext != ".sps" || f.UncompressedSize64 > maxLabels {
			continue
		}
		r, err := f.Open()
		if err != nil {
			continue
		}
		src, err := io.ReadAll(io.LimitReader(r, maxLabels))
		r.Close()
		if err == nil && syntaxWords.Match(src) {
			return readSyntax(src)
		}
	}
	return nil
}

var (
	syntaxWords = regexp.MustCompile(`(?i)\b(?:VARIABLE|VALUE)\s+LABELS?\b`)
	// A command starts at a line's beginning and ends with a full stop at a line's end.
	syntaxCommand = regexp.MustCompile(`(?ims)^\s*(VARIABLE|VALUE|ADD\s+VALUE)\s+LABELS?\s+(.*?)\.\s*$`)
	syntaxToken   = regexp.MustCompile(`'(?:[^']|'')*'|"(?:[^"]|"")*"|/|[^\s/'"]+`)
)

// readSyntax reads the labels of columns and of their codes out of SPSS syntax.
func readSyntax(src []byte) codebook {
	text := dataset.Text(src)
	book := codebook{}
	for _, m := range syntaxCommand.FindAllStringSubmatch(text, -1) {
		tokens := syntaxToken.FindAllString(m[2], -1)
		if strings.EqualFold(m[1], "VARIABLE") {
			book.columnLabels(tokens)
		} else {
			book.valueLabels(tokens)
		}
	}
	return book
}

// columnLabels takes NAME 'label' pairs.
func (book codebook) columnLabels(tokens []string) {
	for i := 0; i+1 < len(tokens); i++ {
		if label, ok := unquoted(tokens[i+1]); ok && tokens[i] != "/" {
			e := book[tokens[i]]
			e.question = label
			book[tokens[i]] = e
			i++
		}
	}
}

// valueLabels takes NAME … CODE 'label' …, one list of names after each slash.
func (book codebook) valueLabels(tokens []string) {
	var names []string
	labels := map[string]string{}
	put := func() {
		for _, name := range names {
			e := book[name]
			e.labels = labels
			book[name] = e
		}
		names, labels = nil, map[string]string{}
	}
	for i := 0; i < len(tokens); i++ {
		switch label, ok := "", false; {
		case tokens[i] == "/":
			put()
		case i+1 < len(tokens):
			if label, ok = unquoted(tokens[i+1]); ok {
				code, _ := unquoted(tokens[i])
				labels[code] = label
				i++
			} else if len(labels) == 0 {
				names = append(names, tokens[i])
			}
		}
	}
	put()
}

// unquoted takes the quotes off; ok is false where there were none, and then the token is as it was.
func unquoted(token string) (text string, ok bool) {
	if len(token) < 2 || token[0] != '\'' && token[0] != '"' {
		return token, false
	}
	mark := token[:1]
	return strings.TrimSpace(strings.ReplaceAll(token[1:len(token)-1], mark+mark, mark)), true
}
