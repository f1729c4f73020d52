package page

import "html/template"

// KPIList is layout "kpis": the catalogue of KPIs and the profiles.
type KPIList struct {
	Common
	Frameworks []FrameworkNote
	Profiles   []ProfileGroup
}

// FrameworkNote is one framework with its families. Count is what the list comes
// to; Quote is what its author said, which need not be the same number.
type FrameworkNote struct {
	Title, Source, Summary, Quote string
	Count                         int
	Families                      []FamilyNote
}

// FamilyNote is a family with its KPIs.
type FamilyNote struct {
	ID, Title, Summary string
	Rows               []KPIRow
}

// KPIRow is a KPI in a table.
type KPIRow struct {
	Link
	Formula, Unit, Better, Measure, Owner string
	Benchmark                             string // 「中位数 14.1%」, or 「—」
	Note                                  string
	Sample                                bool
}

// ProfileGroup is the profiles of one axis: 按阶段, 按目的 …
type ProfileGroup struct {
	Axis  string
	Cards []ProfileCard
}

// ProfileCard announces a profile.
type ProfileCard struct {
	Link
	When  string
	Count int
}

// KPIPage is layout "kpi": one KPI.
type KPIPage struct {
	Common
	Family     string
	Lead       string
	Facts      []Row
	Counts     []string
	Excludes   []string
	Mistakes   []string
	Notes      []KPINote
	History    []Row // definitions over time
	Related    []Row
	Benchmark  *KPIBenchmark
	Drawing    template.HTML // the figure that draws the benchmark, "" = none
	Scales     []ScaleNote
	ScaleNotes []string
	SOPs       []SOPCard
	Profiles   []Link
}

// KPINote is a caution with who gave it.
type KPINote struct{ Text, By string }

// KPIBenchmark is a KPI's released numbers, by segment.
type KPIBenchmark struct {
	Title, Note string
	Columns     []string
	Rows        [][]string
	Figure      *Link
}

// ScaleNote is the lines of a KPI as they hold for somebody.
type ScaleNote struct {
	Who    string
	Rows   []ScaleRow
	Unset  []string
	Source []string
}

// ScaleRow is one stretch of a scale.
type ScaleRow struct {
	Name, Range, Level string
	Gap                bool
}

// ProfilePage is layout "profile": a choice of KPIs for a situation.
type ProfilePage struct {
	Common
	Lead, Source, Rule string
	Brief              bool
	ByMonth            bool
	Stages             []StageNote
	Form               Download // the form as CSV
}

// StageNote is the KPIs of a profile for a while.
type StageNote struct {
	Title, Months, Leave, Owner string
	Rows                        []KPIRow
}

// Toolbox is layout "tools": forecasts, paybacks and selectors.
type Toolbox struct {
	Common
	Groups []ToolGroup
}

// ToolGroup is one kind of tool.
type ToolGroup struct {
	Title string
	Cards []ToolCard
}

// ToolCard announces one.
type ToolCard struct {
	Link
	Summary string
}

// Worksheet is a reckoning (forecast, payback) as a page shows it.
type Worksheet struct {
	ID, Title, Summary, Source string
	Sample                     bool
	Rows                       []Row // what it comes to, first the verdict
	Columns                    []WorksheetColumn
	Lines                      [][]string
	Drawing                    template.HTML
	Notes                      []string
	Download                   Download // "" = numbers too large for a spreadsheet
}

// WorksheetColumn is the head of a column.
type WorksheetColumn struct {
	Title   string
	Numeric bool
}

// Selector is a decision table with its questions, on layout "decision".
type Selector struct {
	ID, Title, Source, Summary, Note string
	Questions                        []SelectorQuestion
	Rules                            []SelectorRule
	Results                          []SelectorResult
}

// SelectorQuestion is one question with its answers.
type SelectorQuestion struct {
	ID, Text, Help string
	Options        []SelectorOption
}

// SelectorOption is one answer.
type SelectorOption struct{ ID, Text string }

// SelectorRule is a row of the table. When is read by the page's script:
// "freq=high;price=high|low".
type SelectorRule struct {
	When   string
	Words  []string
	Result SelectorTarget
	Note   string
}

// SelectorTarget names a result.
type SelectorTarget struct {
	ID, Title string
	None      bool
}

// SelectorResult is where the answers lead: words, pages, numbers.
type SelectorResult struct {
	SelectorTarget
	Text    string
	Links   []Link
	Figures []SOPBenchmark
}

// Decision is layout "decision": an article with selectors, which alone carry a script.
type Decision struct {
	Article
	Selectors []Selector
	Vendors   []VendorCard // of a folder of vendors, on the page that opens it
}

// VendorCard is an entry of the vendor handbook.
type VendorCard struct {
	Link
	Origin    string
	Rows      []Row
	Fills     []string
	Companies []string
	Sponsored bool
}
