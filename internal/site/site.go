// Package site knows what a benchbook project is on disk: benchbook.toml and
// the folders content, data and templates beside it.
//
// In: a folder. Out: the settings, and the project's files as sorted paths with
// forward slashes. It refuses links that lead out of the project. It does not
// know what stands in the files.
package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// SettingsName is the file that makes a folder a benchbook project.
const SettingsName = "benchbook.toml"

// Settings is what benchbook.toml says.
type Settings struct {
	Title       string
	Subtitle    string
	Description string
	Publisher   string
	Edition     string   // first part of the report's addresses; 2026
	Date        string   // of publication, YYYY-MM-DD; nothing on a page comes from the clock
	Language    string   // zh-CN
	Languages   []string // that the site is made in, the first is Language; zh-CN may have zh-TW beside it
	BaseURL     string   // without a slash at the end; "" when unknown
	Licence     string
	Contact     string
	Logo        string // path under content/
	Accent      string // the brand's colour, #rrggbb; "" = the theme's own
	AccentDark  string // likewise on dark pages; "" = computed
	AccentPos   diag.Pos
	Minimum     int // fewest distinct contributors of a released cell
	Disclosure  Disclosure
	Changes     []Note // against the last edition
	Corrections []Note
	Targets     []Target // where publish brings the site
	Pos         diag.Pos
}

// Note is a dated remark on the methodology page.
type Note struct {
	Date string
	Text string
}

// Site is a project.
type Site struct {
	Dir      string // absolute
	Settings Settings
}

// ErrNotFound means that no folder upwards has a benchbook.toml.
var ErrNotFound = errors.New("no " + SettingsName + " here or in any folder above")

// Find walks upwards from dir to the nearest folder that has a benchbook.toml.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		if info, err := os.Stat(filepath.Join(dir, SettingsName)); err == nil && !info.IsDir() {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", ErrNotFound
		}
		dir = parent
	}
}

type rawNote struct {
	Date config.Date `toml:"date"`
	Text string      `toml:"text"`
}

type rawSettings struct {
	Title       string        `toml:"title"`
	Subtitle    string        `toml:"subtitle"`
	Description string        `toml:"description"`
	Publisher   string        `toml:"publisher"`
	Edition     string        `toml:"edition"`
	Date        config.Date   `toml:"date"`
	Language    string        `toml:"language"`
	Languages   []string      `toml:"languages"`
	BaseURL     string        `toml:"base_url"`
	Licence     string        `toml:"licence"`
	Contact     string        `toml:"contact"`
	Logo        string        `toml:"logo"`
	Accent      string        `toml:"accent"`
	AccentDark  string        `toml:"accent_dark"`
	Disclosure  rawDisclosure `toml:"disclosure"`
	Change      []rawNote     `toml:"change"`
	Correction  []rawNote     `toml:"correction"`
	Target      []Target      `toml:"target"`
}

// DefaultMinimum is the fewest distinct contributors of a released cell where
// benchbook.toml does not say.
const DefaultMinimum = 5

// Open reads the settings of the project in dir. Findings go to the list; the
// error is for a disk that cannot be read.
func Open(dir string, l *diag.List) (*Site, error) {
	src, err := os.ReadFile(filepath.Join(dir, SettingsName))
	if err != nil {
		return nil, err
	}
	var raw rawSettings
	pos, ok := config.Decode(SettingsName, src, &raw, l)
	s := &Site{Dir: dir, Settings: Settings{
		Title: raw.Title, Subtitle: raw.Subtitle, Description: raw.Description, Publisher: raw.Publisher, Edition: raw.Edition,
		Date: string(raw.Date), Language: raw.Language, Languages: raw.Languages, BaseURL: strings.TrimRight(raw.BaseURL, "/"), Licence: raw.Licence,
		Contact: raw.Contact, Logo: raw.Logo, Minimum: DefaultMinimum,
		Changes: notes(raw.Change), Corrections: notes(raw.Correction), Pos: diag.At(SettingsName, 1, 1),
	}}
	s.Settings.Accent, s.Settings.AccentDark, s.Settings.AccentPos = raw.Accent, raw.AccentDark, pos.Pos("accent")
	s.Settings.Targets = targets(raw.Target, pos)
	s.Settings.Disclosure = raw.Disclosure.rules()
	if raw.Disclosure.Minimum != nil {
		s.Settings.Minimum = *raw.Disclosure.Minimum
	}
	if !ok {
		l = &diag.List{} // what is missing may only be unread; defaults are filled in all the same
	}
	s.Settings.check(func(key ...any) diag.Pos { return pos.Pos(key...) }, l)
	return s, nil
}

func notes(raw []rawNote) []Note {
	var out []Note
	for _, n := range raw {
		out = append(out, Note{string(n.Date), n.Text})
	}
	slices.SortStableFunc(out, func(a, b Note) int { return strings.Compare(b.Date, a.Date) })
	return out
}

