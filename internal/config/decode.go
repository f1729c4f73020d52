package config

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"benchbook/internal/diag"
)

// Date is a day as YYYY-MM-DD, written in TOML as a local date or as text.
type Date string

// decoder fills Go values from plain TOML values and goes on after mistakes.
type decoder struct {
	source *Source
	list   *diag.List
	ok     bool
}

// value fills v from raw, which stands at path.
func (d *decoder) value(v reflect.Value, raw any, path []any) {
	if v.Type() == reflect.TypeFor[Date]() {
		d.date(v, raw, path)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem(), raw, path)
	case reflect.Struct:
		d.structure(v, raw, path)
	case reflect.Slice:
		d.slice(v, raw, path)
	case reflect.Map:
		d.table(v, raw, path)
	case reflect.Interface:
		v.Set(reflect.ValueOf(raw))
	default:
		d.scalar(v, raw, path)
	}
}

// structure fills a struct from a table, or its bare field from a lone value.
func (d *decoder) structure(v reflect.Value, raw any, path []any) {
	fields, names, bare := tagged(v.Type())
	table, ok := raw.(map[string]any)
	if !ok && bare >= 0 {
		d.value(v.Field(bare), raw, path)
		return
	}
	if !ok {
		d.wrong(raw, diag.T("一个表", "a table"), path)
		return
	}
	for _, key := range sortedKeys(table) {
		at := append(slices.Clone(path), key)
		if i, known := fields[key]; known {
			d.value(v.Field(i), table[key], at)
			continue
		}
		d.unknown(key, names, at)
	}
}

// tagged lists the struct's keys and finds the one that may stand alone.
func tagged(t reflect.Type) (fields map[string]int, names []string, bare int) {
	fields, bare = map[string]int{}, -1
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if name == "" || name == "-" {
			continue
		}
		fields[name] = i
		names = append(names, name)
		if option == "bare" {
			bare = i
		}
	}
	return fields, names, bare
}

func (d *decoder) slice(v reflect.Value, raw any, path []any) {
	items, ok := raw.([]any)
	if tables, is := raw.([]map[string]any); is {
		ok = true
		for _, t := range tables {
			items = append(items, t)
		}
	}
	if !ok {
		d.wrong(raw, diag.T("一个列表，如 [\"甲\", \"乙\"]", "a list, as in [\"a\", \"b\"]"), path)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		d.value(v.Index(i), item, append(slices.Clone(path), i))
	}
}

func (d *decoder) table(v reflect.Value, raw any, path []any) {
	table, ok := raw.(map[string]any)
	if !ok {
		d.wrong(raw, diag.T("一个表", "a table"), path)
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, key := range sortedKeys(table) {
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(item, table[key], append(slices.Clone(path), key))
		v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), item)
	}
}

func (d *decoder) scalar(v reflect.Value, raw any, path []any) {
	switch v.Kind() {
	case reflect.String:
		if text, ok := raw.(string); ok {
			v.SetString(text)
			return
		}
		d.wrong(raw, diag.T("带引号的文本", "text in quotes"), path)
	case reflect.Bool:
		if b, ok := raw.(bool); ok {
			v.SetBool(b)
			return
		}
		d.wrong(raw, diag.T("true 或 false", "true or false"), path)
	case reflect.Int, reflect.Int64:
		if n, ok := raw.(int64); ok && !v.OverflowInt(n) {
			v.SetInt(n)
			return
		}
		d.wrong(raw, diag.T("整数", "a whole number"), path)
	case reflect.Float64:
		if f, ok := number(raw); ok {
			v.SetFloat(f)
			return
		}
		d.wrong(raw, diag.T("数字", "a number"), path)
	}
}

// number takes whole numbers too, and refuses TOML's inf and nan, which no setting means.
func number(raw any) (float64, bool) {
	switch n := raw.(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, !math.IsInf(n, 0) && !math.IsNaN(n)
	}
	return 0, false
}

func (d *decoder) date(v reflect.Value, raw any, path []any) {
	switch day := raw.(type) {
	case time.Time:
		v.SetString(day.Format(time.DateOnly))
		return
	case string:
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			v.SetString(day)
			return
		}
	}
	d.wrong(raw, diag.T("日期，如 2026-03-01", "a date, as in 2026-03-01"), path)
}

func sortedKeys(table map[string]any) []string {
	keys := make([]string, 0, len(table))
	for key := range table {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
