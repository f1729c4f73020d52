package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// picture is a picture of an article: ready as it is, a drawing, or a table that
// is too wide for a phone.
type picture struct {
	name, stem, alt string
	ready           []byte // a bitmap that needs nothing
	ext             string // of ready
	draw            []byte // a drawing that the browser makes a bitmap of
	drawExt         string
	table           [][]string
	heads           bool   // the first row of table is its head
	title           string // a second line is smaller
	foot            []string
	phone           bool // laid out as wide as a phone, so that its words are as large there as the text's
}

// fileName tells the order of upload.
func (p picture) fileName(n int) string {
	ext := p.ext
	if ext == "" {
		ext = ".png"
	}
	return fmt.Sprintf("%02d-%s%s", n, p.stem, ext)
}

// lens is how wide pictures are laid out, and how much finer they are taken.
// Both give more than the 1,080 pixels that the editor wants: 1,125 and 1,440.
type lens struct {
	width int
	scale int
}

var (
	phoneLens = lens{375, 3}
	wideLens  = lens{720, 2}
)

// most is how high one shot may be in CSS pixels: browsers draw at most 16,384
// pixels downwards.
func (l lens) most() int { return 16000 / l.scale }

// shoot makes bitmaps of pictures, many in one run of the browser: they are laid
// out below each other, measured, and cut apart.
func (s Site) shoot(ctx context.Context, b Browser, pictures []picture) ([]File, error) {
	var files []File
	groups := map[lens][]picture{}
	for _, p := range pictures {
		switch {
		case p.ready != nil:
			files = append(files, File{p.name, p.ready})
		case p.phone:
			groups[phoneLens] = append(groups[phoneLens], p)
		default:
			groups[wideLens] = append(groups[wideLens], p)
		}
	}
	for _, l := range []lens{phoneLens, wideLens} {
		taken, err := shootAll(ctx, b, l, groups[l])
		if err != nil {
			return nil, err
		}
		files = append(files, taken...)
	}
	return sorted(files), nil
}

// shootAll takes all pictures of one width, in as few shots as fit.
func shootAll(ctx context.Context, b Browser, l lens, pictures []picture) ([]File, error) {
	if len(pictures) == 0 {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "benchbook-pictures-")
	if err != nil {
		return nil, err
	}
	defer removeAll(dir)
	c := camera{lens: l, dir: dir, browser: b}
	heights, err := c.measure(ctx, pictures)
	if err != nil {
		return nil, err
	}
	var files []File
	for from := 0; from < len(pictures); {
		to, total := from, 0
		for to < len(pictures) && (to == from || total+heights[to] <= l.most()) {
			total += heights[to]
			to++
		}
		cut, err := c.take(ctx, pictures[from:to], heights[from:to], total)
		if err != nil {
			return nil, err
		}
		files = append(files, cut...)
		from = to
	}
	return files, nil
}

// camera takes pictures of pages in a folder.
type camera struct {
	lens
	dir     string
	browser Browser
}

var measured = regexp.MustCompile(`<title>(\[[0-9, ]*\])</title>`)

// measure lays all pictures out once and gives their heights in CSS pixels.
func (c camera) measure(ctx context.Context, pictures []picture) ([]int, error) {
	const script = `<script>addEventListener("load",()=>{document.title=JSON.stringify([...document.querySelectorAll(".shot")].map(e=>Math.ceil(e.getBoundingClientRect().height)))})</script>`
	file, err := c.page("measure.html", pictures, nil, script)
	if err != nil {
		return nil, err
	}
	source, err := c.browser.Source(ctx, file, c.width)
	if err != nil {
		return nil, err
	}
	var heights []int
	if m := measured.FindSubmatch(source); m != nil {
		err = json.Unmarshal(m[1], &heights)
	}
	if err != nil || len(heights) != len(pictures) {
		return nil, errors.Join(errors.New("the browser did not measure the pictures"), err)
	}
	return heights, nil
}

