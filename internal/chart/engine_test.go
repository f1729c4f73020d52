package chart

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var engineDir = filepath.Join("..", "..", "templates", "assets", "echarts")

// The committed file is the one that its note describes, and every licence stands beside it.
func TestEngineIsTheOneDescribed(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(engineDir, "echarts.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	note, err := os.ReadFile(filepath.Join(engineDir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(script)); !strings.Contains(string(note), "sha256 "+sum) {
		t.Errorf("README.md does not state the hash %s", sum)
	}
	for _, name := range []string{"LICENSE", "NOTICE", "LICENSE-zrender", "LICENSE-tslib", "LICENSE-d3"} {
		if text, err := os.ReadFile(filepath.Join(engineDir, name)); err != nil || len(text) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
