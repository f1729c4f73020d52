package seal

import (
	"math"
	"strings"
	"unicode"

	"benchbook/internal/diag"
)

// What a password must have: 600,000 rounds leave a guesser with some ten
// thousand tries a second on one graphics card, so 45 bits last for decades on one
// and for months on a hundred.
const (
	leastLength = 10
	leastBits   = 45
)

// common are words, key rows and habits that guessers try first, folded.
var common = []string{
	"password", "passwort", "passw0rd", "p@ssw0rd", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "1qaz2wsx", "qazwsx",
	"1q2w3e4r", "letmein", "welcome", "iloveyou", "dragon", "monkey", "sunshine", "princess", "football", "baseball", "superman",
	"admin", "administrator", "root", "guest", "login", "master", "secret", "test", "default", "changeme", "abc", "xyz", "hello", "google", "company",
	"woaini", "5201314", "1314520", "520", "1314", "mima", "wangluo", "zhongguo", "beijing", "shanghai", "guangzhou", "shenzhen",
	"siyu", "daoliu", "baipishu", "baogao", "kehu", "yunying", "weixin", "wechat", "report", "whitepaper", "benchmark", "benchbook", "client", "monthly", "weekly", "daily",
	"密码", "口令", "白皮书", "白皮書", "私域", "代运营", "代運營", "报告", "客户", "月报", "周报", "日报", "运营", "企业微信", "公众号", "文档",
}

// commonBits is what a word of the list adds: which word, and how it is written.
const commonBits = 8

// Weak says why a password would be found by guessing, or nil. It estimates:
// a character counts by the size of its alphabet, but little where it repeats,
// continues a sequence, or belongs to a common word, a year or one of the known words.
func Weak(password string, known ...string) error {
	text := []rune(folded(password))
	if len(text) < leastLength && bitsOf(text, known) < 2*leastBits {
		return &Refused{diag.T("密码太短：至少 %d 个字符", "the password is too short: at least %d characters", leastLength)}
	}
	if got := bitsOf(text, known); got < leastBits {
		return &Refused{diag.T("密码太容易猜：约 %.0f 位，至少要 %d 位。用四五个不相干的词，或密码管理器生成的串",
			"the password is too easy to guess: about %.0f bits, at least %d are needed. Use four or five unrelated words, or what a password manager makes", got, leastBits)}
	}
	return nil
}

// folded is the form in which words are compared.
func folded(s string) string { return strings.ToLower(normal(s)) }

// bitsOf estimates how many bits a guesser has to search.
func bitsOf(text []rune, known []string) (total float64) {
	for i := 0; i < len(text); {
		if n := wordAt(text[i:], known); n > 0 {
			total += commonBits
			i += n
			continue
		}
		if predictable(text, i) {
			total++
		} else {
			total += alphabet(text[i])
		}
		i++
	}
	return total
}

// wordAt is the length of the longest common word, known word or year that the text begins with.
func wordAt(text []rune, known []string) (longest int) {
	for _, list := range [][]string{common, known} {
		for _, w := range list {
			word := []rune(folded(w))
			if len(word) > longest && len(word) > 1 && len(word) <= len(text) && string(text[:len(word)]) == string(word) {
				longest = len(word)
			}
		}
	}
	if longest < 4 && len(text) >= 4 && (string(text[:2]) == "19" || string(text[:2]) == "20") && unicode.IsDigit(text[2]) && unicode.IsDigit(text[3]) {
		return 4
	}
	return longest
}

// predictable tells a character that repeats one shortly before, or goes on in the step of the two before.
func predictable(text []rune, i int) bool {
	for back := 1; back <= 12 && back <= i; back++ {
		if text[i-back] == text[i] && (back == 1 || i > back && text[i-back-1] == text[i-1]) {
			return true
		}
	}
	if i < 1 {
		return false
	}
	step := text[i] - text[i-1]
	return step == 1 || step == -1
}

// alphabet is what one unpredictable character adds. Letters count as in words,
// below the 4.7 bits of random ones; so do Han characters, below the 11.7 of
// 3,500 equally frequent ones.
func alphabet(r rune) float64 {
	switch {
	case unicode.IsDigit(r):
		return math.Log2(10)
	case unicode.Is(unicode.Han, r):
		return 8
	case unicode.IsLetter(r):
		return 3.8
	}
	return 4
}
