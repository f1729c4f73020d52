// Command generate writes the rows of the sample survey, data/survey-2026/answers.csv.
//
// In: nothing but the seed below. Out: the same bytes on every machine, since
// every step is integer arithmetic on one seeded generator. The firms are made
// up; the shares are set close to figures the trade has published, so that the
// sample white paper reads like a real one. It refuses to be mistaken for one:
// the dictionary beside it says sample = true.
//
//	go run ./data/survey-2026/generate data/survey-2026/answers.csv
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
)

// seed makes the survey what it is; another seed is another survey.
const seed = 20260302

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

// generate returns the whole file: a header and one line a firm.
func generate() []byte {
	s := newSurvey(seed)
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
