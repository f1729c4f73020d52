package main

import (
	"bytes"
	"os"
	"testing"
)

// The committed rows are what the program writes, byte for byte, in both editions.
func TestRowsAreWhatTheProgramWrites(t *testing.T) {
	for edition := range seeds {
		rows, err := os.ReadFile("../../survey-" + edition + "/answers.csv")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(generate(edition), rows) {
			t.Errorf("answers.csv of %s differs from what generate writes; run it again, or take back the change", edition)
		}
	}
}

// Quotas add up to the whole and leave nobody out.
func TestQuotasAddUp(t *testing.T) {
	for n := range 700 {
		sum := 0
		for _, c := range quotas(n, []int{171, 429, 400}) {
			sum += c
		}
		if sum != n {
			t.Fatalf("quotas of %d firms add up to %d", n, sum)
		}
	}
}
