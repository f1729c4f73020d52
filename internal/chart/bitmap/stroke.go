package bitmap

import "math"

// outline is the shape of a stroke along lines, in pixels: a bar for each piece
// and, where corners or ends are round, a disc for each point. All turn the same
// way, so that what overlaps is covered once.
func (s style) outline(lines []line, scale float64) []line {
	half := s.width * scale / 2
	var out []line
	for _, l := range lines {
		points := l.points
		if l.closed && len(points) > 0 {
			points = append(points[:len(points):len(points)], points[0])
		}
		for _, run := range dashes(points, s.dash, scale) {
			out = append(out, s.along(run, half)...)
		}
	}
	return out
}

func (s style) along(points []point, half float64) []line {
	var out []line
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		if length == 0 {
			continue
		}
		dx, dy := (b.x-a.x)/length*half, (b.y-a.y)/length*half
		bar := []point{{a.x - dy, a.y + dx}, {a.x + dy, a.y - dx}, {b.x + dy, b.y - dx}, {b.x - dy, b.y + dx}}
		out = append(out, line{points: bar})
	}
	if !s.round && len(points) <= 2 {
		return out
	}
	joints := points
	if !s.round {
		joints = points[1 : len(points)-1] // corners are rounded, ends are not
	}
	for _, p := range joints {
		out = append(out, line{points: arc(p, half, 0, 2*math.Pi)})
	}
	return out
}

// dashes cuts points into the drawn parts of a dashed line.
func dashes(points []point, pattern []float64, scale float64) [][]point {
	if len(pattern) == 0 || len(points) < 2 {
		return [][]point{points}
	}
	var out [][]point
	at, left, run := 0, pattern[0]*scale, []point{points[0]}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		for length := math.Hypot(b.x-a.x, b.y-a.y); length > left; length = math.Hypot(b.x-a.x, b.y-a.y) {
			a = point{a.x + (b.x-a.x)*left/length, a.y + (b.y-a.y)*left/length}
			if at%2 == 0 {
				out = append(out, append(run, a))
			}
			at++
			left, run = pattern[at%len(pattern)]*scale, []point{a}
		}
		left -= math.Hypot(b.x-a.x, b.y-a.y)
		run = append(run, b)
	}
	if at%2 == 0 {
		out = append(out, run)
	}
	return out
}
