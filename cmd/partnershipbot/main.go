package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"partnershipbot/handlers"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		coarsenTimers() // before signals are taken, so that none is lost
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	e := environ{getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, alone: true}
	err := run(ctx, e, os.Args[1:])
	stop()
	os.Exit(exitStatus(err, os.Stderr))
}

// environ is what a command may use of the outside world.
type environ struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	alone          bool // in its process, so that the collector can be set for it
}

// log is for what goes wrong where a command can go on without it.
func (e environ) log() *slog.Logger { return slog.New(slog.NewTextHandler(e.stderr, nil)) }

// command is one subcommand.
type command struct {
	name, args, does string
	run              func(context.Context, environ, settings, []string) error
}

func commands() []command {
	return []command{
		{"chat", "[-as clerk]", "the whole bot in this terminal: no Slack, no key", runChat},
		{"serve", "", "the bot in Slack, by Socket Mode or HTTP (-http)", runServe},
		{"ask", "[-json] [QUESTION]", "answer one question, or JSON lines from standard input", runAsk},
		{"assess", "-json", "assess JSON lines of facts from standard input", runAssess},
		{"rules", "check|table|replay", "prove or print the assessment's rules, or run stored results again", runRules},
		{"manifest", "[-url ADDRESS]", "print the Slack app manifest to paste", runManifest},
		{"doctor", "", "check tokens, scopes, clerks, data file and model", runDoctor},
		{"assessments", "[list|show REF]", "list the results that are stored, or show one whole", runAssessments},
		{"register", "", "list the partnerships that the Council has joined", runRegister},
		{"export", "[REF|register|all]", "write results as CSV, HTML, JSON or PDF (-format, -o FILE)", runExport},
		{"person", "export|erase USER", "write, or take out, all that is held on one person", runPerson},
		{"backup", "FILE", "copy the data file", runBackup},
		{"verify", "[FILE]", "check the record, a backup or an exported history for damage", runVerify},
		{"restore", "FILE", "put a backup in the data file's place, while the bot is stopped", runRestore},
	}
}

// usageError is a mistake in how the program was called; the exit status is 2.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func run(ctx context.Context, e environ, args []string) error {
	if len(args) == 0 {
		usage(e.stderr)
		return usagef("which command? For a first look: partnershipbot chat")
	}
	if name := args[0]; name == "help" || name == "-h" || name == "-help" || name == "--help" {
		usage(e.stdout)
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.call(ctx, e, args[1:])
		}
	}
	return usagef("there is no command %q: see partnershipbot -help", args[0])
}

// call reads the settings, which every command takes, and runs the command.
func (c command) call(ctx context.Context, e environ, args []string) error {
	s, fs := newSettings(c.name, e.getenv)
	fs.SetOutput(io.Discard)
	words, err := parse(fs, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(e.stdout, "usage: partnershipbot %s %s\n\n%s.\n\n", c.name, c.args, handlers.Sentence(c.does))
		fs.SetOutput(e.stdout)
		fs.PrintDefaults()
		return nil
	case err != nil:
		return usagef("%s: %w: see partnershipbot %s -help", c.name, err, c.name)
	}
	if err := s.check(); err != nil {
		return usageError{fmt.Errorf("%s: %w", c.name, err)}
	}
	if err := c.run(ctx, e, *s, words); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	return nil
}

// parse accepts flags anywhere among the arguments and returns the words between them.
// Everything after "--" is a word.
func parse(fs *flag.FlagSet, args []string) (words []string, err error) {
	for len(args) > 0 {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		rest := fs.Args()
		if read := len(args) - len(rest); len(rest) == 0 || read > 0 && args[read-1] == "--" {
			return append(words, rest...), nil
		}
		words, args = append(words, rest[0]), rest[1:]
	}
	return words, nil
}

func usage(w io.Writer) {
	fmt.Fprint(w, "partnershipbot: the Partnerships Protocol, answered and assessed\n\nusage: partnershipbot COMMAND [FLAGS]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-11s %-20s %s\n", c.name, c.args, c.does)
	}
	fmt.Fprint(w, "\nsettings, by environment variable or flag:\n\n")
	for _, s := range settingTable {
		fmt.Fprintf(w, "  %-29s -%-16s %s\n", s.env, s.flag, s.does)
	}
	fmt.Fprint(w, "\nSecrets are better kept in the environment: flags can be seen by other users.\n")
}

// exitStatus prints an error as one sentence and returns the exit status.
func exitStatus(err error, stderr io.Writer) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return 0
	case errors.As(err, &usage):
		fmt.Fprintln(stderr, "partnershipbot:", err)
		return 2
	}
	fmt.Fprintln(stderr, "partnershipbot:", err)
	return 1
}
