// Package warehouse reads a dataset that stays in a database: it writes one
// GROUP BY, runs it on the engine that holds the table, and gives its result as
// records that stand for many rows each.
//
// In: a data dictionary whose source names a driver and a table, and what a plan
// needs: the fields to group by and the pairs of numbers to sum. Out: records
// for package indicator, from which the same observations come as from a file
// of the same rows.
//
// It refuses statistics, and everything by which an answer could be other than
// whole: it only reads, asks in one snapshot where the engine has them, holds
// the rows of all groups against the table's own count, and gives an error of
// the world as soon as a connection, a server or a time limit fails. Sums are
// left to the engine only where it makes them exactly, of whole numbers and
// decimals; other numbers are grouped by and summed here. The address and the
// password come from the environment and are in no message.
//
// An engine is one file here and one line in dialects.
package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Request is what a plan needs of a dataset.
type Request struct {
	Dictionary *schema.Dictionary
	Keys       []string // fields to group by
	Pairs      []schema.Pair
	Progress   func(rows int) // rows that are accounted for so far; nil = nobody is looking
}

// Result is what a pass found beside its records.
type Result struct {
	Rows       int    // of the table
	Hash       string // of the answer, whatever the order of its rows
	Exclusions []schema.Exclusion
}

// Read gives each group's record to each. Findings about the data go to the
// list; the error is the world's, and then what was given is not whole.
func Read(ctx context.Context, req Request, l *diag.List, each func([]schema.Record) error) (Result, error) {
	s, err := open(ctx, req)
	if err != nil {
		return Result{}, err
	}
	defer s.close()
	if ok, err := s.prepare(l); err != nil || !ok {
		return Result{}, s.told(err)
	}
	result, err := s.read(each)
	return result, s.told(err)
}

// Explain gives the statement that Read would run. The columns' types, which it
// depends on, are asked of the engine.
func Explain(ctx context.Context, req Request, l *diag.List) (string, error) {
	s, err := open(ctx, req)
	if err != nil {
		return "", err
	}
	defer s.close()
	if ok, err := s.prepare(l); err != nil || !ok {
		return "", s.told(err)
	}
	return s.statement(), nil
}

// session is one connection with an open reading transaction.
type session struct {
	req     Request
	dialect *dialect
	dsn     string
	ctx     context.Context
	cancel  context.CancelFunc
	db      *sql.DB
	conn    *sql.Conn
	columns []string
	types   map[string]family // by column
	grouped *schema.Grouped
	keys    []string      // fields to group by, in the end
	pairs   []schema.Pair // left to the engine
	hash    [32]byte
}

func open(ctx context.Context, req Request) (*session, error) {
	w := req.Dictionary.Warehouse
	s := &session{req: req, dialect: dialects[w.Driver]}
	if s.dialect == nil {
		return nil, fmt.Errorf("%s: this benchbook was built without the driver %s", w.Pos, w.Driver)
	}
	if s.dsn = os.Getenv(w.Env); s.dsn == "" {
		return nil, fmt.Errorf("%s: the environment variable %s is not set; it holds the address of the database", w.Pos, w.Env)
	}
	s.ctx, s.cancel = context.WithTimeout(ctx, w.Timeout)
	var err error
	if s.db, err = s.dialect.open(s.dsn, w.Timeout); err == nil {
		s.conn, err = s.db.Conn(s.ctx)
	}
	for _, statement := range s.dialect.begin(w.Timeout) {
		if err == nil {
			_, err = s.conn.ExecContext(s.ctx, statement)
		}
	}
	if err != nil {
		err = s.told(err)
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) close() {
	if s.conn != nil {
		s.conn.Close()
	}
	if s.db != nil {
		s.db.Close()
	}
	s.cancel()
}

// told is an error with the place of the source and without secrets.
func (s *session) told(err error) error {
	if err == nil {
		return nil
	}
	var back taker
	if errors.As(err, &back) {
		return back.error
	}
	w := s.req.Dictionary.Warehouse
	if errors.Is(s.ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%s: %s did not answer within %s; raise timeout in source, or ask less", w.Pos, w.Driver, w.Timeout)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	text := err.Error()
	for _, secret := range secrets(s.dsn) {
		text = strings.ReplaceAll(text, secret, "…")
	}
	return fmt.Errorf("%s: %s: %s", w.Pos, w.Driver, text)
}

// secrets are the parts of an address that no message may show.
func secrets(dsn string) []string {
	out := []string{dsn}
	if u, err := url.Parse(dsn); err == nil && u.User != nil {
		if password, has := u.User.Password(); has && password != "" {
			out = append(out, password)
		}
	}
	if user, _, ok := strings.Cut(dsn, "@"); ok {
		if _, password, ok := strings.Cut(user, ":"); ok && len(password) > 0 && !strings.HasPrefix(password, "//") {
			out = append(out, password)
		}
	}
	for _, key := range []string{"password="} {
		if _, rest, ok := strings.Cut(dsn, key); ok {
			out = append(out, strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == '&' || r == ';' })[:1]...)
		}
	}
	return out
}
