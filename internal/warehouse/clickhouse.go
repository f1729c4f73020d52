package warehouse

import (
	"database/sql"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// clickhouses is ClickHouse over its native protocol, one server or a cluster
// behind a Distributed table. A shard that does not answer is an error: an
// answer without it would be a wrong number.
var clickhouses = dialect{
	open: func(dsn string, limit time.Duration) (*sql.DB, error) {
		o, err := clickhouse.ParseDSN(dsn)
		if err != nil {
			return nil, err
		}
		o.Settings = clickhouse.Settings{"skip_unavailable_shards": 0, "max_execution_time": max(int(limit.Seconds()), 1), "readonly": 2}
		o.ReadTimeout = limit
		return clickhouse.OpenDB(o), nil
	},
	begin:    func(time.Duration) []string { return nil },
	quote:    func(name string) string { return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`" },
	bytewise: asItIs,
	wide:     asItIs,
	count:    "count()",
	none:     "LIMIT 0",
}
