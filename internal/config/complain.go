package config

import (
	"fmt"
	"strings"
	"time"

	"benchbook/internal/diag"
)

// unknown reports a key that nobody reads.
func (d *decoder) unknown(key string, known []string, path []any) {
	d.ok = false
	pos, width := d.source.place(d.source.find(path).key)
	hint := diag.DidYouMean(key, known)
	if hint.IsZero() {
		hint = diag.T("这里可用的键：%s", "keys that are known here: %s", strings.Join(known, ", "))
	}
	d.list.Add(diag.Diagnostic{
		Code: "config.unknown_key", Pos: pos, Width: width, Hint: hint,
		Message: diag.T("未知的键 %q", "unknown key %q", key),
	})
}

// wrong reports a value of another type than the key takes.
func (d *decoder) wrong(raw any, want diag.Text, path []any) {
	d.ok = false
	pos, width := d.source.Value(path...)
	got := typeName(raw)
	var hint diag.Text
	if _, isText := raw.(string); !isText && want.In("en") == "text in quotes" {
		if written := fmt.Sprint(raw); len(written) < 40 {
			hint = diag.T("加上引号：\"%s\"", "put it in quotes: \"%s\"", written)
		}
	}
	name := keyName(path)
	d.list.Add(diag.Diagnostic{
		Code: "config.type", Pos: pos, Width: width, Hint: hint,
		Message: diag.T(
			fmt.Sprintf("%s 应为%s，而不是%s", name, want.In("zh"), got.In("zh")),
			fmt.Sprintf("%s must be %s, not %s", name, want.In("en"), got.In("en"))),
	})
}

// keyName is what a person calls the path: its last key, and the item's number within.
func keyName(path []any) string {
	if len(path) == 0 {
		return "file"
	}
	if i, ok := path[len(path)-1].(int); ok {
		return fmt.Sprintf("%s[%d]", keyName(path[:len(path)-1]), i+1)
	}
	return fmt.Sprint(path[len(path)-1])
}

func typeName(raw any) diag.Text {
	switch raw := raw.(type) {
	case string:
		return diag.T("文本", "text")
	case int64:
		return diag.T("整数", "a whole number")
	case float64:
		if _, finite := number(raw); !finite {
			return diag.T("inf 或 nan", "inf or nan")
		}
		return diag.T("小数", "a number")
	case bool:
		return diag.T("真假值", "true or false")
	case time.Time:
		return diag.T("日期", "a date")
	case []any, []map[string]any:
		return diag.T("列表", "a list")
	}
	return diag.T("表", "a table")
}
