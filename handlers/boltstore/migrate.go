package boltstore

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/boltdb/bolt"

	"partnershipbot/knowledge/assessment"
)

// keepHistory migrates from schema 1, which had only records, to schema 2. Each record is
// packed and entered in a history and in the chain, as if they had been submitted in the order
// of their references.
func keepHistory(tx *bolt.Tx) error {
	var keys []key
	err := each(tx, records, nil, func(k, _ []byte) error {
		keys = append(keys, bytes.Clone(k))
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range keys {
		r, err := load[assessment.Record](tx, records, k)
		if err != nil {
			return err
		}
		team, err := teamOf(k)
		if err != nil {
			return err
		}
		stored, err := pack(tx, r)
		if err != nil {
			return err
		}
		if err := put(tx, records, k, stored); err != nil {
			return err
		}
		if err := enterSubmission(tx, team, r); err != nil {
			return fmt.Errorf("%s: %w", r.Reference, err)
		}
	}
	return nil
}

// timeFirst migrates from schema 2 to schema 3. The id of what was said named the channel before the
// time, and names it after that now. Slack may deliver again what was accepted under the former id. A
// turn in the inbox keeps that, by which what stands in Slack in place of its answer is found.
func timeFirst(tx *bolt.Tx) error {
	renamed := map[string]key{}
	err := each(tx, seen, nil, func(k, _ []byte) error {
		team, err := teamOf(k)
		if err != nil {
			return nil // what cannot be read holds up nothing
		}
		id := k[len(teamKey(team)):]
		_, size := binary.Uvarint(id)
		part := strings.Fields(string(id[max(size, 0):]))
		if len(part) == 3 && part[0] == "message" && part[1] > "A" { // a channel, not a time
			renamed[string(k)] = teamKey(team).text(part[0] + " " + part[2] + " " + part[1])
		}
		return nil
	})
	if err != nil {
		return err
	}
	b := seen.in(tx)
	for before, now := range renamed {
		if err := b.Put(now, bytes.Clone(b.Get([]byte(before)))); err != nil {
			return err
		}
		if err := b.Delete([]byte(before)); err != nil {
			return err
		}
	}
	return nil
}
