package document

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

const tomlFront = `+++
title = "引流 SOP"
weight = 3
draft = true
updated = 2026-03-01
tags = ["a", "b"]
version = "1.2"
roles = ["运营", "客服"]
reviewed = 2026-02-28
key_points = ["占 [](stat:s/t)"]
benchmarks = [{ ref = "stat:s/t?stat=p50", label = "导流率" }]
+++
正文
`

const yamlFront = `---
title: 引流 SOP
weight: 3
draft: true
updated: 2026-03-01
tags: [a, b]
version: "1.2"
roles:
  - 运营
  - 客服
reviewed: 2026-02-28
key_points: ["占 [](stat:s/t)"]
benchmarks:
  - ref: stat:s/t?stat=p50
    label: 导流率
---
正文
`

func TestTOMLAndYAMLMeanTheSame(t *testing.T) {
	a, found := parse(tomlFront)
	b, found2 := parse(yamlFront)
	if len(found)+len(found2) > 0 {
		t.Fatal(codes(found), codes(found2))
	}
	if !reflect.DeepEqual(a.Front, b.Front) || a.Front.Updated != "2026-03-01" || a.Front.Roles[1] != "客服" || !a.Front.Draft {
		t.Errorf("\ntoml %+v\nyaml %+v", a.Front, b.Front)
	}
	if len(a.Benchmarks) != 1 || a.Benchmarks[0].Ref.Get("stat") != "p50" || a.Benchmarks[0].Label != "导流率" {
		t.Errorf("%+v", a.Benchmarks)
	}
	for _, d := range []*Document{a, b} {
		if got := string(d.Render(Renderer{})); got != "<p>正文</p>\n" {
			t.Errorf("body %q", got)
		}
		if got := d.KeyPoints[0].Render(answers); got != "占 {s/t}" {
			t.Errorf("key point %q", got)
		}
	}
	if at := b.Refs[0].Pos; at.Line != 12 || at.Column != 17 {
		t.Errorf("reference in YAML at %v", at)
	}
}

func TestFrontMatterIsStrict(t *testing.T) {
	for src, want := range map[string]string{
		"---\ntitel: x\n---\n":                            "2:1 config.unknown_key titel → title",
		"---\nweight: many\n---\n":                        "2:9 config.type",
		"---\nweight: 1.5\n---\n":                         "2:9 config.type",
		"---\ntitle: a\ntitle: b\n---\n":                  "3:1 config.syntax",
		"---\nbenchmarks:\n - reff: a\n---\n":             "3:4 config.type",
		"---\ntitle: [\n---\n":                            "2:8 config.syntax",
		"+++\ntitel = \"x\"\n+++\n":                       "2:1 config.unknown_key titel → title",
		"+++\nweight = \"x\"\n+++\n":                      "2:10 config.type",
		"+++\ntitle = \"x\"\n":                            "1:1 document.front_matter",
		"+++\nslug = \"../x\"\n+++\n":                     "2:8 document.slug",
		"---\nslug: A b\n---\n":                           "2:7 document.slug",
		"+++\nlang = \"zh\"\n+++\n":                       "2:8 document.lang",
		"+++\nlang = \"klingon-tlh-x\"\n+++\n":            "2:8 document.lang",
		"+++\nfinding = \"[x](stat:s)\"\n+++\n":           "2:12 document.reference",
		"+++\nbenchmarks=[{ref=\"chart:c\"}]\n+++":        "2:19 document.reference",
		"---\n" + strings.Repeat("# x\n", 5000) + "---\n": "1:1 document.front_matter",
	} {
		_, found := parse(src)
		if len(found) != 1 {
			t.Errorf("%.40q: %s", src, codes(found))
			continue
		}
		f := found[0]
		got := fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Column, f.Code)
		if strings.Contains(want, "→") {
			near := strings.Split(want, "→ ")[1]
			want = strings.TrimSpace(strings.Split(want, " titel")[0])
			if !strings.Contains(f.Hint.In("en"), near) {
				t.Errorf("%q: hint %q", src, f.Hint.In("en"))
			}
		}
		if got != want {
			t.Errorf("%.40q: %s, want %s (%s)", src, got, want, f.Message.In("en"))
		}
	}
}

// TestRulesAreNotFrontMatter: "---" is also a line across the page.
func TestRulesAreNotFrontMatter(t *testing.T) {
	for src, want := range map[string]string{
		"---\n文字\n\n---\n":            "<hr>\n<p>文字</p>\n<hr>\n",
		"---\nnot closed: x\n":        "<hr>\n<p>not closed: x</p>\n",
		"---\n---\n正文":                "<p>正文</p>\n",
		"---\n# only a remark\n---\n": "",
		"\n---\ntitle: x\n---\n":      "<hr>\n<h2",
	} {
		d, found := parse(src)
		if got := string(d.Render(Renderer{})); len(found) > 0 || !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q: %q %s", src, got, codes(found))
		}
	}
}

func TestEveryCodeIsExplained(t *testing.T) {
	for _, code := range []string{"document.encoding", "document.front_matter", "document.slug", "document.lang", "document.reference",
		"document.footnote", "document.link_scheme", "document.html", "document.heading", "document.punctuation", "document.hand_typed", "document.control", "document.nesting"} {
		if c, ok := diag.Explain(code); !ok || c.Remedy.In("zh") == "" || c.Remedy.In("en") == c.Remedy.In("zh") {
			t.Errorf("%s is not explained in both languages", code)
		}
	}
}
