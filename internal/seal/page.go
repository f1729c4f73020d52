package seal

import (
	"bytes"
	"crypto/sha256"
	"html/template"
	"path"
	"regexp"
	"strings"

	"benchbook/templates"
)

// shellFile is a file that is the same whatever is sealed, but for the page.
type shellFile struct {
	name string
	data []byte
}

// unlockPage is what the page's template is given.
type unlockPage struct {
	Policy, Style, Script string
	Salt, Check, List     string
	Rounds                int
	Hint                  string
	Keyword               bool
}

// policy allows what the opened pages need and nothing else: files of this
// folder, and the decrypted ones, which the browser holds under blob: addresses.
// Nothing may be fetched, sent or framed.
const policy = "default-src 'none'; script-src 'self' blob:; style-src 'self' blob:; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"

const headers = `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  X-Robots-Tag: noindex, nofollow
  Content-Security-Policy: ` + policy + `; frame-ancestors 'none'
  Cache-Control: public, max-age=300

/sealed/*
  Cache-Control: public, max-age=31536000, immutable
`

// page makes what is not encrypted: the page comes last, so that a tree that is
// copied in this order is complete when its page is there.
func (l *Lock) page(list string) ([]shellFile, error) {
	style, err := shellAsset("unlock.css")
	if err != nil {
		return nil, err
	}
	code, err := shellAsset("unlock.js")
	if err != nil {
		return nil, err
	}
	t, err := template.ParseFS(templates.Files, "seal/unlock.html")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, unlockPage{Policy: policy, Style: style.name, Script: code.name, Salt: letters(l.opt.Salt), Check: letters(l.check),
		List: list, Rounds: rounds, Hint: l.opt.Hint, Keyword: l.opt.Keyword})
	return []shellFile{style, code, {"_headers", []byte(headers)}, {start, b.Bytes()}}, err
}

// shellAsset reads a file of the built-in theme and names it by its content.
func shellAsset(name string) (shellFile, error) {
	data, err := templates.Files.ReadFile("seal/" + name)
	if err != nil {
		return shellFile{}, err
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	hash := sha256.Sum256(data)
	ext := path.Ext(name)
	return shellFile{"sealed/" + strings.TrimSuffix(name, ext) + "." + letters(hash[:4]) + ext, data}, nil
}

var saltInPage = regexp.MustCompile(` data-salt="([` + fourLetters + `]+)"`)

// ReadSalt takes the salt out of the index.html of a sealed tree; false means
// that the page is none.
func ReadSalt(page []byte) ([]byte, bool) {
	found := saltInPage.FindSubmatch(page)
	if found == nil {
		return nil, false
	}
	salt, ok := fromLetters(string(found[1]))
	return salt, ok && len(salt) == SaltSize
}

// ParseSalt reads a salt as SaltText writes it.
func ParseSalt(text string) ([]byte, bool) {
	salt, ok := fromLetters(text)
	return salt, ok && len(salt) == SaltSize
}

// SaltText is a salt as it stands in the page and is given on a command line.
func SaltText(salt []byte) string { return letters(salt) }
