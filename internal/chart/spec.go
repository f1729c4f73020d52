package chart

// State says how a value may be shown.
type State int

const (
	Shown      State = iota // drawn and printed
	Missing                 // there is no value: printed as 「—」
	Suppressed              // there is a value that must not be shown: hatched, with the note
	Hollow                  // shown, but from few answers: drawn as an outline
)

// Value is one datum as it was released.
type Value struct {
	Key            string  // the category (row, bin, point in time) the value belongs to
	X              float64 // position on a numeric horizontal axis; read by km only
	V              float64 // the value drawn; a share is a fraction (0.38); not read when Missing or Suppressed
	Lo, Hi         float64 // ends of the interval in the unit of V; NaN where there is none, one end may be open
	Text           string  // V as it is printed everywhere
	LoText, HiText string  // Lo and Hi as they are printed everywhere
	N              int     // base; 0 when it does not apply
	NText          string  // N as it is printed everywhere
	State          State
	Note           string // why it is missing or suppressed: 样本不足(n<5)
}

// Series is a run of values of one group. All series of a figure have the same keys in the same order, except in km.
type Series struct {
	Name      string
	Values    []Value
	Dashed    bool // estimate, forecast or redefined: dashed or hatched, not only another colour
	Highlight bool // coloured while the others are grey
	Colour    int  // 1 to 5 fixes the colour, so that a thing keeps it through a report; 0 takes the next
}

// Band is a stretch of the value axis, such as 「15%–25%：达标」.
type Band struct {
	Name                 string
	From, To             float64 // NaN at an end means that the band is open there
	FromText, ToText     string  // the ends as they are printed; an axis label is made when empty
	FromClosed, ToClosed bool    // whether the end itself belongs to the band
	Gap                  bool    // a stretch that the source leaves undefined: hatched
}

// Reference is a value drawn as a marked line, such as 「你的品牌 25%」.
type Reference struct {
	Name string
	V    float64
	Text string // V as printed
	OnX  bool   // V is a position on the horizontal axis; read by km only
}

// AtRisk is the row of counts under a survival curve: how many of a series were still observed at each time.
type AtRisk struct {
	Series string
	At     []Risk
}

// Risk is one count of an AtRisk row. Key is the time as printed, Text the count as printed.
type Risk struct {
	X         float64
	Key, Text string
}

// Spec is a figure before it is drawn.
type Spec struct {
	ID            string // letters, digits, - and _; every id in the drawing is made from it
	Kind          string // a name from Kinds
	Number        string // 图 2-3
	Finding       string // the title: a sentence that states what was found
	Subtitle      string // measure, base, period and unit
	Unit          string // unit of the values, as the table header shows it
	Percent       bool   // values are fractions and the axis shows percent
	Ordered       bool   // the categories have an order of their own; else they are sorted by value, 其他 last
	CategoryTitle string // header of the first column of the table
	Series        []Series
	Bands         []Band
	References    []Reference
	AtRisk        []AtRisk
	Notes         []string
	Base          string            // the base as printed: n=412
	Source        string            // who published the data, and when
	Sample        bool              // the data are made up for demonstration: marked 「示例数据」
	Attrs         map[string]string // attributes of the kind, by the names of its schema
}

// Width is the width a drawing is laid out for, in CSS pixels.
type Width int

// Text keeps its size in both: a column of about 650 px and a phone of 360 px show it at 12 px or more.
const (
	Wide   Width = 680
	Narrow Width = 340
)
