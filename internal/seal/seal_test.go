package seal

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const password = "梅雨-纸鹤-灯塔-七十二"

var salt = []byte("0123456789abcdef")

func lock(t testing.TB, change func(*Options)) *Lock {
	t.Helper()
	o := Options{Password: password, Salt: salt}
	if change != nil {
		change(&o)
	}
	l, err := NewLock(o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func sealed(t testing.TB, l *Lock, files map[string][]byte) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := l.Seal(maps.All(files), func(name string, data []byte) error {
		if _, twice := out[name]; twice {
			t.Errorf("%s is written twice", name)
		}
		out[name] = data
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// unseal is the browser's half once more, from the description alone.
func unseal(tree map[string][]byte, password string) (map[string][]byte, error) {
	page := tree["index.html"]
	salt, ok := ReadSalt(page)
	if !ok {
		return nil, errors.New("no salt")
	}
	k, err := derive(normal(password), salt)
	if err != nil {
		return nil, err
	}
	return k.unseal(tree)
}

// unseal opens a tree with keys that are known.
func (k *keys) unseal(tree map[string][]byte) (map[string][]byte, error) {
	page := tree["index.html"]
	list, err := k.open(listName, regexp.MustCompile(`id="list">([^<]*)<`).FindSubmatch(page)[1])
	if err != nil {
		return nil, err
	}
	var entries []listed
	if err := json.Unmarshal(list, &entries); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, e := range entries {
		part := regexp.MustCompile(`^openSealed\("([bcdf]+)","([^"]*)"\)\n$`).FindSubmatch(tree[partPath(e.Part)])
		if part == nil || string(part[1]) != e.Part {
			return nil, fmt.Errorf("%s: no such part", e.Path)
		}
		if files[e.Path], err = k.open(e.Part, part[2]); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	return files, nil
}

func (k *keys) open(place string, written []byte) ([]byte, error) {
	data := fromWide(string(written))
	block, err := aes.NewCipher(k.content)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil || len(data) < 12 {
		return nil, fmt.Errorf("too short: %w", err)
	}
	plain, err := gcm.Open(nil, data[:12], data[12:], []byte(place))
	if err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(plain)
	return io.ReadAll(flate.NewReader(bytes.NewReader(plain[4 : 4+n])))
}

func fromWide(s string) (data []byte) {
	group, n := uint64(0), 0
	for _, r := range s {
		group = group<<10 | uint64(r-wideFirst)
		if n++; n%4 == 0 {
			data = append(data, byte(group>>32), byte(group>>24), byte(group>>16), byte(group>>8), byte(group))
		}
	}
	return data
}

// report is a small tree with what a report has.
func report() map[string][]byte {
	files := map[string][]byte{
		"index.html":        []byte("<!doctype html><title>花间集七月月报</title><h1>导流率 31.7%</h1>"),
		"月报/七月.html":        []byte("<p>已组建团队的企业占 59.5%，预算中位数 80 万元</p>"),
		"figures/rate.csv":  []byte("\ufeff行业,导流率\n美妆,31.7%\n"),
		"assets/empty.css":  nil,
		"assets/bytes.png":  {0, 1, 2, 255, 254},
		"manifest.json":     []byte(`{"files":[]}`),
		"_headers":          []byte("/*\n"),
		"assets/a b&c'.svg": []byte("<svg/>"),
	}
	for n := range 40 {
		files[fmt.Sprintf("size/%d.txt", n)] = bytes.Repeat([]byte{byte(n), byte(n * 7), 'x'}, n*n)
	}
	return files
}

func TestRoundTrip(t *testing.T) {
	files := report()
	tree := sealed(t, lock(t, nil), files)
	got, err := unseal(tree, "  "+password+"\n")
	if err != nil {
		t.Fatal(err)
	}
	delete(files, "manifest.json")
	delete(files, "_headers")
	if len(got) != len(files) {
		t.Errorf("%d files come back, want %d", len(got), len(files))
	}
	for name, data := range files {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s is %.40q, want %.40q", name, got[name], data)
		}
	}
	if _, err := unseal(tree, password+"一"); err == nil {
		t.Error("another password opens the list")
	}
}

// TestSameBytes holds that sealing again changes nothing, in whatever order
// files come, and that salt, password and content each change what they should.
func TestSameBytes(t *testing.T) {
	files, l := report(), lock(t, nil)
	first := sealed(t, l, files)
	if again := sealed(t, lock(t, nil), files); !maps.EqualFunc(first, again, bytes.Equal) {
		t.Error("sealing again gives other bytes")
	}
	files["月报/七月.html"] = append(files["月报/七月.html"], '!')
	if n := differing(first, sealed(t, l, files)); n != 3 { // the old part, the new one, the page with the list
		t.Errorf("one file changed and %d sealed files differ, want 3", n)
	}
	delete(files, "月报/七月.html")
	for what, other := range map[string]*Lock{
		"salt":     lock(t, func(o *Options) { o.Salt = []byte("fedcba9876543210") }),
		"password": lock(t, func(o *Options) { o.Password += "三" }),
	} {
		for name := range sealed(t, other, files) {
			if _, same := first[name]; same && strings.HasPrefix(name, "sealed/p.") {
				t.Errorf("another %s, and %s keeps its name", what, name)
			}
		}
	}
}

func differing(a, b map[string][]byte) (n int) {
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			n++
		}
	}
	for name := range b {
		if _, there := a[name]; !there {
			n++
		}
	}
	return n
}

// TestNonces holds that no nonce is used for two files.
func TestNonces(t *testing.T) {
	seen := map[string]string{}
	for name, data := range sealed(t, lock(t, nil), report()) {
		if _, written, ok := strings.Cut(string(data), `","`); ok && strings.HasPrefix(name, "sealed/p.") {
			nonce := string(fromWide(written[:40])[:12])
			if other, twice := seen[nonce]; twice {
				t.Errorf("%s and %s have one nonce", name, other)
			}
			seen[nonce] = name
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d parts", len(seen))
	}
}

// TestTampering changes, swaps and drops sealed files one at a time.
func TestTampering(t *testing.T) {
	l := lock(t, nil)
	whole := sealed(t, l, report())
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		if strings.HasPrefix(name, "sealed/p.") {
			parts = append(parts, name)
		}
	}
	for i, name := range parts {
		text, other := whole[name], whole[parts[(i+1)%len(parts)]]
		head := bytes.Index(text, []byte(`","`)) + 3
		middle := head + (len(text)-head)/4*2
		flipped := bytes.Clone(text)
		flipped[middle+1-middle%2+head%2] ^= 1
		for what, now := range map[string][]byte{
			"a bit flipped":          flipped,
			"another's content":      append(bytes.Clone(text[:head]), other[bytes.Index(other, []byte(`","`))+3:]...),
			"another's name as well": other,
			"cut short":              append(bytes.Clone(text[:len(text)-3-80]), "\")\n"...),
			"gone":                   nil,
		} {
			tree := maps.Clone(whole)
			tree[name] = now
			if bytes.Equal(now, text) {
				t.Fatalf("%s: %s changes nothing", name, what)
			}
			if _, err := l.unseal(tree); err == nil {
				t.Errorf("%s: %s, and nobody sees it", name, what)
			}
		}
	}
}

// TestNoPlainWord looks in every sealed file and name for every four characters
// that stand one after the other in the report. What another report's sealing
// has too tells nothing of this one.
func TestNoPlainWord(t *testing.T) {
	files := report()
	grams := map[string]bool{}
	for name, data := range files {
		if name != "manifest.json" && name != "_headers" {
			eachFour(name, func(g string) { grams[g] = true })
			eachFour(string(data), func(g string) { grams[g] = true })
		}
	}
	l := lock(t, func(o *Options) { o.Hint = "客户经理告诉您的那一句" })
	shell := map[string]bool{}
	scan(sealed(t, l, map[string][]byte{"index.html": nil}), func(_, g string) { shell[g] = true })
	looked := 0
	scan(sealed(t, l, files), func(name, g string) {
		if looked++; grams[g] && !shell[g] {
			t.Errorf("%s holds %q", name, g)
		}
	})
	if len(grams) < 100 || looked < 5000 {
		t.Errorf("%d pieces of text looked for at %d places", len(grams), looked)
	}
}

// Scan is scan for the tests from outside.
var Scan = scan

func scan(tree map[string][]byte, each func(name, gram string)) {
	for name, data := range tree {
		eachFour(name, func(g string) { each(name, g) })
		eachFour(string(data), func(g string) { each(name, g) })
	}
}

// eachFour gives every four neighbouring characters.
func eachFour(text string, each func(string)) {
	var starts [4]int
	n := 0
	for i := range text {
		if n >= 4 {
			each(text[starts[n%4]:i])
		}
		starts[n%4] = i
		n++
	}
	if n >= 4 {
		each(text[starts[n%4]:])
	}
}
