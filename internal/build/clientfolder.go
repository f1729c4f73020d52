package build

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"benchbook/internal/client"
	"benchbook/internal/client/report"
	"benchbook/internal/client/workbook"
	"benchbook/internal/diag"
	"benchbook/internal/output"
)

// clientAssets are the theme's files that only client reports load.
const clientAssets = "assets/client/"

// boardAsset is the one of them that only the agency's board loads.
const boardAsset = clientAssets + "board."

// folder is what one client's folder will hold.
type folder struct {
	files   map[string][]byte
	sources []string
	reports int
	bad     int
}

// serve makes one client's reports and puts them into its folder.
func (s *studio) serve(j *clientJob) ClientOutcome {
	out := ClientOutcome{Slug: j.client.Slug, Name: j.client.Name, Outcome: "failed"}
	if s.run.ctx.Err() != nil {
		j.fatal = s.run.ctx.Err()
	}
	if c := j.client; !j.broken() && c.Contributor != "" && !s.peers.knows(c) {
		j.list.Errorf("client.contributor", c.Pos, diag.T("基准数据里没有 %q：不剔除本企业，它就成了自己的同行", "the benchmark's data have no %q; left in, the client would be its own peer", c.Contributor))
	}
	var f *folder
	if !j.broken() {
		f, j.fatal = s.compose(j)
	}
	if !j.broken() {
		out.Outcome, j.fatal = s.store(j, f)
		out.Reports, out.Bad = f.reports, f.bad
	}
	if j.broken() {
		out.Outcome, out.Why = "failed", why(j)
	}
	return out
}

func why(j *clientJob) string {
	if j.fatal != nil {
		return j.fatal.Error()
	}
	for _, d := range j.list.Sorted() {
		if d.Severity == diag.Error {
			return fmt.Sprintf("%s  [%s]", d.Message.In("zh"), d.Code)
		}
	}
	return ""
}

// compose makes every file of a client in memory.
func (s *studio) compose(j *clientJob) (*folder, error) {
	c := j.client
	ledger, ok, err := client.ReadLedger(s.run.site.Dir, c, &j.list)
	if err != nil || !ok {
		return nil, err
	}
	f := &folder{files: map[string][]byte{}, sources: []string{j.folder + "/client.toml", j.folder + "/dataset.toml"}}
	o, err := s.brand(j, f)
	if err != nil {
		return nil, err
	}
	for _, cadence := range s.cadences(c) {
		if ledger.Monthly && (cadence == client.Daily || cadence == client.Weekly) {
			j.list.Warnf("client.cadence", c.Pos, diag.T("数据只到月，不出%s", "rows are months, so there is no report for a %[2]s", cadence.Title(), string(cadence)))
			continue
		}
		card := ledger.Score(c, cadence, s.opt.AsOf, s.peers.of)
		if err := report.Settle(card); err != nil {
			return nil, err
		}
		if err := s.page(f, card, ledger, o); err != nil {
			return nil, err
		}
	}
	if err := s.keep(c, f); err != nil {
		return nil, err
	}
	if err := s.index(c, f, o); err != nil {
		return nil, err
	}
	s.taint(j, f)
	return f, nil
}

func (s *studio) cadences(c *client.Client) []client.Cadence {
	if s.opt.Drop != "" {
		return nil
	}
	if s.opt.Cadence != "" {
		return []client.Cadence{s.opt.Cadence}
	}
	return c.Cadences
}

// brand puts the style sheets and the logo into the folder.
func (s *studio) brand(j *clientJob, f *folder) (report.Options, error) {
	for _, a := range s.assets {
		f.files[a.Path] = a.Bytes
	}
	sheet := j.client.Brand.Sheet()
	o := report.Options{Root: "../", BrandSheet: "assets/brand." + report.Digest(sheet) + ".css", Generator: Generator, Procedures: s.procedures}
	f.files[o.BrandSheet] = sheet
	if j.client.Logo == "" {
		return o, nil
	}
	picture, err := s.run.site.Read(path.Join(j.folder, j.client.Logo))
	if err != nil {
		return o, err
	}
	if problem, bad := client.CheckLogo(j.client.Logo, picture); bad {
		j.list.Errorf("client.logo", j.client.Pos, problem)
	}
	o.Logo = "assets/logo." + report.Digest(picture) + path.Ext(j.client.Logo)
	f.files[o.Logo] = picture
	return o, nil
}

