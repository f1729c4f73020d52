package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// corpus is a library of procedures that no one wrote: the same for every
// generator, and the same for one seed.
type corpus struct {
	pages   int
	chapter int // pages of one
	seed    uint64
}

// Where the two sites of a corpus stand.
const (
	benchbookSite = "benchbook"
	hugoSite      = "hugo"
)

const settings = `title = "私域操作手册"
description = "性能比较用的语料，由种子生成，内容没有意义。"
publisher = "标尺"
edition = "2026"
date = "2026-01-01"
base_url = "https://example.test"
`

// write makes the project and the Hugo site, each with a copy of the texts.
func (c corpus) write(dir string) error {
	files := map[string]string{
		benchbookSite + "/benchbook.toml":   settings,
		benchbookSite + "/content/index.md": "# 私域操作手册\n\n性能比较用的语料。\n",
	}
	for name, text := range hugoFiles {
		files[hugoSite+"/"+name] = text
	}
	for name, text := range files {
		if err := save(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	for i := range c.pages {
		text := c.page(i)
		for _, site := range []string{benchbookSite, hugoSite} {
			if err := save(filepath.Join(dir, site, "content", "sop", c.name(i)), text); err != nil {
				return err
			}
		}
	}
	return nil
}

func save(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

func (c corpus) name(i int) string {
	return fmt.Sprintf("chapter-%04d/sop-%06d.md", i/c.chapter, i)
}

// page is the i-th text: 3 to 12 KB of front matter, paragraphs, tables,
// check-lists, ordered steps, scripts and links.
func (c corpus) page(i int) string {
	w := writer{Rand: rand.New(rand.NewPCG(c.seed, uint64(i)))}
	title := fmt.Sprintf("%s%s第 %d 号操作手册", w.pick(scenes), w.pick(actions), i+1)
	w.front(title, i%c.chapter+1)
	fmt.Fprintf(&w.b, "# %s\n\n", title)
	w.paragraph(2)
	size := 3000 + w.IntN(9000)
	for n := 1; w.b.Len() < size-900 || n == 1; n++ {
		fmt.Fprintf(&w.b, "## 第%d步：%s%s\n\n", n, w.pick(actions), w.pick(objects))
		w.paragraph(1 + w.IntN(3))
		part := []func(){w.table, w.checks, w.steps, w.script, func() { w.links(c, i) }}[w.IntN(5)]
		part()
		if w.IntN(3) == 0 {
			fmt.Fprintf(&w.b, "### %s的要点\n\n", w.pick(objects))
			w.paragraph(1)
		}
	}
	w.links(c, i)
	return w.b.String()
}

// writer writes one text.
type writer struct {
	*rand.Rand
	b strings.Builder
}

// pick prefers the words at the front of a list, as a language does.
func (w *writer) pick(words []string) string {
	return words[int(float64(len(words))*w.Float64()*w.Float64())]
}

func (w *writer) front(title string, weight int) {
	fmt.Fprintf(&w.b, `+++
title = %q
weight = %d
tags = [%q, %q]
purpose = %q
roles = [%q]
stage = [%q]
time = "%d 分钟"
owner = %q
version = "1.%d"
reviewed = "2025-%02d-%02d"
+++

`, title, weight, w.pick(tags), w.pick(tags), "把"+w.pick(objects)+w.pick(actions)+"到位，减少"+w.pick(objects)+"的流失。",
		w.pick(roles), w.pick(stages), 5*(1+w.IntN(20)), w.pick(roles), w.IntN(9), 1+w.IntN(12), 1+w.IntN(28))
}

func (w *writer) sentence() string {
	form := w.pick(forms)
	var b strings.Builder
	for _, r := range form {
		switch r {
		case 'S':
			b.WriteString(w.pick(scenes))
		case 'A':
			b.WriteString(w.pick(actions))
		case 'O':
			b.WriteString(w.pick(objects))
		case 'R':
			b.WriteString(w.pick(roles))
		case 'M':
			b.WriteString(w.pick(modes))
		case 'N':
			fmt.Fprint(&b, 1+w.IntN(200))
		case 'X': // two letters that mean nothing: names and new words
			b.WriteRune(rune(0x4e00 + w.IntN(6000)))
			b.WriteRune(rune(0x4e00 + w.IntN(6000)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (w *writer) paragraph(n int) {
	for range n {
		for range 2 + w.IntN(3) {
			w.b.WriteString(w.sentence())
		}
		w.b.WriteString("\n\n")
	}
}

func (w *writer) table() {
	w.b.WriteString("| 情形 | 做法 | 负责人 | 时限 |\n| --- | --- | --- | ---: |\n")
	for range 3 + w.IntN(6) {
		fmt.Fprintf(&w.b, "| %s%s | %s**%s** | %s | %d 小时 |\n", w.pick(scenes), w.pick(objects), w.pick(actions), w.pick(objects), w.pick(roles), 1+w.IntN(72))
	}
	w.b.WriteString("\n")
}

func (w *writer) checks() {
	for range 3 + w.IntN(6) {
		fmt.Fprintf(&w.b, "- [%s] %s", []string{" ", "x"}[w.IntN(2)], w.sentence())
		w.b.WriteString("\n")
	}
	w.b.WriteString("\n")
}

func (w *writer) steps() {
	for i := range 3 + w.IntN(5) {
		fmt.Fprintf(&w.b, "%d. **%s**：%s\n", i+1, w.pick(actions), w.sentence())
	}
	w.b.WriteString("\n")
}

func (w *writer) script() {
	fmt.Fprintf(&w.b, "```话术 %s\n%s\n%s\n```\n\n", w.pick(scenes), w.sentence(), w.sentence())
}

// links leads to pages of the same chapter, of another, and outside.
func (w *writer) links(c corpus, i int) {
	near := i/c.chapter*c.chapter + w.IntN(min(c.chapter, c.pages-i/c.chapter*c.chapter))
	far := w.IntN(c.pages)
	fmt.Fprintf(&w.b, "先读[%s](%s)，再看[%s的手册](../%s)，%s参考[行业资料](https://example.org/%s/%d)。\n\n",
		w.pick(objects), filepath.Base(c.name(near)), w.pick(scenes), c.name(far), w.sentence(), "guide", w.IntN(1000))
}
