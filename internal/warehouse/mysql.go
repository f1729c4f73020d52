package warehouse

import (
	"database/sql"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// mysqls is MySQL and MariaDB and what speaks their protocol: Doris, StarRocks
// (not tried). The time limit is the connection's, since each of them has
// another name for it.
var mysqls = dialect{
	open: func(dsn string, limit time.Duration) (*sql.DB, error) {
		c, err := mysql.ParseDSN(dsn)
		if err != nil {
			return nil, err
		}
		c.ReadTimeout, c.ParseTime, c.MultiStatements, c.AllowAllFiles = limit, false, false, false
		connector, err := mysql.NewConnector(c)
		if err != nil {
			return nil, err
		}
		return sql.OpenDB(connector), nil
	},
	begin: func(time.Duration) []string {
		return []string{"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"}
	},
	quote:    func(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" },
	bytewise: func(text string) string { return "CONVERT(" + text + " USING utf8mb4) COLLATE utf8mb4_bin" },
	wide:     asItIs, // the sum of whole numbers is a decimal
	count:    "COUNT(*)",
	none:     "WHERE 1 = 0",
}
