package reference

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"benchbook/internal/stat"
)

// given says whether a parameter is there and isn't null.
func (in *input) given(name string) bool {
	raw, ok := in.params[name]
	return ok && string(raw) != "null"
}

// decode reads a parameter into v, leaving v alone where it isn't given.
func (in *input) decode(name string, v any) {
	if !in.given(name) {
		return
	}
	if err := json.Unmarshal(in.params[name], v); err != nil {
		in.fail("parameter %q: %v", name, err)
	}
}

// number is a parameter that must be there; null is NaN.
func (in *input) number(name string) float64 {
	if _, ok := in.params[name]; !ok {
		in.fail("parameter %q is missing", name)
	}
	return in.numberOr(name, math.NaN())
}

func (in *input) numberOr(name string, otherwise float64) float64 {
	in.decode(name, &otherwise)
	return otherwise
}

func (in *input) whole(name string) int {
	v := in.number(name)
	if v != math.Trunc(v) || math.Abs(v) > 1e9 {
		in.fail("parameter %q isn't a whole number", name)
		return 0
	}
	return int(v)
}

func (in *input) level() float64 { return in.numberOr("level", stat.DefaultLevel) }

// numberList is a list of numbers; a single number is a list of one.
func (in *input) numberList(name string) []float64 {
	var list []float64
	if !in.given(name) {
		return nil
	}
	if json.Unmarshal(in.params[name], &list) == nil {
		return list
	}
	return []float64{in.number(name)}
}

// codes is a list of texts; numbers in it are taken as their text, and a single one is a list of one.
func (in *input) codes(name string) []string {
	if !in.given(name) {
		return nil
	}
	var raw []json.RawMessage
	if json.Unmarshal(in.params[name], &raw) != nil {
		raw = []json.RawMessage{in.params[name]}
	}
	out := make([]string, len(raw))
	for i, r := range raw {
		out[i] = plain(r)
	}
	return out
}

// word is a text parameter, "" where it isn't given; a number is taken as its text.
func (in *input) word(name string) string {
	if !in.given(name) {
		return ""
	}
	return plain(in.params[name])
}

func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// oneOf is a text parameter with a closed list of values, the first of which is the default.
func (in *input) oneOf(name string, values ...string) string {
	v := in.word(name)
	if v == "" {
		return values[0]
	}
	if !slices.Contains(values, v) {
		in.fail("parameter %q is %q, which isn't known", name, v)
	}
	return v
}

// object is a JSON object in the making.
type object = map[string]any

// num is a number for JSON: nil where it can't be estimated.
func num(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

func nums(v []float64) []any {
	out := make([]any, len(v))
	for i, x := range v {
		out[i] = num(x)
	}
	return out
}

// withLimits adds an interval under the names lo and hi.
func withLimits(o object, i stat.Interval) object {
	o["lo"], o["hi"] = num(i.Lo), num(i.Hi)
	return o
}

// key is a probability or time with up to 6 significant digits, and all digits before the point.
func key(v float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil || math.Abs(v) >= 1e6 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}
