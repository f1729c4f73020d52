package site

import (
	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Target is one [[target]] of benchbook.toml, as written; package publish knows
// what its keys mean. There is no key for a password: those come from the environment.
type Target struct {
	Name       string `toml:"name"`
	Kind       string `toml:"kind"`
	Keep       *int   `toml:"keep"`
	Path       string `toml:"path"`
	Host       string `toml:"host"`
	Port       *int   `toml:"port"`
	User       string `toml:"user"`
	Key        string `toml:"key"`
	KnownHosts string `toml:"known_hosts"`
	Endpoint   string `toml:"endpoint"`
	Region     string `toml:"region"`
	Bucket     string `toml:"bucket"`
	Prefix     string `toml:"prefix"`
	Profile    string `toml:"profile"`
	PathStyle  bool   `toml:"path_style"`
	Remote     string `toml:"remote"`
	Branch     string `toml:"branch"`
	Compress   bool   `toml:"compress"`

	Pos map[string]diag.Pos `toml:"-"` // of the keys that are written; "" is the table
}

// targetKeys are the keys of a target, in the order of Target.
var targetKeys = []string{"name", "kind", "keep", "path", "host", "port", "user", "key", "known_hosts", "endpoint", "region", "bucket", "prefix", "profile", "path_style", "remote", "branch", "compress"}

// targets adds to each target where its keys stand.
func targets(raw []Target, source *config.Source) []Target {
	for i := range raw {
		raw[i].Pos = map[string]diag.Pos{"": source.Pos("target", i)}
		for _, key := range targetKeys {
			if source.Has("target", i, key) {
				raw[i].Pos[key] = source.Pos("target", i, key)
			}
		}
	}
	return raw
}
