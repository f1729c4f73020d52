package client

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"

	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/schema"
	"benchbook/internal/stat"
)

// The shape of client.toml.
type fileTOML struct {
	Name        string   `toml:"name"`
	Slug        string   `toml:"slug"`
	Industry    string   `toml:"industry"`
	Contributor string   `toml:"contributor"`
	Logo        string   `toml:"logo"`
	Accent      string   `toml:"accent"`
	AccentDark  string   `toml:"accent_dark"`
	Publisher   []string `toml:"publisher"`
	WhiteLabel  bool     `toml:"white_label"`
	Recipients  []string `toml:"recipients"`
	Cadences    []string `toml:"cadences"`
	Received    string   `toml:"received"`
	Sealed      bool     `toml:"sealed"`
	Contract    struct {
		From  config.Date `toml:"from"`
		Until config.Date `toml:"until"`
		Floor *int        `toml:"floor"`
		Basis string      `toml:"basis"`
	} `toml:"contract"`
	KPI   []kpiTOML `toml:"kpi"`
	Stage []struct {
		Report string      `toml:"report"`
		State  string      `toml:"state"`
		By     string      `toml:"by"`
		On     config.Date `toml:"on"`
		Sum    string      `toml:"sum"`
	} `toml:"stage"`
}

type kpiTOML struct {
	ID          string   `toml:"id"`
	Title       string   `toml:"title"`
	Unit        string   `toml:"unit"`
	Field       string   `toml:"field"`
	Over        string   `toml:"over"`
	Numerator   string   `toml:"numerator"`
	Denominator string   `toml:"denominator"`
	Better      string   `toml:"better"`
	Decimals    *int     `toml:"decimals"`
	Benchmark   string   `toml:"benchmark"`
	Traffic     string   `toml:"traffic"`
	Target      *float64 `toml:"target"`
	Lines       rawLines `toml:"lines"`
	Bonus       *struct {
		Per float64 `toml:"per"`
		Cap float64 `toml:"cap"`
	} `toml:"bonus"`
	Months []struct {
		Month     string  `toml:"month"`
		Committed int     `toml:"committed"`
		Rate      float64 `toml:"rate"`
	} `toml:"month"`
}

type loader struct {
	raw    fileTOML
	client *Client
	source *config.Source
	list   *diag.List
	ok     bool
}

// Load reads one client.toml, named relative to the site. Everything wrong goes
// to the list; ok is false when something was an error.
func Load(file string, src []byte, d *schema.Dictionary, trade *Trade, l *diag.List) (*Client, bool) {
	r := loader{list: l, client: &Client{Slug: path.Base(path.Dir(file)), Dictionary: d, Pos: diag.At(file, 1, 1)}}
	r.source, r.ok = config.Decode(file, src, &r.raw, l)
	if !r.ok {
		return r.client, false
	}
	r.identity()
	r.brand()
	r.cadences()
	r.contract()
	for i := range r.raw.KPI {
		r.kpi(i, trade)
	}
	r.stages()
	return r.client, r.ok
}

func (r *loader) fail(code string, message, hint diag.Text, at ...any) {
	r.ok = false
	pos, width := r.source.Value(at...)
	r.list.Add(diag.Diagnostic{Code: code, Pos: pos, Width: width, Message: message, Hint: hint})
}

// SlugForm is what a client's folder may be called, since it becomes an address.
var SlugForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

