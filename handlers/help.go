package handlers

import "context"

// NoAssessment is said to whoever wants one where the protocol is another council's.
const NoAssessment = "I cannot lead you through an assessment: its rules were written for a different version of the protocol " +
	"from the one I was given. You can still ask me about this one."

// HelpRoute answers "help" with what the routes say of themselves.
func HelpRoute(routes []Route) Route {
	parts := func(clerk bool) []Part {
		var lines []string
		for _, r := range routes {
			if r.Help != "" && (clerk || !r.Clerk) && !(clerk && r.Verb == AskAbout) { // who has nobody to ask
				lines = append(lines, r.Help)
			}
		}
		return []Part{
			Text("I know the Council's Partnerships Protocol. You can say:"),
			List(lines...),
			Note("I quote the protocol and follow its rules. The decision is always the Council's."),
		}
	}
	return Route{
		Verb: "help", Words: []string{"help", "menu", "commands", "what can you do", "what can i ask", "how does this work"},
		Handle: func(_ context.Context, req Request) (Effect, error) {
			return Effect{Replies: []Reply{{To: req.Place, Parts: parts(req.Clerk)}}}, nil
		},
	}
}
