package bitmap

import (
	"fmt"
	"image"
	"math"
	"strconv"
)

// line is a run of straight pieces, perhaps closed.
type line struct {
	points []point
	closed bool
}

// bounds is the box of pixels that lines touch, inside the picture.
func bounds(lines []line, paper image.Rectangle) (image.Rectangle, bool) {
	lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, l := range lines {
		for _, p := range l.points {
			lo.x, lo.y = math.Min(lo.x, p.x), math.Min(lo.y, p.y)
			hi.x, hi.y = math.Max(hi.x, p.x), math.Max(hi.y, p.y)
		}
	}
	if !(lo.x <= hi.x && lo.y <= hi.y) {
		return image.Rectangle{}, false
	}
	whole := func(v float64) int { return int(math.Max(-1e6, math.Min(1e6, v))) }
	box := image.Rect(whole(math.Floor(lo.x)), whole(math.Floor(lo.y)), whole(math.Ceil(hi.x)), whole(math.Ceil(hi.y))).Intersect(paper)
	return box, !box.Empty()
}

// rect is a rectangle, its corners rounded.
func rect(x, y, w, h, r float64) []line {
	if r = min(r, w/2, h/2); r <= 0 {
		return []line{{points: []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, closed: true}}
	}
	var l line
	for i, c := range []point{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		l.points = append(l.points, arc(c, r, (float64(i)-1)*math.Pi/2, math.Pi/2)...)
	}
	l.closed = true
	return []line{l}
}

// upright reports a rectangle as rect makes it.
func upright(l line) bool {
	p := l.points
	return len(p) == 4 && p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[0].x && p[0].x < p[1].x && p[0].y < p[3].y
}

func circle(c point, r float64) line {
	return line{points: arc(c, r, 0, 2*math.Pi), closed: true}
}

// arc is part of a circle as straight pieces, about as long as wide strokes of a
// fine picture need them.
func arc(c point, r, from, sweep float64) []point {
	n := max(4, int(math.Ceil(math.Abs(sweep)*(4+2*math.Sqrt(min(max(r, 0), 1e4)))/2)))
	out := make([]point, 0, n+1)
	for i := 0; i <= n; i++ {
		a := from + sweep*float64(i)/float64(n)
		out = append(out, point{c.x + r*math.Cos(a), c.y + r*math.Sin(a)})
	}
	return out
}

// parsePath reads a path of straight lines: M, L, H, V and Z with absolute numbers.
func parsePath(d string) ([]line, error) {
	var lines []line
	var at point
	for i := 0; i < len(d); {
		command := d[i]
		i++
		if command == ' ' {
			continue
		}
		if command == 'Z' {
			if len(lines) > 0 {
				lines[len(lines)-1].closed = true
			}
			continue
		}
		need := map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1}[command]
		if need == 0 || command != 'M' && len(lines) == 0 {
			return nil, fmt.Errorf("path %.40q: no command %q", d, command)
		}
		var n [2]float64
		for k := range need {
			v, end, err := pathNumber(d, i)
			if err != nil {
				return nil, err
			}
			n[k], i = v, end
		}
		switch command {
		case 'M':
			lines, at = append(lines, line{}), point{n[0], n[1]}
		case 'L':
			at = point{n[0], n[1]}
		case 'H':
			at.x = n[0]
		case 'V':
			at.y = n[0]
		}
		last := &lines[len(lines)-1]
		last.points = append(last.points, at)
	}
	return lines, nil
}

// pathNumber reads the number of a path that begins at i or after blanks there.
func pathNumber(d string, i int) (v float64, end int, err error) {
	for i < len(d) && (d[i] == ' ' || d[i] == ',') {
		i++
	}
	end = i
	for end < len(d) && (d[end] == '.' || d[end] == '-' && end == i || d[end] >= '0' && d[end] <= '9') {
		end++
	}
	v, err = strconv.ParseFloat(d[i:end], 64)
	return v, end, err
}
