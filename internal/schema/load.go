package schema

import (
	"path"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// The shape of dataset.toml. It is apart from Dictionary so that the rooms above
// do not depend on how the file is written.
type fileTOML struct {
	Name        string         `toml:"name"`
	Title       string         `toml:"title"`
	Description string         `toml:"description"`
	Source      sourceTOML     `toml:"source"`
	Licence     string         `toml:"licence"`
	Disclosure  string         `toml:"disclosure"`
	Embargo     config.Date    `toml:"embargo"`
	Sample      bool           `toml:"sample"`
	Unit        string         `toml:"unit"`
	Contributor string         `toml:"contributor"`
	Owner       string         `toml:"owner"`
	Weight      string         `toml:"weight"`
	Cluster     string         `toml:"cluster"`
	Stratum     string         `toml:"stratum"`
	Weighting   weightingTOML  `toml:"weighting"`
	Quality     qualityTOML    `toml:"quality"`
	Period      string         `toml:"period"`
	Segments    []string       `toml:"segments"`
	Missing     []string       `toml:"missing"`
	Skipped     []string       `toml:"skipped"`
	Refused     []string       `toml:"refused"`
	Resources   []resourceTOML `toml:"resource"`
	Fields      []fieldTOML    `toml:"field"`
	Collected   struct {
		From config.Date `toml:"from"`
		To   config.Date `toml:"to"`
	} `toml:"collected"`
}

// sourceTOML is who collected the data, or the database that they stay in.
type sourceTOML struct {
	Name    string `toml:"name,bare"`
	Driver  string `toml:"driver"`
	Env     string `toml:"env"`
	Catalog string `toml:"catalog"`
	Schema  string `toml:"schema"`
	Table   string `toml:"table"`
	Timeout string `toml:"timeout"`
}

type resourceTOML struct {
	Path       string `toml:"path"`
	Format     string `toml:"format"`
	Encoding   string `toml:"encoding"`
	Delimiter  string `toml:"delimiter"`
	Sheet      string `toml:"sheet"`
	HeaderRows int    `toml:"header_rows"`
	SkipRows   int    `toml:"skip_rows"`
}

type fieldTOML struct {
	Name        string         `toml:"name"`
	Column      string         `toml:"column"`
	Title       string         `toml:"title"`
	Type        string         `toml:"type"`
	Unit        string         `toml:"unit"`
	Categories  []categoryTOML `toml:"categories"`
	Ordered     bool           `toml:"ordered"`
	Separator   string         `toml:"separator"`
	Exclusive   string         `toml:"exclusive"`
	Other       string         `toml:"other"`
	Question    string         `toml:"question"`
	Row         string         `toml:"row"`
	Role        string         `toml:"role"`
	Measure     string         `toml:"measure"`
	Format      string         `toml:"format"`
	Missing     []string       `toml:"missing"`
	Skipped     []string       `toml:"skipped"`
	Constraints struct {
		Required bool     `toml:"required"`
		Unique   bool     `toml:"unique"`
		Minimum  *float64 `toml:"minimum"`
		Maximum  *float64 `toml:"maximum"`
	} `toml:"constraints"`
}

type categoryTOML struct {
	Value string `toml:"value,bare"`
	Label string `toml:"label"`
}

// Load reads data/NAME/dataset.toml; file is its name relative to the site, and
// the folder names the dataset. All problems go to l; ok is false when one is
// an error. The dictionary is nil only when the file is no TOML of this shape.
func Load(file string, src []byte, l *diag.List) (*Dictionary, bool) {
	var raw fileTOML
	source, ok := config.Decode(file, src, &raw, l)
	if !ok {
		return nil, false
	}
	d := raw.dictionary(path.Base(path.Dir(file)))
	d.Pos = diag.Pos{File: file}
	for i := range d.Fields {
		d.Fields[i].Pos = source.Pos("field", i)
		d.Fields[i].Constraint.Pos = constraintPlaces(source, i)
	}
	c := checker{dictionary: d, source: source, list: l, ok: true}
	c.dictionaryKeys(raw.Name)
	c.resources()
	c.fields()
	c.references()
	c.weighting(&raw.Weighting, source)
	c.quality(&raw.Quality, source)
	c.warehouse(&raw.Source)
	return d, c.ok
}

func constraintPlaces(source *config.Source, field int) map[string]diag.Pos {
	places := map[string]diag.Pos{}
	for _, key := range []string{"required", "unique", "minimum", "maximum"} {
		if source.Has("field", field, "constraints", key) {
			places[key] = source.Pos("field", field, "constraints", key)
		}
	}
	return places
}

// defaultMissing is what counts as no answer when the dictionary does not say:
// only the empty cell, as in the Frictionless Table Schema.
var defaultMissing = []string{""}

func (raw *fileTOML) dictionary(folder string) *Dictionary {
	d := &Dictionary{
		Name: folder, Title: raw.Title, Description: raw.Description, Source: raw.Source.Name, Licence: raw.Licence,
		Disclosure: raw.Disclosure, Embargo: string(raw.Embargo), Sample: raw.Sample, Unit: raw.Unit,
		Collected:   Period{string(raw.Collected.From), string(raw.Collected.To)},
		Contributor: raw.Contributor, Owner: raw.Owner, Weight: raw.Weight, Cluster: raw.Cluster, Stratum: raw.Stratum,
		Period: raw.Period, Segments: raw.Segments,
		Missing: raw.Missing, Skipped: raw.Skipped, Refused: raw.Refused,
	}
	if d.Title == "" {
		d.Title = folder
	}
	if d.Disclosure == "" {
		d.Disclosure = "protected"
	}
	if d.Missing == nil {
		d.Missing = defaultMissing
	}
	for _, r := range raw.Resources {
		d.Resources = append(d.Resources, Resource(r))
	}
	for i := range raw.Fields {
		d.Fields = append(d.Fields, raw.Fields[i].field())
	}
	return d
}

func (raw *fieldTOML) field() Field {
	f := Field{
		Name: raw.Name, Column: raw.Column, Title: raw.Title, Type: FieldType(raw.Type), Unit: raw.Unit,
		Ordered: raw.Ordered, Separator: raw.Separator, Exclusive: raw.Exclusive, Other: raw.Other, Question: raw.Question, Row: raw.Row,
		Role: raw.Role, Measure: raw.Measure, Format: raw.Format, Missing: raw.Missing, Skipped: raw.Skipped,
		Constraint: Constraints{Required: raw.Constraints.Required, Unique: raw.Constraints.Unique,
			Minimum: raw.Constraints.Minimum, Maximum: raw.Constraints.Maximum},
	}
	if f.Column == "" {
		f.Column = f.Name
	}
	if f.Title == "" {
		f.Title = f.Column
	}
	if f.Type == "" {
		f.Type = String
	}
	for _, c := range raw.Categories {
		f.Categories = append(f.Categories, Category(c))
	}
	if f.Type == Boolean && f.Categories == nil {
		f.Categories = []Category{{"true", "是"}, {"false", "否"}}
	}
	return f
}
