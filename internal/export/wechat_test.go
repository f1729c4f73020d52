package export_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"benchbook/internal/export"
)

// TestLintFindsWhatTheEditorDrops, each alone in an otherwise clean fragment.
func TestLintFindsWhatTheEditorDrops(t *testing.T) {
	const clean = `<section style="color:#333;"><p style="margin:0;">字<br><img src="01-a.png" alt="图" style="width:100%;"></p></section>`
	if problems := export.Lint([]byte(clean)); len(problems) > 0 {
		t.Errorf("clean, but %v", problems)
	}
	for _, bad := range []string{
		`<p style="margin:0;" class="x">字</p>`, `<p style="margin:0;" id="x">字</p>`, `<script>1</script>`, `<style>p{}</style>`, `<iframe style=""></iframe>`,
		`<form style=""></form>`, `<p style="position:fixed;">字</p>`, `<p style="transform:none;">字</p>`, `<p style="animation:a 1s;">字</p>`,
		`<p style="color:var(--x);">字</p>`, `<p style="background-image:url(x);">字</p>`, `<p style="width:calc(1px + 2px);">字</p>`, `<p>字</p>`,
		`<a href="https://e.org" style="color:#333;">外</a>`, `<img src="https://e.org/a.png" alt="" style="width:100%;">`, `<img src="data:image/png;base64,AA" alt="" style="width:1px;">`,
		`<p style="display:flex;">字</p>`, `<!-- x -->`, `<p style="margin:0;" onclick="x()">字</p>`, `<svg style="width:1px;"></svg>`, `<h2 style="margin:0;">题</h2>`,
		`<p style="margin:0;" data-x="1">字</p>`,
	} {
		if problems := export.Lint([]byte(clean + bad)); len(problems) == 0 {
			t.Errorf("nothing found in %s", bad)
		}
	}
}

func articles(t *testing.T, s export.Site, pages ...string) []export.File {
	t.Helper()
	files, _, err := export.WeChat(context.Background(), s, browser(t), pages)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var imageTag = regexp.MustCompile(`<img src="([^"]*)"`)

// checkArticle holds a folder to what the editor needs: a clean fragment, every
// picture there, large and opaque, numbered in the order in which they stand.
func checkArticle(t *testing.T, files []export.File) string {
	t.Helper()
	fragment := file(t, files, "article.html")
	if problems := export.Lint(fragment); len(problems) > 0 {
		t.Errorf("%v", problems)
	}
	if !bytes.Contains(file(t, files, "preview.html"), fragment) {
		t.Error("the preview shows another fragment")
	}
	for i, m := range imageTag.FindAllSubmatch(fragment, -1) {
		if !strings.HasPrefix(string(m[1]), fmt.Sprintf("%02d-", i+1)) {
			t.Errorf("picture %d is called %s", i+1, m[1])
		}
		picture, err := png.Decode(bytes.NewReader(file(t, files, "/"+string(m[1]))))
		if err != nil {
			t.Fatal(err)
		}
		size := picture.Bounds().Size()
		if size.X < 1080 || size.Y < 100 {
			t.Errorf("%s: %v", m[1], size)
		}
		for _, at := range [][2]int{{0, 0}, {size.X - 1, 0}, {0, size.Y - 1}, {size.X - 1, size.Y - 1}} {
			if r, g, b, a := picture.At(at[0], at[1]).RGBA(); r+g+b != 3*0xffff || a != 0xffff {
				t.Errorf("%s: the corner %v is not white", m[1], at)
			}
		}
	}
	return string(fragment)
}

// TestArticleOfAChapter has the chapter's words and as many pictures as drawings.
func TestArticleOfAChapter(t *testing.T) {
	s := sample(t)
	files := articles(t, s, "chapters/01-budget.md")
	fragment := checkArticle(t, files)
	drawings := 0
	source, _ := s.Tree.File("2026/budget.html")
	for _, f := range s.Shown {
		if !f.IsTable && bytes.Contains(source, []byte(`id="fig-`+f.ID+`"`)) {
			drawings++
		}
	}
	if got := strings.Count(fragment, "<img "); got != drawings || got == 0 {
		t.Errorf("%d pictures of %d drawings", got, drawings)
	}
	for _, want := range []string{"参考链接", "[1]", "本章要点", "示例数据"} {
		if !strings.Contains(fragment, want) {
			t.Errorf("no %s", want)
		}
	}
	plain := string(file(t, files, "article.txt"))
	if strings.ContainsAny(plain, "<>") && strings.Contains(plain, "<p") || !strings.HasPrefix(plain, "标题：") || !strings.Contains(plain, "01-team-built.png") {
		t.Errorf("%.300s", plain)
	}
}

// TestHostileArticle: whatever stands in the text arrives as text.
func TestHostileArticle(t *testing.T) {
	files := articles(t, hostile(t))
	fragment := checkArticle(t, files)
	for _, never := range []string{"<script", "position", `class=`, "<a "} {
		if strings.Contains(fragment, never) {
			t.Errorf("%s in %s", never, fragment)
		}
	}
	for _, want := range []string{"&lt;script&gt;", "https://example.org/?a=1&amp;b=2", "一\u00a0 二<br>&lt;b&gt;三&lt;/b&gt;", "☐", "b 1；c 2"} {
		if !strings.Contains(fragment, want) {
			t.Errorf("no %s in\n%s", want, fragment)
		}
	}
	if plain := string(file(t, files, "article.txt")); !strings.Contains(plain, "阅读原文：https://example.org/报告/9/summary.html") {
		t.Errorf("%.200s", plain)
	}
}
