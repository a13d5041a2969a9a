package boltstore

import (
	"bytes"
	"fmt"

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
