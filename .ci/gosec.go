// Command gosec is securego/gosec without what it has for asking language models, which takes
// longer to compile than all the rest.
//
//	go run -modfile .ci/gosec.mod .ci/gosec.go RULE...
//
// checks all packages by all rules but those that are named.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"

	"github.com/securego/gosec/v2"
	"github.com/securego/gosec/v2/analyzers"
	"github.com/securego/gosec/v2/report"
	"github.com/securego/gosec/v2/rules"
)

func main() {
	if err := check(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(without []string) error {
	ruled := rules.Generate(false, rules.NewRuleFilter(true, without...))
	analyzed := analyzers.Generate(false, analyzers.NewAnalyzerFilter(true, without...))
	var said strings.Builder
	g := gosec.NewAnalyzer(gosec.NewConfig(), false, false, false, runtime.NumCPU(), log.New(&said, "", 0))
	g.LoadRules(ruled.RulesInfo())
	g.LoadAnalyzers(analyzed.AnalyzersInfo())
	packages, err := gosec.PackagePaths("./...", gosec.ExcludedDirsRegExp([]string{`\.ci`}))
	if err != nil {
		return err
	}
	if err := g.Process(nil, packages...); err != nil {
		return err
	}
	found, metrics, failed := g.Report()
	switch { // of its rules that broke, gosec tells its log alone
	case metrics.NumFiles == 0:
		return errors.New("nothing was checked")
	case strings.Contains(said.String(), "Panic"), strings.Contains(said.String(), "Error"):
		return errors.New(said.String())
	}
	if len(found) == 0 && len(failed) == 0 {
		return nil
	}
	if err := report.CreateReport(os.Stdout, "text", false, nil, gosec.NewReportInfo(found, metrics, failed)); err != nil {
		return err
	}
	return fmt.Errorf("%d findings, %d packages that could not be checked", len(found), len(failed))
}
