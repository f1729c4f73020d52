package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// 客单价 is what a buyer spends or what an order is worth: two definitions that are
// both in use, and both called by that name. Where a table of sales allows them,
// both are drafted, side by side.
var (
	paidHeader   = regexp.MustCompile(`^(?:实付|实收|支付|成交|付款|订单)(?:总)?金额|^销售额|^GMV`)
	buyersHeader = regexp.MustCompile(`^(?:支付|成交|付款|下单)?(?:买家|客户|用户|会员|人)数|^(?:支付|成交|付款|下单)人数`)
	ordersHeader = regexp.MustCompile(`^(?:支付|成交|付款|有效)?(?:订单|子订单)数|^(?:支付|成交|交易)(?:笔数|次数|单数)`)
	orderNumber  = regexp.MustCompile(`^(?:订单|主订单|交易)(?:编号|号|单号|ID)$`)
	buyerHeader  = regexp.MustCompile(`(?i)^(?:买家|会员|用户|客户|下单人)(?:昵称|会员名|名|ID|编号|姓名|手机号?|账号)?$|^openid$`)
)

// orderColumns makes of a list of orders the two counts that the definitions
// divide by: one an order, and one for the first order of each buyer. The buyer
// himself stays at the door.
func (d *Draft) orderColumns() {
	s := &d.source
	number := slices.IndexFunc(s.header, orderNumber.MatchString)
	buyer := slices.IndexFunc(s.header, buyerHeader.MatchString)
	if !d.plain || number < 0 || buyer < 0 || d.fieldLike(paidHeader) == nil || d.fieldLike(buyersHeader) != nil || d.fieldLike(ordersHeader) != nil {
		return
	}
	shop := slices.IndexFunc(s.header, shops.MatchString)
	first := func(columns ...int) func() func([]string) string {
		return func() func([]string) string {
			seen := map[string]bool{}
			return func(values []string) string {
				key := ""
				for _, k := range columns {
					if k >= 0 {
						key += clean(values[k]) + "\x00"
					}
				}
				if strings.Trim(key, "\x00") == "" || seen[key] {
					return "0"
				}
				seen[key] = true
				return "1"
			}
		}
	}
	d.Fields = append(d.Fields, count("订单数", number, first(shop, number), diag.T("由%s得来：每个订单记 1", "made of %s: 1 for every order", s.header[number])),
		count("买家数", buyer, first(shop, buyer), diag.T("由%s得来：同一买家在这次导出里只记一次，买家本人不导入", "made of %s: 1 for the first order of each buyer in this export; the buyers themselves are left out", s.header[buyer])))
}

func count(name string, source int, made func() func([]string) string, why diag.Text) Field {
	f := Field{Shape: "number", Why: why, sources: []int{source}, made: made}
	f.Column, f.Title, f.Type, f.Measure = name, name, schema.Integer, "flow"
	return f
}

func (d *Draft) fieldLike(header *regexp.Regexp) *Field {
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Shape == "number" && header.MatchString(f.Title) && f.Measure != "ratio" {
			return f
		}
	}
	return nil
}

// basket is one definition.
type basket struct{ id, title, denominator, formula, definition string }

// baskets are the definitions that the table allows: both, or none.
func (d *Draft) baskets() (amount *Field, list []basket) {
	amount, buyers, orders := d.fieldLike(paidHeader), d.fieldLike(buyersHeader), d.fieldLike(ordersHeader)
	if !d.plain || amount == nil || buyers == nil || orders == nil {
		return nil, nil
	}
	return amount, []basket{
		{"spend_per_buyer", "客单价（按买家）", buyers.Name, amount.Title + " ÷ " + buyers.Title, "每个买家平均花多少。同一买家在同一行的时间里买几次，也只算一个人。"},
		{"spend_per_order", "客单价（按订单）", orders.Name, amount.Title + " ÷ " + orders.Title, "每个订单平均多少钱，也叫笔单价。一个买家下几单算几单。"},
	}
}

// basketText puts the two side by side in the chapter.
func (d *Draft) basketText() string {
	_, list := d.baskets()
	if list == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n## 客单价的两种算法\n\n“客单价”有人按买家算，有人按订单算，两个数不能混着比。和别家对照之前，先问清对方用的是哪一种；运费、退款算不算在内，也要问。\n")
	for _, k := range list {
		fmt.Fprintf(&b, "\n![%s](chart:%s/%s)\n", k.title, d.Dataset, k.id)
	}
	return b.String()
}

// writeBaskets adds the two definitions to the catalogue of indicators, unless
// they are there.
func (d *Draft) writeBaskets(site string) (bool, error) {
	const file = "data/indicators.toml"
	amount, list := d.baskets()
	src, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(file)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) || list == nil || strings.Contains(string(src), fmt.Sprintf("id = %s\ndataset = %s\n", quote(list[0].id), quote(d.Dataset))) {
		return false, nil // an unreadable catalogue is said by check
	}
	var b strings.Builder
	b.Write(src)
	for _, k := range list {
		fmt.Fprintf(&b, "\n[[indicator]]\nid = %s\ndataset = %s\ntitle = %s\nunit = \"元\"\nkind = \"ratio\"\nnumerator = %s\ndenominator = %s\ndecimals = 1\ndefinition = %s\nformula = %s\n",
			quote(k.id), quote(d.Dataset), quote(k.title), quote(amount.Name), quote(k.denominator), quote(k.definition), quote(k.formula))
	}
	return true, writeFile(site, file, strings.TrimLeft(b.String(), "\n"))
}
