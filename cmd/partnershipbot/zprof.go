package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

func init() {
	if n := os.Getenv("CPUPROF"); n != "" {
		go func() {
			time.Sleep(3 * time.Second)
			f, _ := os.Create(n)
			pprof.StartCPUProfile(f)
			time.Sleep(6 * time.Second)
			pprof.StopCPUProfile()
			f.Close()
			g, _ := os.Create(n + ".heap")
			runtime.GC()
			pprof.Lookup("allocs").WriteTo(g, 0)
			g.Close()
		}()
	}
}
