package assessment

import "slices"

// Stop is a point where the dialogue can end: after a step, if any of the facts is answered
// with any of the words and everything else was answered well.
type Stop struct {
	Step    StepID
	Outcome Outcome
	Facts   []FactID
	Words   []Value
	// Earlier means that the facts were asked before the step: the dialogue went on, because
	// another answer could still have decided.
	Earlier bool
}

// Stops lists where the dialogue can end, in the order of the dialogue, computed from the
// rules. After the last step it ends whatever is answered; the stop without facts is the one
// where nothing stands against the partnership.
func Stops() []Stop {
	var all []Stop
	well := Answers{}
	waiting := map[FactID][]Value{} // the words that have not ended it yet
	for _, step := range steps {
		for _, id := range step.Facts {
			f := facts[position[id]]
			well[id], waiting[id] = goodAnswer(f), f.Words
		}
		good, over := Decided(well)
		if over {
			all = append(all, Stop{Step: step.ID, Outcome: good})
		}
		for _, f := range facts[:position[step.Facts[len(step.Facts)-1]]+1] {
			var still []Value
			ends := map[Outcome][]Value{}
			for _, w := range waiting[f.ID] {
				o, ok := Decided(Apply(well, []Change{{Fact: f.ID, To: w}}))
				if !ok || over && o == good {
					still = append(still, w)
					continue
				}
				ends[o] = append(ends[o], w)
			}
			waiting[f.ID] = still
			for _, o := range outcomes {
				if words := ends[o]; words != nil {
					all = addStop(all, Stop{step.ID, o, []FactID{f.ID}, words, !slices.Contains(step.Facts, f.ID)})
				}
			}
		}
	}
	return all
}

// addStop joins stops that differ only in the fact.
func addStop(all []Stop, s Stop) []Stop {
	for i, had := range all {
		if had.Step == s.Step && had.Outcome == s.Outcome && had.Earlier == s.Earlier && slices.Equal(had.Words, s.Words) {
			all[i].Facts = append(had.Facts, s.Facts...)
			return all
		}
	}
	return append(all, s)
}

// Way lists the steps of the longest way that is still possible from a step, starting with that
// step. It assumes that every answer to come speaks for the partnership, so that none decides
// sooner than the answers already given must. onward means that the person goes on even though
// the outcome is decided.
func Way(a Answers, now Step, onward bool) (way []Step) {
	well := a.Clone()
	for open := true; open; now, open = Next(well) {
		way = append(way, now)
		for _, id := range now.Facts {
			if len(way) == 1 || !well.Given(id) {
				well[id] = goodAnswer(facts[position[id]])
			}
		}
		if _, decided := Decided(well); decided && !onward {
			return way
		}
	}
	return way
}
