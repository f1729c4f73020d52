package build

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
)

// need says where a program of a Debian package is; without it the test fails
// where none may be skipped.
func need(t *testing.T, programs ...string) string {
	t.Helper()
	for _, p := range programs {
		if found, err := exec.LookPath(p); err == nil {
			return found
		}
	}
	if os.Getenv("BENCHBOOK_NO_SKIP") != "" {
		t.Fatalf("%v is not installed", programs)
	}
	t.Skipf("%v is not installed", programs)
	return ""
}

// as is a command of another user where the tests run as root: servers refuse root.
func as(name, program string, args ...string) *exec.Cmd {
	if _, err := user.Lookup(name); os.Getuid() == 0 && err == nil {
		return exec.Command("setpriv", append([]string{"--reuid", name, "--regid", name, "--clear-groups", program}, args...)...)
	}
	return exec.Command(program, args...)
}

// home is a folder for a server, which its user may write.
func home(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "bb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if os.Getuid() == 0 {
		if err := exec.Command("chown", name, dir).Run(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// started runs a server until the test ends; the result ends it before.
func started(t *testing.T, cmd *exec.Cmd) (stop func()) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { cmd.Wait(); close(done) }()
	stop = func() {
		cmd.Process.Kill()
		<-done
	}
	t.Cleanup(func() {
		stop()
		if t.Failed() {
			t.Logf("%s said: %.2000s", filepath.Base(cmd.Path), out.String())
		}
	})
	return stop
}

// ready waits until a database answers.
func ready(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for range 300 {
		if err = db.Ping(); err == nil {
			return db
		}
		time.Sleep(200 * time.Millisecond)
	}
	t.Fatalf("%s does not answer: %v", driver, err)
	return nil
}

func done(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// postgresWith starts PostgreSQL with the rows and gives its address.
func postgresWith(t *testing.T, rows []byte) string {
	bin := filepath.Dir(need(t, "/usr/lib/postgresql/15/bin/postgres", "/usr/lib/postgresql/17/bin/postgres"))
	dir, port := home(t, "postgres"), freePort(t)
	init := as("postgres", filepath.Join(bin, "initdb"), "-D", dir+"/d", "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	started(t, as("postgres", filepath.Join(bin, "postgres"), "-D", dir+"/d", "-p", fmt.Sprint(port), "-k", dir, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"))
	dsn := fmt.Sprintf("postgres://bench:geheim42@127.0.0.1:%d/postgres?sslmode=disable", port)
	db := ready(t, "pgx", dsn)
	done(t, db, `CREATE TABLE kpi (brand text, industry varchar(20), month char(7), exposed int, added bigint, "`+strings.ReplaceAll(hostile, `"`, `""`)+`" numeric(12,2), team smallint)`)
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.PgConn().CopyFrom(context.Background(), bytes.NewReader(rows), "COPY kpi FROM STDIN (FORMAT csv, HEADER)"); err != nil {
		t.Fatal(err)
	}
	return dsn
}

// mariaWith starts MariaDB with the rows, in a collation that takes capitals for small letters.
func mariaWith(t *testing.T, rows []byte) string {
	server, install := need(t, "mariadbd"), need(t, "mariadb-install-db")
	dir, port := home(t, "mysql"), freePort(t)
	init := as("mysql", install, "--no-defaults", "--datadir="+dir+"/d", "--auth-root-authentication-method=normal")
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("mariadb-install-db: %v\n%s", err, out)
	}
	started(t, as("mysql", server, "--no-defaults", "--datadir="+dir+"/d", fmt.Sprintf("--port=%d", port), "--socket="+dir+"/s", "--bind-address=127.0.0.1",
		"--local-infile=1", "--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci", "--innodb-flush-log-at-trx-commit=0"))
	address := fmt.Sprintf("@tcp(127.0.0.1:%d)/", port)
	db := ready(t, "mysql", "root"+address)
	done(t, db, "CREATE DATABASE b", "CREATE USER bench@localhost IDENTIFIED BY 'geheim42'", "GRANT ALL ON b.* TO bench@localhost")
	db = ready(t, "mysql", "root"+address+"b?charset=utf8mb4&allowAllFiles=true")
	name := "`" + strings.ReplaceAll(hostile, "`", "``") + "`"
	done(t, db, "CREATE TABLE kpi (brand varchar(20), industry varchar(20), month char(7), exposed int, added bigint, "+name+" decimal(12,2), team smallint)")
	mysql.RegisterReaderHandler("kpi", func() io.Reader { return bytes.NewReader(rows) })
	done(t, db, `LOAD DATA LOCAL INFILE 'Reader::kpi' INTO TABLE kpi CHARACTER SET utf8mb4 FIELDS TERMINATED BY ',' IGNORE 1 LINES
		(brand, industry, month, exposed, @added, `+name+`, team) SET added = NULLIF(@added, '')`)
	return "bench:geheim42" + address + "b"
}

