package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// DataPackage is every released table for machines: CSV files with one
// description in Frictionless terms (datapackage.json), one in the W3C's
// (csv-metadata.json) and one for search engines (dataset.jsonld); as a folder
// and as a ZIP.
func DataPackage(s Site) ([]File, error) {
	var parts []File
	for _, t := range s.tables() {
		parts = append(parts, File{t.file, t.csv()})
	}
	described := s.describe(parts)
	for name, description := range described {
		parts = append(parts, File{name, indented(description)})
	}
	parts = append(parts, File{"README.md", s.readme()})
	parts = sorted(parts)
	packed, err := s.pack(parts)
	if err != nil {
		return nil, err
	}
	out := []File{{s.report() + "-data.zip", packed}}
	for _, p := range parts {
		out = append(out, File{s.report() + "-data/" + p.Name, p.Bytes})
	}
	return out, nil
}

func (s Site) describe(parts []File) map[string]any {
	return map[string]any{"datapackage.json": s.frictionless(parts), "csv-metadata.json": s.csvw(), "dataset.jsonld": s.forSearch()}
}

// indented is JSON for people to read as well; keys in order, so that equal
// descriptions give equal bytes.
func indented(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // texts, numbers and maps of them always encode
	return b.Bytes()
}

// object leaves out what is empty, since an empty address or date is not valid.
func object(pairs map[string]any) map[string]any {
	maps.DeleteFunc(pairs, func(_ string, v any) bool { return v == "" || v == nil })
	return pairs
}

// plainName is what a licence of the list of Open Definition is called.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// licences are those of the datasets that have a name that machines know.
func (s Site) licences() []map[string]any {
	var out []map[string]any
	for _, d := range s.Input.Datasets {
		known := slices.ContainsFunc(out, func(l map[string]any) bool { return l["name"] == d.Licence })
		if plainName.MatchString(d.Licence) && !known {
			out = append(out, map[string]any{"name": d.Licence})
		}
	}
	return out
}

// frictionless is datapackage.json, Data Package 1.
func (s Site) frictionless(parts []File) map[string]any {
	set := s.Input.Settings
	var resources []map[string]any
	for _, t := range s.tables() {
		i := slices.IndexFunc(parts, func(f File) bool { return f.Name == t.file })
		sum := sha256.Sum256(parts[i].Bytes)
		resources = append(resources, map[string]any{"profile": "tabular-data-resource", "name": stem(t.file), "path": t.file, "title": t.title, "description": t.about,
			"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(parts[i].Bytes), "hash": "sha256:" + hex.EncodeToString(sum[:]), "schema": t.schema()})
	}
	p := object(map[string]any{"profile": "tabular-data-package", "name": strings.ToLower(s.report()), "title": set.Title, "description": s.about(),
		"version": set.Edition, "homepage": set.BaseURL, "resources": resources})
	if day, ok := s.date(); ok {
		p["created"] = day.Format("2006-01-02T15:04:05Z")
	}
	if l := s.licences(); l != nil {
		p["licenses"] = l
	}
	if set.Publisher != "" {
		p["contributors"] = []map[string]any{{"title": set.Publisher, "role": "publisher"}}
	}
	var sources []map[string]any
	for _, d := range s.Input.Datasets {
		sources = append(sources, map[string]any{"title": strings.TrimSpace(d.Title + " " + d.Source)})
	}
	if sources != nil {
		p["sources"] = sources
	}
	return p
}

func stem(file string) string { return strings.TrimSuffix(file, ".csv") }

// schema is the table in terms of Table Schema.
func (t table) schema() map[string]any {
	var fields []map[string]any
	for _, c := range t.columns {
		fields = append(fields, object(map[string]any{"name": c.name, "title": c.title, "description": c.about, "type": string(c.kind)}))
	}
	out := map[string]any{"fields": fields, "primaryKey": t.key, "missingValues": []string{""}}
	if len(t.refers) > 0 {
		var keys []map[string]any
		for _, name := range slices.Sorted(maps.Keys(t.refers)) {
			keys = append(keys, map[string]any{"fields": name, "reference": map[string]any{"resource": stem(t.refers[name]), "fields": name}})
		}
		out["foreignKeys"] = keys
	}
	return out
}

func (s Site) about() string {
	set := s.Input.Settings
	out := strings.TrimSpace(set.Description)
	for _, d := range s.Input.Datasets {
		if d.Sample {
			return out + "（含示例数据：由程序生成，不代表真实调查结果）"
		}
	}
	return out
}

func (s Site) readme() []byte {
	var b strings.Builder
	set := s.Input.Settings
	fmt.Fprintf(&b, "# %s（%s 版）数据包\n\n%s\n\n", set.Title, set.Edition, s.about())
	b.WriteString("全部数字都经过公布规则：贡献者不足的单元只有名字和原因，没有数。原始记录不在其中。文件为 UTF-8 编码的 CSV；要在 Excel 里看，请用工作簿。\n\n| 文件 | 内容 |\n| --- | --- |\n")
	for _, t := range s.tables() {
		fmt.Fprintf(&b, "| `%s` | %s：%s |\n", t.file, t.title, t.about)
	}
	b.WriteString("| `datapackage.json` | 说明，Frictionless Data Package |\n| `csv-metadata.json` | 说明，CSV on the Web |\n| `dataset.jsonld` | 说明，schema.org Dataset |\n\n## 方法代号\n\n")
	seen := map[string]bool{}
	for _, t := range s.Input.Registry.Tables() {
		for _, m := range t.Methods() {
			if !seen[m.Code] {
				seen[m.Code] = true
				fmt.Fprintf(&b, "- `%s` %s：%s\n", m.Code, m.Title, m.Text)
			}
		}
	}
	if set.Licence != "" {
		fmt.Fprintf(&b, "\n## 许可\n\n%s\n", set.Licence)
	}
	return []byte(b.String())
}
