package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run the program without compiling it again: the test
// binary stands in for benchbook where it is called by that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"benchbook": main})
}

// TestScripts runs the scenarios of testdata/script. Each starts beside a small
// project in $WORK/site; messages are in English.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C.UTF-8")
			return os.CopyFS(filepath.Join(env.WorkDir, "site"), os.DirFS("testdata/site"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "jsonkeys": jsonKeys, "jsonis": jsonIs, "snapshot": snapshot, "unchanged": unchanged, "replace": replaceText,
		},
	})
}

// exits runs a command and holds its exit code: exits CODE PROGRAM ARGS…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		code = failed.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", code, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// jsonKeys holds the exact set of keys of an object: jsonkeys FILE PATH KEYS…
// FILE has one JSON value a line, the first is read; PATH is "." or as in cells.0.key.
func jsonKeys(ts *testscript.TestScript, neg bool, args []string) {
	object, ok := dig(ts, args[0], args[1]).(map[string]any)
	if neg || !ok {
		ts.Fatalf("%s is no object", args[1])
	}
	got, want := slices.Sorted(maps.Keys(object)), slices.Sorted(slices.Values(args[2:]))
	if !slices.Equal(got, want) {
		ts.Fatalf("keys %v, want %v", got, want)
	}
}

// jsonIs holds one value: jsonis FILE PATH VALUE, where VALUE is JSON.
func jsonIs(ts *testscript.TestScript, neg bool, args []string) {
	got, err := json.Marshal(dig(ts, args[0], args[1]))
	ts.Check(err)
	if (string(got) == args[2]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}

func dig(ts *testscript.TestScript, file, path string) any {
	var value any
	ts.Check(json.NewDecoder(strings.NewReader(ts.ReadFile(file))).Decode(&value))
	for key := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			if key != "" {
				value = v[key]
			}
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				ts.Fatalf("%s: no element %q of %d", path, key, len(v))
			}
			value = v[i]
		default:
			ts.Fatalf("%s: nothing under %q", path, key)
		}
	}
	return value
}

// snapshot remembers a folder for a later unchanged.
func snapshot(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("SNAPSHOT_"+args[0], fingerprint(ts, args[0]))
}

// unchanged holds that a folder is byte for byte what it was at the snapshot.
func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if (ts.Getenv("SNAPSHOT_"+args[0]) == fingerprint(ts, args[0])) == neg {
		ts.Fatalf("%s: changed: %v", args[0], !neg)
	}
}

func fingerprint(ts *testscript.TestScript, dir string) string {
	tree, err := readTree(ts.MkAbs(dir))
	ts.Check(err)
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		b.WriteString(name + "=" + tree[name] + "\n")
	}
	return strconv.Quote(b.String())
}

// replaceText edits a file: replace FILE OLD NEW; OLD has to be there. \n stands for a line end.
func replaceText(ts *testscript.TestScript, _ bool, args []string) {
	unescape := strings.NewReplacer(`\n`, "\n")
	old, now := unescape.Replace(args[1]), unescape.Replace(args[2])
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, old, now)), 0o644))
}
