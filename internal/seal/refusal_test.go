package seal

import (
	"bytes"
	"errors"
	"maps"
	"testing"
)

// TestSizes holds that padding hides small differences and costs little.
func TestSizes(t *testing.T) {
	for n := 1; n < 1<<22; n += 1 + n/7 {
		p := padded(n)
		if p < n || p > max(n, 256)*112/100+5 || (p+overhead)%5 != 0 {
			t.Errorf("%d is padded to %d", n, p)
		}
	}
	if padded(1) != padded(250) || padded(100_000) != padded(100_300) {
		t.Error("small differences show")
	}
}

func TestRefusals(t *testing.T) {
	for name, o := range map[string]Options{
		"no password":      {Salt: salt},
		"only spaces":      {Salt: salt, Password: " \n"},
		"no salt":          {Password: password},
		"long salt":        {Password: password, Salt: make([]byte, 32)},
		"telling hint":     {Password: password, Salt: salt, Hint: "就是" + password},
		"telling in case":  {Password: "Kq7-vTz9-mWx2-pLr4", Salt: salt, Hint: "kq7-vtz9-mwx2-plr4 in capitals"},
		"client's name":    {Password: "huajianji2026", Salt: salt, Known: []string{"huajianji"}},
		"keyword is empty": {Salt: salt, Keyword: true},
	} {
		var refused *Refused
		if _, err := NewLock(o); !errors.As(err, &refused) || refused.Text.In("zh") == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := lock(t, nil).Seal(maps.All(map[string][]byte{"a.html": nil}), func(string, []byte) error { return nil }); err == nil {
		t.Error("a tree without index.html is sealed")
	}
	if err := lock(t, nil).Seal(maps.All(map[string][]byte{"index.html": nil, "../a": nil}), func(string, []byte) error { return nil }); err == nil {
		t.Error("a path that leaves the tree is sealed")
	}
	full := errors.New("disk full")
	if err := lock(t, nil).Seal(maps.All(report()), func(string, []byte) error { return full }); !errors.Is(err, full) {
		t.Errorf("put fails, Seal says %v", err)
	}
}

func TestWeak(t *testing.T) {
	for _, p := range []string{"", "short", "1234567890", "12345678901234567890", "aaaaaaaaaaaaaaaa", "abcdefghijklmnop", "password123", "Password2026!", "qwertyuiop123",
		"20261101", "20261101202611", "abcabcabcabcabc", "siyu2026baipishu", "白皮书", "私域白皮书2026", "ｐａｓｓｗｏｒｄ１２３", "8472910384", "woaini5201314", "私域代运营月报周报日报"} {
		if Weak(p) == nil {
			t.Errorf("%q passes (%.0f bits)", p, bitsOf([]rune(folded(p)), nil))
		}
	}
	for _, p := range []string{password, "correct horse battery staple", "Kq7-vTz9-mWx2", "tgwvxhqzmlrkpb", "竹影扫阶尘不动月轮穿", "73920184652093817465"} {
		if err := Weak(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestSaltReadsBack(t *testing.T) {
	tree := sealed(t, lock(t, nil), report())
	if got, ok := ReadSalt(tree["index.html"]); !ok || !bytes.Equal(got, salt) {
		t.Errorf("salt %q", got)
	}
	for _, page := range []string{"", "<form data-salt=\"xyz\">", ` data-salt="bcdf"`} {
		if _, ok := ReadSalt([]byte(page)); ok {
			t.Errorf("a salt in %q", page)
		}
	}
	if got, ok := ParseSalt(SaltText(salt)); !ok || !bytes.Equal(got, salt) {
		t.Errorf("salt %q", got)
	}
	if a, b := NewSalt(), NewSalt(); bytes.Equal(a, b) || len(a) != SaltSize {
		t.Error("two new salts are equal")
	}
}

func FuzzWideAndLetters(f *testing.F) {
	f.Add([]byte("0123456789"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if back, ok := fromLetters(letters(data)); !ok || !bytes.Equal(back, data) {
			t.Errorf("letters: %x becomes %x", data, back)
		}
		data = data[:len(data)/5*5]
		if back := fromWide(wide(data)); !bytes.Equal(back, data) {
			t.Errorf("wide: %x becomes %x", data, back)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	l, files := lock(b, nil), report()
	for b.Loop() {
		sealed(b, l, files)
	}
}