const clickhouseConfig = `<yandex><logger><level>warning</level><log>DIR/log</log><errorlog>DIR/err</errorlog></logger>
<tcp_port>TCP</tcp_port><http_port>HTTP</http_port><interserver_http_port>INTER</interserver_http_port><interserver_http_host>127.0.0.1</interserver_http_host><listen_host>127.0.0.1</listen_host>
<path>DIR/data/</path><tmp_path>DIR/tmp/</tmp_path><users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
<mark_cache_size>268435456</mark_cache_size><remote_servers><three>SHARDS</three></remote_servers></yandex>`

const clickhouseUsers = `<yandex><profiles><default><max_memory_usage>2000000000</max_memory_usage></default></profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
<quotas><default></default></quotas></yandex>`

// clickhouseWith starts three servers, a third of the rows in each, behind a
// Distributed table on the first; stop ends the last one.
func clickhouseWith(t *testing.T, rows []byte) (dsn string, stop func()) {
	server, client := need(t, "clickhouse-server"), need(t, "clickhouse-client")
	var ports [3][3]int
	shards := ""
	for i := range ports {
		ports[i] = [3]int{freePort(t), freePort(t), freePort(t)}
		shards += fmt.Sprintf("<shard><replica><host>127.0.0.1</host><port>%d</port></replica></shard>", ports[i][0])
	}
	name := "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(hostile) + "`"
	columns := "(brand String, industry String, month String, exposed Int64, added Nullable(Int64), " + name + " Decimal(12,2), team Int16)"
	header, body, _ := bytes.Cut(rows, []byte("\n"))
	_ = header
	lines := bytes.SplitAfter(bytes.ReplaceAll(body, []byte(",,"), []byte(`,\N,`)), []byte("\n"))
	for i, p := range ports {
		dir := home(t, "clickhouse")
		config := strings.NewReplacer("DIR", dir, "TCP", fmt.Sprint(p[0]), "HTTP", fmt.Sprint(p[1]), "INTER", fmt.Sprint(p[2]), "SHARDS", shards).Replace(clickhouseConfig)
		for file, text := range map[string]string{"config.xml": config, "users.xml": clickhouseUsers} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cmd := as("clickhouse", server, "--config-file="+dir+"/config.xml")
		cmd.Dir = dir
		stop = started(t, cmd)
		address := fmt.Sprintf("clickhouse://127.0.0.1:%d", p[0])
		db := ready(t, "clickhouse", address)
		done(t, db, "CREATE TABLE part "+columns+" ENGINE = MergeTree() ORDER BY brand")
		insert := exec.Command(client, "--host", "127.0.0.1", "--port", fmt.Sprint(p[0]), "--query", "INSERT INTO part FORMAT CSV")
		insert.Stdin = bytes.NewReader(bytes.Join(lines[len(lines)*i/3:len(lines)*(i+1)/3], nil))
		if out, err := insert.CombinedOutput(); err != nil {
			t.Fatalf("insert: %v\n%s", err, out)
		}
		if i == 0 {
			done(t, db, "CREATE TABLE kpi "+columns+" ENGINE = Distributed(three, default, part)")
			dsn = address
		}
	}
	return dsn, stop
}
