package theme

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// file is a theme file as it stands after laying the folders over one another.
type file struct {
	source []byte
	own    bool // from a folder above the built-in one: the user's to mend
	place  int  // folder, counted from the built-in one, where the name first appears
}

// overlay reads all folders, weakest first, so that later ones replace.
func overlay(folders []fs.FS) (map[string]file, error) {
	files := map[string]file{}
	for layer := range folders {
		if err := read(folders[len(folders)-1-layer], layer, files); err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
	}
	return files, nil
}

func read(folder fs.FS, layer int, files map[string]file) error {
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if name == "." && errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if litter(path.Base(name)) && name != "." {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		source, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		place := layer
		if below, ok := files[name]; ok {
			place = below.place
		}
		files[name] = file{source: plain(name, source), own: layer > 0, place: place}
		return nil
	})
}

// litter tells what editors and file managers leave behind.
func litter(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~")
}

// plain removes what an editor on another system adds to text, so that the same
// template gives the same page whoever saved it.
func plain(name string, source []byte) []byte {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".svg":
		source = bytes.TrimPrefix(source, []byte("\ufeff"))
		return bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	}
	return source
}
