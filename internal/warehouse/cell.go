package warehouse

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"benchbook/internal/schema"
)

// family is what kind of type a column has.
type family int

const (
	others   family = iota
	texts           // characters, which collations compare
	wholes          // whole numbers
	decimals        // decimal numbers of fixed places
)

// familyOf reads an engine's name of a type, such as Nullable(Int64), NUMERIC,
// UNSIGNED BIGINT or character varying.
func familyOf(name string) family {
	t := strings.ToUpper(name)
	for _, wrap := range []string{"LOWCARDINALITY(", "NULLABLE("} {
		t = strings.TrimSuffix(strings.TrimPrefix(t, wrap), ")")
	}
	t = strings.TrimPrefix(t, "UNSIGNED ")
	switch {
	case strings.HasPrefix(t, "INTERVAL"):
		return others
	case strings.HasPrefix(t, "INT"), strings.HasPrefix(t, "UINT"), t == "BIGINT", t == "SMALLINT", t == "TINYINT", t == "MEDIUMINT", t == "INTEGER", t == "HUGEINT":
		return wholes
	case strings.HasPrefix(t, "DECIMAL"), strings.HasPrefix(t, "NUMERIC"):
		return decimals
	case strings.Contains(t, "CHAR"), strings.Contains(t, "TEXT"), t == "STRING", strings.HasPrefix(t, "FIXEDSTRING"), strings.HasPrefix(t, "ENUM"), t == "":
		return texts
	}
	return others
}

// cell is a value as a file of the same rows would write it; a missing one is empty.
func cell(value any, f *schema.Field) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32)
	case time.Time:
		return moment(v, f)
	case *string:
		if v == nil {
			return ""
		}
		return *v
	}
	return fmt.Sprint(value)
}

// moment writes a time in the form that the field's format reads.
func moment(t time.Time, f *schema.Field) string {
	if f != nil && f.Format != "" {
		return f.WriteTime(t)
	}
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}
