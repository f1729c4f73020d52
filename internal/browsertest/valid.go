package browsertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Invalid runs two validators over every page below a folder and gives what
// they find, one line each: html-validate, which also knows rules of
// accessibility, and the W3C's own checker (vnu). Two rules are off, in
// npm/html-validate.json: integrity hashes, since files that are opened from
// disk cannot carry them and names of assets hold the hash already; and the
// submit button of each form, since a questionnaire that answers every choice at
// once has nothing to send.
func Invalid(t testing.TB, dir string) []string {
	t.Helper()
	return append(htmlValidate(t, dir), vnu(t, dir)...)
}

func htmlValidate(t testing.TB, dir string) []string {
	t.Helper()
	npm := Checkers(t)
	var reports []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line            int
		}
	}
	into := filepath.Join(t.TempDir(), "report.json") // what it prints to a pipe is cut when it ends
	out := run(t, "node", filepath.Join(npm, "node_modules", "html-validate", "bin", "html-validate.mjs"),
		"--config", filepath.Join(npm, "html-validate.json"), "--formatter", "json="+into+",text", filepath.Join(dir, "**", "*.html"))
	report, err := os.ReadFile(into)
	if err == nil {
		err = json.Unmarshal(report, &reports)
	}
	if err != nil {
		t.Fatalf("html-validate: %v: %.500s", err, out)
	}
	var lines []string
	for _, r := range reports {
		for _, m := range r.Messages {
			lines = append(lines, fmt.Sprintf("%s:%d: %s [%s]", within(dir, r.FilePath), m.Line, m.Message, m.RuleID))
		}
	}
	return lines
}

func vnu(t testing.TB, dir string) []string {
	t.Helper()
	if _, err := exec.LookPath("java"); err != nil {
		Missing(t, "no Java is installed: the W3C's checker cannot run")
	}
	var report struct {
		Messages []struct {
			URL, Message string
			LastLine     int
		}
	}
	jar := filepath.Join(Checkers(t), "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	out := run(t, "java", "-Xss8m", "-jar", jar, "--skip-non-html", "--errors-only", "--stdout", "--format", "json", dir)
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("vnu: %v: %.500s", err, out)
	}
	var lines []string
	for _, m := range report.Messages {
		lines = append(lines, fmt.Sprintf("%s:%d: %s [vnu]", within(dir, m.URL), m.LastLine, m.Message))
	}
	return lines
}

// run gives what a checker prints; that it found something is no error.
func run(t testing.TB, program string, args ...string) []byte {
	t.Helper()
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	var found *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &found) {
		t.Fatalf("%s: %v", program, err)
	}
	if out.Len() == 0 && complaint.Len() > 0 {
		t.Fatalf("%s: %.500s", program, complaint.String())
	}
	return out.Bytes()
}

func within(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsAbs(name) {
		return rel
	}
	return name
}
