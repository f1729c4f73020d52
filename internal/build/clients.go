package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"benchbook/internal/client"
	"benchbook/internal/client/report"
	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/leak"
	"benchbook/internal/output"
	"benchbook/internal/page"
	"benchbook/internal/release"
	"benchbook/internal/schema"
	"benchbook/internal/site"
	"benchbook/internal/theme"
	"benchbook/templates"

	"golang.org/x/sync/errgroup"
)

// ClientOptions say which reports to make.
type ClientOptions struct {
	Names    []string       // slugs; none = every client
	Cadence  client.Cadence // "" = those of each client's client.toml
	AsOf     client.Day     // what was known by the end of this day
	Drop     string         // label of a report to take out of the folders; nothing else is made then
	Jobs     int            // clients at once
	Out      string         // folder that holds a folder for each client
	Progress func(stage diag.Text, done, total int)
}

// ClientOutcome is what became of one client.
type ClientOutcome struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Outcome string `json:"outcome"` // written, unchanged, failed
	Reports int    `json:"reports"`
	Bad     int    `json:"attention"` // KPIs that want attention, in all reports
	Why     string `json:"why,omitempty"`
}

// clientJob is one client on its way.
type clientJob struct {
	folder string // data/clients/SLUG
	client *client.Client
	list   diag.List
	fatal  error
}

func (j *clientJob) broken() bool { return j.fatal != nil || j.list.HasErrors() }

