package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// SaltSize is the length of a salt in bytes.
const SaltSize = 16

// rounds of PBKDF2-HMAC-SHA-256: what OWASP's Password Storage Cheat Sheet asks
// for this function (600,000, since 2023).
const rounds = 600_000

// linkText writes the master key into a link.
var linkText = base64.RawURLEncoding

// keys are what one password and salt give.
type keys struct {
	master               []byte
	content              []byte // AES-256
	name, route, nonceOf []byte // HMAC-SHA-256
	check                []byte // 8 bytes, public
}

// NewSalt draws a salt: the one thing here that is left to chance, once.
func NewSalt() []byte {
	salt := make([]byte, SaltSize)
	rand.Read(salt) // never fails: it ends the program instead
	return salt
}

// normal is the form of a password that is hashed, the same in the browser: a
// full-width digit of an input method is a digit, and a line end is no part of it.
func normal(password string) string { return strings.TrimSpace(norm.NFKC.String(password)) }

func derive(password string, salt []byte) (k keys, err error) {
	if k.master, err = pbkdf2.Key(sha256.New, password, salt, rounds, 32); err != nil {
		return k, err
	}
	for _, part := range []struct {
		key  *[]byte
		word string
		size int
	}{{&k.content, "content", 32}, {&k.name, "name", 32}, {&k.route, "route", 32}, {&k.nonceOf, "nonce", 32}, {&k.check, "check", 8}} {
		if *part.key, err = hkdf.Key(sha256.New, k.master, nil, "sealed tree 1 "+part.word, part.size); err != nil {
			return k, err
		}
	}
	return k, nil
}

// sum is HMAC-SHA-256 over parts, each with its length before it, so that
// different parts never give one text.
func sum(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// token is the name of a file with this content, 128 bits.
func (k *keys) token(path string, data []byte) []byte { return sum(k.name, path, string(data))[:16] }
