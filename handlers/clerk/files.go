package clerk

import (
	"context"
	"errors"
	"fmt"
	"regexp"
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
	registerHTML  = "register.html"
	registerCSV   = "register.csv"
)

// files are what can be had as a document.
var files = map[string]struct{ label, title string }{
	reportPDF:     {"Report (PDF)", "Report on %s"},
	reportHTML:    {"Report (web page)", "Report on %s"},
	everythingCSV: {"Everything (CSV)", "All assessments, one row each as it now stands"},
	registerPDF:   {"Register (PDF)", "The register of partnerships"},
	registerHTML:  {"Register (web page)", "The register of partnerships"},
	registerCSV:   {"Register (CSV)", "The register of partnerships, one row each"},
}

func fileChoice(kind, ref string) handlers.Choice {
	words := map[string][]string{reportPDF: {"pdf", "report"}, reportHTML: {"web page", "html"},
		everythingCSV: everythingWords, registerPDF: registerWords}[kind]
	return handlers.Choice{Label: files[kind].label, Words: words, Action: handlers.Action{Verb: Files, Arg: fileArg(kind, ref)}}
}

func fileArg(kind, ref string) string { return strings.TrimSpace(kind + " " + ref) }

// What is typed for the files that are of no one result.
var (
	everythingWords = []string{"csv", "export", "everything csv", "export everything", "spreadsheet", "a spreadsheet"}
	registerWords   = []string{"register pdf", "export register", "export the register", "download the register", "print the register", "save the register", "register report", "report on the register"}
)

// How a file is asked for in words: what of, and as what.
const (
	ofWhat = `(?:the |a |our |my )*(register(?: of partnerships)?|everything|all(?: (?:of (?:it|them|the results)|the results|results|assessments|it))?|the lot|(?:report|result)s?(?: (?:on|of|for))? .+?|pa\W.+?|\d+)`
	asWhat = `(pdf|csv|html|json|web ?page|spreadsheet|excel(?: file| sheet)?|word(?: file| document)?)(?: (?:file|version|copy|please))*`
)

var askedFile = []struct {
	words      *regexp.Regexp
	what, form int // the groups
}{
	{regexp.MustCompile(`^` + ofWhat + `(?: (?:as|in|to|into))?(?: an?)? ` + asWhat + `$`), 1, 2},
	{regexp.MustCompile(`^(?:the |an? )*` + asWhat + ` (?:of|with|for|on) ` + ofWhat + `$`), 2, 1},
}

// formats are the endings of what people call a file.
var formats = map[string]string{"pdf": ".pdf", "html": ".html", "web page": ".html", "webpage": ".html", "csv": ".csv", "spreadsheet": ".csv", "excel": ".csv", "json": ".json"}

// sendMe stands before what is asked for.
var sendMe = regexp.MustCompile(`^(?:(?:please|can|could|may|i|you|we|want|need|would|like|to|have|get|give|send|show|make|create|export|download|save|me|us|let) )+`)

// fileAsked sends a file that the clerk asks for in words; ok is false where none is.
func (c *Clerk) fileAsked(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	said := strings.TrimSuffix(sendMe.ReplaceAllString(handlers.Fold(req.Text), ""), " please")
	for _, a := range askedFile {
		m := a.words.FindStringSubmatch(said)
		if m == nil {
			continue
		}
		what, form := m[a.what], formats[strings.TrimSuffix(strings.TrimSuffix(m[a.form], " file"), " sheet")]
		kind, ref := "everything"+form, ""
		if strings.HasPrefix(what, "register") {
			kind = "register" + form
		} else if one := req.Conversation.Listed(reportOn.ReplaceAllString(what, "")); len(handlers.ReadNamed(one)) == 1 {
			kind, ref = "report"+form, one
		} else if reportOn.MatchString(what) {
			return e, false, nil
		}
		if _, known := files[kind]; !known {
			return req.Tell(handlers.Text(otherForms)), true, nil
		}
		req.Action = handlers.Action{Verb: Files, Arg: fileArg(kind, ref)}
		return handlers.Taken(c.file(ctx, req))
	}
	return c.reportNamed(ctx, req, said)
}

// reportNamed sends the report on a result that is called by its name: "a report on the skatepark for committee".
func (c *Clerk) reportNamed(ctx context.Context, req handlers.Request, said string) (e handlers.Effect, ok bool, err error) {
	m := reportAlone.FindStringSubmatch(said)
	if m == nil || handlers.IsQuestion(req.Text) {
		return e, false, nil
	}
	ref, ok, err := c.oneCalled(ctx, req, m[1])
	if !ok {
		return e, false, err
	}
	req.Action = handlers.Action{Verb: Files, Arg: fileArg(reportPDF, string(ref))}
	return handlers.Taken(c.file(ctx, req))
}

// reportAlone asks for one without saying as what.
var reportAlone = regexp.MustCompile(`^(?:the |an? )*(?:(?:committee|printed|full|short) )?reports? (?:on|for|about) (.+?)(?: (?:for|to) (?:the |our |next |this )*(?:\w+ )?(?:committee|council|meeting|agenda|papers|members|councillors|chair|mayor))?$`)

var reportOn = regexp.MustCompile(`^(?:report|result)s?(?: (?:on|of|for))? `)

const otherForms = "I do not make that here. You can have “report PA-2026-0007 pdf” or “html”, “register pdf”, “html” or “csv”, and “everything csv”. " +
	"Whoever looks after me can also make JSON where I run: “partnershipbot export -format json -o FILE”."

// file sends the clerk a document. It is made when it is sent; that a person's result
// goes out with it is kept now.
func (c *Clerk) file(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	kind, named, _ := strings.Cut(req.Action.Arg, " ")
	made, ok := files[kind]
	if !ok {
		return req.Tell(handlers.Text("I cannot make a file of that kind.")), nil
	}
	if !strings.HasPrefix(kind, "report.") {
		return attach(req, made.title, strings.Replace(kind, "everything", "assessments", 1), handlers.Action{Verb: Files, Arg: kind}), nil
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
// "report.html", "everything.csv", "register.pdf", "register.html", "register.csv") and, for a report, of which assessment.
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
