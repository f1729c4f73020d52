package client

import (
	"fmt"
	"slices"
	"strconv"

	"benchbook/internal/diag"
)

// Stage is one step of a report's release.
type Stage struct {
	Report string // label of its period: 2026-06
	State  State
	By     string
	On     Day
	Sum    string // of the numbers that were looked at; "" = whatever they are
}

// State of a report: it only climbs, and falls back to a draft when the numbers
// that were reviewed are no longer those of the report.
type State string

// The states in order.
const (
	Draft    State = "draft"
	Reviewed State = "reviewed"
	Released State = "released"
)

var order = []State{Draft, Reviewed, Released}

// Title is the state in words.
func (s State) Title() string {
	switch s {
	case Reviewed:
		return "已审阅"
	case Released:
		return "已发布"
	}
	return "草稿"
}

// StageOf is the last step of the report with a label whose numbers have this
// sum. A report that nobody has touched is a draft; so is one whose numbers have
// changed since, and then before is the step that no longer holds.
func (c *Client) StageOf(label, sum string) (now Stage, before *Stage) {
	last := c.Written(label)
	last.Report = label
	if last.Sum != "" && last.Sum != sum {
		return Stage{Report: label, State: Draft}, &last
	}
	return last, nil
}

// Written is the last step that client.toml has of a report, whatever its numbers are now.
func (c *Client) Written(label string) Stage {
	out := Stage{State: Draft}
	for _, s := range c.Stages {
		if s.Report == label {
			out = s
		}
	}
	return out
}

// TOML is the step as it is appended to client.toml.
func (s Stage) TOML() string {
	return fmt.Sprintf("\n[[stage]]\nreport = %q\nstate = %q\nby = %s\non = %s\nsum = %q\n", s.Report, string(s.State), strconv.Quote(s.By), s.On, s.Sum)
}

// Advance is the next step of a report; the problem says why there is none.
// A review of other numbers than those of the last step starts again.
func (c *Client) Advance(label string, to State, by string, on Day, sum string) (Stage, diag.Text, bool) {
	last := c.Written(label)
	next := Stage{Report: label, State: to, By: by, On: on, Sum: sum}
	stale := last.Sum != "" && last.Sum != sum
	switch {
	case to == Released && stale:
		return next, diag.T("审阅之后数字变了：先重新审阅", "the numbers have changed since the review: review them again first"), false
	case to == Released && last.State == Draft:
		return next, diag.T("还没有审阅：先 client review", "it has not been reviewed: client review comes first"), false
	case last.State == to && !stale:
		return next, diag.T("已经是「%[1]s」（%[2]s，%[3]s）", "it is %[4]s already (%[2]s, %[3]s)", to.Title(), last.By, last.On.String(), string(to)), false
	case to == Reviewed && last.State == Released && !stale:
		return next, diag.T("已经发布，数字没有变", "it is released, and its numbers have not changed"), false
	case on < last.On:
		return next, diag.T("日期 %s 早于上一步的 %s", "the day %s is before that of the last step, %s", on.String(), last.On.String()), false
	}
	return next, diag.Text{}, true
}

func (r *loader) stages() {
	for i, raw := range r.raw.Stage {
		s := Stage{Report: raw.Report, State: State(raw.State), By: raw.By, Sum: raw.Sum}
		rank := slices.Index(order, s.State)
		day, dated := ParseDay(string(raw.On))
		s.On = day
		before := r.client.Written(s.Report)
		again := s.State == Reviewed && s.Sum != "" && s.Sum != before.Sum // other numbers are reviewed anew
		switch {
		case rank < 0:
			r.fail("client.stage", diag.T("没有状态 %q", "there is no state %q", raw.State), diag.DidYouMean(raw.State, []string{"draft", "reviewed", "released"}), "stage", i, "state")
		case rank > 0 && (s.By == "" || !dated):
			r.fail("client.stage", diag.T("审阅和发布要写明谁（by）、哪天（on）", "a review or release says who (by) and when (on)"), diag.Text{}, "stage", i)
		case !again && (rank > slices.Index(order, before.State)+1 || rank < slices.Index(order, before.State)) || dated && s.On < before.On:
			r.fail("client.stage", diag.T("%s 的状态不能从 %s 到 %s：先审阅，再发布，日期不倒退", "%s cannot go from %s to %s: review first, then release, and no day goes back", s.Report, string(before.State), raw.State), diag.Text{}, "stage", i, "state")
		default:
			r.client.Stages = append(r.client.Stages, s)
		}
	}
}
