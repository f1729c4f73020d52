package warehouse

import (
	"database/sql"
	"fmt"
	"time"

	_ "github.com/trinodb/trino-go-client/trino" // the driver "trino"
)

// trinos is Trino. It could not be started here: the dialect is not tried.
var trinos = dialect{
	open: func(dsn string, _ time.Duration) (*sql.DB, error) { return sql.Open("trino", dsn) },
	begin: func(limit time.Duration) []string {
		return []string{fmt.Sprintf("SET SESSION query_max_run_time = '%ds'", int(limit.Seconds()))}
	},
	quote:    doubled,
	bytewise: asItIs,
	wide:     func(number string) string { return "CAST(" + number + " AS DECIMAL(38, 6))" },
	count:    "COUNT(*)",
	none:     "WHERE 1 = 0",
}
