// Command generate writes the rows of the sample KPI dataset, data/kpi-2026/months.csv:
// one line a brand and month, as operators report them.
//
// In: nothing but the seed below. Out: the same bytes on every machine, since
// every step is integer arithmetic on one seeded generator. Brands, groups and
// figures are made up; the medians by industry are spread over the range the
// trade talks about. The dictionary beside it says sample = true.
//
//	go run ./data/kpi-2026/generate data/kpi-2026/months.csv
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
)

// seed makes the dataset what it is.
const seed = 20260630

// months covered: January 2025 to June 2026.
const months = 18

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], generate(), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

var header = []string{"品牌", "所属集团", "行业", "月份", "曝光触达用户数", "新增好友数", "30日后仍是好友", "30日内流失", "月末好友数",
	"互动用户数", "老带新好友数", "引流费用（元）", "私域成交额（元）", "总成交额（元）"}

// generate returns the whole file.
func generate() []byte {
	r := rand.New(rand.NewPCG(seed, 2))
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Write(header)
	for _, b := range brands(r) {
		for m := b.first; m < months; m++ {
			w.Write(b.report(r, m))
		}
	}
	w.Flush() // a buffer does not fail
	return buf.Bytes()
}

// report draws one month of a brand and moves its stock of friends on.
func (b *brand) report(r *rand.Rand, m int) []string {
	exposed := b.reach * season[m%12] / 100 * around(r, 15) / 100
	added := exposed * b.rate / 10000 * around(r, 12) / 100
	kept := added * min(980, b.keep*around(r, 5)/100) / 1000
	b.friends += kept - b.friends*18/1000
	active := b.friends * b.interact / 1000 * around(r, 12) / 100
	referred := added * b.refer / 1000 * around(r, 25) / 100
	cost := added * b.price / 100 * around(r, 15) / 100
	private := active * b.spend / 100 * around(r, 15) / 100
	total := private * 1000 / b.share * around(r, 8) / 100
	row := []string{b.id, b.owner, industries[b.industry].name, fmt.Sprintf("%d-%02d", 2025+m/12, 1+m%12)}
	for _, n := range []int{exposed, added, kept, added - kept, b.friends, active, referred, cost, private, total} {
		row = append(row, strconv.Itoa(n))
	}
	return row
}

// around is a factor in hundredths, 100 ± spread, likeliest in the middle.
func around(r *rand.Rand, spread int) int {
	return 100 - spread + r.IntN(spread+1) + r.IntN(spread+1)
}
