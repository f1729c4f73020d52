package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"benchbook/internal/client"
	"benchbook/internal/client/report"
	"benchbook/internal/diag"
	"benchbook/internal/output"
	"benchbook/internal/site"
	"benchbook/internal/theme"
	"benchbook/templates"
)

// BoardOptions say what the board is about.
type BoardOptions struct {
	Out     string            // folder of the clients' folders, as ClientOptions has it
	Board   string            // folder of the board: none of the clients' and not in Out
	AsOf    client.Day        // reports of later periods are left out
	Cadence client.Cadence    // "" = of each client the monthly report, or else its longest
	Failed  map[string]string // why a client's report could not be made just now
}

// Board writes the agency's board from the reports that stand in the clients'
// folders, and gives it back. Clients without any are on it, with the reason.
func Board(ctx context.Context, s *site.Site, opt BoardOptions) (*report.Board, error) {
	b := &run{ctx: ctx, site: s, list: &diag.List{}, opt: Options{Progress: func(diag.Text, int, int) {}}}
	jobs, err := b.clientJobs(nil)
	if err != nil {
		return nil, err
	}
	entries := make([]report.Entry, 0, len(jobs))
	for _, j := range jobs {
		e, err := entry(j, opt)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	there, err := filepath.Rel(opt.Board, opt.Out)
	if err != nil { // on another drive
		there = opt.Out
	}
	board := report.ComposeBoard(entries, opt.AsOf, opt.Cadence, func(slug string) string { return filepath.ToSlash(there) + "/" + slug })
	board.Generator = Generator
	return board, b.writeBoard(board, opt.Board)
}

// entry reads what stands in one client's folder.
func entry(j *clientJob, opt BoardOptions) (report.Entry, error) {
	c := j.client
	e := report.Entry{Slug: c.Slug, Name: c.Name, Industry: c.Industry, Failed: opt.Failed[c.Slug]}
	if j.broken() && e.Failed == "" {
		e.Failed = why(j)
	}
	all, err := Reports(opt.Out, c)
	if err != nil {
		return e, err
	}
	for _, cadence := range client.Cadences {
		if f, found := Last(all, cadence, opt.AsOf); found {
			f.Data.State = string(f.Now.State)
			e.Latest = append(e.Latest, f.Data)
		}
	}
	e.Late = late(c, e.Latest, opt.AsOf)
	return e, nil
}

// late are the reports that should have gone out by a day and are not released,
// the last of each cadence.
func late(c *client.Client, latest []report.Data, asOf client.Day) (out []client.Period) {
	for _, cadence := range c.Cadences {
		p := client.Last(cadence, asOf)
		if p.Due() > asOf {
			p = p.Previous()
		}
		sum := ""
		for _, d := range latest {
			if d.Period == p.Label() {
				sum = d.Sum
			}
		}
		if now, _ := c.StageOf(p.Label(), sum); c.Owes(p) && now.State != client.Released {
			out = append(out, p)
		}
	}
	return out
}

// writeBoard puts the board's page, its table and its style sheets into a folder.
func (b *run) writeBoard(board *report.Board, dir string) error {
	t, err := theme.Load(os.DirFS(filepath.Join(b.site.Dir, "templates")), templates.Files)
	if err != nil {
		return err
	}
	s := studio{theme: t}
	page, err := s.render("client-board", board)
	if err != nil {
		return err
	}
	table, err := board.CSV()
	if err != nil {
		return err
	}
	folder, err := output.OpenFolder(dir)
	if err != nil {
		return err
	}
	files := map[string][]byte{"index.html": page, "clients.csv": table}
	for _, a := range t.Assets() {
		if strings.HasPrefix(a.Path, "assets/style.") || strings.HasPrefix(a.Path, boardAsset) {
			files[a.Path] = a.Bytes
		}
	}
	for name, data := range files {
		if err := folder.Write(name, data, client.Folder); err != nil {
			return errors.Join(err, folder.Abort())
		}
	}
	_, err = folder.Commit(Generator, Version)
	return err
}
