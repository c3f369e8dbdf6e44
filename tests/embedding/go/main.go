// A host in Go: plans the session set in a file, and prints the plan.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

func plan(path string) (int, error) {
	set, err := os.ReadFile(path)
	if err != nil {
		return 3, err
	}
	engine, err := Open()
	if err != nil {
		return 0, err
	}
	defer engine.Close()
	text, status, err := engine.Plan(set)
	if err != nil {
		return status, err
	}
	_, err = os.Stdout.Write(text)
	return status, err
}

// Go's own faults are still Go's, with the runtime's handlers in front of its own.
func recovers() (caught bool) {
	defer func() { caught = recover() != nil }()
	var nothing *int
	return *nothing == 0
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: plan SET")
		os.Exit(2)
	}
	runtime.LockOSThread() // the last error is the thread's
	status, err := plan(os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		var refusal *Refusal
		if errors.As(err, &refusal) {
			status = refusal.Status
		}
	}
	if LiveHandles() != 0 || !recovers() {
		os.Exit(70)
	}
	os.Exit(status)
}
