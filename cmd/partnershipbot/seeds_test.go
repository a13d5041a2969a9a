package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFuzzSeeds: no fuzz target of the repository can be without seeds, or it would pass and test
// nothing. Either they stand in the target, as literals, or it checks that those which it reads or
// makes are there.
func TestFuzzSeeds(t *testing.T) {
	targets := 0
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				targets++
				if !seeded(f.Body) {
					t.Errorf("%s: %s may be without seeds", path, f.Name.Name)
				}
			}
		}
		return nil
	})
	if err != nil || targets < 20 {
		t.Errorf("%d fuzz targets, %v", targets, err)
	}
}

// seeded reports whether a target cannot be without seeds: it adds some, and none for each of
// what it found elsewhere, unless it breaks off when that is too little.
func seeded(target *ast.BlockStmt) bool {
	adds, found, checks := false, false, false
	ast.Inspect(target, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			adds = adds || types.ExprString(n.Fun) == "f.Add"
			return types.ExprString(n.Fun) != "f.Fuzz"
		case *ast.RangeStmt:
			all, ok := n.X.(*ast.CompositeLit)
			found = found || calls(n, "f.Add") && (!ok || len(all.Elts) == 0)
		case *ast.ForStmt:
			found = found || calls(n, "f.Add")
		case *ast.IfStmt:
			checks = checks || types.ExprString(n.Cond) != "err != nil" && calls(n.Body, "f.Fatal", "f.Fatalf")
		}
		return true
	})
	return adds && (!found || checks)
}

// calls reports whether one of the functions is called.
func calls(in ast.Node, functions ...string) (found bool) {
	ast.Inspect(in, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		found = found || ok && slices.Contains(functions, types.ExprString(call.Fun))
		return !found
	})
	return found
}
