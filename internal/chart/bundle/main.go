// Bundle remakes the ECharts file of the built-in theme: only the series and components that package chart uses, with the
// SVG renderer, as one script. It needs npm and a network, which users of benchbook never do; the result is committed.
//
//	go run ./internal/chart/bundle templates/assets/echarts
package main

import (
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

// The versions are fixed, so that whoever runs this gets the committed bytes.
var packages = []string{"echarts@6.1.0", "zrender@6.1.0", "esbuild@0.28.2"}

// entry names what goes into the file; tree shaking leaves out the rest.
const entry = `
import { use } from 'echarts/core';
import { BarChart, LineChart, ScatterChart, HeatmapChart, CustomChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { LegacyGridContainLabel } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
use([BarChart, LineChart, ScatterChart, HeatmapChart, CustomChart, GridComponent, TooltipComponent, LegendComponent,
  MarkLineComponent, LegacyGridContainLabel, SVGRenderer]);
export { init, version } from 'echarts/core';
`

const banner = "--banner:js=/*! Apache ECharts 6.1.0 (Apache-2.0) with zrender (BSD-3-Clause) and tslib (0BSD), reduced and minified; see LICENSE and NOTICE */"

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: bundle DIR")
	}
	out, err := filepath.Abs(os.Args[1])
	if err == nil {
		err = bundle(out)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// bundle writes the script, its licences and its hash into dir.
func bundle(dir string) error {
	work, err := os.MkdirTemp("", "echarts")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.WriteFile(filepath.Join(work, "entry.mjs"), []byte(entry), 0o644); err != nil {
		return err
	}
	if err := run(work, "npm", append([]string{"install", "--no-audit", "--no-fund"}, packages...)...); err != nil {
		return err
	}
	script := filepath.Join(dir, "echarts.min.js")
	err = run(work, "npx", "esbuild", "entry.mjs", "--bundle", "--minify", "--format=iife", "--global-name=echarts",
		"--target=es2015", "--legal-comments=none", banner, "--outfile="+script)
	if err != nil {
		return err
	}
	return finish(work, dir, script)
}

// finish copies the licences and prints the hash that README.md states.
func finish(work, dir, script string) error {
	licences := map[string]string{
		"LICENSE": "echarts/LICENSE", "NOTICE": "echarts/NOTICE", "LICENSE-d3": "echarts/licenses/LICENSE-d3",
		"LICENSE-zrender": "zrender/LICENSE", "LICENSE-tslib": "tslib/LICENSE.txt",
	}
	for to, from := range licences {
		text, err := os.ReadFile(filepath.Join(work, "node_modules", filepath.FromSlash(from)))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, to), text, 0o644); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(script)
	if err == nil {
		fmt.Printf("%x  %d bytes\n", sha256.Sum256(text), len(text))
	}
	return err
}

func run(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stdout, c.Stderr = dir, os.Stderr, os.Stderr
	return c.Run()
}
