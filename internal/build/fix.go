package build

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"benchbook/internal/document"
	"benchbook/internal/page"
	"benchbook/internal/site"
)

// Fix rewrites numbers in the texts, each file in one step, and names the files.
func Fix(s *site.Site, fixes []page.Fix) ([]string, error) {
	edits := map[string][]document.Edit{}
	var files []string
	for _, f := range fixes {
		if edits[f.File] == nil {
			files = append(files, f.File)
		}
		edits[f.File] = append(edits[f.File], document.Edit{Start: f.Start, End: f.End, Text: f.Text})
	}
	slices.Sort(files)
	for _, file := range files {
		src, err := s.Read(file)
		if err != nil {
			return nil, err
		}
		if err := replace(filepath.Join(s.Dir, filepath.FromSlash(file)), document.Apply(src, edits[file])); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// replace writes a file beside the old one and renames it, so that a text is never half-written.
func replace(name string, data []byte) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".benchbook-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Chmod(tmp.Name(), info.Mode().Perm())
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}
