package publish

import (
	"context"
	"net/url"
	"os"
	"os/user"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/site"
)

// Config is one checked [[target]].
type Config struct {
	Name, Kind string
	Keep       int // releases kept, the served one included
	Compress   bool

	Path                                      string // folder, zip: on this machine; ssh: on the server
	Host, User, Key, KnownHosts               string
	Port                                      int
	Endpoint, Region, Bucket, Prefix, Profile string
	PathStyle                                 bool
	Remote, Branch                            string
}

// kind is one sort of target: its keys beside name, kind and keep, and how to open it.
type kind struct {
	name     string
	required []string
	optional []string
	open     func(ctx context.Context, c Config) (Target, error)
}

// targets lists the kinds. A new kind is one file and one line here.
var targets = []kind{
	{"folder", []string{"path"}, []string{"compress"}, openFolder},
	{"ssh", []string{"host", "path"}, []string{"port", "user", "key", "known_hosts", "compress"}, openSSH},
	{"s3", []string{"endpoint", "bucket"}, []string{"region", "prefix", "profile", "path_style"}, openS3},
	{"git", []string{"remote"}, []string{"branch"}, openGit},
	{"zip", []string{"path"}, nil, openZip},
}

// DefaultKeep is how many releases stay at a target whose settings do not say.
const DefaultKeep = 5

// Open connects to a target; nothing is changed there.
func Open(ctx context.Context, c Config) (Target, error) {
	i := slices.IndexFunc(targets, func(k kind) bool { return k.name == c.Kind })
	return targets[i].open(ctx, c)
}

// ForClient is the target with a place of its own for one client: releases, the
// link to the served one and rollback are that client's alone. A slug is lower-case
// letters, digits and hyphens.
func (c Config) ForClient(slug string) Config {
	switch c.Kind {
	case "folder":
		c.Path = filepath.Join(c.Path, slug)
	case "ssh":
		c.Path = path.Join(c.Path, slug)
	case "s3":
		c.Prefix = path.Join(c.Prefix, slug)
	case "git":
		c.Branch += "-" + slug
	case "zip":
		c.Path = strings.TrimSuffix(c.Path, ".zip") + "-" + slug + ".zip"
	}
	return c
}

