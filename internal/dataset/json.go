package dataset

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// isJSON takes records: an array of objects, an object that holds one, or one
// object a line.
func isJSON(head []byte, ext string, names []string) bool {
	text := strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n")
	if looksUTF16(head) != "" {
		text = strings.ReplaceAll(text, "\x00", "")
		text = strings.TrimPrefix(strings.TrimPrefix(text, "\xff\xfe"), "\xfe\xff")
	}
	return names == nil && (ext == "json" || ext == "jsonl" || ext == "ndjson" || ext == "") && (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "["))
}

// maxDepth bounds how deep records may be nested.
const maxDepth = 20

// openJSON reads the file twice: the columns are the keys of all records, in
// the order of their first appearance.
func openJSON(in *input, opts Options) (records, error) {
	j := &jsonFile{in: in}
	if err := j.start(); err != nil {
		return nil, err
	}
	first, records := []pair(nil), 0
	for {
		row, ok := j.object()
		if !ok {
			break
		}
		if records++; records == 1 {
			first = row
		}
		for _, c := range row {
			if _, known := j.at[c.name]; !known {
				if len(j.columns) == MaxColumns {
					j.close()
					return nil, in.refuse(diag.T("记录里的键超过 %d 个", "the records have more than %d keys", MaxColumns), diag.Text{})
				}
				j.at[c.name] = len(j.columns)
				j.columns = append(j.columns, c.name)
			}
		}
	}
	at := j.place()
	j.close()
	if records == 1 && columnwise(first) {
		return nil, in.refuse(diag.T("这个 JSON 是按列存的：一个键一整列", "this JSON holds columns: a key for each, with a list of all its values"),
			diag.T("转成一行一个对象，如 pandas 的 to_json(orient=\"records\")", "turn it into an object for each row, as to_json(orient=\"records\") of pandas does"))
	}
	if j.problem != nil || len(j.columns) == 0 {
		return nil, in.refuseAt(at, diag.T("不是由记录组成的 JSON", "this is no JSON of records"),
			diag.T("应是对象的数组，或一行一个对象（%v）", "it should be an array of objects, or one object a line (%v)", cmp.Or(j.problem, errNoObject)))
	}
	return j, j.start()
}

var errNoObject = errors.New("there is none")

// columnwise reports a record that is a table turned on its side: lists of one length.
func columnwise(row []pair) bool {
	length := 0
	for _, c := range row {
		items, err := csv.NewReader(strings.NewReader(c.text)).Read()
		if err != nil || !strings.HasSuffix(c.text, "\n") || len(items) < 2 || length != 0 && len(items) != length {
			return false
		}
		length = len(items)
	}
	return len(row) >= 2
}

// place is the line and column at which decoding stopped.
func (j *jsonFile) place() diag.Pos {
	offset := j.dec.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(j.problem, &syntax) {
		offset = max(offset, syntax.Offset)
	}
	if j.problem == nil {
		return diag.Pos{File: j.in.file}
	}
	text, err := j.in.decoded(j.in.settings)
	if err != nil {
		return diag.Pos{File: j.in.file}
	}
	defer text.Close()
	line, column := 1, 1
	for r := bufio.NewReader(io.LimitReader(text, offset-1)); ; column++ {
		c, _, err := r.ReadRune()
		if err != nil {
			return diag.At(j.in.file, line, column)
		}
		if c == '\n' {
			line, column = line+1, 0
		}
	}
}

// jsonFile streams records; the header is its first record.
type jsonFile struct {
	in      *input
	file    io.Closer
	limit   *recordLimit
	dec     *json.Decoder
	columns []string
	at      map[string]int
	line    int
	inside  bool // the records stand in an array
	problem error
	rec     record
}

// recordLimit fails when one record is longer than MaxRecord.
type recordLimit struct {
	io.Reader
	left int
}

var errLongRecord = fmt.Errorf("a record is longer than %d MB", MaxRecord>>20)

func (r *recordLimit) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, errLongRecord
	}
	n, err := r.Reader.Read(b[:min(len(b), 1<<16)])
	r.left -= n
	return n, err
}

// start opens the file and goes to its first record.
func (j *jsonFile) start() error {
	f, err := j.in.decoded(j.in.settings)
	if err != nil {
		return err
	}
	if j.at == nil {
		j.at = map[string]int{}
	}
	j.line, j.inside, j.file = 0, false, f
	j.limit = &recordLimit{Reader: bufio.NewReader(f), left: MaxRecord}
	j.dec = json.NewDecoder(j.limit)
	j.dec.UseNumber()
	return nil
}

func (j *jsonFile) err() error {
	if j.problem == nil || errors.Is(j.problem, io.EOF) {
		return nil
	}
	return fmt.Errorf("%w: %s, record %d: %w", ErrDamaged, j.in.file, j.line, j.problem)
}

func (j *jsonFile) close() error { return j.file.Close() }

func (j *jsonFile) next() (*record, bool) {
	if j.line == 0 {
		j.line = 1
		j.rec = record{line: 1, values: slices.Clone(j.columns), sheet: "JSON"}
		return &j.rec, true
	}
	row, ok := j.object()
	if !ok {
		return nil, false
	}
	values := make([]string, len(j.columns))
	for _, c := range row {
		values[j.at[c.name]] = c.text
	}
	j.rec = record{line: j.line, values: values, sheet: "JSON"}
	return &j.rec, true
}

// pair is one cell of a record.
type pair struct{ name, text string }

// object reads the next record.
func (j *jsonFile) object() ([]pair, bool) {
	j.limit.left = MaxRecord
	if !j.inside && j.line <= 1 && !j.enter() {
		return nil, false
	}
	if j.inside && !j.dec.More() {
		return nil, false
	}
	var raw json.RawMessage
	if err := j.dec.Decode(&raw); err != nil {
		if !errors.Is(err, io.EOF) {
			j.problem = err
		}
		return nil, false
	}
	row, err := flatten(nil, "", raw, 0)
	if err != nil {
		j.problem = err
		return nil, false
	}
	j.line = max(j.line, 1) + 1
	return row, true
}

// enter goes into the array that holds the records: the file itself, or the
// first array of objects in its one object ({"total": 3, "data": […]}).
func (j *jsonFile) enter() bool {
	head := j.limit.Reader.(interface{ Peek(int) ([]byte, error) })
	first, _ := head.Peek(4096)
	text := bytes.TrimLeft(first, " \t\r\n")
	if len(text) == 0 {
		return false
	}
	if text[0] == '{' && !wrapped(text) {
		return true // one object a line
	}
	for {
		t, err := j.dec.Token()
		if err != nil {
			j.problem = err
			return false
		}
		if t == json.Delim('[') {
			j.inside = true
			return true
		}
	}
}

// wrapped recognises an object around the records by an array of objects in its first bytes.
func wrapped(text []byte) bool {
	for _, key := range []string{`"data"`, `"records"`, `"rows"`, `"entries"`, `"items"`, `"results"`, `"responses"`} {
		if i := bytes.Index(text, []byte(key)); i >= 0 {
			rest := bytes.TrimLeft(text[i+len(key):], " \t\r\n:")
			if rest, ok := bytes.CutPrefix(rest, []byte("[")); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("{")) {
				return true
			}
		}
	}
	return false
}
