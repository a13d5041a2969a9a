package boltstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/boltdb/bolt"
)

// copyBatch bounds one transaction of a copy, in bytes, and so how much the disk has to take at
// once: turns must still commit in good time.
const copyBatch = 4 << 20

// copying is a new file that is to take the place of the store's.
type copying struct {
	ctx   context.Context // ends the copying between two transactions
	store *Store
	name  string
	to    *bolt.DB
	from  pageFile
	size  int64 // of the old file
	last  bool  // the writer is waiting
	kept  bool  // it has taken the place of the old file
}

func newCopying(ctx context.Context, s *Store) (c *copying, err error) {
	old, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	c = &copying{ctx: ctx, store: s, from: pageFile{old, uint64(s.db.Info().PageSize)}}
	info, err := old.Stat()
	if err != nil {
		return nil, errors.Join(err, old.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+snapshotMark)
	if err != nil {
		return nil, errors.Join(err, old.Close())
	}
	c.name, c.size = f.Name(), info.Size()
	err = f.Close()
	if err == nil {
		c.to, err = openRoomy(c.name, defaultTimeout, c.size)
	}
	if err != nil {
		return nil, errors.Join(err, old.Close(), os.Remove(c.name))
	}
	c.to.NoSync = true // each batch is synced as a whole
	return c, nil
}

// discard removes a copy that has not taken the place of the file.
func (c *copying) discard() {
	_ = c.from.file.Close()
	if !c.kept {
		_ = c.to.Close()
		_ = os.Remove(c.name)
	}
}

// apply changes the copy, unless the copying has been stopped.
func (c *copying) apply(change func(*bolt.Tx) error) error {
	if !c.last {
		c.store.pause()
	}
	if err := cmp.Or(c.ctx.Err(), c.store.open.Err()); err != nil { // ctx ends a little later than the store begins to close
		return err
	}
	if since := c.store.committing.Load(); since != nil && time.Since(*since) > stalled {
		return errBusy
	}
	return errors.Join(c.to.Update(change), c.sync())
}

// sync makes the copy durable. Nothing may be written between the last of these and the moment
// when the copy takes the place of the file, or a power cut could leave half of it there.
func (c *copying) sync() error {
	err := c.to.Sync()
	if c.store.synced != nil {
		c.store.synced(c.name)
	}
	return err
}

// all copies everything that is stored.
func (c *copying) all(then *bolt.Tx) error {
	return then.ForEach(func(name []byte, from *bolt.Bucket) error {
		err := c.apply(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists(name)
			if err == nil {
				err = b.SetSequence(from.Sequence())
			}
			return err
		})
		cursor := from.Cursor()
		for k, v := cursor.First(); k != nil && err == nil; {
			err = c.apply(func(tx *bolt.Tx) error {
				b := tx.Bucket(name)
				b.FillPercent = 0.9 // keys are added in order
				for size := 0; k != nil && size < copyBatch; k, v = cursor.Next() {
					if err := b.Put(k, v); err != nil {
						return err
					}
					size += len(k) + len(v)
				}
				return nil
			})
		}
		return err
	})
}

// maxSpans bounds one transaction while the copy catches up.
const maxSpans = 256

