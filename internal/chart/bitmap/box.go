package bitmap

import (
	"image/color"
	"math"
)

// box fills a rectangle given in pixels, which most marks are, faster than a
// shape of any form could be: whole pixels at once, shares at the edges.
func (d *drawing) box(x0, y0, x1, y1 float64, c color.NRGBA) {
	rows, columns := cover(y0, y1, d.img.Rect.Max.Y), cover(x0, x1, d.img.Rect.Max.X)
	for i, down := range rows.shares {
		at := d.img.PixOffset(columns.from, rows.from+i)
		for _, across := range columns.shares {
			blend(d.img.Pix[at:at+4:at+4], c, down*across*float64(c.A)/255)
			at += 4
		}
	}
}

// covered is how much of each pixel from one on is covered.
type covered struct {
	from   int
	shares []float64
}

func cover(lo, hi float64, most int) covered {
	lo, hi = math.Max(lo, 0), math.Min(hi, float64(most))
	if !(lo < hi) {
		return covered{}
	}
	c := covered{from: int(lo)}
	for p := c.from; float64(p) < hi; p++ {
		c.shares = append(c.shares, math.Min(hi, float64(p+1))-math.Max(lo, float64(p)))
	}
	return c
}

func blend(pixel []uint8, c color.NRGBA, share float64) {
	if share >= 1 {
		pixel[0], pixel[1], pixel[2] = c.R, c.G, c.B
		return
	}
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		pixel[i] = uint8(float64(pixel[i]) + (float64(v)-float64(pixel[i]))*share + 0.5)
	}
}
