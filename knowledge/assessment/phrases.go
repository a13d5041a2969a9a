package assessment

// reading is what some phrases say about one fact.
type reading struct {
	fact FactID
	// word is the answer. It is empty for phrases that only sound like one; these keep a
	// shorter phrase within them from being read.
	word Value
	// reply means that the phrases are plain only as a reply to the fact's own question.
	reply   bool
	phrases []string
}

// stock holds sequences that many phrases share.
var stock = map[string][]string{
	"lack": {
		"we|council [really|just|simply|still|currently] have|has not [really] [got]",
		"we|council [really|just|simply|still|currently] do|does not [really|currently] have",
		"we|council [really|just|simply|still|currently] have|has [got] no",
		"we|council [really|just|simply] lack|lacks",
		"we|council are|is [really] short of",
	},
	"own": {
		"we|council [already|do|certainly] have|has [already] [got]",
	},
	"they would": {
		"they|trust|county|charity|company|group|club|association|society|provider|partner|college|school [would|will|could] [just|simply|only|basically]",
	},
	"itis": {
		"it|this|that is", "it|this would|will be", "it|this is going to be",
	},
	"mere": {
		"just|only|merely|basically|essentially|simply [really] [a]", "nothing more than [a]", "no more than [a]", "little more than [a]",
	},
	"done": {
		"is|are [already|now|all] [been]", "has|have [already|now|all] been",
	},
}

