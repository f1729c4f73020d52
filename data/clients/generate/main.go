// Command generate writes the rows of the two sample clients, one line a day
// and shop: data/clients/SLUG/days.csv.
//
// In: nothing but the seed below. Out: the same bytes on every machine. Names
// and figures are made up; the dictionaries beside them say sample = true. A few
// rows arrive late, so that a report can show how a period is told again.
//
//	go run ./data/clients/generate data/clients
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

const seed = 20260701

// sample is what a client is drawn from: shops, people a day and shop, share in
// 1/1000 who become friends, cents a friend.
type sample struct {
	slug                        string
	shops, reach, share, growth int
	cents                       int
}

var samples = []sample{
	{"mingyu-tea", 3, 360, 128, 3, 690},
	{"heyue-baby", 4, 410, 96, -1, 820},
}

var header = []string{"日期", "收到日期", "门店", "曝光人次", "新增好友", "引流费用（元）", "好友总数", "满意度", "作答人数"}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FOLDER")
		os.Exit(2)
	}
	for i, s := range samples {
		name := filepath.Join(os.Args[1], s.slug, "days.csv")
		if err := os.WriteFile(name, s.rows(rand.New(rand.NewPCG(seed, uint64(i)))), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
}

// rows are the days from January to the tenth of July 2026.
func (s sample) rows(r *rand.Rand) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Write(header)
	friends := make([]int, s.shops)
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := range 191 {
		day := start.AddDate(0, 0, d)
		for shop := range s.shops {
			w.Write(s.row(r, day, d, shop, &friends[shop]))
		}
	}
	w.Flush()
	return buf.Bytes()
}

func (s sample) row(r *rand.Rand, day time.Time, d, shop int, friends *int) []string {
	received := day
	if r.IntN(90) == 0 {
		received = day.AddDate(0, 0, 6+r.IntN(20))
	}
	reach := s.reach*(80+r.IntN(41))/100 + s.growth*d/10
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		reach = reach * 13 / 10
	}
	added := reach * (s.share + s.growth*d/20 + r.IntN(31) - 15) / 1000
	*friends += added - added*(12+r.IntN(8))/100
	answers := 20 + r.IntN(30)
	pleased := answers * (78 + r.IntN(12)) / 100
	cost := added * (s.cents + r.IntN(121) - 60 - d/2)
	return []string{day.Format(time.DateOnly), received.Format(time.DateOnly), fmt.Sprintf("%02d 店", shop+1), strconv.Itoa(reach), strconv.Itoa(added),
		fmt.Sprintf("%d.%02d", cost/100, cost%100), strconv.Itoa(*friends), fmt.Sprintf("%.1f%%", float64(pleased)*100/float64(answers)), strconv.Itoa(answers)}
}
