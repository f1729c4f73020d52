package intake

import (
	"regexp"
	"strings"
)

// limeSurvey writes codes (Q3[SQ001]), texts (Question [Option]) or both
// ("Q3[SQ001]. Question [Option]") into its header.
var limeSurvey = platform{
	name: "limesurvey", yes: true,
	is: func(header []string) bool {
		n := 0
		for _, h := range header[:min(len(header), 12)] {
			if _, ok := limeLead(h); ok {
				n++
			}
		}
		return n >= 3
	},
	lead: limeLead,
	head: func(cells []string) (heading, bool) {
		m := limeHeader.FindStringSubmatch(cells[0])
		if m == nil {
			return separated(cells[0])
		}
		h := heading{key: m[1], title: m[1], part: m[2], typed: strings.HasSuffix(m[2], "comment")}
		if m[3] != "" {
			h.title = m[3]
			if question, part, ok := bracketedPart(m[3]); ok && m[2] != "" {
				h.title, h.part = question, part
			}
		}
		if strings.EqualFold(m[2], "other") {
			h.part = "Other"
		}
		return h, true
	},
}

var (
	limeHeader = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]{0,19})(?:\[([A-Za-z0-9_]+)\])?(?:\.\s*(.+))?$`)
	limeLeads  = leads(map[string]lead{
		"id|response id": runningNumber, "submitdate|date submitted": submittedAt, "lastpage|last page|startlanguage|start language|seed": bookkeeping,
		"startdate|date started": startedAt, "datestamp|date last action": bookkeeping, "ipaddr|ip address": address, "refurl|referrer url": referrer, "token": userID,
		"interviewtime|total time": tookTime,
	})
)

func limeLead(header string) (lead, bool) {
	if code, _, ok := strings.Cut(header, ". "); ok {
		header = code
	}
	return limeLeads(strings.Trim(header, `"`))
}
