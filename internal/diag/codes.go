package diag

import "slices"

// Code documents one stable finding code: `benchbook explain` prints it and
// the handbook lists it. Rooms keep theirs in codes_ROOM.go beside this file.
type Code struct {
	Code    string
	Summary Text // what is wrong
	Remedy  Text // what to do
}

// Codes is every code that benchbook can print, by name.
func Codes() []Code {
	all := slices.Concat(siteCodes, configCodes, datasetCodes, indicatorCodes, documentCodes, pageCodes, releaseCodes, themeCodes, publishCodes, clientCodes, tradeCodes)
	slices.SortFunc(all, func(a, b Code) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return all
}

// Explain finds a code's documentation.
func Explain(code string) (Code, bool) {
	for _, c := range Codes() {
		if c.Code == code {
			return c, true
		}
	}
	return Code{}, false
}