// page renders one report in all the forms that stand beside each other.
func (s *studio) page(f *folder, card *client.Card, ledger *client.Ledger, o report.Options) error {
	label := card.Period.Label()
	name := path.Join(string(card.Period.Cadence), label)
	o.Downloads = []report.Download{
		{Title: "Excel", Href: label + ".xlsx", Note: "公式可以改，改了就重算"}, {Title: "文字", Href: label + ".txt", Note: "粘贴到聊天里"},
		{Title: "卡片", Href: label + ".card.html", Note: "一张图大小的摘要"}, {Title: "JSON", Href: label + ".json", Note: "给程序读的数"},
	}
	model, err := report.Compose(card, o)
	if err != nil {
		return err
	}
	if f.files[name+".html"], err = s.render("client-report", model); err != nil {
		return err
	}
	if f.files[name+".card.html"], err = s.render("client-card", report.ComposeFace(card, o)); err != nil {
		return err
	}
	if f.files[name+".json"], err = report.JSON(card); err != nil {
		return err
	}
	if f.files[name+".xlsx"], err = workbook.Make(card, ledger); err != nil {
		return err
	}
	f.files[name+".txt"] = report.Text(card)
	f.reports++
	f.bad += card.Bad()
	return nil
}

func (s *studio) render(layout string, model any) ([]byte, error) {
	var b bytes.Buffer
	err := s.theme.Execute(&b, layout, model)
	return b.Bytes(), err
}

// keep takes over the reports of earlier runs, and the assets that they load.
func (s *studio) keep(c *client.Client, f *folder) error {
	m, err := s.before(c)
	if err != nil {
		return err
	}
	var assets []string
	kept := bytes.Buffer{}
	for _, e := range m.Files {
		if _, fresh := f.files[e.Path]; fresh || e.Path == "index.html" || s.opt.Drop != "" && strings.HasPrefix(path.Base(e.Path), s.opt.Drop+".") {
			continue
		}
		if strings.HasPrefix(e.Path, "assets/") {
			assets = append(assets, e.Path)
			continue
		}
		data, err := os.ReadFile(s.path(c, e.Path))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		f.files[e.Path] = data
		kept.Write(data)
	}
	for _, name := range assets {
		if !bytes.Contains(kept.Bytes(), []byte(name)) {
			continue
		}
		if f.files[name], err = os.ReadFile(s.path(c, name)); err != nil {
			return err
		}
	}
	return nil
}

func (s *studio) path(c *client.Client, name string) string {
	return filepath.Join(s.opt.Out, c.Slug, filepath.FromSlash(name))
}

// before is the manifest of the client's folder as it stands; empty where there is none.
func (s *studio) before(c *client.Client) (m output.Manifest, err error) {
	src, err := os.ReadFile(s.path(c, output.ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		err = json.Unmarshal(src, &m)
	}
	return m, err
}

// index lists the client's reports, the latest first.
func (s *studio) index(c *client.Client, f *folder, o report.Options) error {
	found := map[string][]byte{}
	for name, data := range f.files {
		if base, ok := strings.CutSuffix(name, ".json"); ok {
			found[base] = data
		}
	}
	o.Root = ""
	model, err := report.ComposeIndex(c, found, o)
	if err != nil {
		return err
	}
	f.files["index.html"], err = s.render("client-index", model)
	return err
}

// taint looks for the names of other clients in what is about to be written.
func (s *studio) taint(j *clientJob, f *folder) {
	for name, data := range f.files {
		for _, found := range s.names.ScanTexts(name, data) {
			if found.From != j.client.Slug && !strings.Contains(j.client.Name, s.nameOf(found.From)) {
				j.list.Errorf("client.lost", j.client.Pos, diag.T("%s 里出现了另一个客户（%s）的名字", "%s holds the name of another client (%s)", name, found.From))
			}
		}
	}
}

// nameOf is the name of a client by its slug; "" matches nothing by accident.
func (s *studio) nameOf(slug string) string {
	if name, ok := s.known[slug]; ok && name != "" {
		return name
	}
	return slug
}

// store writes the folder where something in it changed.
func (s *studio) store(j *clientJob, f *folder) (string, error) {
	c := j.client
	memory := output.NewMemory()
	names := make([]string, 0, len(f.files))
	for name := range f.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := memory.Write(name, f.files[name], f.sources...); err != nil {
			return "failed", err
		}
	}
	before, err := s.before(c)
	if err != nil {
		return "failed", err
	}
	generator, version := Generator, Version
	if c.WhiteLabel {
		generator, version = "", ""
	}
	if len(output.Differences(before, memory.Manifest(generator, version))) == 0 && before.Generator == generator && s.whole(c, before) {
		return "unchanged", nil
	}
	target, err := output.OpenFolder(filepath.Join(s.opt.Out, c.Slug))
	if err != nil {
		return "failed", err
	}
	for _, name := range names {
		if err := target.Write(name, f.files[name], f.sources...); err != nil {
			return "failed", errors.Join(err, target.Abort())
		}
	}
	_, err = target.Commit(generator, version)
	return "written", err
}

// whole says whether the files that a manifest lists are there, with its bytes.
func (s *studio) whole(c *client.Client, m output.Manifest) bool {
	for _, e := range m.Files {
		data, err := os.ReadFile(s.path(c, e.Path))
		if err != nil || report.Sum(data) != e.SHA256 {
			return false
		}
	}
	return true
}
