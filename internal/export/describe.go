package export

import (
	"encoding/json"
	"maps"
	"slices"
)

// csvw is csv-metadata.json: the tables in terms of CSV on the Web.
func (s Site) csvw() map[string]any {
	set := s.Input.Settings
	var tables []map[string]any
	for _, t := range s.tables() {
		tables = append(tables, t.csvw())
	}
	out := object(map[string]any{"@context": []any{"http://www.w3.org/ns/csvw", map[string]any{"@language": set.Language}},
		"dc:title": set.Title, "dc:description": s.about(), "dc:publisher": set.Publisher, "dc:rights": set.Licence, "tables": tables})
	if day, ok := s.date(); ok {
		out["dc:issued"] = map[string]any{"@value": day.Format("2006-01-02"), "@type": "xsd:date"}
	}
	return out
}

func (t table) csvw() map[string]any {
	var columns []map[string]any
	for _, c := range t.columns {
		column := object(map[string]any{"name": c.name, "titles": []string{c.name, c.title}, "dc:description": c.about, "datatype": string(c.kind)})
		if c.kind != words {
			column["null"] = ""
		}
		columns = append(columns, column)
	}
	schema := map[string]any{"columns": columns, "primaryKey": t.key}
	var keys []map[string]any
	for _, name := range slices.Sorted(maps.Keys(t.refers)) {
		keys = append(keys, map[string]any{"columnReference": name, "reference": map[string]any{"resource": t.refers[name], "columnReference": name}})
	}
	if keys != nil {
		schema["foreignKeys"] = keys
	}
	return map[string]any{"url": t.file, "dc:title": t.title, "dc:description": t.about,
		"dialect": map[string]any{"encoding": "utf-8", "header": true, "delimiter": ","}, "tableSchema": schema}
}

// Linked is dataset.jsonld in one line that may stand in a script element.
func Linked(s Site) []byte {
	out, err := json.Marshal(s.forSearch()) // escapes <, > and &
	if err != nil {                         // texts and lists of them always encode
		return nil
	}
	return out
}

// forSearch is dataset.jsonld: the package as a schema.org Dataset, and each
// dataset that it rests on as a part.
func (s Site) forSearch() map[string]any {
	set := s.Input.Settings
	out := object(map[string]any{"@context": "https://schema.org/", "@type": "Dataset", "name": set.Title + " " + set.Edition, "description": s.about(),
		"version": set.Edition, "inLanguage": set.Language, "datePublished": set.Date, "url": set.BaseURL, "license": set.Licence, "isAccessibleForFree": true})
	if set.Publisher != "" {
		org := map[string]any{"@type": "Organization", "name": set.Publisher}
		out["creator"], out["publisher"] = org, org
	}
	out["distribution"] = []map[string]any{s.download("-data.zip", "application/zip"),
		s.download(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}
	var datasets []map[string]any
	for _, d := range s.Input.Datasets {
		part := object(map[string]any{"@type": "Dataset", "identifier": d.ID, "name": d.Title, "description": d.Description, "license": d.Licence,
			"isBasedOn": d.Source, "temporalCoverage": span(d.From, d.To)})
		datasets = append(datasets, part)
	}
	if datasets != nil {
		out["hasPart"] = datasets
	}
	var measured []string
	for _, t := range s.Input.Registry.Tables() {
		if !t.Implied && !slices.Contains(measured, t.Title) {
			measured = append(measured, t.Title)
		}
	}
	if measured != nil {
		out["variableMeasured"] = measured
	}
	return out
}

// download is a file that the site offers, at its address where that is known.
func (s Site) download(ending, format string) map[string]any {
	out := map[string]any{"@type": "DataDownload", "name": s.report() + ending, "encodingFormat": format}
	if base := s.Input.Settings.BaseURL; base != "" {
		out["contentUrl"] = base + "/" + s.Input.Settings.Edition + "/" + s.report() + ending
	}
	return out
}

// span is a stretch of days in ISO 8601; "" = not known.
func span(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return "../" + to
	case to == "":
		return from + "/.."
	}
	return from + "/" + to
}
