package publish

import (
	"fmt"
	"regexp"
	"strings"
)

// HostingKinds are the servers that Hosting writes for.
var HostingKinds = []string{"nginx", "caddy"}

// HeaderRule is one block of a _headers file: a path, which may end with *, and
// what is said of it.
type HeaderRule struct {
	Path    string
	Headers [][2]string
}

// HeaderRules reads a _headers file.
func HeaderRules(src []byte) (rules []HeaderRule) {
	for line := range strings.Lines(string(src)) {
		text := strings.TrimSpace(line)
		name, value, isHeader := strings.Cut(text, ":")
		switch {
		case text == "" || text[0] == '#':
		case line[0] != ' ' && line[0] != '\t':
			rules = append(rules, HeaderRule{Path: text})
		case isHeader && len(rules) > 0:
			last := &rules[len(rules)-1]
			last.Headers = append(last.Headers, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
	}
	return rules
}

// Hosting is a ready configuration that serves a folder as its _headers file asks
// and hands out the compressed twins. Names with a hash may be kept for ever,
// wherever they stand. root is the folder that readers are shown (PATH/current).
func Hosting(kind, host, root string, rules []HeaderRule) string {
	rules = append(rules, HeaderRule{Path: hashedPaths, Headers: [][2]string{{"Cache-Control", CacheControl("a.00000000.css")}}})
	if kind == "caddy" {
		return caddy(host, root, rules)
	}
	return nginx(host, root, rules)
}

// hashedPaths stands for all names with a hash.
const hashedPaths = "hashed"

// hashedPattern is the same for servers, which know no compressed twins.
const hashedPattern = `\.[0-9a-f]{8,}\.[a-z0-9]+$`

// nginx keeps headers in maps, since a location that adds one loses all that
// stand above it.
func nginx(host, root string, rules []HeaderRule) string {
	var names []string
	values := map[string][]string{}
	for _, r := range rules {
		for _, h := range r.Headers {
			if values[h[0]] == nil {
				names = append(names, h[0])
			}
			values[h[0]] = append(values[h[0]], fmt.Sprintf("    %s %q;\n", nginxPath(r.Path), h[1]))
		}
	}
	variable := func(name string) string {
		return "$report_" + strings.ToLower(strings.ReplaceAll(name, "-", "_"))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "server {\n    listen 80;\n    server_name %s;\n    root %s;\n    charset utf-8;\n    gzip_static on;\n    # brotli_static on;  # with the brotli module\n", host, nginxWord(root))
	for _, name := range names {
		fmt.Fprintf(&b, "    add_header %s %s always;\n", name, variable(name))
	}
	b.WriteString("    error_page 404 /404.html;\n    location / {\n        try_files $uri $uri/index.html =404;\n    }\n}\n")
	for _, name := range names {
		fmt.Fprintf(&b, "map $uri %s {\n%s}\n", variable(name), strings.Join(values[name], ""))
	}
	return b.String()
}

// nginxPath is a path as a map of nginx matches it.
func nginxPath(p string) string {
	switch {
	case p == "/*":
		return "default"
	case p == hashedPaths:
		return `"~` + hashedPattern + `"`
	case strings.HasSuffix(p, "*"):
		return `"~^` + regexp.QuoteMeta(strings.TrimSuffix(p, "*")) + `"`
	}
	return nginxWord(p)
}

func nginxWord(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`).Replace(s) + `"`
}

func caddy(host, root string, rules []HeaderRule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s {\n\troot * %s\n", host, caddyWord(root))
	for i, r := range rules {
		matcher := ""
		switch {
		case r.Path == hashedPaths:
			fmt.Fprintf(&b, "\t@hashed path_regexp %s\n", hashedPattern)
			matcher = "@hashed "
		case r.Path != "/*":
			fmt.Fprintf(&b, "\t@part%d path %s\n", i, r.Path)
			matcher = fmt.Sprintf("@part%d ", i)
		}
		for _, h := range r.Headers {
			fmt.Fprintf(&b, "\theader %s%s %s\n", matcher, h[0], caddyWord(h[1]))
		}
	}
	b.WriteString("\thandle_errors {\n\t\trewrite * /404.html\n\t\tfile_server\n\t}\n\tfile_server {\n\t\tprecompressed br gzip\n\t}\n}\n")
	return b.String()
}

func caddyWord(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
