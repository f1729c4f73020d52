package reference

import (
	"math"
	"strings"

	"benchbook/internal/stat"
)

func primarySuppression(in *input) (any, error) {
	value, contributor := in.numbers("value"), in.optionalTexts("contributor")
	var parts [][]string
	for _, name := range in.roles["cells"] {
		parts = append(parts, in.column(name))
	}
	if len(parts) == 0 {
		in.fail("role %q names no column", "cells")
	}
	rows := make([]stat.Contribution, 0, len(value))
	for i, v := range value {
		names := make([]string, len(parts))
		for k := range parts {
			names[k] = parts[k][i]
		}
		row := stat.Contribution{Cell: strings.Join(names, "|"), Value: v}
		if contributor != nil {
			row.Contributor = contributor[i]
		}
		rows = append(rows, row)
	}
	rules := stat.SensitivityRules{MinN: int(in.numberOr("min_n", 0)), DomN: int(in.numberOr("dom_n", 0)),
		DomK: in.numberOr("dom_k", 100), PPercent: in.numberOr("p_percent", math.NaN())}
	cells, err := stat.PrimarySuppression(rows, rules)
	out := object{}
	for cell, s := range cells {
		out[cell] = object{"n": s.N, "total": num(s.Total), "top1_share": num(s.Top1Share), "reasons": s.Reasons,
			"suppress": len(s.Reasons) > 0, "protect_up": num(s.ProtectUp)}
	}
	return out, err
}

// tableCells reads the cells of a table; roles that aren't named are 0.
func tableCells(in *input) []stat.TableCell {
	id, value := in.texts("id"), in.numbers("value")
	flag := func(role string) []bool {
		if !in.has(role) {
			return make([]bool, len(id))
		}
		set, _ := in.flags(role)
		return set
	}
	suppressed, primary, may := flag("suppressed"), flag("primary"), flag("may_suppress")
	protect := in.optional("protect")
	cells := make([]stat.TableCell, len(id))
	for i := range id {
		cells[i] = stat.TableCell{ID: id[i], Value: value[i], Suppressed: suppressed[i], Primary: primary[i], MaySuppress: may[i]}
		if protect != nil {
			cells[i].Protect = protect[i]
		}
	}
	return cells
}

func relations(in *input) []stat.Relation {
	var given []struct {
		Total string   `json:"total"`
		Parts []string `json:"parts"`
	}
	in.decode("relations", &given)
	out := make([]stat.Relation, len(given))
	for i, r := range given {
		out[i] = stat.Relation{Total: r.Total, Parts: r.Parts}
	}
	return out
}

func suppressionAudit(in *input) (any, error) {
	bounds, err := stat.AuditSuppression(tableCells(in), relations(in))
	cells := object{}
	for _, b := range bounds {
		cells[b.ID] = object{"min": num(b.Min), "max": num(b.Max), "exact": b.Exact, "protected": b.Protected}
	}
	return object{"cells": cells}, err
}

func suppressionChoose(in *input) (any, error) {
	ids, err := stat.ChooseSuppression(tableCells(in), relations(in))
	return object{"suppressed": ids}, err
}

func roundPercent(in *input) (any, error) {
	counts := in.numbers("count")
	p, err := stat.RoundPercent(counts, in.whole("digits"))
	if p.Units == nil {
		return object{"units": make([]any, len(counts))}, err
	}
	return object{"units": p.Units, "independent_units": p.Independent}, err
}
