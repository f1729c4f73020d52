package intake

import (
	"bytes"
	"encoding/json"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

type fieldJSON struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Type    string   `json:"type"`
	Shape   string   `json:"shape"`
	Options []string `json:"options"`
	Missing []string `json:"missing"`
}

type droppedJSON struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
}

type draftJSON struct {
	Dataset   string        `json:"dataset"`
	Format    string        `json:"format"`
	Platform  string        `json:"platform"`
	Encoding  string        `json:"encoding"`
	Delimiter string        `json:"delimiter"`
	Rows      int           `json:"rows"`
	Fields    []fieldJSON   `json:"fields"`
	Dropped   []droppedJSON `json:"dropped"`
	Warnings  []string      `json:"warnings"`
}

// JSON is the answer of `import --json`, in one line, with texts in a language ("zh", "en").
func (d *Draft) JSON(lang string) ([]byte, error) {
	out := draftJSON{Dataset: d.Dataset, Format: d.Format, Platform: d.Platform, Encoding: d.Encoding, Delimiter: d.Delimiter, Rows: d.Rows,
		Fields: []fieldJSON{}, Dropped: []droppedJSON{}, Warnings: texts(d.Warnings, lang)}
	for i := range d.Fields {
		f := &d.Fields[i]
		out.Fields = append(out.Fields, fieldJSON{f.Name, f.Title, string(f.Type), f.Shape, f.optionTexts(), append(append([]string{}, f.nothing...), f.Missing...)})
	}
	for _, c := range d.Dropped {
		out.Dropped = append(out.Dropped, droppedJSON{c.Column, c.Reason.In(lang)})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(out)
	return b.Bytes(), err
}

func (f *Field) optionTexts() []string {
	options := []string{}
	for _, c := range f.Categories {
		options = append(options, c.Value)
	}
	if f.Type == schema.Boolean && len(options) == 0 {
		options = []string{"true", "false"}
	}
	if f.Other != "" {
		options = append(options, f.Other)
	}
	return options
}

func texts(list []diag.Text, lang string) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, t.In(lang))
	}
	return out
}
