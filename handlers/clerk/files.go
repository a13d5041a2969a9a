package clerk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Kinds of files. With "report." goes a reference. Whoever makes them is given the same
// argument as the verb [Files].
const (
	reportPDF     = "report.pdf"
	reportHTML    = "report.html"
	everythingCSV = "everything.csv"
	registerPDF   = "register.pdf"
)

// files are what can be had as a document.
var files = map[string]struct{ label, title string }{
	reportPDF:     {"Report (PDF)", "Report on %s"},
	reportHTML:    {"Report (web page)", "Report on %s"},
	everythingCSV: {"Everything (CSV)", "All assessments, one row each as it now stands"},
	registerPDF:   {"Register (PDF)", "The register of partnerships"},
}

func fileChoice(kind, ref string) handlers.Choice {
	words := map[string][]string{reportPDF: {"pdf", "report"}, reportHTML: {"web page", "html"},
		everythingCSV: everythingWords, registerPDF: registerWords}[kind]
	return handlers.Choice{Label: files[kind].label, Words: words, Action: handlers.Action{Verb: Files, Arg: fileArg(kind, ref)}}
}

func fileArg(kind, ref string) string { return strings.TrimSpace(kind + " " + ref) }

// What is typed for the files that are of no one result.
var (
	everythingWords = []string{"csv", "export", "everything csv"}
	registerWords   = []string{"register pdf"}
)

// file sends the clerk a document. It is made when it is sent; that a person's result
// goes out with it is kept now.
func (c *Clerk) file(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	kind, named, _ := strings.Cut(req.Action.Arg, " ")
	made, ok := files[kind]
	if !ok {
		return req.Tell(handlers.Text("I cannot make a file of that kind.")), nil
	}
	if !strings.HasPrefix(kind, "report.") {
		return attach(req, made.title, map[string]string{everythingCSV: "assessments.csv", registerPDF: "register.pdf"}[kind], handlers.Action{Verb: Files, Arg: kind}), nil
	}
	m := matter{Request: req}
	which, _, ok := handlers.ReadLeading(named)
	if !ok {
		return unseen(req), nil
	}
	ok, err := c.find(ctx, &m, which)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case !ok:
		return unseen(req), nil
	}
	ref := string(m.Reference)
	return m.opened(attach(req, fmt.Sprintf(made.title, ref), ref+strings.TrimPrefix(kind, "report"),
		handlers.Action{Verb: Files, Arg: kind + " " + ref})), nil
}

// attach is the effect of sending a file to the person alone.
func attach(req handlers.Request, title, name string, content handlers.Action) handlers.Effect {
	e := req.Tell(handlers.Text("Here is the file: " + title + "."))
	e.Replies[0].File = &handlers.File{Name: name, Title: title, Content: content}
	return e
}

// ReadContent understands what a file of this package is to hold: its kind ("report.pdf",
// "report.html", "everything.csv", "register.pdf") and, for a report, of which assessment.
func ReadContent(a handlers.Action) (kind string, ref assessment.Reference, err error) {
	kind, named, _ := strings.Cut(a.Arg, " ")
	if _, ok := files[kind]; !ok || a.Verb != Files {
		return "", "", errors.New("no such file")
	}
	ref = handlers.ReadReference(named)
	if strings.HasPrefix(kind, "report.") && ref == "" {
		return "", "", errors.New("a report is of one assessment")
	}
	return kind, ref, nil
}
