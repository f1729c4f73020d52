package build

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/cache"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
)

// library makes a project of procedures that link to each other, in two languages.
func library(t *testing.T) string {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "benchbook.toml"), []byte("title = \"手册\"\nedition = \"2026\"\ndate = \"2026-01-01\"\nlanguages = [\"zh-CN\", \"zh-TW\"]\n"))
	for i := range 40 {
		put(t, procedure(dir, i), fmt.Appendf(nil, "+++\ntitle = \"第 %d 号手册\"\nweight = %d\ntags = [\"拉新\"]\n+++\n\n# 第 %[1]d 号手册\n\n先看[下一份](sop-%02[3]d.md#步骤)，再看导流率 %[1]d 次。\n\n## 步骤\n\n- [ ] 添加好友 %[1]d\n\n| 甲 | 乙 |\n| --- | --- |\n| 社群 | %[1]d |\n", i, i+1, (i+1)%40))
	}
	return dir
}

func procedure(dir string, i int) string {
	return filepath.Join(dir, "content", "sop", fmt.Sprintf("chapter-%d", i/20), fmt.Sprintf("sop-%02d.md", i))
}

// buildInto builds a project into a folder and gives the printed findings.
func buildInto(t *testing.T, dir, out string, store *cache.Store) (Result, string) {
	t.Helper()
	l := &diag.List{}
	s, err := site.Open(dir, l)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := output.OpenFolder(out)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Run(context.Background(), s, Options{Cache: store}, folder, l)
	if err != nil || l.HasErrors() {
		t.Fatal(err, l.Sorted())
	}
	if r.Unchanged {
		err = folder.Abort()
	} else if _, err = folder.Commit(Generator, Version); err == nil {
		err = r.Keep()
	}
	if err != nil {
		t.Fatal(err)
	}
	var found strings.Builder
	for _, d := range l.Sorted() {
		fmt.Fprintln(&found, d.Pos, d.Code, d.Message.In("zh"))
	}
	return r, fmt.Sprint(found.String(), l.Warnings())
}

// treeOf reads a whole folder.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := os.ReadFile(p)
		tree[strings.TrimPrefix(p, dir)] = string(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestRebuildIsAsACold: whatever is changed between two builds, the second has the
// bytes and the findings of one that starts from nothing.
func TestRebuildIsAsACold(t *testing.T) {
	dir := library(t)
	out := filepath.Join(dir, "public")
	edit := func(i int, old, new string) func() {
		return func() {
			src, err := os.ReadFile(procedure(dir, i))
			if err != nil || !strings.Contains(string(src), old) {
				t.Fatalf("%d has no %q: %v", i, old, err)
			}
			put(t, procedure(dir, i), []byte(strings.Replace(string(src), old, new, 1)))
		}
	}
	write := func(name, text string) func() {
		return func() { put(t, filepath.Join(dir, filepath.FromSlash(name)), []byte(text)) }
	}
	remove := func(name string) func() {
		return func() {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	steps := []struct {
		name string
		do   func()
	}{
		{"first", func() {}},
		{"nothing", func() {}},
		{"a sentence", edit(3, "再看", "导流率比退群率要紧。再看")},
		{"a pair becomes frequent", edit(4, "再看", "退群率要先看，再看")},
		{"a pair is frequent no more", edit(3, "导流率比退群率要紧。", "")},
		{"a lead", edit(5, "先看", "读之前，先看")},
		{"a title", edit(6, "title = \"第 6 号手册\"", "title = \"第六号手册\"")},
		{"a heading that others link to", edit(8, "## 步骤", "## 做法")},
		{"and back", edit(8, "## 做法", "## 步骤")},
		{"a weight", edit(9, "weight = 10", "weight = 30")},
		{"a draft", edit(10, "weight = 11", "weight = 11\ndraft = true")},
		{"a slug", edit(11, "weight = 12", "weight = 12\nslug = \"twelve\"")},
		{"a dead link", edit(12, "sop-13.md", "sop-99.md")},
		{"nothing, with a warning", func() {}},
		{"another edit, with a warning elsewhere", edit(20, "再看", "然后看")},
		{"a picture", write("content/sop/chapter-0/p.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>`)},
		{"shown", edit(13, "再看", "![图](p.svg) 再看")},
		{"another picture in its place", write("content/sop/chapter-0/p.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="3"/>`)},
		{"a glossary", write("content/glossary.md", "# 术语表\n\n## 导流率\n\n加上好友的比例。\n")},
		{"a term in a sentence", edit(14, "再看", "[导流率](term:导流率)要紧，再看")},
		{"the settings", write("benchbook.toml", "title = \"新手册\"\nedition = \"2026\"\ndate = \"2026-02-01\"\n")},
		{"a template", write("templates/parts/siblings.html", "<p>没有</p>")},
		{"a page less", remove("content/sop/chapter-1/sop-30.md")},
		{"a page more", write("content/sop/chapter-1/sop-41.md", "# 新的一份\n\n退群率。\n")},
		{"a chapter", write("content/chapters/01-a.md", "# 现状\n\n六成企业。\n\n## 预算\n\n文字。\n")},
		{"a chapter's words", write("content/chapters/01-a.md", "# 现状\n\n七成企业。\n\n## 预算\n\n文字。\n")},
		{"a page of the site by hand", write("public/sop/chapter-0/sop-00.html", "x")},
		{"a page of the site gone", remove("public/sop/chapter-0/sop-01.html")},
		{"a file of the index gone, and an edit", func() { remove("public/search/texts/0.js")(); edit(16, "再看", "又看")() }},
		{"a damaged cache, and an edit", func() { damage(t, dir); edit(17, "再看", "又看")() }},
	}
	for _, step := range steps {
		step.do()
		store := cache.Open(dir)
		_, found := buildInto(t, dir, out, store)
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		cold := filepath.Join(t.TempDir(), "public")
		_, wanted := buildInto(t, dir, cold, nil)
		if found != wanted {
			t.Errorf("%s: finds\n%s\nwants\n%s", step.name, found, wanted)
		}
		got, want := treeOf(t, out), treeOf(t, cold)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s: %s differs", step.name, name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d files, wants %d", step.name, len(got), len(want))
		}
	}
}

// damage changes a byte in the middle of every file of the cache.
func damage(t *testing.T, dir string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, cache.Folder, "*"))
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(src) > 0 {
			src[len(src)/2] ^= 0x40
			if err := os.WriteFile(name, src, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestNothingChangedMakesNothing: no page is converted or rendered again.
func TestNothingChangedMakesNothing(t *testing.T) {
	dir := library(t)
	store := cache.Open(dir)
	defer store.Close()
	out := filepath.Join(dir, "public")
	first, _ := buildInto(t, dir, out, store)
	size := store.Size()
	again, _ := buildInto(t, dir, out, store)
	if !again.Unchanged || again.Pages != first.Pages || again.Files != first.Files || again.Bytes != first.Bytes || store.Size() != size {
		t.Errorf("first %+v, again %+v, the pack grew from %d to %d", first, again, size, store.Size())
	}
}
