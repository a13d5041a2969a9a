package boltstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"sync/atomic"
)

// Bolt v1.3.1 maps the file into memory and trusts what it finds there. On a damaged file it
// panics, reads past the end (which kills the process) or loops for ever. So the code below
// walks a file's pages and checks every number in them against the size of the file: the
// outline before Bolt sees it, and later everything (see survey.go). The layout is that of
// Bolt's page.go, bucket.go and db.go; numbers are in the machine's byte order.

const (
	pageHeader   = 16 // id uint64, flags, count uint16, overflow uint32
	pageElement  = 16
	bucketHeader = 16 // root, sequence uint64
	metaLength   = 64
	boltMagic    = 0xED0CDAED
	boltVersion  = 2

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10
	subBucket    = 0x01 // flag of a leaf's element
)

var order = binary.NativeEndian

// layout is a file under examination.
type layout struct {
	file     io.ReaderAt
	pageSize uint64
	pages    uint64 // how many the file says it has
	used     []bool // by page: whether something refers to it
	root     uint64 // the page with the buckets' names
	free     uint64 // the page with the freelist
	// outline skips the leaves that a sibling shows to be leaves.
	outline bool
	stop    atomic.Bool // ends the walk early
	spare   [][]byte    // pages to read into
}

// errStopped means that a walk was stopped before it was complete.
var errStopped = errors.New("stopped")

// verify returns an [ErrUnreadable] if Bolt could not safely read the whole file. It reads the
// pages in use, and holds one page at a time per level of the tree.
func verify(f *os.File) error { return examine(f, false) }

// verifyOutline checks only what leads to the entries: the meta pages against the length of the
// file, the freelist, the names of the buckets and the branches of their trees. If these are
// sound, Bolt does not loop.
func verifyOutline(f *os.File) error { return examine(f, true) }

func examine(f *os.File, outline bool) error {
	l, err := newLayout(f)
	if err != nil {
		return err
	}
	l.outline = outline
	return l.walk()
}

// newLayout finds out which tree of a file is the current one.
func newLayout(f *os.File) (*layout, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	l := &layout{file: f}
	if err := l.meta(uint64(info.Size())); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return l, nil
}

