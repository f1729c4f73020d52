package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

type inner struct {
	Name string
	N    int64
	On   bool
}

type outer struct {
	Title  string
	List   []inner
	One    *inner
	None   *inner
	Sum    [4]byte
	Bytes  []byte
	hidden int
	Left   string `cache:"-"`
}

func TestWhatIsEncodedComesBack(t *testing.T) {
	want := outer{Title: "私域", List: []inner{{"a", -5, true}, {"", 1 << 40, false}}, One: &inner{Name: "x"}, Sum: [4]byte{1, 2, 3, 255}, Bytes: []byte{0, 9}, hidden: 3, Left: "x"}
	src := string(Encode(nil, want))
	var got outer
	if err := Decode(src, &got); err != nil {
		t.Fatal(err)
	}
	want.hidden, want.Left = 0, ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for i := range src {
		if Decode(src[:i], &got) == nil {
			t.Errorf("%d of %d bytes are taken for the whole", i, len(src))
		}
	}
}

// FuzzDecode: no bytes make it fail in another way than by its error.
func FuzzDecode(f *testing.F) {
	f.Add(string(Encode(nil, outer{Title: "a", List: []inner{{}}})))
	f.Fuzz(func(_ *testing.T, src string) {
		var got outer
		_ = Decode(src, &got)
	})
}

func TestDamageIsNoError(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	place, err := s.Append([]byte("record"))
	if err != nil || s.Save("state", []byte("data")) != nil {
		t.Fatal(err)
	}
	if record, ok := s.Read(place); !ok || string(record) != "record" {
		t.Error("the record did not come back")
	}
	if again := Open(dir); again != nil {
		t.Error("two processes have one cache")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"state", packName} {
		file := filepath.Join(dir, Folder, name)
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src[len(src)-1] ^= 1
		if err := os.WriteFile(file, src, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s = Open(dir)
	defer s.Close()
	if _, ok := s.Load("state"); ok {
		t.Error("a damaged file is taken for whole")
	}
	for _, p := range []Place{place, {At: 1 << 40, Size: 1}, {At: -1, Size: 2}} {
		if _, ok := s.Read(p); ok {
			t.Errorf("%v is taken for whole", p)
		}
	}
	if src, err := os.ReadFile(filepath.Join(dir, Folder, ".gitignore")); err != nil || !bytes.Equal(src, []byte("*\n")) {
		t.Error("git would see the cache")
	}
}

func TestProgramKnowsItself(t *testing.T) {
	first, again := Program(), Program()
	if first == "" || first != again {
		t.Errorf("%q, then %q", first, again)
	}
}
