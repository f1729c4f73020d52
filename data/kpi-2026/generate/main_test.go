package main

import (
	"bytes"
	"os"
	"testing"
)

// The committed rows are what the program writes, byte for byte.
func TestRowsAreWhatTheProgramWrites(t *testing.T) {
	rows, err := os.ReadFile("../months.csv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(generate(), rows) {
		t.Error("months.csv differs from what generate writes; run it again, or take back the change")
	}
}
