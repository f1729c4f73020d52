package export

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/page"

	"golang.org/x/net/html"
)

// WeChat makes an article of each page named, or of the summary and every
// chapter: a folder with the fragment to paste, its pictures in the order of
// upload, the same in plain text, and a page that shows it as a phone does.
func WeChat(ctx context.Context, s Site, b Browser, names []string) (files []File, notes []diag.Text, err error) {
	pages, err := s.articles(names)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range pages {
		made, err := s.article(ctx, b, p)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", p.Path, err)
		}
		files = append(files, made...)
	}
	return files, nil, nil
}

func (s Site) articles(names []string) (pages []page.Page, err error) {
	for _, n := range names {
		p, err := s.find(n)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(p.Path, page.TraditionalFolder) {
			return nil, &Problem{diag.T("公众号文章只用简体页面，图片也是简体的", "articles are made of the simplified pages, whose charts are simplified too")}
		}
		if p.Layout == "print" {
			return nil, &Problem{diag.T("打印版太长，不能作一篇文章；指定章节", "the print edition is too long for an article; name chapters")}
		}
		pages = append(pages, p)
	}
	if len(names) > 0 {
		return pages, nil
	}
	if p, err := s.find("summary.md"); err == nil {
		pages = append(pages, p)
	}
	for _, p := range s.Pages {
		if p.Layout == "chapter" {
			pages = append(pages, p)
		}
	}
	if len(pages) == 0 {
		return nil, &Problem{diag.T("这个站点没有章节或执行摘要；写明要导出的页面", "the site has no chapters and no summary; name the pages")}
	}
	return pages, nil
}

// article makes one page's files, in a folder of their own.
func (s Site) article(ctx context.Context, b Browser, p page.Page) ([]File, error) {
	source, ok := s.Tree.File(p.Path)
	if !ok {
		return nil, fmt.Errorf("no such page")
	}
	doc, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		return nil, err
	}
	a := &article{site: s, path: p.Path}
	a.head(doc)
	a.write(doc)
	if problems := Lint(a.fragment()); len(problems) > 0 {
		return nil, fmt.Errorf("the article holds what the editor drops: %s", strings.Join(problems, "; "))
	}
	pictures, err := s.shoot(ctx, b, a.pictures)
	if err != nil {
		return nil, err
	}
	dir := "wechat/" + name(p.Path) + "/"
	files := []File{{dir + "article.html", a.fragment()}, {dir + "article.txt", a.text()}, {dir + "preview.html", a.preview()}}
	for _, picture := range pictures {
		files = append(files, File{dir + picture.Name, picture.Bytes})
	}
	return files, nil
}

// article is a page on its way into the form of an editor that keeps nothing but
// inline styles, drops links to other sites, and takes pictures one by one.
type article struct {
	site     Site
	path     string
	title    string
	digest   string
	out      strings.Builder
	plain    strings.Builder
	pictures []picture
	refs     []string
}

// head learns title and digest of a page.
func (a *article) head(doc *html.Node) {
	if h1 := first(doc, func(n *html.Node) bool { return n.Data == "h1" }); h1 != nil {
		a.title = text(h1)
	}
	meta := first(doc, func(n *html.Node) bool { return n.Data == "meta" && attr(n, "name") == "description" })
	if meta != nil {
		a.digest = attr(meta, "content")
	}
}

// original is the address of 「阅读原文」, "" where the site's is not known.
func (a *article) original() string {
	if base := a.site.Input.Settings.BaseURL; base != "" {
		return base + "/" + escapePath(a.path)
	}
	return ""
}

// write writes the article's body and what it refers to.
func (a *article) write(doc *html.Node) {
	root := first(doc, func(n *html.Node) bool { return n.Data == "main" })
	if root == nil {
		return
	}
	a.blocks(root)
	if len(a.refs) > 0 {
		a.heading("h3", "参考链接", "参考链接")
		for i, ref := range a.refs {
			line := fmt.Sprintf("[%d] %s", i+1, ref)
			a.block("p", smallStyle+"word-break:break-all;", html.EscapeString(line), line)
		}
	}
	set := a.site.Input.Settings
	end := strings.Trim(strings.Join([]string{set.Title + "（" + set.Edition + " 版）", set.Publisher, set.Licence}, " · "), " ·")
	a.block("p", smallStyle+"margin-top:32px;", html.EscapeString(end), end)
}

// fragment is what is pasted.
func (a *article) fragment() []byte {
	return []byte(`<section style="` + rootStyle + `">` + "\n" + a.out.String() + "</section>\n")
}

// text is the article without any markup.
func (a *article) text() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "标题：%s\n摘要：%s\n", a.title, a.digest)
	if to := a.original(); to != "" {
		fmt.Fprintf(&b, "阅读原文：%s\n", to)
	}
	for _, p := range a.pictures {
		fmt.Fprintf(&b, "图片：%s　%s\n", p.name, p.alt)
	}
	b.WriteString("\n" + a.plain.String())
	return []byte(b.String())
}

// block writes one block, and the same words to the plain text.
func (a *article) block(tag, style, inner, plain string) {
	fmt.Fprintf(&a.out, `<%s style="%s">%s</%s>`+"\n", tag, style, inner, tag)
	if plain = strings.TrimSpace(plain); plain != "" {
		a.plain.WriteString(plain + "\n\n")
	}
}

func (a *article) heading(level, inner, plain string) {
	style, ok := headingStyles[level]
	if !ok {
		style = headingStyles["h4"]
	}
	a.block("p", style, inner, plain)
}