// editionForm keeps an edition usable as a folder and in an address.
var editionForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$`)

// languageForm is a language tag with its region or script (design bar 2.1).
var languageForm = regexp.MustCompile(`^[a-z]{2,3}-([A-Z][a-z]{3}(-[A-Z]{2})?|[A-Z]{2})$`)

func (s *Settings) check(pos func(...any) diag.Pos, l *diag.List) {
	if s.Title == "" {
		l.Add(diag.Diagnostic{Code: "site.title", Pos: pos("title"), Message: diag.T("缺少站点标题", "the site has no title"),
			Hint: diag.T("加一行 title = \"…\"", "add a line title = \"…\"")})
	}
	if s.Edition == "" {
		s.Edition = "current"
		if len(s.Date) >= 4 {
			s.Edition = s.Date[:4]
		}
	} else if !editionForm.MatchString(s.Edition) || strings.HasSuffix(s.Edition, ".") {
		l.Errorf("site.edition", pos("edition"), diag.T("版本号 %q 不能作为地址的一部分：只用字母、数字、点、连字符", "edition %q cannot be part of an address: letters, digits, dots and hyphens only", s.Edition))
	}
	if s.Language == "" {
		s.Language = "zh-CN"
	} else if !languageForm.MatchString(s.Language) {
		l.Add(diag.Diagnostic{Code: "site.language", Pos: pos("language"), Message: diag.T("%q 不是完整的语言标签", "%q is not a full language tag", s.Language),
			Hint: diag.T("写 \"zh-CN\" 或 \"zh-TW\"", "write \"zh-CN\" or \"zh-TW\"")})
	}
	s.checkLanguages(pos, l)
	if s.BaseURL != "" && !strings.HasPrefix(s.BaseURL, "https://") && !strings.HasPrefix(s.BaseURL, "http://") {
		l.Errorf("site.base_url", pos("base_url"), diag.T("base_url 要以 https:// 开头", "base_url has to start with https://"))
	}
	if s.Minimum < 2 {
		l.Add(diag.Diagnostic{Code: "site.minimum", Pos: pos("disclosure", "minimum"),
			Message: diag.T("最少贡献者数 %d 会公布单个贡献者的数据", "a minimum of %d contributors would publish a single contributor's data", s.Minimum),
			Hint:    diag.T("至少为 2，建议 5；已公开的数据在数据字典里写 disclosure = \"open\"", "use at least 2, better 5; for data that is already public write disclosure = \"open\" in its dictionary")})
	}
	s.Disclosure.check(pos, l)
	s.Logo = path.Clean("/" + s.Logo)[1:]
}

// checkLanguages holds the list of languages to what there is: the traditional
// edition, made from the simplified one.
func (s *Settings) checkLanguages(pos func(...any) diag.Pos, l *diag.List) {
	if len(s.Languages) == 0 {
		s.Languages = []string{s.Language}
	}
	for i, language := range s.Languages {
		if i == 0 && language == s.Language || i == 1 && language == "zh-TW" && s.Language == "zh-CN" {
			continue
		}
		l.Add(diag.Diagnostic{Code: "site.languages", Pos: pos("languages", i), Message: diag.T("不能出 %q 版", "there can be no edition in %q", language),
			Hint: diag.T("写 languages = [\"zh-CN\", \"zh-TW\"]；第一个是 language，繁體版由简体版转换而来", "write languages = [\"zh-CN\", \"zh-TW\"]; the first is language, and the traditional edition is made from the simplified one")})
	}
}

// toolFolders hold what tools keep for themselves, and never a text of the project.
var toolFolders = []string{".git", ".svn", ".hg", ".obsidian", ".trash", ".vscode", ".idea", "node_modules"}

// skipped says whether a name is a tool's and not the project's: its folders,
// and the files that editors and macOS leave beside others.
func skipped(name string) bool {
	return slices.Contains(toolFolders, name) || strings.HasPrefix(name, "._") || strings.HasPrefix(name, ".#") || strings.HasPrefix(name, ".benchbook-")
}

// Hidden says whether a path has a hidden folder or file in it, which its owner
// may not expect to be published.
func Hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.Contains(name, "/.") }

// Files lists the files under a folder of the project whose names pass keep,
// sorted, as paths from the project's root with forward slashes. What tools
// keep for themselves is left out; a link that leads out of the project is an
// error. A folder that is not there has no files.
func (s *Site) Files(folder string, keep func(name string) bool) ([]string, error) {
	root := filepath.Join(s.Dir, filepath.FromSlash(folder))
	var files []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if p == root && errors.Is(err, fs.ErrNotExist) {
				return filepath.SkipAll
			}
			return err
		}
		if skipped(d.Name()) && p != root {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(s.Dir, p)
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			if err := s.inside(p); err != nil {
				return err
			}
		}
		if !d.IsDir() && keep(d.Name()) {
			files = append(files, filepath.ToSlash(rel))
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// inside refuses a link out of the project, which could publish a file that nobody meant to.
func (s *Site) inside(link string) error {
	to, err := filepath.EvalSymlinks(link)
	if err != nil {
		return err
	}
	base, err := filepath.EvalSymlinks(s.Dir)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(base, to); err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%s is a link that leads out of the project, to %s", link, to)
	}
	return nil
}

// Read reads a file of the project by its path from the root.
func (s *Site) Read(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
}
