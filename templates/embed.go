// Package templates is the built-in theme: layouts (one a kind of page), parts
// that layouts share, and assets. It holds files and nothing else; package
// theme reads them, and a site's own templates/ folder replaces any of them by
// name.
package templates

import "embed"

// Files is the theme's folder, rooted where layouts/, parts/ and assets/ stand.
//
//go:embed layouts parts assets seal
var Files embed.FS
