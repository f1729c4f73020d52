package main

import (
	"fmt"
	"math/rand/v2"
)

// industries with the number of brands, the typical share of exposed users who
// become friends (ten-thousandths), the share of sales made in private domain
// (thousandths) and the price of one new friend (hundredths of a yuan).
var industries = []struct {
	name         string
	brands       int
	rate         int
	share, price int
}{
	{"餐饮茶饮", 22, 2380, 140, 310}, {"母婴亲子", 23, 2010, 265, 780}, {"美妆个护", 25, 1760, 280, 920}, {"商超便利", 21, 1590, 120, 260},
	{"食品饮料", 22, 1310, 180, 480}, {"服饰鞋包", 21, 1150, 205, 690}, {"大健康", 13, 980, 235, 1350}, {"家居家电", 12, 790, 150, 1580},
}

// season is the reach of each month in hundredths: the festivals in spring,
// June and November stand out.
var season = [12]int{104, 88, 97, 95, 102, 126, 92, 94, 101, 104, 132, 112}

// groups are owners of several brands; every other brand owns itself.
var groups = []struct {
	name   string
	brands []int // positions in the list of brands
}{
	{"G01", []int{0, 1}}, {"G02", []int{22, 23, 45}}, {"G03", []int{46, 47, 48, 92}}, {"G04", []int{93, 94}}, {"G05", []int{114, 136}},
}

// brand is one contributor; rates are thousandths unless said otherwise.
type brand struct {
	id, owner      string
	industry       int
	first          int // first month reported
	reach          int // users exposed in a plain month
	rate           int // ten-thousandths
	keep, interact int
	refer          int
	price, spend   int // hundredths of a yuan
	share          int
	friends        int
}

// brands draws the whole panel: two brands in three from the first month on,
// the others join within half a year.
func brands(r *rand.Rand) []*brand {
	var all []*brand
	for i, ind := range industries {
		for range ind.brands {
			b := &brand{id: fmt.Sprintf("B%03d", len(all)+1), industry: i}
			b.owner = b.id
			b.draw(r)
			all = append(all, b)
		}
	}
	for _, g := range groups {
		for _, i := range g.brands {
			all[i].owner = g.name
		}
	}
	return all
}

func (b *brand) draw(r *rand.Rand) {
	ind := industries[b.industry]
	skill := r.IntN(100) + r.IntN(100) // one brand does many things better than another
	if r.IntN(3) == 0 {
		b.first = 1 + r.IntN(6)
	}
	b.reach = 12000 + 900*r.IntN(100)*(20+r.IntN(100))/100
	b.rate = ind.rate * (30 + skill*46/100 + r.IntN(48)) / 100
	b.keep = 700 + skill*3/4 + r.IntN(80)
	b.interact = 70 + skill*2/5 + r.IntN(50)
	b.refer = 30 + skill/2 + r.IntN(60)
	b.price = ind.price * (135 - skill*35/100 + r.IntN(30)) / 100
	b.spend = 3800 + 60*skill + 100*r.IntN(60)
	b.share = ind.share * (70 + skill*20/100 + r.IntN(40)) / 100
	b.friends = b.reach * (40 + r.IntN(160)) / 100
}