// readings is the table of phrases. It is meant to be right rather than to recognise a lot: a
// phrase is here only if it hardly ever means anything else. It never decides: the person
// confirms each answer, and [Evaluate] does not use it.
var readings = []reading{
	{Status, Existing, false, []string{
		"existing|longstanding partnership|arrangement|agreement|scheme|one|member|members",
		"long standing partnership|arrangement|scheme", "renew|renewing the|our [existing] partnership|agreement|membership|arrangement",
		"up for renewal|review", "been [a] member|members|part|partners [of] .. since|for", "been in|involved .. since",
		"we [are] already [a] member|members|partners", "we are [a] member|members of", "already [a] member|members|partners",
		"extend|extending|continue|continuing the|our|this partnership|arrangement|agreement|membership", "we|council joined [back] [in] #", "we|council joined some|many|several|a [few] years ago",
		"partnership|it|scheme|group has been running|going since|for", "review|reviewing of|our|the existing|partnership|membership",
	}},
	{Status, "", false, []string{"i have been [a] member|members|part|partners [of] .. since|for", "been [a] member of staff .. since|for"}},
	{Status, Existing, true, []string{"^ existing|review|renewal|extension|renewing|extending", "been running|going", "old one", "existing|already exists", "since #", "started|began|started [up] last|this year|month|spring|summer|autumn|winter", "started|began some|many|several|a [few] years|months ago"}},
	{Status, New, false, []string{
		"brand new partnership|scheme|group|arrangement|one", "^ new partnership $", "a new partnership", "set|setting up a new partnership|group|scheme",
		"invited|asked|asking|inviting us|council to join", "been asked|invited to join", "want|wants|like us to join", "thinking of|about joining",
		"we|council would be joining", "starting from scratch", "it|this is|be [all|quite|brand|entirely|completely|something] [a] new thing|idea|venture|scheme|project|group|initiative",
		"^ new thing|venture|scheme|initiative $", "it|this is [all|quite|brand|entirely|completely|something] new $", "it|this would|will be [all|quite|brand|entirely|completely|something] new $",
	}},
	{Status, New, true, []string{"^ new", "brand new", "starting|start from scratch", "first time", "just starting|forming", "never [been] done|had|tried [it|this|one] [before]"}},

	{FormalLegalEntity, Yes, false, []string{
		"charity|cio|cic|llp|company is|are|being being set|formed|registered|created|incorporated [up]",
		"charity|cio|cic|llp|company is|are to|would|will be set|formed|registered|created|incorporated [up]",
		"charity|cio|cic|llp|company [that] [is] being set|formed|registered|created [up]",
		"set|setting|setup [up] [it] [itself] [up] [as] a|an [new|registered|joint|limited|charitable|community|separate] [interest] charity|cio|cic|llp|company ~",
		"form|forming|register|registering|create|creating [it] [as] a|an [new|registered|joint|limited|charitable|community|separate] [interest] charity|cio|cic|llp|company ~",
		"become|becoming a|an [registered|limited|charitable|community] [interest] charity|cio|cic|llp|company ~",
		"constituted as a|an [new|registered|limited|charitable|community] [interest|incorporated] charity|cio|cic|llp|company|organisation",
		"partnership [itself] is a|an [registered|limited|charitable|community|joint|separate] [interest] charity|cio|cic|llp|company ~",
		"partnership|it|this [itself] would|will be a|an [registered|limited|charitable|community|joint|separate] [interest] charity|cio|cic|llp|company ~",
		"limited company to run", "joint legal body|entity", "formal|formally [constituted] legal partnership|entity",
		"limited liability partnership",
	}},
	// What the partner is, or has set up for itself, says nothing about the partnership.
	{FormalLegalEntity, "", false, []string{"has|have|had|was|were set|formed|registered|created [up] [a|an|the|its|their] [new|registered|limited] charity|cio|cic|llp|company ~"}},
	{FormalLegalEntity, Yes, true, []string{
		"a|an [registered|limited|charitable|community|proper] [interest] charity|cio|cic|llp|company", "^ charity|cio|cic|llp|company|incorporated|ltd",
		"limited company", "registered charity", "legal entity|body",
	}},
	{FormalLegalEntity, No, false, []string{
		"not [be|to|going] [be] a|an [registered|limited|formal|charitable] [legal] company|charity|entity|llp|cio|body",
		"not [be] a company or [a] charity", "not [be] a charity or [a] company", "no [formal] legal entity|body|status", "nothing [formally|legally] legal|constituted|incorporated",
		"no [new] company or|and charity", "not [be] [formally] incorporated|constituted",
	}},
	{FormalLegalEntity, No, true, []string{
		"just|only an|a informal|loose .. $", "^ informal", "<itis> informal|loose", "not [a] formal|legal|company|charity [one]", "nothing formal|legal",
		"no|not company|charity",
	}},

	{ThirdPartyDelivers, Yes, false, []string{
		"<they would> run|manage|maintain|clean|operate|deliver|cut|collect|empty .. for us|council",
		"<they would> run|manage|maintain|clean|operate|deliver|cut|collect|empty .. for the|our council ~",
		"<they would> provide a|the service|services for us|council ~", "<they would> provide a|the service|services on our behalf",
		"<they would> run|manage|maintain|clean|operate|deliver|cut|collect|empty .. on our behalf",
		"<they would> run|manage|maintain|clean|operate|deliver|cut|collect|empty .. on the council's behalf",
		"<they would> run|manage|maintain|clean|operate|deliver|cut|collect|empty .. on behalf of the|our [town] council",
		"we|council would|will [just|simply|only] pay|hire|commission|contract them|the|a [trust|charity|company|contractor|group|club] to",
		"we|council would|will [just|simply|only] pay|hire|commission|contract .. contractor|provider",
		"<itis> <mere> contract", "<itis> a [straight|straightforward|simple|service] contract [for] [services]",
	}},
	{ThirdPartyDelivers, Yes, true, []string{
		"they|trust|company|charity [would|will] [just|simply] do|run|manage|deliver it|everything [all] [for] [us] $", "^ contract|contractor $", "pay|paying them",
		"on our behalf", "for us $", "like|as a contractor",
	}},
	{ThirdPartyDelivers, No, false, []string{
		"not [be] a [service|straight] contract", "not [just|simply|only] a [service] contract|contractor", "not [just|simply|only] deliver|delivering .. on our behalf",
		"more than a contract",
	}},
	{ThirdPartyDelivers, No, true, []string{
		"we|all [would|will] do|run|deliver it together|jointly", "not contractors", "doing|do|run|running|delivering it together|jointly", "^ together|jointly",
	}},

	{DiscussionForumOnly, Yes, false, []string{
		"<mere> talking shop", "<mere> discussion forum|group", "<mere> forum|network [for] [discussion]", "<mere> forum for discussion|discussing|debate",
		"<itis> [a|an] [bit] [of] [a] talking shop", "talking shop [really] $", "only|just meet|meets to|and talk|discuss|chat [things|issues|policy|policies] ~", "only|just talk|talks [about] [things|issues|policy|policies] $",
		"all they|we do is talk|meet|discuss", "nothing but talk|talking", "all talk", "<mere> place to talk",
	}},
	{DiscussionForumOnly, Yes, true, []string{"^ just|only talk|talks|talking|discussion|discussions|meetings|a forum", "talking shop", "^ forum $", "^ talk"}},
	{DiscussionForumOnly, No, false, []string{
		"more than [just] a [talking|discussion] shop|forum|group", "not [be] [just|only|simply|merely] a [talking|discussion] shop|forum",
		"not [just|only] [a] talking shop|forum",
	}},
	{DiscussionForumOnly, No, true, []string{
		"more than [just] [a] talk|talking|forum|that|discussion|discussing", "not [just|only] talk|talking|discussion",
		"they|we|it [actually|really] do|does|deliver|delivers|run|runs|build|builds things|projects|events|work", "real|actual|practical work|projects",
		"roll|rolls|rolling [up] our|their|its sleeves [up]", "get|gets|getting our|their hands dirty", "get|gets|getting things|stuff|jobs|it done", "muck|mucks|mucking|pitch|pitches|pitching in",
		"but they|we|members also|do|actually|really|both|all", "but some|plenty|lots|also", "as well as talk|talking|discuss|discussing|meet|meeting",
	}},

	{SharedResponsibility, Yes, false, []string{
		"share|shared|sharing [the] responsibility|responsibilities", "jointly responsible", "joint responsibility", "equal|equally partners|responsible",
		"decide|decided|agree|agreed|decisions|plan [are|be] [made] and|to deliver|delivered|do|run [it|them|everything] together|jointly",
		"decisions [are|would|will] [be] [made|taken] together|jointly", "decide|agree [everything|things|it] together|jointly",
		"we|all|both|they [all|both] [would|will] share|sharing the work|running|load|jobs|decisions",
	}},
	{SharedResponsibility, Yes, true, []string{
		"^ share|shared|jointly|together|joint|equally|equal", "all|both [of] [us] decide|share|responsible|agree", "all|both|everyone|everybody|they|we [of] [us|them] [all|both] [would|will] muck|mucks|mucking|chip|chips|pitch|pitches in", "fifty fifty|50",
		"we|they [all|would|will] share|decide|agree|do [it|everything|this] [together|jointly]",
	}},
	{SharedResponsibility, No, false, []string{
		"they|trust|county|charity|company [would|will] make|take|makes|takes all [of] the decisions", "we|council would|will have no say", "we|council have|has no say",
		"not share|shared|sharing [any|the] responsibility", "no shared responsibility", "they|trust|county [would|will] decide|decides everything",
	}},
	{SharedResponsibility, No, true, []string{"they|trust|county decide|decides", "all down|up to them", "no say", "all|entirely theirs|them", "one of them|us decides"}},

	{ImprovesWellbeing, Yes, false, []string{
		"improve|improves|boost|boosts|better [the] [local|people's|residents'|residents|mental|physical] [and] [physical|mental] [health] [and] wellbeing|well [being] [of|for] [people|residents|local|biddulph] ..",
		"improve|improves|boost|boosts [the] local economy|economy", "good for [our|the|local] [local] residents'|residents|people's|people [health|wellbeing]",
		"bring|brings|create|creates .. jobs to|for|in [the|our] biddulph|town|area",
	}},
	{ImprovesWellbeing, Yes, true, []string{
		"good for [the|our] [local] residents|people|town|biddulph|visitors|businesses|trade|health", "healthier|happier|fitter", "more visitors|trade|jobs|footfall", "jobs for",
	}},
	{ImprovesWellbeing, No, false, []string{
		"no|not benefit|benefits to|for|biddulph [the|our] [biddulph|town|residents|people]", "nothing in it for biddulph|residents|local|the [people|town|residents]",
		"not [really] benefit biddulph|residents|the|our|anyone [town|residents|in|here]",
	}},
	{ImprovesWellbeing, No, true, []string{"no|not [any|real|obvious] benefit|benefits|difference $", "nobody|no one in|here [biddulph] benefits", "nothing in it [for]"}},

	{Necessity, GovernmentRequires, false, []string{
		"government requires|demands|insists|obliges|says|told [we|us|councils] [must|to]", "required by law|government|statute", "statutory duty|requirement to", "legally required|obliged to",
		"by law we|councils must|have",
	}},
	{Necessity, FunderRequires, false, []string{
		"lottery|funder|funders|fund|grant|heritage|sponsor|sponsors [fund|money] [only] requires|require|insists|insist|demands|demand|wants|expects|stipulates [on|that] [us|we|it|this] [to] [have|be|is|with|work|working] [a|as|in] [joint|local|other] partners|partner|partnership|partnerships|partnered",
		"lottery|funder|funders|fund|grant requires|require|insists|insist|demands|demand [on] [it|this|one] ~",
		"required|demanded by the|our|their [external|outside|main] [lottery|heritage|grant] funder|funders|lottery|grant",
		"condition of the|our [lottery|external] grant|funding", "only|will [only] fund|funds|pay|pays [for] [a] partnerships|partnership|joint",
	}},
	{Necessity, FunderRequires, true, []string{"^ funder|funders|funding|lottery|grant", "funder|funders|lottery|grant requires|require|insists|insist|needs|wants|said|says"}},
	{Necessity, CommunityPriority, false, []string{
		"no|not one|single|any [one|single] organisation|body|council|group is|has|being [on] [its] [own] [solely] responsible|responsibility",
		"a|the|as [top|main|real] community|residents' priority",
	}},
	{Necessity, CommunityPriority, true, []string{"residents|people|folk|folks|townsfolk|townspeople|villagers|parishioners|neighbours|public|community|communities|locals want|wants|asked|ask|asking|have|has|keep|keeps [asked|asking|been]",
		"residents|people|folk|folks|townsfolk|townspeople|villagers|parishioners|neighbours|public|community|communities|locals are|is crying|calling|clamouring|desperate|asking out|for", "^ community|communities|residents"}},
	{Necessity, CapacityOrExpertise, false, []string{
		"none|nobody|neither|no|not [one] [of] [the|one] [us|them|councils|partners] [can|could|will|would] afford|do|manage|run|deliver|fund it|this|that [all] [on|by] [its|their|our] alone|own|ourselves|themselves|itself",
		"we|council can|could not|never [possibly|ever] afford|fund|manage|run it|this|that [all] [on|by] [our] alone|ourselves|own",
		"too big|much|expensive|dear|costly for any|one|each|either [one] [of] [us] [body|council|partner] [on|by] [its|our] [own] alone|own|ourselves|itself",
		"we|council can|could not [possibly] do|deliver|run|manage it|this [all] [on] alone|ourselves|our [own]", "we|council can|could not|never [possibly|ever] do|deliver|run|manage|pay [for] it|this [all] by ourselves",
		"<lack> [the|any|enough] [in|house] [house] capacity|expertise|skills|knowledge [or|and] [capacity|expertise|skills|knowledge] to do it|this [on] alone|ourselves|our [own]",
	}},
	{Necessity, CapacityOrExpertise, true, []string{
		"<lack> [the|any|enough|sufficient] [in|spare|right] [house] capacity|expertise|skills|knowledge|staff|officers|people|manpower|time|experience|resources",
		"can|could not do it [on] alone|ourselves|our", "^ capacity|expertise|skills|staff", "nobody else can|will|would do|run|deliver it|this", "no one else can|will|would do|run|deliver it|this",
		"not enough|the staff|officers|people|skills|expertise|capacity|knowledge",
	}},
	{Necessity, BetterValueWithOthers, false, []string{
		"cheaper|better [value] together|jointly", "cheaper|better value than doing|going [it] [on] alone|ourselves|our", "better value [if] with others|partners|them",
		"save|saves money by sharing|doing|working|pooling [it] [together|jointly] ..", "share|sharing|split|splitting the cost|costs saves|makes|is ..",
	}},
	{Necessity, BetterValueWithOthers, true, []string{"^ cheaper|better value", "save|saves [us] money", "cheaper", "economies of scale"}},

	{InvitedOutOfCourtesy, Yes, false, []string{
		"out of courtesy|politeness", "as a courtesy", "invited|asked|there|want|wants|wanted us|in|for|to .. for|add|bring|lend credibility", "just|only want|wants our name|logo on it|the|their",
		"to make it|them|themselves look good|respectable|official", "for show", "just|only being polite", "just|only to be polite", "courtesy invite|invitation",
	}},
	{InvitedOutOfCourtesy, Yes, true, []string{"courtesy|politeness|credibility", "our name|logo", "look good", "being polite", "rubber stamp", "quick feedback"}},
	{InvitedOutOfCourtesy, No, false, []string{
		"not [just|only|simply|merely] [invited|asked|a|there] out of courtesy", "not [just] a courtesy", "not [just|only] [for|as] credibility", "not [just] being polite|for show", "more than a courtesy",
	}},
	{InvitedOutOfCourtesy, No, true, []string{
		"they|it [really|genuinely|actually] want|wants|need|needs us|our|the [help|input|work|council]", "genuine|real|serious|proper invitation|invite|role|part", "genuinely|properly|seriously",
	}},

	{ContributionClear, No, false, []string{
		"not clear|obvious|sure what|how we|the|council [council] would|could|can|will [actually|really] do|bring|contribute|add|offer", "not see what|how we|council would|could|can|will [actually|really] do|bring|contribute|add|offer",
		"unclear what|how we|the|council [council] would|could|can|will [actually|really] do|bring|contribute|add|offer", "no idea what they want [from|of] [us]",
		"no idea what we would|could|can [actually] do|bring|contribute|add|offer", "not fit|fits|support|supports any|with|our of|our|any [council] [priorities|priority]",
	}},
	{ContributionClear, No, true, []string{"not [really|at] [all] clear", "no [real] role", "not [really] a|any|one [of] [our] priority|priorities"}},
	{ContributionClear, Yes, false, []string{
		"clear|obvious what|how we|the|council [council] would|could|can|will do|bring|contribute|add|offer .. and [which|it|the] .. priority|priorities",
	}},
	{ContributionClear, Yes, true, []string{
		"clear|obvious what|how we|the|council [council] would|could|can|will do|bring|contribute|add|offer", "^ clear|obvious", "very|quite|perfectly clear", "we know [exactly|just] what",
	}},
	{ContributionClear, Partly, true, []string{"not entirely|fully|completely|quite|altogether clear", "clear what .. but not", "fairly|partly clear"}},

	{AddedValue, No, false, []string{
		"we could|can do it|this|that just|equally|perfectly as|well [well] [by|on] [ourselves|own|alone|without|our] ..", "we could|can do it|this|that [just] [as] [well|easily] ourselves|alone|without", "we could|can do it|this on our own",
		"adds|add [absolutely] nothing", "not add anything", "duplicates|duplicate|duplicating what we|the|is [already] ..", "nothing [there|that] we could|can not do ourselves|alone|already",
	}},
	{AddedValue, No, true, []string{"duplicates|duplicate|duplication", "nothing new|extra", "adds nothing", "without them"}},
	{AddedValue, Yes, false, []string{
		"nobody|none|neither [of] [us] could|can|would [ever] do|achieve|deliver|manage it|this|that [on] alone|own|ourselves|their|its|our|otherwise", "could|can|would not be done|achieved|delivered any other way",
		"could|can|would not be done|achieved|delivered otherwise|alone", "could|can|would not happen otherwise|without [it|them|the|this|all] ..", "no other way of doing|to do|achieve",
	}},
	{AddedValue, Yes, true, []string{"no other way", "not [get|be|happen] .. otherwise|alone", "nobody|none [of] [us] .. alone", "something new|extra"}},

	{ValueForMoney, No, false, []string{"poor|bad|terrible|awful value", "not [good|great|exactly] value [for] [money]", "a [complete|total|real] waste of money|resources", "waste|wastes|wasting of|public|our|council's money"}},
	{ValueForMoney, No, true, []string{"wasteful|uneconomic|extravagant", "too expensive|dear|costly", "waste of"}},
	{ValueForMoney, Yes, false, []string{"good|excellent|great|very|real [good] value for money", "<itis> value for money", "resources [would|will] [are|be] used economically|well", "well worth the money"}},
	{ValueForMoney, Yes, true, []string{"economical|economically", "good|great|excellent value", "cheap|cheaper", "well worth it"}},

	{GoodGovernance, No, false, []string{"partnership|it|this|scheme|group [itself] is [very|really|so|pretty] badly|poorly run|managed|organised", "partnership|it|this|scheme|group is [a|an] [absolute|complete|total|bit] [of] [a] chaotic|shambles|shambolic|mess"}},
	{GoodGovernance, No, true, []string{"badly|poorly run|managed|organised", "chaotic|shambles|shambolic|mess|disorganised|chaos"}},
	{GoodGovernance, Yes, false, []string{"partnership|it|this|scheme|group [itself] is|would|will [be] [very|really|consistently] well run|managed|organised|governed"}},
	{GoodGovernance, Yes, true, []string{"well run|managed|organised|governed", "good|proper|strong governance", "proper board|committee"}},

	{ImprovesOutcomes, No, false, []string{"we can not [really] show|demonstrate|prove|see [how|that|any] ..", "not [be] able to show|demonstrate|prove|see"}},

	{ResourceTime, No, false, []string{
		"<lack> [the|any|enough|sufficient|spare] [spare] [of] [the] officers|staff|manpower ~", "<lack> [the|any|enough|sufficient|spare] officer|staff time|hours|capacity ~",
		"<lack> the|any|enough time for it|this|that", "there is|are not [the|any|enough|sufficient|spare] officers|staff ~", "there is|are no officers|staff ~", "no officer|staff time [available|free|spare] ~", "no one|nobody [free|available|spare] to do it|this|the work",
		"^ no [spare] officers|staff|manpower [left|spare] [for] [it|this] $", "can not spare the|any|an officers|officer|staff|time|people ~", "not [the|enough] officers|staff ~",
	}},
	{ResourceTime, "", false, []string{"no|not time|officers|staff to lose|waste"}},
	{ResourceTime, No, true, []string{
		"no|not [the|any|enough] officers|staff|people|time|manpower|capacity ~", "<lack> [the|any|enough] [spare] people|time|capacity|hours ~",
		"overstretched|understaffed", "can not spare", "too busy|stretched", "no one|nobody to do",
	}},
	{ResourceTime, Partly, true, []string{"some|half|part of|the time|officers|staff [time]", "a bit|little of time", "some time|officers|staff"}},
	{ResourceTime, Yes, false, []string{
		"<own> [the|enough|plenty|sufficient] [of] officers|staff ~", "<own> [the|enough|plenty|sufficient] [of] officer|staff time ~", "we|council can|could|will spare|find|make the|an [officer|staff] time|officers|officer|staff ~",
		"officer|staff time has|is|are [already] [been] agreed|available|set|budgeted|allocated [aside]",
	}},
	{ResourceTime, Yes, true, []string{
		"plenty|enough|sufficient [of] time|officers|staff|people|capacity", "time|officers|staff is|are fine|ok|okay|there|available", "<own> [the] time ~", "we can find|spare|make [the] time",
	}},

	{ResourceMoney, NotNeeded, false, []string{
		"no money [is|are|was|would|will] [be] needed|required|involved|asked|wanted|sought [for]", "no money changes|changing|change hands", "not need|needs|require|involve|cost [any|us] [any] money|anything|funding ~",
		"cost|costs|costing [us|council] [absolutely] nothing|[no]", "asked|asking|asks|ask for no money", "not asked|asking [us] for [any] money", "no cost to us|the council|[our]", "free of charge to us|the",
	}},
	{ResourceMoney, "", false, []string{"we|council can|could not [possibly] afford|fund it|this|that [all] [on|by] [our] alone|ourselves|own", "no money worries|problems|problem|laundering|issues", "no money to lose|waste|make|spare", "have no money|budget|funds of their|its", "money [is] no object|problem"}},
	{ResourceMoney, No, false, []string{
		"<lack> [the|any|enough|sufficient|spare] [of] [the] money|funds|funding|budget|cash ~", "<lack> a|any budget ~", "there is|are not [the|any|enough|sufficient] money|funds|funding|budget|cash ~", "there is|are no money|funds|funding|budget|cash ~",
		"no money [left] in the|our budget|pot", "^ no money|budget|funding|cash [left] [for] [it|this] $", "we|council can not afford [it|this|that|to] ~", "our|council's budget is|has [been] [already] [all] spent|gone|exhausted", "^ budget is|has [been] [already] [all] spent|gone|exhausted", "no budget for it|this|that",
	}},
	{ResourceMoney, No, true, []string{"no|not [the|any|enough] money|budget|funds|funding|cash", "can not afford", "too expensive|dear|much [money]", "skint|broke", "money is|has [all] [been] gone|spent|tight"}},
	{ResourceMoney, Partly, true, []string{"some|half|part of the money|funding|budget|cost", "some money|funding|budget"}},
	{ResourceMoney, Yes, false, []string{
		"<own> [the|enough|plenty|sufficient] [of] money|funds|funding|budget|cash ~", "<own> a budget ~", "<own> budgeted|earmarked", "<own> set .. aside money|funds|funding", "the|our money <done> set|budgeted|earmarked|agreed|approved [aside]",
		"the|our money is [already] [in] there|our|the [budget]", "we|council can [easily] afford it|this",
	}},
	{ResourceMoney, Yes, true, []string{"plenty|enough|sufficient [of] money|funds|funding|budget|cash", "money|budget|funding is [already] [all] fine|ok|okay|there|available|agreed|in", "can afford it", "budgeted|earmarked"}},

	{ResourceAssets, No, false, []string{
		"<lack> [the|any|a|suitable] [suitable|spare] premises|building|buildings|land|room|rooms|venue|equipment|vehicles|assets ~", "no [suitable|spare] premises|building|buildings|land|venue|equipment|assets to offer|put|give|lend",
	}},
	{ResourceAssets, No, true, []string{"no|not [any|suitable|spare] premises|building|buildings|land|room|rooms|venue|equipment|assets|hall", "nothing to lend|offer"}},
	{ResourceAssets, Yes, false, []string{
		"we|council can|could|will|would offer|lend|provide [them] [the|a|our] [town|community|village] hall|room|rooms|building|buildings|premises|land|venue|equipment", "they|it|partnership can|could|will use our [town|community] hall|room|rooms|building|buildings|premises|land|equipment|offices",
		"<own> [the|a|suitable] premises|building|land|venue|equipment for it|this|that",
	}},
	{ResourceAssets, Yes, true, []string{"our|the [town|community] hall|room|rooms|building|premises|land|equipment is|are fine|ok|okay|there|available|free", "they can use our|the", "plenty|enough [of] room|rooms|land|equipment|assets"}},
	{ResourceTime, NotNeeded, true, []string{"not|nor need|needs|require|requires|take|takes [any] [of] [our|the] [officer|officers|staff] time|officers|staff"}},
	{ResourceMoney, NotNeeded, true, []string{"not|nor need|needs|require|requires [any] [of] [our|the] money|funds|funding|budget|cash"}},
	{ResourceKnowledge, NotNeeded, true, []string{"not|nor need|needs|require|requires [any] [of] [our|the|special] knowledge|expertise|skills|experience"}},
	{ResourceAssets, NotNeeded, true, []string{"not|nor need|needs|require|requires [any] [of] [our|the] assets|premises|building|buildings|land|equipment|rooms|room"}},
	{ResourceAssets, NotNeeded, false, []string{"no premises|building|buildings|land|equipment|assets [is|are|would|will] [be] needed|required|involved"}},

	{ResourceKnowledge, No, false, []string{"none of us knows|know|has|have how|the|a|anything [first|about|expertise|skills|thing] ..", "nobody|no one here|on|at [the|council] knows|has how|the|anything [about|expertise|skills] .."}},
	{ResourceKnowledge, No, true, []string{"<lack> [the|any|enough] [right] expertise|skills|knowledge|experience|know", "no|not [the|any|enough] expertise|skills|knowledge|experience", "not know [anything|enough|much] how|about", "nobody|no one|none [of] [us] knows|know"}},
	{ResourceKnowledge, Yes, false, []string{"<own> [the|enough|plenty] [of|right] expertise|skills|knowledge|experience ~", "our|the officers|staff|clerk have|has|know|knows how|the [expertise|skills|knowledge|experience|to]"}},
	{ResourceKnowledge, Yes, true, []string{"plenty|enough [of] expertise|skills|knowledge|experience", "we know [all] how|about|what", "knowledge|expertise|skills is|are fine|ok|okay|there"}},

	{CanContributeFully, No, false, []string{
		"too much on [already|our] [plate] ~", "we|council are|is [already|badly|completely|totally] overcommitted|overloaded|overstretched", "we|council can not take on any|anything [more|else] [work|projects]", "we|council can not fully [and] [effectively] contribute|commit",
	}},
	{CanContributeFully, No, true, []string{"overcommitted|overloaded|overstretched|swamped", "too much on", "no|not capacity", "not fully|properly"}},
	{CanContributeFully, Yes, false, []string{"we|council can|could|will|would fully [and] [effectively] contribute|commit|support|take"}},
	{CanContributeFully, Yes, true, []string{"fully [and] [effectively]", "we can|could cope|manage|commit"}},

	{AgreementOrTerms, Yes, false, []string{
		"agreement|reference <done> signed|agreed|adopted", "terms of reference <done> signed|agreed|adopted|in [place]", "agreement <done> signed|agreed|in [place]",
		"<own> [a|an] [signed|written] [partnership] agreement ~", "<own> [agreed|written] terms of reference", "there is [already] a|an [signed|written] [partnership] agreement [in] [place] ~", "there are [already] [agreed|written] terms of reference [in] [place] ~",
	}},
	{AgreementOrTerms, Partly, false, []string{
		"terms of reference are|is [still|only|just] [being] [in] drafted|drawn|draft|written [up]", "agreement is [still|only|just] [being] [in] drafted|drawn|draft|written [up]", "draft [partnership] agreement|terms [of] [reference]",
	}},
	{AgreementOrTerms, No, false, []string{
		"no [signed|written|partnership|formal] [partnership] agreement|terms [of] [reference] [yet|in|at] [place|all] $", "nothing [is] [has] [been] [put] [down] in writing", "nothing [is|has] [been] written down", "not [yet] signed anything",
		"not [yet] [got|have] [a|an|any] [signed|written|partnership] [partnership] agreement|terms [of] [reference] [yet] $",
	}},
	{CouncilRoleClear, Yes, false, []string{"our|the|council's [council's] role is [very|quite|perfectly] clear"}},
	{CouncilRoleClear, No, false, []string{"our|the|council's [council's] role is not [at] [all] [really|yet|very] clear", "our|council's role is [still|very] unclear|vague"}},
	{ResponsibilitiesClear, No, false, []string{"no one|nobody has|knows .. who is responsible [for] [what]"}},
	{CouncilIsLead, Yes, false, []string{"we|council would|will|are|is [be] [to] [the] lead|leading [body|partner|authority|organisation|on|it|this] ~"}},
	{CouncilIsLead, No, false, []string{
		"they|trust|county|district|charity|college|school|police would|will|are|is [be] [to] [the] lead|leading [body|partner|authority|organisation|on|it|this] ~", "they|trust|county|district|charity leads [it|this|on] ~",
		"we|council would|will|are|is not [be] [the] lead|leading [body|partner|authority|organisation] ~",
	}},
	{RisksEvaluated, Yes, false, []string{"risk assessment|register <done> done|completed|agreed|in|made|written [place]", "<own> [done|completed|made] a [full] risk assessment|register", "risks <done> [fully|properly] assessed|evaluated|understood [and] [evaluated]"}},
	{RisksEvaluated, No, false, []string{"no risk assessment|register [yet|at|has] ..", "nobody|no one has [yet|really|ever] looked at|into the risks|risk", "not [yet|really] [looked|assessed|evaluated|considered] [at] the risks", "risks <done> not [yet] [been] assessed|evaluated|understood|looked"}},
	{FinancialRegulations, Yes, false, []string{"complies|comply|line|accordance with our|the|council's [council's] [own] financial regulations", "follows|meets|within our|the|council's [council's] financial regulations"}},
	{FinancialRegulations, No, false, []string{"breaks|breaches|against our|the|council's [council's] financial regulations", "not comply|follow|meet [with] our|the|council's [council's] financial regulations"}},
	{ComplaintsWhistleblower, Yes, false, []string{"complaints and whistleblowing [procedures|policies|protocol|arrangements] <done> agreed|in|signed [place]", "<own> [a|agreed] complaints and whistleblowing procedure|policy|procedures|policies|protocol|arrangements"}},
	{ActionsClear, Yes, false, []string{"<own> a|an [clear|agreed|dated] action plan with [clear|firm] dates|deadlines|timescales", "there is a|an [clear|agreed|dated] action plan with [clear|firm] dates|deadlines|timescales", "actions are [all] clear [and] time limited"}},
	{ActionsClear, No, false, []string{"no action plan [yet|at] [all]", "<lack> a|an|any action plan"}},
	{RepresentativesNamed, Yes, false, []string{"representatives|reps <done> [been] named|chosen|appointed|nominated|specified|agreed", "<own> named|chosen|appointed|nominated our|the|two|three|a [council] [representatives|reps|representative|councillors] .."}},
	{RepresentativesNamed, No, false, []string{
		"not [yet] decided|chosen|named|agreed who would|will represent|sit|attend|go", "not [yet] named|chosen|appointed|nominated [our|any|the] representatives|reps|representative|anyone", "no representatives|reps|one [have|has] [been] named|chosen|appointed|nominated",
	}},
	{ConflictsDeclared, Yes, false, []string{"conflicts|interests [of] [interest] <done> [been] declared", "declared all|our|their|any conflicts|interests [of] [interest]"}},
	{ConflictsDeclared, No, false, []string{"conflicts|interests [of] [interest] have|has|are not [yet] [been] declared", "no one|nobody has [yet] declared [any|a|their|an] conflict|conflicts|interest|interests"}},
	{EqualitiesArranged, Yes, false, []string{"equality|equalities impact assessment|assessments <done> [been] done|arranged|in|completed|agreed [place]"}},
	{EqualitiesArranged, No, false, []string{"no equality|equalities impact assessment|assessments", "<lack> a|an|any equality|equalities impact assessment"}},
	{InformationSharing, Yes, false, []string{"information|data sharing agreement <done> [been] signed|agreed|in [place]", "<own> a|an [signed] information|data sharing agreement", "there is [already] a|an [signed] information|data sharing agreement [in] [place] ~"}},
	{InformationSharing, No, false, []string{"no information|data sharing agreement [yet|at|in] [all|place] $", "<lack> a|an|any information|data sharing agreement"}},
	{InformationSharing, NotApplicable, false, []string{"no personal data|information [is|are|would|will] [be] shared|involved|exchanged|held", "not share|sharing [any] personal data|information"}},
}
