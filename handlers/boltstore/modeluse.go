package boltstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/boltdb/bolt"
)

// ModelUse is what a language model took on one day, so that daily ceilings hold across restarts.
type ModelUse struct {
	Day                        time.Time // midnight UTC
	Calls, TokensIn, TokensOut int
}

// modelUse is where the numbers of a ModelUse stand in the meta bucket, the day as its Unix time
// in seconds. Each is one number, as all else there, which earlier versions can read too.
var modelUse = [...]key{key("model_day"), key("model_calls"), key("model_tokens_in"), key("model_tokens_out")}

// ModelUse reads what was last kept; the error is [handlers.ErrNotFound] if nothing was.
func (s *Store) ModelUse(ctx context.Context) (ModelUse, error) {
	var n [len(modelUse)]int64
	err := s.view(ctx, func(tx *bolt.Tx) error {
		var failed error
		for i, k := range modelUse {
			var err error
			n[i], err = load[int64](tx, meta, k)
			failed = errors.Join(failed, err)
		}
		return failed
	})
	if err != nil {
		return ModelUse{}, fmt.Errorf("read model use: %w", err)
	}
	return ModelUse{time.Unix(n[0], 0).UTC(), int(n[1]), int(n[2]), int(n[3])}, nil
}

// KeepModelUse writes with whatever is written next, and keeps nobody waiting for it: a crash, or
// a commit that fails, loses the last numbers.
func (s *Store) KeepModelUse(u ModelUse) {
	_ = s.begin(context.Background(), afterwards, func(tx *bolt.Tx) error {
		for i, n := range [...]int64{u.Day.Unix(), int64(u.Calls), int64(u.TokensIn), int64(u.TokensOut)} {
			if err := put(tx, meta, modelUse[i], n); err != nil {
				return err
			}
		}
		return nil
	})
}
