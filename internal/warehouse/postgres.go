package warehouse

import (
	"database/sql"
	"fmt"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// postgres is PostgreSQL and what speaks its protocol and dialect: Citus, Greenplum.
var postgres = dialect{
	open: func(dsn string, _ time.Duration) (*sql.DB, error) { return sql.Open("pgx", dsn) },
	begin: func(limit time.Duration) []string {
		return []string{fmt.Sprintf("SET statement_timeout = %d", limit.Milliseconds()), "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"}
	},
	quote:    doubled,
	bytewise: func(text string) string { return text + ` COLLATE "C"` },
	wide:     func(number string) string { return number + "::numeric" },
	count:    "COUNT(*)",
	none:     "WHERE 1 = 0",
}
