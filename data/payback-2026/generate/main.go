// Command generate writes the rows of the sample payback ledger,
// data/payback-2026/ledger.csv: one line a project and month, with the gross
// profit that the private domain brought and what was spent on it.
//
// In: nothing but the seed below. Out: the same bytes on every machine, since
// every step is integer arithmetic on one seeded generator. A project starts
// with an outlay and earns it back month by month; some ledgers end before the
// money is back, and those are kept, since leaving them out would make payback
// look faster than it is. The dictionary beside it says sample = true.
//
//	go run ./data/payback-2026/generate data/payback-2026/ledger.csv
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
)

// seed makes the ledger what it is.
const seed = 20260872

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

var header = []string{"项目", "行业", "合作方式", "第几个月", "私域毛利（元）", "私域投入（元）"}

// modes are the ways to run a project, with the number of projects and the
// months a typical one needs to earn its outlay back, in tenths.
var modes = []struct {
	name     string
	projects int
	months   int
}{
	{"自建团队", 58, 39}, {"陪跑加自建", 44, 29}, {"代运营", 48, 34},
}

var industries = []string{"美妆个护", "食品饮料", "服饰鞋包", "母婴亲子", "家居家电", "餐饮茶饮", "大健康", "商超便利"}

// generate returns the whole file.
func generate() []byte {
	r := rand.New(rand.NewPCG(seed, 3))
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Write(header)
	project := 0
	for _, mode := range modes {
		for range mode.projects {
			project++
			for _, line := range ledger(r, mode.months) {
				w.Write(append([]string{fmt.Sprintf("P%03d", project), industries[project%len(industries)], mode.name}, line...))
			}
		}
	}
	w.Flush() // a buffer does not fail
	return buf.Bytes()
}

// ledger draws the months of one project. Its pace is the months it needs to
// earn the outlay back, in tenths; how long the ledger runs has nothing to do
// with the pace.
func ledger(r *rand.Rand, typical int) [][]string {
	pace := typical * (8 + r.IntN(84) + r.IntN(104)) / 100
	switch r.IntN(8) {
	case 0:
		pace *= 12 // some never find their footing
	case 1, 2:
		pace = pace * 5 / 2
	}
	outlay := 60000 + 10000*r.IntN(25)
	running := outlay * (6 + r.IntN(5)) / 100
	length := 5 + r.IntN(17)
	var lines [][]string
	for m := 1; m <= length; m++ {
		spent, earned := running, running+outlay*10/pace*(85+r.IntN(31))/100
		if m == 1 {
			spent, earned = running+outlay, running/2
		}
		lines = append(lines, []string{strconv.Itoa(m), strconv.Itoa(earned), strconv.Itoa(spent)})
	}
	return lines
}