// Place says where a target is, for a person.
func (c Config) Place() string {
	switch c.Kind {
	case "ssh":
		return c.User + "@" + c.Host + ":" + c.Path
	case "s3":
		return c.Endpoint + "/" + path.Join(c.Bucket, c.Prefix)
	case "git":
		return c.Remote + " " + c.Branch
	}
	return c.Path
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// Settings checks the targets of a site; what is wrong goes to the list. Relative
// paths are taken from the site's folder.
func Settings(s *site.Site, l *diag.List) []Config {
	var all []Config
	seen := map[string]bool{}
	for _, raw := range s.Settings.Targets {
		switch {
		case !nameForm.MatchString(raw.Name):
			l.Errorf("publish.name", at(raw, "name"), diag.T("目标的名称 %q 不可用：用小写字母、数字和连字符", "a target cannot have the name %q: use lower-case letters, digits and hyphens", raw.Name))
			continue
		case seen[raw.Name]:
			l.Errorf("publish.name", at(raw, "name"), diag.T("两个目标都叫 %q", "two targets have the name %q", raw.Name))
			continue
		}
		seen[raw.Name] = true
		if c, ok := settle(s, raw, l); ok {
			all = append(all, c)
		}
	}
	return all
}

// at is where a key stands, or its table.
func at(raw site.Target, key string) diag.Pos {
	if pos, ok := raw.Pos[key]; ok {
		return pos
	}
	return raw.Pos[""]
}

func settle(s *site.Site, raw site.Target, l *diag.List) (Config, bool) {
	i := slices.IndexFunc(targets, func(k kind) bool { return k.name == raw.Kind })
	if i < 0 {
		var names []string
		for _, k := range targets {
			names = append(names, k.name)
		}
		l.Add(diag.Diagnostic{Code: "publish.kind", Pos: at(raw, "kind"), Message: diag.T("没有 %q 这种目标", "there is no kind of target %q", raw.Kind),
			Hint: diag.T("可用：%s", "there are: %s", strings.Join(names, ", "))})
		return Config{}, false
	}
	k, ok := targets[i], true
	for key := range raw.Pos {
		if key != "" && key != "name" && key != "kind" && key != "keep" && !slices.Contains(k.required, key) && !slices.Contains(k.optional, key) {
			l.Errorf("publish.key", at(raw, key), diag.T("%[2]s 目标不用 %[1]s", "a target of kind %[2]s has no use for %[1]s", key, k.name))
			ok = false
		}
	}
	c := config(s, raw)
	for _, key := range k.required {
		if _, given := raw.Pos[key]; !given {
			l.Errorf("publish.missing", raw.Pos[""], diag.T("%[2]s 目标缺少 %[1]s", "a target of kind %[2]s needs %[1]s", key, k.name))
			ok = false
		}
	}
	return c, ok && c.check(s, raw, l)
}

// config fills in what is not written.
func config(s *site.Site, raw site.Target) Config {
	c := Config{Name: raw.Name, Kind: raw.Kind, Keep: DefaultKeep, Compress: raw.Compress, Path: raw.Path, Host: raw.Host, User: raw.User, Port: 22,
		Key: homePath(raw.Key), KnownHosts: homePath(raw.KnownHosts), Endpoint: raw.Endpoint, Region: raw.Region, Bucket: raw.Bucket,
		Prefix: raw.Prefix, Profile: raw.Profile, PathStyle: raw.PathStyle, Remote: raw.Remote, Branch: raw.Branch}
	if raw.Keep != nil {
		c.Keep = *raw.Keep
	}
	if raw.Port != nil {
		c.Port = *raw.Port
	}
	if c.KnownHosts == "" {
		c.KnownHosts = homePath("~/.ssh/known_hosts")
	}
	if u, err := user.Current(); err == nil && c.User == "" {
		c.User = u.Username
	}
	if c.Branch == "" {
		c.Branch = "gh-pages"
	}
	if c.Kind == "folder" || c.Kind == "zip" {
		if c.Path = filepath.FromSlash(homePath(c.Path)); !filepath.IsAbs(c.Path) {
			c.Path = filepath.Join(s.Dir, c.Path)
		}
	}
	if local := filepath.Join(s.Dir, filepath.FromSlash(c.Remote)); c.Kind == "git" && strings.HasPrefix(c.Remote, ".") {
		c.Remote = local
	}
	return c
}

var bucketForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// branchForm is narrower than git's own rule.
var branchForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._/-]{0,127}$`)

// check refuses values that could mean something else than what they look like.
func (c Config) check(s *site.Site, raw site.Target, l *diag.List) bool {
	wrong := func(key string, message diag.Text) bool {
		l.Errorf("publish.value", at(raw, key), message)
		return false
	}
	endpoint, err := url.Parse(c.Endpoint)
	switch {
	case c.Keep < 1 || c.Keep > 1000:
		return wrong("keep", diag.T("keep 要在 1 到 1000 之间", "keep is a number from 1 to 1000"))
	case c.Port < 1 || c.Port > 65535:
		return wrong("port", diag.T("port 要在 1 到 65535 之间", "port is a number from 1 to 65535"))
	case (c.Kind == "folder" || c.Kind == "zip") && holdsSources(c.Path, s.Dir):
		return wrong("path", diag.T("path 不能是站点目录、它的上级、它的源文件目录或 public", "path cannot be the site's folder, one above it, one of its sources, or public"))
	case c.Kind == "zip" && !strings.HasSuffix(c.Path, ".zip"):
		return wrong("path", diag.T("path 要以 .zip 结尾", "path ends with .zip"))
	case c.Kind == "ssh" && (raw.Path == "" || strings.HasPrefix(c.Path, "~")):
		return wrong("path", diag.T("path 写服务器上的完整路径，例如 /srv/report", "path is a whole path on the server, as in /srv/report"))
	case c.Kind == "ssh" && (strings.HasPrefix(c.Host, "-") || strings.ContainsAny(c.Host, "/@ ")):
		return wrong("host", diag.T("host 只写主机名", "host is a host's name only"))
	case c.Kind == "s3" && (err != nil || endpoint.Host == "" || endpoint.Scheme != "https" && endpoint.Scheme != "http" || endpoint.User != nil || strings.Trim(endpoint.Path, "/") != ""):
		return wrong("endpoint", diag.T("endpoint 要写成 https://主机，不带密钥与路径", "endpoint is https://HOST, without keys and path"))
	case c.Kind == "s3" && c.Prefix != "" && checkPaths([]File{{strings.Trim(c.Prefix, "/"), strings.Repeat("0", 64), 0}}) != nil:
		return wrong("prefix", diag.T("prefix 不是可用的路径", "prefix is not a usable path"))
	case c.Kind == "s3" && !bucketForm.MatchString(c.Bucket):
		return wrong("bucket", diag.T("bucket 是 3 到 63 个小写字母、数字、点或连字符", "bucket is 3 to 63 lower-case letters, digits, dots or hyphens"))
	case c.Kind == "git" && (strings.HasPrefix(c.Remote, "-") || strings.Contains(c.Remote, "::") || withPassword(c.Remote)):
		return wrong("remote", diag.T("remote 要写成仓库地址，不带密码", "remote is a repository's address, without a password"))
	case c.Kind == "git" && (!branchForm.MatchString(c.Branch) || strings.Contains(c.Branch, "..")):
		return wrong("branch", diag.T("branch 不是可用的分支名", "branch is not a usable name"))
	}
	return true
}

// withPassword finds a secret that would stand in a settings file.
func withPassword(remote string) bool {
	u, err := url.Parse(remote)
	if err != nil || u.User == nil {
		return false
	}
	_, has := u.User.Password()
	return has
}

// holdsSources keeps releases out of the folders that a build reads or replaces.
func holdsSources(dir, root string) bool {
	below := func(a, b string) bool {
		rel, err := filepath.Rel(a, b)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(os.PathSeparator))
	}
	for _, source := range []string{"content", "data", "templates", "public", ".git"} {
		if below(filepath.Join(root, source), dir) {
			return true
		}
	}
	return below(dir, root)
}
