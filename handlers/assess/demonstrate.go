package assess

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// demonstrates reports whether words can show how something gets better: they name
// something, and neither deny it nor speak of the question.
func demonstrates(text string) bool {
	said := handlers.Fold(text)
	return !denied.MatchString(said) && !remarked.MatchString(said) &&
		slices.ContainsFunc(strings.Fields(said), func(w string) bool { return !slices.Contains(hollow, w) })
}

// hollow are words that show nothing, however many of them stand together.
var hollow = strings.Fields("a an the and or but so as of in on at to for with by from it its it's this that that's these those they they're them their we we're us our i i'm " +
	"i've i'd me my you your he she there there's here is are am was were be been being will would wouldn't could should can can't may might must shall do does did done don't have has had get gets got " +
	"just really simply obviously clearly surely certainly definitely of course very quite too also still always already only even well then now because cos cause coz since " +
	"if when how why what who which where whatever anyway somehow something anything everything things thing stuff all some any more much lot lots bit better good great " +
	"fine nice ok okay right yes yeah yep no nope not idk dunno tbh imo lol haha um er erm hm hmm mmm oh ah think guess suppose reckon believe feel know hope sure maybe perhaps " +
	"probably same aim above before earlier ditto obvious clear true sense logical common reasons reason way ways council biddulph outcomes outcome improve improves improved help helps")

var (
	// denied are words that say it does no good, or harm.
	denied = regexp.MustCompile(`\b(worse|worsen\w*|harm(s|ful)?|pointless|useless|hopeless|(be |is |'s |a |total |complete |just )waste of|backfires?|damag(e|es|ing) (it|us|things|the town|biddulph)|` +
		`(no|little|zero|any|much) (difference|benefit|point|effect|use|good|improvement|impact|change)( at all)?$|` +
		`(make|makes|making|made|be|is|do|does) no (difference|benefit|effect|use|good|improvement|impact|sense)|` +
		`nothing (would |will )?(change|changes|improve|improves|gets? better)|` +
		`(it|that|this|they|we) (really |probably |just )?(wouldn't|won't|doesn't|don't|can't|couldn't|isn't|would not|will not|does not|do not|cannot|can not)( really| ever)? (help|work|improve|change|make|do|show|add|say|tell|know|matter|achieve)\w*|` +
		`no (idea|clue|evidence|proof)|not (a clue|sure|certain|really)|who knows|(don't|do not|dont|can't|cannot|cant|couldn't|won't) (really )?(know|say|tell|think|see|care|show|explain|mind))\b`)
	// remarked are words about the question, or that leave the showing to others.
	remarked = regexp.MustCompile(`\b((daft|silly|stupid|odd|strange|weird|ridiculous|hard|difficult|tough|good|bad|loaded|leading|tricky|same|trick|fair|funny|dumb|this|that) (a )?question|taking (ages|forever|too long|so long)|takes (ages|forever|too long)|` +
		`been asked|(already|just) (asked|answered|said|told|covered|explained|done)|(you|you've) (already |just )?(asked|ask|keep asking|know)|(i|we) (have )?(already |just )?(told|said|answered|explained) (you|that|it|this|already|before)|` +
		`i've (said|told|answered|done)|speaks? for (it|them)sel(f|ves)|(goes|go) without saying|self ?evident|stands to reason|no brainer|need i say|plain to see|trust me|take my word|believe me|ask (the|them|him|her|me|someone|somebody|my)|` +
		`how (long|many more|much longer|should i know)|(i'm|i am|getting) (bored|tired|fed up|confused|lost|busy)|fed up|bor(ed|ing)|annoying|tedious|nonsense|rubbish|bureaucra\w*|red tape|for (god|goodness|heaven|pete|christ)('?s)? sake|(what|why) (do|are|would|does|is|has|should)|(hurry|get a move) (up|on)|` +
		`same (as|thing)|(as|see) (above|before|the aim|i said|stated|per)|common sense|everyone (knows|can see)|everybody (knows|can see))\b`)
)