// follow brings the copy from the state of then to the state of now. Bolt never overwrites a
// page that an open transaction can read, and then is still open. So pages that both trees
// share are unchanged, and everything that changed lies in the spans of the others.
func (c *copying) follow(then, now *bolt.Tx) error {
	return now.ForEach(func(name []byte, b *bolt.Bucket) error {
		before := then.Bucket(name)
		spans, err := c.from.changed(uint64(before.Root()), uint64(b.Root()))
		if err != nil {
			return fmt.Errorf("bucket %q: %w", name, err)
		}
		for some := range slices.Chunk(spans, maxSpans) {
			err := c.apply(func(tx *bolt.Tx) error {
				for _, s := range some {
					if err := mirror(tx.Bucket(name), b, s); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		if before.Sequence() == b.Sequence() {
			return nil
		}
		return c.apply(func(tx *bolt.Tx) error { return tx.Bucket(name).SetSequence(b.Sequence()) })
	})
}

// mirror makes the keys in a span match those in another bucket.
func mirror(to, from *bolt.Bucket, s span) error {
	var gone [][]byte
	cursor := to.Cursor()
	for k, _ := cursor.Seek(s.low); s.has(k); k, _ = cursor.Next() {
		if from.Get(k) == nil {
			gone = append(gone, slices.Clone(k))
		}
	}
	for _, k := range gone {
		if err := to.Delete(k); err != nil {
			return err
		}
	}
	cursor = from.Cursor()
	for k, v := cursor.Seek(s.low); s.has(k); k, v = cursor.Next() {
		if err := to.Put(k, v); err != nil {
			return err
		}
	}
	return nil
}

// span is the range of keys from low up to but not including high; nil means no bound.
type span struct{ low, high []byte }

func (s span) has(k []byte) bool {
	return k != nil && (s.high == nil || string(k) < string(s.high))
}

// pageFile reads a file that has been found sound, page by page.
type pageFile struct {
	file interface {
		io.ReaderAt
		io.Closer
	}
	pageSize uint64
}

// changed lists the spans of the leaves that only one of two trees has, given the trees' roots.
// A bucket stored inside its parent's leaf has no root of its own; being small, it counts as
// changed throughout.
func (f pageFile) changed(then, now uint64) (spans []span, err error) {
	switch {
	case then == 0 || now == 0:
		return []span{{}}, nil
	case then == now:
		return nil, nil
	}
	old, young := map[uint64]bool{}, map[uint64]bool{}
	differ := func(mine, others map[uint64]bool) func(uint64, span, bool) bool {
		return func(id uint64, s span, leaf bool) bool {
			mine[id] = true
			if leaf && !others[id] {
				spans = append(spans, s)
			}
			return !others[id]
		}
	}
	all := func(id uint64, _ span, _ bool) bool {
		old[id] = true
		return true
	}
	err = errors.Join(f.walk(then, span{}, all), f.walk(now, span{}, differ(young, old)), f.walk(then, span{}, differ(old, young)))
	return spans, err
}

// walk calls visit with a tree's pages and the spans of their keys, and descends below a page
// if visit says so. All leaves are at the same depth, so one child tells whether its siblings
// are leaves.
func (f pageFile) walk(id uint64, within span, visit func(id uint64, s span, leaf bool) (below bool)) error {
	p, err := f.page(id)
	if err != nil {
		return err
	}
	leaf := order.Uint16(p[8:])&leafPage != 0
	if !visit(id, within, leaf) || leaf {
		return nil
	}
	children, err := branches(p, within)
	leaves := false
	for i := 0; i < len(children) && err == nil; i++ {
		c := children[i]
		if i == 0 {
			leaves, err = f.isLeaf(c.id)
		}
		if err == nil && leaves {
			visit(c.id, c.span, true)
		} else if err == nil {
			err = f.walk(c.id, c.span, visit)
		}
	}
	return err
}

type child struct {
	id uint64
	span
}

// branches reads a branch page, which has for each child pos and ksize (uint32) and page
// (uint64).
func branches(p []byte, within span) (list []child, err error) {
	n := int(order.Uint16(p[10:]))
	for i := range n {
		at := pageHeader + i*pageElement
		if at+pageElement > len(p) {
			return nil, fmt.Errorf("%w: bad branch", ErrUnreadable)
		}
		k, ok := cut(p, uint64(at)+uint64(order.Uint32(p[at:])), uint64(order.Uint32(p[at+4:])))
		if !ok {
			return nil, fmt.Errorf("%w: key beyond its page", ErrUnreadable)
		}
		c := child{order.Uint64(p[at+8:]), span{k, within.high}}
		if i == 0 {
			c.low = within.low
		} else {
			list[i-1].high = k
		}
		list = append(list, c)
	}
	return list, nil
}

// page reads a page; of a branch, its overflow pages too.
func (f pageFile) page(id uint64) ([]byte, error) {
	p, err := f.read(id, f.pageSize)
	if err != nil {
		return nil, err
	}
	if more := uint64(order.Uint32(p[12:])); order.Uint16(p[8:])&branchPage != 0 && more > 0 {
		return f.read(id, (more+1)*f.pageSize)
	}
	return p, nil
}

func (f pageFile) isLeaf(id uint64) (bool, error) {
	header, err := f.read(id, pageHeader)
	return err == nil && order.Uint16(header[8:])&leafPage != 0, err
}

// read reads so many bytes of a page.
func (f pageFile) read(id, size uint64) ([]byte, error) {
	p := make([]byte, size)
	if _, err := f.file.ReadAt(p, int64(id*f.pageSize)); err != nil {
		return nil, fmt.Errorf("read page %d: %w", id, err)
	}
	return p, nil
}
