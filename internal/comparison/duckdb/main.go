// Command duckdb is the yardstick for reading rows: it makes a table of KPI rows
// from a seed, and has DuckDB answer on it what `benchbook query` answers.
//
//	go run . make rows.csv 10000000        one table of KPI rows
//	go run . parquet rows.csv rows.parquet the same rows, written by DuckDB
//	go run . rate rows.csv                 quantiles of brands' 导流率 by industry and month
//
// It stands in a module of its own, since DuckDB needs cgo and a large library;
// nothing of benchbook imports it.
package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: duckdb make FILE ROWS | parquet CSV FILE | rate FILE")
	}
	var err error
	switch os.Args[1] {
	case "make":
		var n int
		if n, err = strconv.Atoi(os.Args[3]); err == nil {
			err = write(os.Args[2], n)
		}
	case "parquet":
		err = query(fmt.Sprintf("COPY (FROM read_csv('%s')) TO '%s' (FORMAT parquet)", os.Args[2], os.Args[3]))
	case "rate":
		err = query(rate(os.Args[2]))
	}
	if err != nil {
		log.Fatal(err)
	}
	report()
}

var (
	industries = []string{"美妆", "母婴", "食品饮料", "服饰鞋包", "家居日用", "宠物", "大健康", "餐饮", "珠宝", "汽车", "教育", "数码"}
	regions    = []string{"华东", "华南", "华北", "华中", "西南", "西北", "东北"}
	channels   = []string{"导购", "包裹卡", "公众号", "直播", "电梯", "短信"}
)

// write makes rows of 2,000 brands over 24 months.
func write(file string, rows int) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "brand,industry,region,channel,month,exposed,added,orders,gmv,cost")
	random := rand.New(rand.NewPCG(8, 26))
	b := make([]byte, 0, 128)
	for range rows {
		b = row(b[:0], random)
		w.Write(b)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func row(b []byte, random *rand.Rand) []byte {
	brand, month := random.IntN(2000), random.IntN(24)
	exposed := 200 + random.IntN(90000)
	added := exposed * (2 + (brand*7+month)%23 + random.IntN(5)) / 100
	orders := added * random.IntN(40) / 100
	b = fmt.Appendf(b, "B%04d,%s,%s,%s,20%02d-%02d,", brand, industries[brand%len(industries)], regions[random.IntN(len(regions))],
		channels[random.IntN(len(channels))], 24+month/12, month%12+1)
	for _, n := range []int{exposed, added, orders} {
		b = append(strconv.AppendInt(b, int64(n), 10), ',')
	}
	b = money(b, orders*(3000+random.IntN(20000)))
	b = append(b, ',')
	return append(money(b, added*(100+random.IntN(900))), '\n')
}

func money(b []byte, fen int) []byte {
	b = append(strconv.AppendInt(b, int64(fen/100), 10), '.')
	return append(b, byte('0'+fen/10%10), byte('0'+fen%10))
}

// rate is the share of the exposed that were added: a brand's own over its rows of
// a month, then the exact quantiles over brands by industry and month.
func rate(file string) string {
	source := "read_csv('" + file + "')"
	if strings.HasSuffix(file, ".parquet") {
		source = "read_parquet('" + file + "')"
	}
	return `SELECT industry, month, count(*), quantile_cont(added / exposed, [0.1, 0.25, 0.5, 0.75, 0.9])::VARCHAR
	FROM (SELECT brand, industry, month, sum(added) AS added, sum(exposed) AS exposed FROM ` + source + ` GROUP BY ALL)
	GROUP BY ALL ORDER BY ALL`
}

func query(text string) error {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec("SET threads = 2"); err != nil {
		return err
	}
	began := time.Now()
	rows, err := db.Query(text)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		fmt.Println(values...)
	}
	fmt.Fprintf(os.Stderr, "wall %.2f s\n", time.Since(began).Seconds())
	return rows.Err()
}

// report prints the CPU time and the peak memory of this process.
func report() {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) == nil {
		cpu := time.Duration(u.Utime.Nano() + u.Stime.Nano())
		fmt.Fprintf(os.Stderr, "cpu %.2f s, peak %d MB\n", cpu.Seconds(), u.Maxrss>>10)
	}
}
