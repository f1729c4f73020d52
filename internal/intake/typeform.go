package intake

// typeform has one column a question; a multiple choice has one column an
// option, whose header is the option and whose cells repeat it.
var typeform = platform{
	name: "typeform",
	is: func(header []string) bool {
		return has(header, "#", "Network ID", "Start Date (UTC)", "Submit Date (UTC)", "Stage Date (UTC)", "Response Type", "Tags") >= 3
	},
	lead: leads(map[string]lead{
		"#|network id|tags|ending|stage date (utc)|response type": bookkeeping, "start date (utc)": startedAt, "submit date (utc)": submittedAt, "score": scored,
	}),
	head: func(cells []string) (heading, bool) { return separated(cells[0], ":", "：", " - ") },
}
