package warehouse

import (
	"database/sql"
	"errors"
	"slices"
	"time"
)

// duckdbs is DuckDB. Its driver wants cgo and is no part of the usual program:
// whoever wants it adds one file to cmd/benchbook, with a build tag, that imports
// github.com/duckdb/duckdb-go/v2. Not tried.
var duckdbs = dialect{
	open: func(dsn string, _ time.Duration) (*sql.DB, error) {
		if !slices.Contains(sql.Drivers(), "duckdb") {
			return nil, errors.New("this benchbook was built without the driver of DuckDB, which wants cgo; see the handbook, or export the table as Parquet")
		}
		return sql.Open("duckdb", dsn+"?access_mode=read_only")
	},
	begin:    func(time.Duration) []string { return []string{"BEGIN TRANSACTION"} },
	quote:    doubled,
	bytewise: asItIs,
	wide:     func(number string) string { return "CAST(" + number + " AS DECIMAL(38, 6))" },
	count:    "COUNT(*)",
	none:     "WHERE 1 = 0",
}