// walk follows the tree that newLayout found. That tree must stay in place until the walk ends.
func (l *layout) walk() error {
	l.used = make([]bool, l.pages)
	err := l.freelist(l.free)
	if err == nil {
		_, err = l.tree(l.root, nil, nil)
	}
	if err != nil && !errors.Is(err, errStopped) {
		err = fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return err
}

// meta chooses between the two meta pages as Bolt does.
func (l *layout) meta(size uint64) error {
	first, err := l.readMeta(0)
	l.pageSize = uint64(os.Getpagesize())
	if err == nil {
		l.pageSize = uint64(order.Uint32(first[8:]))
	}
	if l.pageSize < 1024 || l.pageSize > 1<<16 || l.pageSize&(l.pageSize-1) != 0 {
		return fmt.Errorf("page size %d", l.pageSize)
	}
	second, err2 := l.readMeta(l.pageSize)
	if err != nil && err2 != nil {
		return err
	}
	txid := func(m []byte) uint64 { return order.Uint64(m[48:]) }
	m := first
	if err != nil || err2 == nil && txid(second) > txid(first) {
		m = second
	}
	l.pages = order.Uint64(m[40:])
	if uint64(order.Uint32(m[8:])) != l.pageSize || size < 4*l.pageSize || l.pages < 4 ||
		l.pages > size/l.pageSize {
		return fmt.Errorf("%d pages of %d bytes in a file of %d bytes", l.pages, l.pageSize, size)
	}
	l.root, l.free = order.Uint64(m[16:]), order.Uint64(m[32:])
	return nil
}

func (l *layout) readMeta(offset uint64) ([]byte, error) {
	m := make([]byte, metaLength)
	if _, err := l.file.ReadAt(m, int64(offset+pageHeader)); err != nil {
		return nil, fmt.Errorf("read meta page: %w", err)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(m[:metaLength-8]) // never fails
	switch {
	case order.Uint32(m) != boltMagic || order.Uint32(m[4:]) != boltVersion:
		return nil, errors.New("no bolt file")
	case order.Uint64(m[56:]) != 0 && order.Uint64(m[56:]) != sum.Sum64(): // Bolt takes zero to mean no checksum
		return nil, errors.New("meta page: checksum differs")
	}
	return m, nil
}

// page reads a page with its overflow pages, which must not be in use elsewhere. The caller
// returns it to spare when done with it.
func (l *layout) page(id uint64) ([]byte, error) {
	if l.stop.Load() {
		return nil, errStopped
	}
	if id < 2 || id >= l.pages {
		return nil, fmt.Errorf("page %d of %d", id, l.pages)
	}
	p := l.buffer(l.pageSize)
	if _, err := l.file.ReadAt(p, int64(id*l.pageSize)); err != nil {
		return nil, fmt.Errorf("read page %d: %w", id, err)
	}
	n := uint64(order.Uint32(p[12:])) + 1
	if order.Uint64(p) != id || n > l.pages-id {
		return nil, fmt.Errorf("page %d: bad header", id)
	}
	for i := id; i < id+n; i++ {
		if err := l.use(i); err != nil {
			return nil, err
		}
	}
	if n == 1 {
		return p, nil
	}
	l.spare = append(l.spare, p)
	p = l.buffer(n * l.pageSize)
	if _, err := l.file.ReadAt(p, int64(id*l.pageSize)); err != nil {
		return nil, fmt.Errorf("read page %d: %w", id, err)
	}
	return p, nil
}

// buffer returns a spare page of n bytes, or a new one.
func (l *layout) buffer(n uint64) []byte {
	if last := len(l.spare) - 1; last >= 0 {
		p := l.spare[last]
		l.spare = l.spare[:last]
		if uint64(cap(p)) >= n {
			return p[:n]
		}
	}
	return make([]byte, n)
}

func (l *layout) use(id uint64) error {
	if id < 2 || id >= l.pages || l.used[id] {
		return fmt.Errorf("page %d: out of place", id)
	}
	l.used[id] = true
	return nil
}

func (l *layout) freelist(id uint64) error {
	p, err := l.page(id)
	if err != nil {
		return err
	}
	defer func() { l.spare = append(l.spare, p) }()
	flags, count := order.Uint16(p[8:]), uint64(order.Uint16(p[10:]))
	ids := p[pageHeader:]
	if count == 0xFFFF { // the first entry is then the count, and Bolt includes it in that count
		count = order.Uint64(ids)
		if count < 1 || count > uint64(len(ids)/8) {
			return fmt.Errorf("page %d: bad freelist", id)
		}
		ids, count = ids[8:], count-1
	}
	if flags != freelistPage || count > uint64(len(ids)/8) {
		return fmt.Errorf("page %d: bad freelist", id)
	}
	for i := range count {
		if err := l.use(order.Uint64(ids[i*8:])); err != nil {
			return fmt.Errorf("freelist: %w", err)
		}
	}
	return nil
}

// tree checks the pages of a bucket from the given one down, and reports whether that is a
// leaf. Keys must ascend from low up to but not including high (nil: no bound).
func (l *layout) tree(id uint64, low, high []byte) (leaf bool, err error) {
	p, err := l.page(id)
	if err != nil {
		return false, err
	}
	defer func() { l.spare = append(l.spare, p) }()
	switch order.Uint16(p[8:]) {
	case leafPage:
		leaf, err = true, l.leaf(p, low, high)
	case branchPage:
		err = l.branch(p, low, high)
	default:
		err = errors.New("neither branch nor leaf")
	}
	if err != nil {
		return leaf, fmt.Errorf("page %d: %w", id, err)
	}
	return leaf, nil
}

func (l *layout) branch(p, low, high []byte) error {
	n := int(order.Uint16(p[10:]))
	if n == 0 || pageHeader+n*pageElement > len(p) {
		return errors.New("bad branch")
	}
	keys := make([][]byte, n+1)
	keys[n] = high
	for i := range n { // pos, ksize uint32, page uint64
		at := pageHeader + i*pageElement
		start, length := uint64(order.Uint32(p[at:])), uint64(order.Uint32(p[at+4:]))
		var ok bool
		if keys[i], ok = cut(p, uint64(at)+start, length); !ok {
			return errors.New("key beyond its page")
		}
		if !rises(low, keys[i], high, i == 0) {
			return errDisorder
		}
		low = keys[i]
	}
	leaves := false // all children are at the same depth, so either all are leaves or none is
	for i := range n {
		child := order.Uint64(p[pageHeader+i*pageElement+8:])
		if leaves && l.outline {
			if err := l.use(child); err != nil {
				return err
			}
			continue
		}
		leaf, err := l.tree(child, keys[i], keys[i+1])
		if err == nil && i > 0 && leaf != leaves {
			err = fmt.Errorf("page %d: at the wrong depth", child)
		}
		if err != nil {
			return err
		}
		leaves = leaf
	}
	return nil
}

func (l *layout) leaf(p, low, high []byte) error {
	n := int(order.Uint16(p[10:]))
	if pageHeader+n*pageElement > len(p) {
		return errors.New("bad leaf")
	}
	for i := range n { // flags, pos, ksize, vsize uint32
		at := pageHeader + i*pageElement
		start := uint64(at) + uint64(order.Uint32(p[at+4:]))
		ksize, vsize := uint64(order.Uint32(p[at+8:])), uint64(order.Uint32(p[at+12:]))
		k, ok := cut(p, start, ksize)
		v, ok2 := cut(p, start+ksize, vsize)
		if !ok || !ok2 {
			return errors.New("entry beyond its page")
		}
		if !rises(low, k, high, i == 0) {
			return errDisorder
		}
		low = k
		if order.Uint32(p[at:])&subBucket != 0 {
			if err := l.bucket(v); err != nil {
				return fmt.Errorf("bucket %q: %w", k, err)
			}
		}
	}
	return nil
}

// bucket checks a nested bucket: a tree, or one leaf inside the value.
func (l *layout) bucket(v []byte) error {
	if len(v) < bucketHeader {
		return errors.New("bad bucket")
	}
	if root := order.Uint64(v); root != 0 {
		_, err := l.tree(root, nil, nil)
		return err
	}
	p := v[bucketHeader:]
	if len(p) < pageHeader || order.Uint16(p[8:]) != leafPage {
		return errors.New("bad bucket")
	}
	return l.leaf(p, nil, nil)
}

func cut(p []byte, start, length uint64) ([]byte, bool) {
	if start > uint64(len(p)) || length > uint64(len(p))-start {
		return nil, false
	}
	return p[start : start+length], true
}

var errDisorder = errors.New("keys out of order")

// rises reports whether a key comes after the one before it and before high (nil: no bound), as
// Bolt's search requires. For the first key of a page, before is the page's lower bound, which
// the key may equal.
func rises(before, k, high []byte, first bool) bool {
	c := bytes.Compare(before, k)
	return (c < 0 || first && c == 0) && (high == nil || bytes.Compare(k, high) < 0)
}
