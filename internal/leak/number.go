package leak

import (
	"bytes"
	"math"
	"strconv"
)

// A number is searched for by its significant figures, so that the point, the
// commas and the scale (元, 万元, percent) do not matter. One of 8 to 14 figures
// must be there exactly; a longer one, which was computed, by its first 12.
const (
	fewestFigures = 8
	exactFigures  = 14
	firstFigures  = 12
)

// secretKeys are the figures to look for; none for a number too short.
func secretKeys(x float64) []string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	if key, ok := numberKey(strconv.AppendFloat(nil, math.Abs(x), 'f', -1, 64)); ok {
		return []string{string(key)}
	}
	return nil
}

// numberKey is a number's significant figures as they are kept.
func numberKey(token []byte) (key []byte, ok bool) {
	for _, b := range token {
		if figure(b) && (b != '0' || len(key) > 0) {
			key = append(key, b)
		}
	}
	key = bytes.TrimRight(key, "0")
	if len(key) < fewestFigures {
		return nil, false
	}
	if len(key) > exactFigures {
		return append(key[:firstFigures], '+'), true
	}
	return key, true
}

// findNumbers calls found for every number of a text that is a secret.
func (s *Scanner) findNumbers(data []byte, found func(at, length int, x secret)) {
	if len(s.numbers) == 0 {
		return
	}
	for i := 0; i < len(data); i++ {
		if !figure(data[i]) {
			continue
		}
		end := i
		for end < len(data) && (figure(data[end]) || (data[end] == ',' || data[end] == '.') && end+1 < len(data) && figure(data[end+1])) {
			end++
		}
		if end-i >= fewestFigures && (i == 0 || !plainWord(data[i-1])) {
			s.findNumber(data[i:end], i, found)
		}
		i = end
	}
}

// findNumber looks up a run of figures, points and commas. Commas part
// thousands, or the cells of a table: every piece is tried by itself and with
// the groups of three figures that follow it.
func (s *Scanner) findNumber(run []byte, at int, found func(at, length int, x secret)) {
	for start := 0; start < len(run); {
		piece := pieceEnd(run, start)
		for end := piece; ; end = pieceEnd(run, end+1) {
			if key, ok := numberKey(run[start:end]); ok {
				if x, is := s.numbers[string(key)]; is {
					found(at+start, end-start, x)
				}
			}
			if end >= len(run) || piece-start > 3 || bytes.IndexByte(run[start:end], '.') >= 0 || !thousands(run[end+1:pieceEnd(run, end+1)]) {
				break
			}
		}
		start = piece + 1
	}
}

// pieceEnd is where the next comma stands, or the end.
func pieceEnd(run []byte, from int) int {
	if i := bytes.IndexByte(run[from:], ','); i >= 0 {
		return from + i
	}
	return len(run)
}

// thousands says that a piece is three figures, with a fraction or without.
func thousands(piece []byte) bool { return len(piece) == 3 || len(piece) > 3 && piece[3] == '.' }

func figure(b byte) bool { return b >= '0' && b <= '9' }
