package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// howToOpen stands beside the site: a double click inside a ZIP, which several
// systems allow, opens one page without the others.
const howToOpen = "\ufeff%s\r\n\r\n怎样打开：先把整个压缩包解压出来，再双击 site 文件夹里的 index.html。\r\n不要在压缩包里直接双击，那样只会打开一页，样式和图表都不见。\r\n不需要网络，也不需要安装任何软件。\r\n"

// Offline is the whole site as one ZIP that is read without network.
func Offline(s Site) ([]File, error) {
	title := strings.TrimSpace(s.Input.Settings.Title + "（" + s.Input.Settings.Edition + " 版）")
	files := []File{{"README.txt", fmt.Appendf(nil, howToOpen, title)}}
	for _, e := range s.Tree.Manifest("", "").Files {
		data, _ := s.Tree.File(e.Path)
		files = append(files, File{"site/" + e.Path, data})
	}
	packed, err := s.pack(files)
	return []File{{s.report() + "-site.zip", packed}}, err
}

// pack puts files into a ZIP in the order of their names, with the date of
// publication for the clock.
func (s Site) pack(files []File) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range sorted(files) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: s.published()})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Bytes); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}
