package intake

import (
	"regexp"
	"strings"
)

// qualtrics has three rows of header: the code, the text, and an import id.
var qualtrics = platform{
	name: "qualtrics", rows: 3,
	is: func(header []string) bool {
		return has(header, "StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId", "Duration (in seconds)") >= 4
	},
	lead: leads(map[string]lead{
		"responseid": runningNumber, "startdate": startedAt, "enddate": submittedAt, "recordeddate": bookkeeping, "duration (in seconds)": tookTime,
		"status": flagged, "finished": {name: "finished"}, "progress|userlanguage": bookkeeping, "distributionchannel": cameBy,
		"ipaddress|locationlatitude|locationlongitude": address, "recipientlastname|recipientfirstname|recipientemail": nickname, "externalreference": userID,
	}),
	head: func(cells []string) (heading, bool) {
		m := qualtricsCode.FindStringSubmatch(cells[0])
		if m == nil || len(cells) < 2 {
			return heading{}, false
		}
		h := heading{key: m[1], title: cells[1], header: cells[0], typed: m[3] != ""}
		if i := strings.LastIndex(cells[1], " - "); i > 0 && (m[2] != "" || h.typed) {
			h.title, h.part = strings.TrimSuffix(cells[1][:i], " - Selected Choice"), cells[1][i+3:]
		}
		h.title = strings.TrimSuffix(h.title, " - Selected Choice")
		if h.part == "" && m[2] != "" {
			h.part = m[2]
		}
		return h, true
	},
}

// qualtricsCode matches Q3, Q3_1 and Q3_4_TEXT.
var qualtricsCode = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9.]*?)(?:_(\d+))?(_TEXT)?$`)
