package warehouse

import (
	"database/sql"
	"strings"
	"time"
)

// dialect is how one engine is reached and asked.
type dialect struct {
	open     func(dsn string, limit time.Duration) (*sql.DB, error)
	begin    func(limit time.Duration) []string // read only, one snapshot, a time limit
	quote    func(name string) string
	bytewise func(text string) string // a text by its bytes, whatever the collation
	wide     func(number string) string
	count    string // of rows
	none     string // ends a SELECT that gives columns and no rows
}

// dialects are the engines, by driver name.
var dialects = map[string]*dialect{"postgres": &postgres, "mysql": &mysqls, "clickhouse": &clickhouses, "trino": &trinos, "duckdb": &duckdbs}

// doubled quotes a name as the SQL standard does.
func doubled(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func asItIs(text string) string { return text }
