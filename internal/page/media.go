package page

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	_ "image/gif"  // sizes of pictures
	_ "image/jpeg" // sizes of pictures
	_ "image/png"  // sizes of pictures
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"benchbook/internal/diag"

	_ "golang.org/x/image/webp" // sizes of pictures
)

// media publishes the pictures and downloads that texts refer to, and nothing
// else that lies about in content/: a spreadsheet left there by accident stays
// where it is.
type media struct {
	read func(name string) ([]byte, error)
	l    *diag.List
	mu   sync.Mutex
	done map[string]*medium
}

// medium is one file that a text refers to.
type medium struct {
	path          string // in the site; "" = it cannot be published
	bytes         []byte
	width, height int
	problem       diag.Text
	code          string
}

func newMedia(read func(string) ([]byte, error), l *diag.List) *media {
	return &media{read: read, l: l, done: map[string]*medium{}}
}

var pictureTypes = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}

var downloadTypes = []string{".pdf", ".docx", ".xlsx", ".pptx", ".csv", ".txt", ".zip"}

func isPicture(source string) bool {
	return slices.Contains(pictureTypes, strings.ToLower(path.Ext(source)))
}

// get loads a file of the project once.
func (m *media) get(source string) *medium {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f, ok := m.done[source]; ok {
		return f
	}
	f := m.load(source)
	m.done[source] = f
	return f
}

func (m *media) load(source string) *medium {
	ext := strings.ToLower(path.Ext(source))
	picture := isPicture(source)
	if !picture && !slices.Contains(downloadTypes, ext) {
		return &medium{code: "page.file_type", problem: diag.T("%s 不能作为下载发布", "%s cannot be published as a download", source)}
	}
	data, err := m.read(source)
	if err != nil {
		code := "page.dead_link"
		if picture {
			code = "page.missing_image"
		}
		return &medium{code: code, problem: diag.T("没有文件 %s", "there is no file %s", source)}
	}
	f := &medium{path: "media/" + folderPath(path.Dir(trimContent(source))) + segment(strings.TrimSuffix(path.Base(source), path.Ext(source))) + ext, bytes: data}
	switch {
	case ext == ".svg":
		if err := checkSVG(data, f); err != nil {
			return &medium{code: "page.bad_image", problem: diag.T("%s 不能发布：%v", "%s cannot be published: %v", source, err)}
		}
	case picture:
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return &medium{code: "page.bad_image", problem: diag.T("%s 不是可用的图片", "%s is no usable picture", source)}
		}
		f.width, f.height = config.Width, config.Height
	}
	return f
}

// checkSVG refuses drawings that could run something or load something, and reads the size.
func checkSVG(data []byte, f *medium) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive, xml.ProcInst:
			if p, ok := t.(xml.ProcInst); ok && p.Target == "xml" {
				continue
			}
			return errors.New("a directive")
		case xml.StartElement:
			if err := checkElement(t); err != nil {
				return err
			}
			if t.Name.Local == "svg" && f.width == 0 {
				f.width, f.height = svgSize(t)
			}
		}
	}
}

func checkElement(t xml.StartElement) error {
	switch strings.ToLower(t.Name.Local) {
	case "script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate":
		return errors.New("<" + t.Name.Local + ">")
	}
	for _, a := range t.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		if strings.HasPrefix(name, "on") {
			return errors.New(a.Name.Local + "=")
		}
		if name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/") {
			return errors.New("href=" + value)
		}
	}
	return nil
}

func svgSize(t xml.StartElement) (w, h int) {
	for _, a := range t.Attr {
		v, err := strconv.ParseFloat(strings.TrimSuffix(a.Value, "px"), 64)
		if err != nil || v <= 0 || v > 1e5 {
			continue
		}
		switch a.Name.Local {
		case "width":
			w = int(v)
		case "height":
			h = int(v)
		}
	}
	return w, h
}

// publish gives a file's address in the site, or reports why it has none.
func (m *media) publish(source string, pos diag.Pos) string {
	f := m.get(source)
	if f.path == "" {
		m.l.Warnf(f.code, pos, f.problem)
	}
	return f.path
}

// files are all files that were referred to, by path.
func (m *media) files() []File {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []File
	for source, f := range m.done {
		if f.path != "" {
			out = append(out, File{Path: f.path, Bytes: f.bytes, Sources: []string{source}})
		}
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}