func (r *loader) identity() {
	c, raw := r.client, &r.raw
	c.Name, c.Industry, c.Contributor, c.Logo = raw.Name, raw.Industry, raw.Contributor, raw.Logo
	c.Publisher, c.WhiteLabel, c.Recipients, c.Received = raw.Publisher, raw.WhiteLabel, raw.Recipients, raw.Received
	c.Sealed = raw.Sealed
	if c.Name == "" {
		r.fail("client.name", diag.T("客户没有名字", "the client has no name"), diag.T("加一行 name = \"…\"", "add a line name = \"…\""), "name")
	}
	if raw.Slug != "" && raw.Slug != c.Slug {
		r.fail("client.slug", diag.T("slug %q 与文件夹名 %q 不同", "slug %q is not the folder's name %q", raw.Slug, c.Slug),
			diag.T("改成一样，或删掉这一行", "make them equal, or drop the line"), "slug")
	}
	if d := r.client.Dictionary; d.Period == "" {
		r.fail("client.data", diag.T("数据字典没有 period：不知道一行是哪一天", "the data dictionary has no period: no row has a day"),
			diag.T("在 dataset.toml 里写 period = \"日期字段\"", "write period = \"FIELD\" in dataset.toml"))
	}
	if c.Received != "" {
		r.field(c.Received, "received")
	}
	if c.Logo != "" && (path.Base(c.Logo) != c.Logo || !slices.Contains([]string{".svg", ".png", ".jpg"}, path.Ext(c.Logo))) {
		r.fail("client.logo", diag.T("标志 %q 要是客户文件夹里的 svg、png 或 jpg 文件", "logo %q is no svg, png or jpg in the client's folder", c.Logo), diag.Text{}, "logo")
	}
}

func (r *loader) brand() {
	accent, key := r.raw.Accent, "accent"
	if accent == "" {
		accent = defaultAccent
	}
	if r.raw.AccentDark != "" && colourForm.MatchString(accent) {
		key = "accent_dark"
	}
	brand, problem, ok := NewBrand(accent, r.raw.AccentDark)
	if !ok {
		r.fail("client.accent", problem, diag.T("换一个深一些的颜色；深色页面可以另写 accent_dark", "use a darker colour; dark pages may have their own with accent_dark"), key)
	}
	r.client.Brand = brand
}

func (r *loader) cadences() {
	names := []string{}
	for _, c := range Cadences {
		names = append(names, string(c))
	}
	for i, name := range r.raw.Cadences {
		if !slices.Contains(names, name) {
			r.fail("client.cadence", diag.T("没有周期 %q", "there is no cadence %q", name), diag.DidYouMean(name, names), "cadences", i)
			continue
		}
		r.client.Cadences = append(r.client.Cadences, Cadence(name))
	}
	if len(r.raw.Cadences) == 0 {
		r.client.Cadences = []Cadence{Monthly}
	}
}

// defaultFloor is the share of a forecast that counts as kept (高海波: 乙方不低于八成).
const defaultFloor = 80

func (r *loader) contract() {
	raw, c := &r.raw.Contract, &r.client.Contract
	c.Floor = defaultFloor
	if raw.Floor != nil {
		c.Floor = int64(*raw.Floor)
	}
	if c.Floor < 1 || c.Floor > 100 {
		r.fail("client.floor", diag.T("下限 %d 不是 1 到 100 的百分数", "the floor %d is no percentage from 1 to 100", int(c.Floor)), diag.Text{}, "contract", "floor")
	}
	c.Basis = stat.Basis(raw.Basis)
	plans := slices.ContainsFunc(r.raw.KPI, func(k kpiTOML) bool { return len(k.Months) > 0 })
	if plans && c.Basis != stat.Monthly && c.Basis != stat.Cumulative {
		r.fail("client.basis", diag.T("有预测表，却没写明按月（monthly）还是累计（cumulative）考核", "there is a forecast, and basis says neither monthly nor cumulative"),
			diag.T("两种算法结果不同，合同要写明一种", "the two give different answers; the contract has to name one"), "contract", "basis")
	}
	if raw.From != "" {
		c.From, _ = ParseDay(string(raw.From))
	}
	if raw.Until != "" {
		c.Until, _ = ParseDay(string(raw.Until))
	}
	if c.Until != 0 && c.Until < c.From {
		r.fail("client.contract", diag.T("合同的 until 早于 from", "the contract's until is before its from"), diag.Text{}, "contract", "until")
	}
}

// hundredths reads a number with at most two digits after the point, exactly.
func hundredths(x float64) (int64, bool) {
	v := math.Round(x * 100)
	return int64(v), math.Abs(x*100-v) < 1e-6 && math.Abs(v) < 1e12
}

func describe(i int, id string) string { return fmt.Sprintf("%d（%s）", i+1, id) }
