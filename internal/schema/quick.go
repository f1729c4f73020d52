package schema

import "strconv"

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// most digits for which a whole number and its quotient by a power of ten are
// the nearest float64 (Clinger 1990), and for which they fit an int64.
const (
	exactDigits = 15
	mostDigits  = 18
)

// decimal reads digits with at most one point and a sign; ok is false for
// anything else. The number is digits ÷ 10^places.
func decimal(text string) (digits int64, places, figures int, ok bool) {
	i, negative, point := 0, false, -1
	if text != "" && text[0] == '-' {
		negative, i = true, 1
	}
	for ; i < len(text); i++ {
		b := text[i]
		if b-'0' <= 9 {
			digits = digits*10 + int64(b-'0')
			if digits > 0 {
				figures++
			}
			if figures > mostDigits {
				return 0, 0, 0, false
			}
			places++
			continue
		}
		if b != '.' || point >= 0 {
			return 0, 0, 0, false
		}
		point, places = i, 0
	}
	if point < 0 {
		places = 0
	}
	if negative {
		digits = -digits
	}
	return digits, places, figures, len(text) > 0 && hasDigit(text) && places <= mostDigits
}

// quick decodes a number as nearly all cells write it, or leaves it to the
// general way; the outcome is the same.
func (c cell) quick(v *Value, text string) bool {
	plain, relative := text, false
	if n := len(text); n > 0 && text[n-1] == '%' {
		plain, relative = text[:n-1], true
	}
	digits, places, figures, ok := decimal(plain)
	if !ok {
		return false
	}
	if relative || c.field.Format == "percent" {
		if places += 2; figures > exactDigits {
			return false
		}
	}
	if c.field.Type == Integer && places > 0 {
		return false
	}
	v.set(digits, places, figures)
	if k := &c.field.Constraint; k.Minimum != nil || k.Maximum != nil {
		c.limits(v, text, relative)
	}
	return true
}

// set makes a value the number digits ÷ 10^places.
func (v *Value) set(digits int64, places, figures int) {
	v.State, v.Exact, v.Digits, v.Places = Present, true, digits, int16(places)
	switch {
	case places == 0:
		v.Number = float64(digits)
	case figures <= exactDigits && places < len(tens):
		v.Number = float64(digits) / tens[places]
	default:
		v.Number, _ = strconv.ParseFloat(strconv.FormatInt(digits, 10)+"e-"+strconv.Itoa(places), 64)
	}
}
