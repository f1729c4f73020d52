package intake

import "strings"

// surveyMonkey has two rows of header: the question over its first column, then
// Response, Open-Ended Response, the option or the row. Its cells are texts or codes.
var surveyMonkey = platform{
	name: "surveymonkey", rows: 2,
	is: func(header []string) bool {
		return has(header, "Respondent ID", "Collector ID", "Start Date", "End Date", "Date Created", "Date Modified") >= 3
	},
	lead: leads(map[string]lead{
		"respondent id|respondentid": runningNumber, "collector id|collectorid": bookkeeping, "start date|startdate": startedAt, "date created": startedAt,
		"end date|enddate|date modified": submittedAt, "ip address": address, "email address|first name|last name": nickname, "custom data 1|custom data": referrer,
	}),
	head: func(cells []string) (heading, bool) {
		question, answer := cells[0], cells[len(cells)-1]
		h := heading{key: question, title: question, part: answer, header: question}
		switch strings.ToLower(answer) {
		case "response", "open-ended response", "":
			h.part = ""
		default:
			h.header = question + "：" + answer
		}
		return h, question != ""
	},
}
