package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/export"
)

// TestExportWithoutBrowser: the machine is told so, in both languages, and
// nothing is written.
func TestExportWithoutBrowser(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/site")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := export.FindBrowser(); err == nil {
		t.Skip("a browser stands where this system always has it")
	}
	for _, form := range []string{"pdf", "wechat"} {
		for lang, want := range map[string]string{"en": "no browser found", "zh": "没有找到浏览器"} {
			var stdout, stderr bytes.Buffer
			code := run(context.Background(), []string{"export", form, "--site", dir, "--lang", lang}, &stdout, &stderr)
			if code != exitWorld || !strings.Contains(stderr.String(), want) || stdout.Len() > 0 {
				t.Errorf("%s: exit %d, %q, %q", form, code, stdout.String(), stderr.String())
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "exports")); err == nil {
		t.Error("something was written")
	}
}
