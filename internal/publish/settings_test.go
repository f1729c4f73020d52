//go:build unix

package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/site"
)

// settingsOf reads [[target]] tables as a site does.
func settingsOf(t *testing.T, text string) ([]Config, []diag.Diagnostic) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	write(t, filepath.Join(dir, site.SettingsName), []byte("title = \"x\"\n"+text))
	l := &diag.List{}
	s, err := site.Open(dir, l)
	if err != nil {
		t.Fatal(err)
	}
	return Settings(s, l), l.Sorted()
}

func TestSettings(t *testing.T) {
	for text, want := range map[string]string{
		"[[target]]\nname = \"a\"\nkind = \"folder\"\npath = \"../www\"":                                          "",
		"[[target]]\nname = \"a\"\nkind = \"zip\"\npath = \"dist/a.zip\"\nkeep = 1":                               "",
		"[[target]]\nname = \"A b\"\nkind = \"zip\"\npath = \"dist/a.zip\"":                                       "publish.name:3",
		"[[target]]\nname = \"a\"\nkind = \"ftp\"":                                                                "publish.kind:4",
		"[[target]]\nname = \"a\"\nkind = \"folder\"\npath = \"../w\"\nbucket = \"b\"":                            "publish.key:6",
		"[[target]]\nname = \"a\"\nkind = \"s3\"\nbucket = \"b\"":                                                 "publish.missing:2",
		"[[target]]\nname = \"a\"\nkind = \"folder\"\npath = \"public/x\"":                                        "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"folder\"\npath = \"..\"":                                              "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"git\"\nremote = \"https://u:secret@h/x.git\"":                         "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"git\"\nremote = \"ext::sh -c evil\"":                                  "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"git\"\nremote = \"--upload-pack=evil\"":                               "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"git\"\nremote = \"h:x\"\nbranch = \"a..b\"":                           "publish.value:6",
		"[[target]]\nname = \"a\"\nkind = \"s3\"\nendpoint = \"https://k:s@h\"\nbucket = \"b\"":                   "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"s3\"\nendpoint = \"https://h\"\nbucket = \"b\"\nprefix = \"../x\"":    "publish.value:7",
		"[[target]]\nname = \"a\"\nkind = \"ssh\"\nhost = \"-oProxyCommand=x\"\npath = \"/srv\"":                  "publish.value:5",
		"[[target]]\nname = \"a\"\nkind = \"zip\"\npath = \"x.zip\"\nkeep = 0":                                    "publish.value:6",
		"[[target]]\nname = \"a\"\nkind = \"zip\"\npath = \"x.zip\"\nsecret = \"s\"":                              "config.unknown_key:6",
		"[[target]]\nname = \"a\"\nkind = \"zip\"\npath = \"x.zip\"\n[[target]]\nname = \"a\"\nkind = \"folder\"": "publish.name:7",
	} {
		configs, found := settingsOf(t, text)
		var got []string
		for _, d := range found {
			if d.Severity == diag.Error {
				_, place, _ := strings.Cut(d.Pos.String(), ":")
				line, _, _ := strings.Cut(place, ":")
				got = append(got, d.Code+":"+line)
			}
		}
		if want == "" && (len(got) > 0 || len(configs) != 1) || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s\ngives %v, want %q", text, got, want)
		}
	}
}

// TestSecretsHaveNoKey holds that settings cannot hold a secret at all.
func TestSecretsHaveNoKey(t *testing.T) {
	src, err := os.ReadFile(filepath.Join("..", "site", "target.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"password\"", "secret", "token", "passphrase", "access_key"} {
		if strings.Contains(string(src), `toml:"`+word) {
			t.Errorf("a target has a key for %s", word)
		}
	}
}
