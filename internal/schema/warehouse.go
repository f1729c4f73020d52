package schema

import (
	"regexp"
	"slices"
	"time"

	"benchbook/internal/diag"
)

// Warehouse says which table of a database holds a dataset's rows. How to log in
// stands in an environment variable, never in a file.
type Warehouse struct {
	Driver                 string // a name of Drivers
	Env                    string // variable that holds the address and the password
	Catalog, Schema, Table string
	Timeout                time.Duration
	Pos                    diag.Pos
}

// Drivers are the engines that may hold rows. Doris and StarRocks speak the
// protocol of mysql, Citus and Greenplum that of postgres.
var Drivers = []string{"clickhouse", "duckdb", "mysql", "postgres", "trino"}

// patience is how long a statement may run where the dictionary does not say.
const patience = 10 * time.Minute

var variable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// warehouse reads source = { driver = … } and refuses what cannot be answered
// from a database.
func (c *checker) warehouse(raw *sourceTOML) {
	if !c.source.Has("source", "driver") {
		return
	}
	w := &Warehouse{Driver: raw.Driver, Env: raw.Env, Catalog: raw.Catalog, Schema: raw.Schema, Table: raw.Table, Timeout: patience, Pos: c.source.Pos("source", "driver")}
	c.dictionary.Warehouse = w
	c.oneOf(raw.Driver, Drivers, "source", "driver")
	if !variable.MatchString(raw.Env) {
		c.fail("schema.warehouse", diag.T("env 要是一个环境变量的名字", "env is the name of an environment variable"),
			diag.T("例如 env = \"KPI_DSN\"；地址和口令只放在这个变量里，不写进文件", "such as env = \"KPI_DSN\"; address and password stand in that variable, never in the file"), "source", "env")
	}
	if raw.Table == "" {
		c.fail("schema.warehouse", diag.T("缺少 table", "there is no table"), diag.T("写 table = \"表名\"；库名写在 schema", "write table = \"…\"; the database's name goes to schema"), "source", "driver")
	}
	if raw.Timeout != "" {
		d, err := time.ParseDuration(raw.Timeout)
		if w.Timeout = d; err != nil || d <= 0 {
			c.fail("schema.warehouse", diag.T("看不懂时限 %q", "cannot read the time limit %q", raw.Timeout), diag.T("写成 \"90s\"、\"10m\"", "write \"90s\" or \"10m\""), "source", "timeout")
		}
	}
	c.warehouseLimits()
}

// warehouseLimits refuses what rests on single rows in their order.
func (c *checker) warehouseLimits() {
	d := c.dictionary
	if len(d.Resources) > 0 {
		c.fail("schema.warehouse", diag.T("有 source.driver 就不能再有 [[resource]]", "with source.driver there is no [[resource]]"),
			diag.T("两份数据分成两个数据集", "make two datasets of them"), "resource", 0)
	}
	if d.Quality != nil && len(d.Quality.Duplicate) > 0 {
		c.fail("schema.warehouse", diag.T("数据库里的行没有先后，不能按 duplicate 去重", "rows of a database have no order, so duplicate cannot leave the later ones out"),
			diag.T("在数据库里建一个去重后的视图，table 写视图名", "make a view without the repeats in the database, and name it as the table"), "quality", "duplicate")
	}
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Constraint.Unique {
			c.fail("schema.warehouse", diag.T("数据库里的字段不查 unique", "unique is not checked in a database"),
				diag.T("删掉 unique，在数据库里加唯一约束", "remove unique and set a constraint in the database"), "field", i, "constraints", "unique")
		}
	}
	if d.Contributor == "" && (d.Owner != "" || d.Cluster != "" || d.Stratum != "") {
		key := [][2]string{{d.Owner, "owner"}, {d.Cluster, "cluster"}, {d.Stratum, "stratum"}}
		at := slices.IndexFunc(key, func(k [2]string) bool { return k[0] != "" })
		c.fail("schema.warehouse", diag.T("没有 contributor 时，数据库里的行不能一行算一家", "without a contributor the rows of a database cannot be told apart"),
			diag.T("写明 contributor", "name the contributor field"), key[at][1])
	}
}

// Grouped decodes the rows of a GROUP BY: cells as texts, in the order of the
// table's columns, and how many rows each stands for.
type Grouped struct {
	lane *lane
	rec  [1]Record
	pos  diag.Pos
}

// Grouped finds a table's columns; read are the fields that Decode is given.
func (d *Dictionary) Grouped(columns, read []string, l *diag.List) (*Grouped, bool) {
	s := &spread{dictionary: d, fields: read, list: &limited{list: l, file: d.Pos.File}}
	g := &Grouped{lane: s.lane(0), pos: d.Warehouse.Pos}
	g.lane.decoder.list = s.list
	if !g.lane.decoder.bind(columns, l) {
		return nil, false
	}
	g.lane.decoder.Use(read...)
	g.rec[0].Values = make([]Value, len(d.Fields))
	return g, true
}

// Columns are the places of the fields that Decode reads, by the fields' names.
func (g *Grouped) Columns() map[string]int {
	out := map[string]int{}
	for _, c := range g.lane.decoder.columns {
		out[g.lane.decoder.dictionary.Fields[c.field].Name] = c.at
	}
	return out
}

// Decode gives a group's record, used again at the next call; nil where a
// quality rule leaves its rows out.
func (g *Grouped) Decode(cells []string, times int, totals []Total) []Record {
	dec := g.lane.decoder
	rec := &g.rec[0]
	rec.Times, rec.Totals, dec.where = times, totals, g.pos
	for i := range dec.columns {
		c := &dec.columns[i]
		if !c.wanted {
			continue
		}
		if v := &rec.Values[c.field]; c.memo != nil {
			dec.recall(c, v, cells[c.at])
		} else {
			dec.text(c, v, cells[c.at])
		}
	}
	if g.lane.judge != nil && g.lane.judge.drops(rec) {
		return nil
	}
	return g.rec[:]
}

// Exclusions are the rows that the quality rules left out.
func (g *Grouped) Exclusions() []Exclusion {
	if g.lane.judge == nil {
		return nil
	}
	return g.lane.judge.reasons
}

// Reads are the fields that the quality rules look at.
func (d *Dictionary) Reads() []string {
	if j := d.judge(); j != nil {
		return j.fields()
	}
	return nil
}
