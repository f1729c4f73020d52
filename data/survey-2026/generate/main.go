// Command generate writes the rows of the sample survey, data/survey-2026/answers.csv,
// and those of the edition before, data/survey-2025/answers.csv: the same
// questionnaire put to other firms, with shares that have moved since.
//
// In: nothing but the seed below. Out: the same bytes on every machine, since
// every step is integer arithmetic on one seeded generator. The firms are made
// up; the shares are set close to figures the trade has published, so that the
// sample white paper reads like a real one. It refuses to be mistaken for one:
// the dictionary beside it says sample = true.
//
//	go run ./data/survey-2026/generate 2026 data/survey-2026/answers.csv
//	go run ./data/survey-2026/generate 2025 data/survey-2025/answers.csv
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
)

// seeds make the surveys what they are; another seed is another survey.
var seeds = map[string]uint64{"2025": 20250303, "2026": 20260302}

func main() {
	if len(os.Args) != 3 || seeds[os.Args[1]] == 0 {
		fmt.Fprintln(os.Stderr, "usage: generate 2025|2026 FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[2], generate(os.Args[1]), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// generate returns the whole file: a header and one line a firm.
func generate(edition string) []byte {
	year, _ := strconv.Atoi(edition)
	s := newSurvey(year, seeds[edition])
	s.answerAll()
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Write(s.columns)
	for _, f := range s.firms {
		w.Write(f.answers)
	}
	w.Flush() // a buffer does not fail
	return buf.Bytes()
}
