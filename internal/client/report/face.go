package report

import (
	"benchbook/internal/client"
)

// Face is what layouts/client-card.html reads: the report on one picture for a
// chat, FaceWidth × FaceHeight CSS pixels.
type Face struct {
	Root, Name, Logo, BrandSheet string
	Title, Period, AsOf, State   string
	Draft, Sample                bool
	Lead                         string
	Tiles                        []Row // the weak ones first
	More                         int   // KPIs that found no room
	Weak                         []Attention
	Publisher                    string
}

// The size of the card in CSS pixels; a picture of it is taken twice as fine.
const (
	FaceWidth, FaceHeight = 540, 720
	faceTiles, faceWeak   = 6, 3
)

// ComposeFace makes the card of a report.
func ComposeFace(card *client.Card, o Options) *Face {
	c := card.Client
	f := &Face{Root: o.Root, Name: c.Name, Logo: o.Logo, BrandSheet: o.BrandSheet, Title: card.Period.Cadence.Title(), Period: card.Period.Title(), AsOf: card.AsOf.String(),
		State: card.Stage.State.Title(), Draft: card.Stage.State != client.Released, Sample: c.Dictionary.Sample, Lead: lead(card)}
	if len(c.Publisher) > 0 {
		f.Publisher = c.Publisher[0]
	}
	for _, weak := range []bool{true, false} {
		for i := range card.Scores {
			s := &card.Scores[i]
			if weak != (len(s.Weak) > 0) {
				continue
			}
			if len(f.Tiles) == faceTiles {
				f.More++
				continue
			}
			f.Tiles = append(f.Tiles, row(s))
			if weak && len(f.Weak) < faceWeak {
				f.Weak = append(f.Weak, attention(s))
			}
		}
	}
	return f
}
