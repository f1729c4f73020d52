package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"benchbook/internal/build"
	"benchbook/internal/diag"
	"benchbook/internal/release"

	"github.com/spf13/cobra"
)

type queryFlags struct {
	by, where    []string
	weight, base string
	json, csv    bool
}

func (a *app) queryCommand() *cobra.Command {
	var f queryFlags
	cmd := &cobra.Command{
		Use:   "query DATASET COLUMN",
		Short: a.text("查一张按规则公布的表", "one released table"),
		Long: a.text("算出一列的表，经过同一套公布规则：选项给出占比，数值给出均值与分位数。",
			"Tabulate one column under the same disclosure rules as the site: shares of options, mean and quantiles of numbers."),
		Args: a.arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error { return a.query(cmd, args[0], args[1], f) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.by, "by", nil, a.text("按一列分组，可多次", "cut by a column; may be repeated"))
	flags.StringArrayVar(&f.where, "where", nil, a.text("只取 列=值 的行，可多次", "keep rows with COLUMN=VALUE; may be repeated"))
	flags.StringVar(&f.weight, "weight", "", a.text("权重列", "weight column"))
	flags.StringVar(&f.base, "base", "", a.text("占比的分母：all、asked、answered（默认）", "base of shares: all, asked, answered (default)"))
	flags.BoolVar(&f.json, "json", false, a.text("打印 JSON", "print JSON"))
	flags.BoolVar(&f.csv, "csv", false, a.text("打印 CSV", "print CSV"))
	return cmd
}

func (a *app) query(cmd *cobra.Command, dataset, column string, f queryFlags) error {
	if f.json && f.csv {
		return usageError{diag.T("--json 和 --csv 只能选一个", "choose one of --json and --csv")}
	}
	l := &diag.List{}
	s, err := a.openSite(l)
	if err != nil {
		return err
	}
	q := build.Query{Dataset: dataset, Column: column, By: splitAll(f.by), Weight: f.weight, Base: f.base}
	for _, w := range f.where {
		field, value, ok := strings.Cut(w, "=")
		if !ok {
			return usageError{diag.T("--where %q 要写成 列=值", "--where %q has to be COLUMN=VALUE", w)}
		}
		q.Where = append(q.Where, [2]string{field, value})
	}
	result, problem, err := build.RunQuery(cmd.Context(), s, q, l)
	if err != nil {
		return err
	}
	if !problem.Message.IsZero() {
		text := diag.T("%s", "%s", problem.Message.In(a.lang))
		if !problem.Hint.IsZero() {
			text = diag.T("%s。%s", "%s; %s", problem.Message.In(a.lang), problem.Hint.In(a.lang))
		}
		return usageError{text}
	}
	if err := a.report(s, l, false, false); err != nil || result == nil {
		return err
	}
	switch {
	case f.json:
		return json.NewEncoder(a.stdout).Encode(result)
	case f.csv:
		return result.WriteCSV(a.stdout)
	}
	return a.table(result)
}

func splitAll(values []string) []string {
	var out []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			if part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// table prints a query for a person.
func (a *app) table(q *release.QueryResult) error {
	w := tabwriter.NewWriter(a.stdout, 2, 4, 2, ' ', 0)
	columns := q.Columns()
	share := columns[len(columns)-1] != "stat"
	fmt.Fprintln(w, strings.Join(append(append([]string{}, columns...), "n", a.text("值", "value"), a.text("区间", "interval")), "\t"))
	for _, c := range q.Cells {
		for _, name := range columns {
			fmt.Fprintf(w, "%s\t", oneLine(c.Key[name]))
		}
		if c.Suppressed {
			fmt.Fprintln(w, a.text("样本不足", "suppressed")+"\t\t")
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", whole(c.N), printed(c.Value, share), limits(c.Lo, c.Hi, share))
	}
	return w.Flush()
}

// oneLine keeps control characters of the data off the terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// printed is a number for a person: a share as a percentage.
func printed(x *float64, share bool) string {
	switch {
	case x == nil:
		return "—"
	case share:
		return fmt.Sprintf("%.1f%%", *x*100)
	}
	return plain(*x)
}

// plain is a number with about four digits, never in powers of ten.
func plain(x float64) string {
	decimals := 0
	if abs := math.Abs(x); abs > 0 && abs < 1000 {
		decimals = min(max(3-int(math.Floor(math.Log10(abs))), 0), 8)
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

func limits(lo, hi *float64, share bool) string {
	if lo == nil && hi == nil {
		return ""
	}
	switch {
	case lo == nil:
		return "≤" + printed(hi, share)
	case hi == nil:
		return "≥" + printed(lo, share)
	}
	return printed(lo, share) + "–" + printed(hi, share)
}