// take takes one picture of several and cuts it apart.
func (c camera) take(ctx context.Context, pictures []picture, heights []int, total int) ([]File, error) {
	if total > c.most() {
		return nil, fmt.Errorf("%s is %d pixels high, more than a browser draws", pictures[0].name, total)
	}
	file, err := c.page("shot.html", pictures, heights, "")
	if err != nil {
		return nil, err
	}
	shot, err := c.browser.Picture(ctx, file, c.width, max(total, 100), float64(c.scale))
	if err != nil {
		return nil, err
	}
	whole, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return nil, err
	}
	cutter, ok := whole.(interface {
		SubImage(image.Rectangle) image.Image
	})
	if !ok || whole.Bounds().Dx() < c.width*c.scale || whole.Bounds().Dy() < total*c.scale {
		return nil, fmt.Errorf("the browser's picture is %v", whole.Bounds().Size())
	}
	var files []File
	top := 0
	for i, p := range pictures {
		var out bytes.Buffer
		piece := cutter.SubImage(image.Rect(0, top*c.scale, c.width*c.scale, (top+heights[i])*c.scale))
		if err := png.Encode(&out, piece); err != nil {
			return nil, err
		}
		files = append(files, File{p.name, out.Bytes()})
		top += heights[i]
	}
	return files, nil
}

const shotStyle = `html,body{margin:0;background:#fff;color:#1b1f24;font:15px/1.6 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.shot{overflow:hidden;background:#fff;display:flow-root}.shot>img{display:block;width:100%;height:auto}
.sheet{padding:16px}.sheet img{display:block;max-width:100%;height:auto;margin:10px auto}.sheet h1{margin:0;font-size:16px;line-height:1.5}.sheet p{margin:3px 0;color:#5a626c;font-size:12px;line-height:1.6}
table{width:100%;margin:14px 0;border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}td{padding:6px 8px;border-bottom:1px solid #d9dde1;overflow-wrap:anywhere}td+td{text-align:right}.head td{border-bottom:1px solid #1b1f24;font-weight:600;vertical-align:bottom}`

// page writes the pictures below each other into one page. Heights, where they
// are known, keep each where it was measured.
func (c camera) page(name string, pictures []picture, heights []int, script string) (string, error) {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="color-scheme" content="only light"><title></title><style>` + shotStyle + `</style></head><body>`)
	for i, p := range pictures {
		size := fmt.Sprintf("width:%dpx", c.width)
		if heights != nil {
			size += fmt.Sprintf(";height:%dpx", heights[i])
		}
		drawing := ""
		if p.draw != nil {
			file := fmt.Sprintf("drawing%d%s", i, p.drawExt)
			if err := os.WriteFile(filepath.Join(c.dir, file), p.draw, 0o600); err != nil {
				return "", err
			}
			drawing = `<img src="` + html.EscapeString(file) + `" alt="">`
		}
		if p.title != "" || p.table != nil {
			drawing = `<div class="sheet">` + p.sheet(drawing) + "</div>"
		}
		fmt.Fprintf(&b, `<div class="shot" style="%s">%s</div>`, size, drawing)
	}
	b.WriteString(script + "</body></html>")
	file := filepath.Join(c.dir, name)
	return file, os.WriteFile(file, []byte(b.String()), 0o600)
}

// sheet is a drawing or table with its title, base and source.
func (p picture) sheet(drawing string) string {
	var b strings.Builder
	head, sub, _ := strings.Cut(p.title, "\n")
	if head != "" {
		b.WriteString("<h1>" + html.EscapeString(head) + "</h1>")
	}
	if sub != "" {
		b.WriteString("<p>" + html.EscapeString(sub) + "</p>")
	}
	b.WriteString(drawing + p.tableHTML())
	for _, line := range p.foot {
		b.WriteString("<p>" + html.EscapeString(line) + "</p>")
	}
	return b.String()
}

func (p picture) tableHTML() string {
	if p.table == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString("<table>")
	for r, row := range p.table {
		class := ""
		if r == 0 && p.heads {
			class = ` class="head"`
		}
		b.WriteString("<tr" + class + ">")
		for _, cell := range row {
			b.WriteString("<td>" + html.EscapeString(cell) + "</td>")
		}
		b.WriteString("</tr>")
	}
	return b.String() + "</table>"
}
