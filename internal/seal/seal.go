// Package seal turns a tree of finished files into one that only a password
// opens: a page that asks for it, the script that opens it in the reader's
// browser, and every file of the tree encrypted under a name that tells nothing.
//
// In: paths and bytes, a password, a salt. Out: paths and bytes, which any host
// can serve and which also open from disk. The package knows nothing of clients
// or pages, and refuses a password that guessing would find soon (see Weak).
//
// # Keys
//
//	master  = PBKDF2-HMAC-SHA-256(NFKC(trimmed password), salt, 600,000 rounds), 32 bytes
//	content = HKDF-SHA-256(master, "sealed tree 1 content"), the AES-256-GCM key
//	name, route, nonce = the same with their own words, HMAC-SHA-256 keys
//	check   = the same, 8 bytes, which stand in the page to tell a wrong password
//	          from a damaged file; testing them costs a guesser all 600,000 rounds
//
// # Same inputs, same bytes
//
// The salt is random, 16 bytes, drawn once by NewSalt and from then on an
// input: it is no secret, stands in the sealed page, and ReadSalt takes it from
// there for the next sealing. It cannot be derived from password or content: a
// fast function of either, published, would let guesses be tested without the
// 600,000 rounds.
//
// The nonce of a file is the first 96 bits of HMAC(nonce key, path, content): a
// synthetic one. GCM is broken by one nonce on two texts; here two texts under
// one key have two nonces but for a chance of n²/2⁹⁷ for n sealings of files.
// The nonce is unpredictable without the key, as a random one is. Names of
// files are HMACs of path and content with another key, and every name is bound
// to its file as additional data, so nothing can be swapped or put back alone.
//
// What equality leaks: who keeps two sealings with one salt and password sees
// which files stayed the same, not which pages they are nor what changed. A
// new salt ends that. The number of files and their compressed size, padded to
// at most 12 % more (Padmé), can be seen always.
//
// # Why files are scripts
//
// A page opened from disk may load scripts but not fetch data. So every sealed
// file is a script that hands its bytes over, written in 1,024 letters that no
// report is made of (U+0400 to U+07FF, ten bits each).
package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// Options of one sealing.
type Options struct {
	Password string
	Salt     []byte   // SaltSize bytes, from NewSalt or ReadSalt
	Hint     string   // shown to everybody who opens the page; may be empty
	Keyword  bool     // a keyword that is given away (关键词领取): not tested for strength, and the page says so
	Known    []string // words that guessers of this password try first, as the client's name
}

// Refused says why a password, hint or salt cannot be used.
type Refused struct{ Text diag.Text }

func (r *Refused) Error() string { return r.Text.In("en") }

// start is the page that opens first.
const start = "index.html"

// notSealed are files that speak to hosts and tools, not to readers, and would
// be wrong beside sealed files; the sealed tree gets its own.
var notSealed = []string{"manifest.json", "_headers"}

// Lock seals trees with one password. It is safe for use by many goroutines.
type Lock struct {
	keys
	opt Options
}

// NewLock derives the keys, which takes some tenths of a second. The error is a
// *Refused for a weak password, a hint that holds it, or a salt of another size.
func NewLock(o Options) (*Lock, error) {
	o.Password = normal(o.Password)
	if err := o.refuse(); err != nil {
		return nil, err
	}
	k, err := derive(o.Password, o.Salt)
	if err != nil {
		return nil, err
	}
	return &Lock{k, o}, nil
}

func (o *Options) refuse() error {
	switch {
	case len(o.Salt) != SaltSize:
		return &Refused{diag.T("盐要有 %d 个字节", "a salt has %d bytes", SaltSize)}
	case o.Password == "":
		return &Refused{diag.T("密码是空的", "the password is empty")}
	case strings.Contains(folded(o.Hint), folded(o.Password)) && !o.Keyword:
		return &Refused{diag.T("提示里写着密码", "the hint holds the password")}
	case o.Keyword:
		return nil
	}
	return Weak(o.Password, o.Known...)
}

// Link is what to put after the address of the sealed index.html so that it
// opens without asking. It is the key itself: who has the link has everything.
func (l *Lock) Link() string { return "#key=" + linkText.EncodeToString(l.master) }

// listed is one file of the encrypted list that the browser reads first.
type listed struct {
	Path  string `json:"p"`
	Part  string `json:"f"` // name of the script that holds the file
	Route string `json:"r"` // stands for the path in addresses, the same in every sealing
}

// Seal hands every file of the sealed tree to put: the parts in the order of
// files, then the page that opens them. Equal files and options give equal
// bytes. The tree must have an index.html; manifest.json and _headers of the
// open tree are left out.
func (l *Lock) Seal(files iter.Seq2[string, []byte], put func(name string, data []byte) error) error {
	var list []listed
	for name, data := range files {
		if slices.Contains(notSealed, name) {
			continue
		}
		if !fs.ValidPath(name) {
			return fmt.Errorf("%q is not a path inside the tree", name)
		}
		entry := listed{name, partName(l.token(name, data)), letters(sum(l.route, name)[:8])}
		sealed, err := l.encrypt(entry.Part, name, data)
		if err != nil {
			return err
		}
		if err := put(partPath(entry.Part), script(entry.Part, sealed)); err != nil {
			return err
		}
		list = append(list, entry)
	}
	slices.SortFunc(list, func(a, b listed) int { return strings.Compare(a.Path, b.Path) })
	if _, found := slices.BinarySearchFunc(list, start, func(e listed, p string) int { return strings.Compare(e.Path, p) }); !found {
		return errors.New("the tree has no index.html to open first")
	}
	return l.shell(list, put)
}

// shell writes the page, its style sheet and script, and the headers for hosts.
func (l *Lock) shell(list []listed, put func(string, []byte) error) error {
	encoded, err := json.Marshal(list)
	if err != nil {
		return err
	}
	sealed, err := l.encrypt(listName, listName, encoded)
	if err != nil {
		return err
	}
	files, err := l.page(wide(sealed))
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := put(f.name, f.data); err != nil {
			return err
		}
	}
	return nil
}
