package dataset

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// flatten makes cells of a record: keys of objects are joined by "/", lists of
// texts become a CSV record, lists of objects stay JSON.
func flatten(row []pair, name string, raw json.RawMessage, depth int) ([]pair, error) {
	raw = bytes.TrimSpace(raw)
	if depth > maxDepth {
		return nil, errors.New("nested too deep")
	}
	if len(raw) == 0 || raw[0] != '{' {
		if name == "" {
			return nil, errors.New("a record is no object")
		}
		return append(row, pair{name, scalar(raw)}), nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		inner := fmt.Sprint(key)
		if name != "" {
			inner = name + "/" + inner
		}
		if row, err = flatten(row, inner, value, depth+1); err != nil {
			return nil, err
		}
	}
	return row, nil
}

// scalar is the text of a value that is no object.
func scalar(raw json.RawMessage) string {
	var text string
	var list []json.RawMessage
	switch {
	case string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &list) == nil:
		items := make([]string, len(list))
		for i, item := range list {
			if bytes.HasPrefix(bytes.TrimSpace(item), []byte("{")) {
				return string(raw)
			}
			items[i] = scalar(bytes.TrimSpace(item))
		}
		return csvRecord(items)
	}
	return string(raw)
}

// csvRecord writes items as a CSV record with its line end, which marks the cell as one.
func csvRecord(items []string) string {
	if len(items) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	// A strings.Builder takes every write.
	_ = w.Write(items)
	w.Flush()
	return b.String()
}
