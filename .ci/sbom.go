//go:build ignore

// Sbom prints the software bill of materials of a built program as CycloneDX
// 1.6 JSON: every module that the linker put in, with version and the checksum
// of go.sum, as the program itself records them.
package main

import (
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type hash struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}

type component struct {
	Type    string `json:"type"`
	Ref     string `json:"bom-ref"`
	Name    string `json:"name"`
	Version string `json:"version"`
	Purl    string `json:"purl,omitempty"`
	Hashes  []hash `json:"hashes,omitempty"`
}

func main() {
	info, err := buildinfo.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	root := component{Type: "application", Ref: "benchbook", Name: "benchbook", Version: os.Args[2]}
	parts := []component{{Type: "library", Ref: "std", Name: "std", Version: strings.TrimPrefix(info.GoVersion, "go"), Purl: "pkg:golang/std@" + strings.TrimPrefix(info.GoVersion, "go")}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c := component{Type: "library", Ref: m.Path, Name: m.Path, Version: m.Version, Purl: "pkg:golang/" + m.Path + "@" + m.Version}
		if sum, ok := strings.CutPrefix(m.Sum, "h1:"); ok { // a SHA-256 over the hashes of the module's files
			if raw, err := base64.StdEncoding.DecodeString(sum); err == nil {
				c.Hashes = []hash{{"SHA-256", hex.EncodeToString(raw)}}
			}
		}
		parts = append(parts, c)
	}
	refs := []string{}
	for _, p := range parts {
		refs = append(refs, p.Ref)
	}
	var settings []map[string]string
	for _, s := range info.Settings {
		settings = append(settings, map[string]string{"name": "go:" + s.Key, "value": s.Value})
	}
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", " ")
	err = e.Encode(map[string]any{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":   map[string]any{"component": root, "properties": settings},
		"components": parts, "dependencies": []map[string]any{{"ref": root.Ref, "dependsOn": refs}}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
