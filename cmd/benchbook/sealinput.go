package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/seal"
	"benchbook/internal/site"
)

// checkSealFolders keeps open and sealed files apart: a sealed folder that also
// held the open ones would be published with them.
func checkSealFolders(dir, out string) error {
	if out == "" {
		return usageError{diag.T("用 --out 写明加密后放在哪个目录", "say with --out where the sealed files go")}
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return usageError{diag.T("%s：没有这个目录", "%s: there is no such folder", dir)}
	}
	if inside(dir, out) || inside(out, dir) {
		return usageError{diag.T("--out 不能在 %s 里面，也不能包含它", "--out must neither lie in %s nor hold it", dir)}
	}
	if _, sealed := readSalt(dir); sealed {
		return usageError{diag.T("%s 已经是加密过的", "%s is sealed already", dir)}
	}
	if root, err := site.Find(existing(out)); err == nil {
		if err := refuseOut(out, root); err != nil {
			return err
		}
	}
	return checkSealedOut(out)
}

// checkSealedOut wants a new or empty folder, or one that was sealed before;
// names with a dot, as .git, do not count.
func checkSealedOut(out string) error {
	entries, err := os.ReadDir(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, sealed := readSalt(out); sealed {
		return nil
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			return usageError{diag.T("--out %s 里有没加密的文件（%s），它们会和加密的放在一起。换一个空目录", "--out %s holds files that are not sealed (%s) and would lie beside the sealed ones. Choose an empty folder", out, e.Name())}
		}
	}
	return nil
}

// inside reports whether a path is a folder or lies in it, links followed.
func inside(p, folder string) bool {
	rel, err := filepath.Rel(realPath(folder), realPath(p))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// realPath is the path that is meant, also of one that does not exist yet.
func realPath(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return p
	}
	there := existing(abs)
	resolved, err := filepath.EvalSymlinks(there)
	if err != nil {
		return abs
	}
	return filepath.Join(resolved, strings.TrimPrefix(abs, there))
}

// existing is the nearest folder upwards that exists.
func existing(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return "."
	}
	for {
		if _, err := os.Stat(abs); err == nil || filepath.Dir(abs) == abs {
			return abs
		}
		abs = filepath.Dir(abs)
	}
}

// sealPassword reads the password from where no repository can hold it.
func sealPassword(f sealFlags, dir string) (string, error) {
	if f.passwordFile == "" {
		if password := os.Getenv(passwordVariable); password != "" {
			return password, nil
		}
		return "", usageError{diag.T("没有密码：设置环境变量 %s，或用 --password-file 指一个站点之外的文件", "no password: set the environment variable %s, or name a file outside the site with --password-file", passwordVariable)}
	}
	data, err := os.ReadFile(f.passwordFile)
	if err != nil {
		return "", usageError{diag.T("读不到密码文件：%v", "the password file cannot be read: %v", err)}
	}
	at := realPath(f.passwordFile)
	_, noSite := site.Find(filepath.Dir(at))
	if noSite == nil || inside(at, dir) || inside(at, f.out) || inRepository(filepath.Dir(at)) {
		return "", usageError{diag.T("密码文件 %s 在站点或代码仓库里，会跟着一起流出去。移到外面", "the password file %s lies in a site or repository and would leave with it. Move it outside", f.passwordFile)}
	}
	return string(data), nil
}

// inRepository reports whether a folder or one above it has a .git.
func inRepository(dir string) bool {
	for {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return true
		}
		if filepath.Dir(dir) == dir {
			return false
		}
		dir = filepath.Dir(dir)
	}
}

func readSalt(dir string) ([]byte, bool) {
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return nil, false
	}
	return seal.ReadSalt(page)
}

// sealSalt is the salt to use, and whether it was drawn now.
func sealSalt(f sealFlags) (salt []byte, fresh bool, err error) {
	if f.salt != "" {
		salt, ok := seal.ParseSalt(f.salt)
		if !ok {
			return nil, false, usageError{diag.T("--salt %q 不是以前打印的盐", "--salt %q is no salt that was printed before", f.salt)}
		}
		return salt, false, nil
	}
	if salt, ok := readSalt(f.out); ok {
		return salt, false, nil
	}
	return seal.NewSalt(), true, nil
}

// folderWords are the names of the folder and those above: what a guesser knows.
func folderWords(dir string) []string {
	return strings.FieldsFunc(filepath.ToSlash(realPath(dir)), func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' })
}
