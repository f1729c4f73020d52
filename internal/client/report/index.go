package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"benchbook/internal/client"
)

// Index is what layouts/client-index.html reads: all reports of one client.
type Index struct {
	Root, Name, Title, Logo, BrandSheet string
	Groups                              []Group
	Publisher                           []string
	Generator                           string
	Sample                              bool
}

// Group is the reports of one cadence, the latest first.
type Group struct {
	Title string
	Items []Item
}

// Item is one report.
type Item struct {
	Title, Href, State string
	Draft              bool
}

// ComposeIndex lists reports by the JSON beside them; found is by address without ending.
func ComposeIndex(c *client.Client, found map[string][]byte, o Options) (*Index, error) {
	m := &Index{Root: o.Root, Name: c.Name, Title: "全部报表", Logo: o.Logo, BrandSheet: o.BrandSheet, Publisher: c.Publisher, Generator: o.Generator, Sample: c.Dictionary.Sample}
	if c.WhiteLabel {
		m.Generator = ""
	}
	names := make([]string, 0, len(found))
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	slices.Reverse(names)
	for _, cadence := range client.Cadences {
		g := Group{Title: cadence.Title()}
		for _, name := range names {
			if !strings.HasPrefix(name, string(cadence)+"/") {
				continue
			}
			var d Data
			if err := json.Unmarshal(found[name], &d); err != nil {
				return nil, err
			}
			g.Items = append(g.Items, Item{d.Title, name + ".html", client.State(d.State).Title(), client.State(d.State) != client.Released})
		}
		if len(g.Items) > 0 {
			m.Groups = append(m.Groups, g)
		}
	}
	return m, nil
}

// Sum is the SHA-256 of bytes, as a manifest writes it.
func Sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Digest is the ten digits that names of assets carry.
func Digest(data []byte) string { return Sum(data)[:10] }
