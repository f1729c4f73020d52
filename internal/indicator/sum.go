package indicator

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Sum adds decimal numbers exactly: of two-digit money, it is the sum in fen.
// A float64 counts as the shortest decimal that is read as it, which is what the
// file said. So neither the order of rows, nor their spread over workers, nor
// whether a database added them up changes a digit. The zero Sum is ready.
type Sum struct {
	hi     int64 // with lo, a whole number of 128 bits, to be taken over 10^places
	lo     uint64
	places int
	large  *large
}

// large is a sum that has outgrown 128 bits.
type large struct {
	n      big.Int
	places int
	bad    float64 // not a finite number, once one was added; else 0
}

// mostPlaces are kept in 128 bits; smaller numbers go to large.
const mostPlaces = 24

// AddDecimal takes the number digits ÷ 10^places.
func (s *Sum) AddDecimal(digits int64, places int) {
	if places != s.places || s.large != nil {
		s.unlike(digits, places)
		return
	}
	lo, carry := bits.Add64(s.lo, uint64(digits), 0)
	hi := s.hi + digits>>63 + int64(carry)
	if s.hi^hi < 0 && s.hi^digits>>63 >= 0 {
		s.enlarge().add(big.NewInt(digits), places)
		return
	}
	s.hi, s.lo = hi, lo
}

// unlike takes a number of other places than the sum has.
func (s *Sum) unlike(digits int64, places int) {
	switch {
	case digits == 0:
	case s.large != nil || places < 0 || places > mostPlaces:
		s.enlarge().add(big.NewInt(digits), places)
	case places > s.places:
		if !s.rescale(places) {
			s.enlarge().add(big.NewInt(digits), places)
			return
		}
		s.AddDecimal(digits, places)
	default:
		for ; places < s.places; places++ {
			if digits > math.MaxInt64/10 || digits < math.MinInt64/10 {
				s.enlarge().add(big.NewInt(digits), places)
				return
			}
			digits *= 10
		}
		s.AddDecimal(digits, places)
	}
}

// rescale gives the sum more places; false when it has no room for them.
func (s *Sum) rescale(places int) bool {
	if s.hi == 0 && s.lo == 0 {
		s.places = places
		return true
	}
	n := new(big.Int).Mul(s.whole(), ten(places-s.places))
	if n.BitLen() > 120 {
		return false
	}
	s.set(n)
	s.places = places
	return true
}

// whole is the 128 bits as one number.
func (s *Sum) whole() *big.Int {
	n := new(big.Int).SetInt64(s.hi)
	return n.Add(n.Lsh(n, 64), new(big.Int).SetUint64(s.lo))
}

func (s *Sum) set(n *big.Int) {
	low := new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64))
	s.lo = low.Uint64()
	s.hi = new(big.Int).Rsh(n, 64).Int64()
}

func (s *Sum) enlarge() *large {
	if s.large == nil {
		s.large = &large{places: s.places}
		s.large.n.Set(s.whole())
		s.hi, s.lo, s.places = 0, 0, 0
	}
	return s.large
}

func (l *large) add(n *big.Int, places int) {
	if places > l.places {
		l.n.Mul(&l.n, ten(places-l.places))
		l.places = places
	}
	l.n.Add(&l.n, new(big.Int).Mul(n, ten(l.places-places)))
}

func ten(power int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(power)), nil)
}

// Add takes a number.
func (s *Sum) Add(x float64) {
	if whole := int64(x); float64(whole) == x && math.Abs(x) < 1<<53 {
		s.AddDecimal(whole, 0)
		return
	}
	if math.IsInf(x, 0) || math.IsNaN(x) {
		s.enlarge().bad += x
		return
	}
	for power, places := 10.0, 1; places <= 6; power, places = power*10, places+1 {
		if y := math.Round(x * power); math.Abs(y) < 1e15 && y/power == x {
			s.AddDecimal(int64(y), places)
			return
		}
	}
	s.AddText(strconv.FormatFloat(x, 'e', -1, 64))
}

// AddText takes a number as it is written: digits, a point, an exponent. It
// reports whether it was one.
func (s *Sum) AddText(text string) bool {
	mantissa, exponent := text, 0
	for i := range len(text) {
		if text[i] == 'e' || text[i] == 'E' {
			n, err := strconv.Atoi(text[i+1:])
			if err != nil || n > 400 || n < -400 {
				return false
			}
			mantissa, exponent = text[:i], n
			break
		}
	}
	digits, places := make([]byte, 0, len(mantissa)), -exponent
	for i := range len(mantissa) {
		switch b := mantissa[i]; {
		case b == '.':
			places += len(mantissa) - i - 1
		case b >= '0' && b <= '9' || i == 0 && (b == '-' || b == '+'):
			digits = append(digits, b)
		default:
			return false
		}
	}
	n, ok := new(big.Int).SetString(string(digits), 10)
	if !ok {
		return false
	}
	if places < 0 {
		n.Mul(n, ten(-places))
		places = 0
	}
	if n.IsInt64() {
		s.AddDecimal(n.Int64(), places)
	} else {
		s.enlarge().add(n, places)
	}
	return true
}

// Merge takes another sum.
func (s *Sum) Merge(o Sum) {
	switch {
	case o.large != nil:
		l := s.enlarge()
		l.add(&o.large.n, o.large.places)
		l.bad += o.large.bad
	case o.hi == int64(o.lo)>>63:
		s.AddDecimal(int64(o.lo), o.places)
	case s.large == nil && o.places == s.places && s.hi>>62 == s.hi>>63 && o.hi>>62 == o.hi>>63:
		var carry uint64
		s.lo, carry = bits.Add64(s.lo, o.lo, 0)
		s.hi += o.hi + int64(carry)
	default:
		s.enlarge().add(o.whole(), o.places)
	}
}

// scaled is a sum of which every number is multiplied; it is rounded.
func (s Sum) scaled(by float64) (out Sum) {
	out.Add(s.Value() * by)
	return out
}

// Value is the sum, rounded to nearest, ties to even; not finite when it
// does not fit into a float64.
func (s *Sum) Value() float64 {
	if s.large == nil && s.hi == int64(s.lo)>>63 {
		if digits := int64(s.lo); digits < 1<<53 && digits > -1<<53 && s.places < len(tens) {
			return float64(digits) / tens[s.places]
		}
	}
	n, places := s.whole(), s.places
	if s.large != nil {
		if s.large.bad != 0 {
			return s.large.bad
		}
		n, places = &s.large.n, s.large.places
	}
	x, _ := strconv.ParseFloat(n.String()+"e-"+strconv.Itoa(places), 64) // beyond float64 it is an infinity
	return x
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}
