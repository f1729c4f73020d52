package client

import (
	"bytes"
	"path"
	"regexp"

	"benchbook/internal/diag"
)

// logoLimit keeps a report light.
const logoLimit = 300 << 10

// active is what a picture has no need for and a browser might run or fetch.
var active = regexp.MustCompile(`(?i)<script|<foreignobject|\son[a-z]+\s*=|<!entity|href\s*=\s*["']?\s*(?:[a-z]+:|//)|url\(\s*["']?\s*(?:[a-z]+:|//)|@import`)

// CheckLogo says why a picture cannot be a logo; bad is false when it can.
func CheckLogo(name string, data []byte) (problem diag.Text, bad bool) {
	magic := map[string][]byte{".png": []byte("\x89PNG\r\n\x1a\n"), ".jpg": []byte("\xff\xd8\xff"), ".svg": []byte("<svg")}[path.Ext(name)]
	at := bytes.Index(data, magic)
	switch {
	case len(data) > logoLimit:
		return diag.T("标志 %s 超过 300 KB", "logo %s is larger than 300 KB", name), true
	case at < 0 || path.Ext(name) != ".svg" && at > 0:
		return diag.T("标志 %s 不是它的扩展名所说的格式", "logo %s is not of the format that its name says", name), true
	case path.Ext(name) == ".svg" && active.Match(data):
		return diag.T("标志 %s 里有脚本或外部链接", "logo %s has a script or an outside link", name), true
	}
	return diag.Text{}, false
}
