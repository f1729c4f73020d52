package build

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/client"
	"benchbook/internal/client/report"
)

// Found is a report that stands in a client's folder.
type Found struct {
	Data report.Data
	Base string        // its files without their endings: OUT/tea/month/2026-06
	Now  client.Stage  // the state of its numbers
	Then *client.Stage // the step that no longer holds, since they have changed
}

// Reports are the reports in a client's folder, by cadence and period. A folder
// that is not there has none.
func Reports(out string, c *client.Client) ([]Found, error) {
	var all []Found
	for _, cadence := range client.Cadences {
		dir := filepath.Join(out, c.Slug, string(cadence))
		entries, err := os.ReadDir(dir) // by name, and so by time
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			label, ok := strings.CutSuffix(e.Name(), ".json")
			if !ok {
				continue
			}
			f := Found{Base: filepath.Join(dir, label)}
			if err := readReport(filepath.Join(dir, e.Name()), &f.Data); err != nil {
				return nil, err
			}
			f.Now, f.Then = c.StageOf(f.Data.Period, f.Data.Sum)
			all = append(all, f)
		}
	}
	return all, nil
}

func readReport(name string, d *report.Data) error {
	src, err := os.ReadFile(name)
	if err == nil {
		err = report.Parse(src, d)
	}
	if err != nil {
		return errors.Join(errors.New(name), err)
	}
	return nil
}

// Last is the last report of a cadence up to a day.
func Last(all []Found, cadence client.Cadence, asOf client.Day) (Found, bool) {
	until := client.Last(cadence, asOf).Label()
	for _, f := range slices.Backward(all) {
		if f.Data.Report == string(cadence) && f.Data.Period <= until {
			return f, true
		}
	}
	return Found{}, false
}