// Clients makes the reports of clients. One that is broken is told in its
// outcome and does not stop the others; its folder stays as it was. The error is
// one of the world; findings about the site itself, without which no report can
// be made, are in the list, and then there are no outcomes.
func Clients(ctx context.Context, s *site.Site, opt ClientOptions, l *diag.List) ([]ClientOutcome, error) {
	b := &run{ctx: ctx, site: s, list: l, opt: Options{Progress: opt.Progress}}
	if b.opt.Progress == nil {
		b.opt.Progress = func(diag.Text, int, int) {}
	}
	if err := b.load(); err != nil || l.HasErrors() {
		return nil, err
	}
	jobs, err := b.clientJobs(opt.Names)
	if err != nil || len(jobs) == 0 {
		return nil, err
	}
	studio, err := b.studio(opt, jobs)
	if err != nil || studio == nil {
		return nil, err
	}
	outcomes := make([]ClientOutcome, len(jobs))
	group := errgroup.Group{}
	group.SetLimit(max(opt.Jobs, 1))
	var mu sync.Mutex
	done := 0
	for i, j := range jobs {
		group.Go(func() error {
			outcomes[i] = studio.serve(j)
			mu.Lock()
			defer mu.Unlock()
			done++
			b.opt.Progress(diag.T("客户报表", "client reports"), done, len(jobs))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, j := range jobs {
		for _, d := range j.list.Sorted() {
			l.Add(d)
		}
	}
	return outcomes, ctx.Err()
}

// LoadClients reads every client.toml without making anything, for listing.
func LoadClients(ctx context.Context, s *site.Site, names []string, l *diag.List) ([]*client.Client, error) {
	b := &run{ctx: ctx, site: s, list: l, opt: Options{Progress: func(diag.Text, int, int) {}}}
	jobs, err := b.clientJobs(names)
	var out []*client.Client
	for _, j := range jobs {
		for _, d := range j.list.Sorted() {
			l.Add(d)
		}
		if j.fatal != nil {
			return out, j.fatal
		}
		out = append(out, j.client)
	}
	return out, err
}

// ErrNoClient means that a name on the command line is no client's.
type ErrNoClient struct {
	Name  string
	Known []string
}

func (e *ErrNoClient) Error() string { return fmt.Sprintf("there is no client %q", e.Name) }

// clientJobs loads the clients that are asked for, in the order of their names.
func (b *run) clientJobs(names []string) ([]*clientJob, error) {
	entries, err := os.ReadDir(filepath.Join(b.site.Dir, filepath.FromSlash(client.Folder)))
	if errors.Is(err, fs.ErrNotExist) {
		entries, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines, err := b.optional(path.Join(client.Folder, "lines.toml"))
	if err != nil {
		return nil, err
	}
	trade, ok := client.LoadTrade(path.Join(client.Folder, "lines.toml"), lines, b.list)
	if !ok {
		return nil, nil
	}
	var known []string
	for _, e := range entries {
		if (e.IsDir() || e.Type()&fs.ModeSymlink != 0) && e.Name() != "generate" && !strings.HasPrefix(e.Name(), ".") {
			known = append(known, e.Name())
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, &ErrNoClient{name, known}
		}
	}
	var jobs []*clientJob
	for _, name := range known {
		if len(names) == 0 || slices.Contains(names, name) {
			j := &clientJob{folder: path.Join(client.Folder, name), client: &client.Client{Slug: name}}
			j.fatal = b.loadClient(j, trade)
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

// loadClient reads client.toml and dataset.toml of one client.
func (b *run) loadClient(j *clientJob, trade *client.Trade) error {
	file, data := path.Join(j.folder, "client.toml"), path.Join(j.folder, "dataset.toml")
	if err := b.plainFolder(j); err != nil || j.list.HasErrors() {
		return err
	}
	src, err := b.site.Read(file)
	if err != nil {
		return err
	}
	dictionary, err := b.site.Read(data)
	if errors.Is(err, fs.ErrNotExist) {
		j.list.Errorf("client.data", diag.At(file, 1, 1), diag.T("客户文件夹里没有 dataset.toml", "there is no dataset.toml in the client's folder"))
		return nil
	}
	if err != nil {
		return err
	}
	d, ok := schema.Load(data, dictionary, &j.list)
	if !ok {
		return nil
	}
	j.client, _ = client.Load(file, src, d, trade, &j.list)
	return nil
}

// plainFolder refuses names that cannot be addresses, and links, which could
// lead into another client's folder.
func (b *run) plainFolder(j *clientJob) error {
	pos := diag.At(path.Join(j.folder, "client.toml"), 1, 1)
	if !client.SlugForm.MatchString(path.Base(j.folder)) || output.CheckPath(path.Base(j.folder)) != nil {
		j.list.Errorf("client.slug", pos, diag.T("文件夹名 %q 不能作为地址：只用小写字母、数字和连字符", "folder name %q cannot be an address: lower-case letters, digits and hyphens only", path.Base(j.folder)))
		return nil
	}
	root := filepath.Join(b.site.Dir, filepath.FromSlash(j.folder))
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type()&fs.ModeSymlink != 0 {
			j.list.Errorf("client.link", pos, diag.T("%s 是链接", "%s is a link", d.Name()))
		}
		return err
	})
}

// studio is what all reports share: theme, industry, procedures. Nothing in it
// is a client's, but for the names that no other client's folder may hold.
type studio struct {
	run        *run
	opt        ClientOptions
	theme      *theme.Theme
	assets     []theme.Asset
	peers      *peers
	procedures []report.Procedure
	names      *leak.Scanner
	known      map[string]string // names by slug
}

func (b *run) studio(opt ClientOptions, jobs []*clientJob) (*studio, error) {
	s := &studio{run: b, opt: opt, names: leak.New(), known: map[string]string{}, procedures: procedures(b.documents)}
	var err error
	if s.theme, err = theme.Load(os.DirFS(filepath.Join(b.site.Dir, "templates")), templates.Files); err != nil {
		return nil, err
	}
	s.theme.Check(models(), b.list)
	for _, a := range s.theme.Assets() {
		if strings.HasPrefix(a.Path, "assets/style.") || strings.HasPrefix(a.Path, clientAssets) && !strings.HasPrefix(a.Path, boardAsset) {
			s.assets = append(s.assets, a)
		}
	}
	for _, j := range jobs {
		for i, k := range j.client.KPIs {
			if k.Benchmark[1] != "" {
				b.catalogue.Need(strings.Join(k.Benchmark[:], "/"), j.client.KPIPos(i), &j.list)
			}
		}
		s.names.Add(leak.Contributor, j.client.Slug, j.client.Name)
		s.known[j.client.Slug] = j.client.Name
	}
	b.demand()
	tables, err := b.compute()
	if err != nil || b.list.HasErrors() {
		return nil, err
	}
	memory, err := b.site.Released(b.list)
	if err != nil {
		return nil, err
	}
	s.peers, err = b.newPeers(release.Release(rules(b.site.Settings, memory.Told()), tables), jobs)
	return s, err
}

// models are what all layouts read, those of the site and those of clients.
func models() map[string]any {
	all := page.Models()
	all["client-report"], all["client-index"], all["client-card"], all["client-board"] = report.Model{}, report.Index{}, report.Face{}, report.Board{}
	return all
}

// procedures are the SOPs that name benchmarks they move.
func procedures(documents []*document.Document) (out []report.Procedure) {
	for _, d := range documents {
		p := report.Procedure{Title: d.Front.Title, Purpose: d.Front.Purpose, Time: d.Front.Time}
		for _, b := range d.Front.Benchmarks {
			ref, _, _ := strings.Cut(strings.TrimPrefix(b.Ref, "stat:"), "?")
			if dataset, indicator, ok := strings.Cut(ref, "/"); ok {
				p.Benchmarks = append(p.Benchmarks, [2]string{dataset, indicator})
			}
		}
		if len(p.Benchmarks) > 0 && p.Purpose != "" {
			out = append(out, p)
		}
	}
	return out
}
