package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Errors that callers tell apart. Where something can be done, the message says what.
var (
	// ErrHeld means that another process has the file open.
	ErrHeld = errors.New("the data file is in use by another program: stop the bot, or wait for a command to end")
	// ErrUnreadable means that the file is not a Bolt file, not the bot's, cut short or
	// damaged.
	ErrUnreadable = errors.New("this is not a data file of the bot, or it is damaged: " +
		"put a backup in its place")
	// ErrNewer means that the file has a schema that this program does not know.
	ErrNewer = errors.New("the data file was written by a newer version of the bot: " +
		"install that version")
	// ErrDenied means that the operating system does not let this user read and write the file.
	ErrDenied = errors.New("the data file may not be read and written: " +
		"change its permissions, or run as its owner")
	// ErrNowhere means that the file is reached through a symbolic link whose target is not there.
	// A new file is not made for it: what is missing may be the disk with the record.
	ErrNowhere = errors.New("the data file is not where its symbolic link points: " +
		"mount the disk that it is on, or correct the link or remove it")
	// ErrClosed means that the store was closed before the call.
	ErrClosed = errors.New("the store is closed: the bot is stopping")
	// ErrBroken means that a commit failed in such a way that nothing can safely be written
	// after it.
	ErrBroken = fmt.Errorf("the data file can no longer be written safely: %w", handlers.ErrBroken)
)

const defaultTimeout = time.Second

// Options say how to open a store; the zero value is ready to use.
type Options struct {
	// Timeout is how long to wait for another process to release the file. If it is not
	// positive, the wait is one second.
	Timeout time.Duration
	// Damaged, if set, lets Open return once it has examined the outline of the file, while the
	// rest of its structure is checked in the background. It is called at most once, from
	// another goroutine, with the [ErrUnreadable] that was found; from then on every read and
	// write returns that error. It must not wait for the store. If it is nil, Open returns only
	// when everything has been checked.
	Damaged func(error)
	// Log, if set, is told what Open could not put right, and opened the file all the same.
	Log *slog.Logger
}

// Store is an open data file.
type Store struct {
	db      *bolt.DB        // changed by the writer, holding life
	readers *sync.WaitGroup // of db; joined while holding life
	path    string
	queue   *queue
	open    context.Context // ends when the store is to be closed
	wholly  chan struct{}   // held by whoever works on the file as a whole
	retired sync.WaitGroup  // files that have been replaced and are still being read
	// committing is when the commit under way began, or nil if there is none.
	committing atomic.Pointer[time.Time]
	// scanned is set when a read went through much of the file since the last release.
	scanned atomic.Bool
	// broken is why nothing more can be written; only the writer uses it.
	broken error
	survey *survey // nil unless the file is checked in the background
	// damage is what that check found, if anything.
	damage atomic.Pointer[error]

	between func()            // for tests: called before each step of a compaction that holds nobody up, and between those of an erasure
	synced  func(name string) // for tests: called whenever a compaction's copy has been synced

	life   sync.RWMutex
	closed bool // guarded by life
	close  func() error
}

// Open opens the data file at path, and creates it if it is missing or empty. A new folder is
// for its owner alone (0700), and so is the file (0600), even one that was already there. The
// whole structure of the file is checked, before use unless the options say otherwise, and an
// older schema is brought up to date in one transaction. Only one process can have the file
// open. The error is [ErrHeld], [ErrUnreadable], [ErrNewer], [ErrDenied], [ErrNowhere], or the
// operating system's own.
func Open(path string, opts Options) (*Store, error) {
	return open(path, opts, migrations)
}

func open(path string, opts Options, steps []migration) (*Store, error) {
	path, err := resolved(path)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", path, err)
	}
	db, err := openFile(path, opts)
	if err != nil {
		return nil, fmt.Errorf("open store %q: %w", path, err)
	}
	s := &Store{db: db, readers: new(sync.WaitGroup), path: path, queue: newQueue(), wholly: make(chan struct{}, 1)}
	if err := s.prepare(opts, steps); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %q: %w", path, err), db.Close())
	}
	running, end := context.WithCancel(context.Background())
	s.open = running
	written := make(chan struct{})
	go func() {
		defer close(written)
		s.write()
	}()
	s.close = sync.OnceValue(func() error {
		end()
		s.survey.end()
		s.wholly <- struct{}{} // never released, so nobody else gets it
		s.queue.close()
		<-written
		s.life.Lock()
		s.closed = true
		s.life.Unlock()
		s.readers.Wait() // because Bolt unmaps the file under them
		s.retired.Wait()
		if s.broken != nil {
			return fmt.Errorf("close store %q: %w", path, s.broken) // Bolt may hold its locks for ever
		}
		if err := s.db.Close(); err != nil {
			return fmt.Errorf("close store %q: %w", path, err)
		}
		return nil
	})
	s.finishErasures(opts.Log)
	return s, nil
}

// Close finishes the writes that are waiting and the reads under way, and releases the file.
// Calls made after it return [ErrClosed]; closing again does nothing.
func (s *Store) Close() error { return s.close() }

// resolved follows symbolic links to the data file, or returns the path itself if there is no
// file yet. Replacing the link instead of the file would leave the old file behind. The error is
// [ErrNowhere], and the path then the one given.
func resolved(path string) (string, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real, nil
	}
	for at := path; ; at = filepath.Dir(at) { // the file or a folder may be the link
		info, err := os.Lstat(at)
		switch {
		case err == nil && info.Mode().Type() == fs.ModeSymlink:
			if _, err = os.Stat(at); err != nil && !errors.Is(err, fs.ErrPermission) {
				to, _ := os.Readlink(at)
				return path, fmt.Errorf("%w: %q points to %q", ErrNowhere, at, to)
			}
			return path, nil
		case err == nil, at == filepath.Dir(at):
			return path, nil
		}
	}
}

// Exists reports whether there is a data file at path. The error is [ErrNowhere], [ErrDenied] or
// the operating system's own.
func Exists(path string) (bool, error) {
	real, err := resolved(path)
	if err == nil {
		_, err = os.Stat(real)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("find store %q: %w", path, explain(err))
	}
	return true, nil
}

func openFile(path string, opts Options) (db *bolt.DB, err error) {
	defer guard(&err)()
	if opts.Timeout <= 0 {
		opts.Timeout = defaultTimeout // to Bolt, zero means for ever
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, explain(err)
	}
	size, err := inspect(path)
	if err != nil {
		return nil, explain(err)
	}
	found, _ := os.Stat(path)
	db, err = openRoomy(path, opts.Timeout, size)
	if err != nil {
		return nil, explain(err)
	}
	// Bolt creates a file with these permissions, but leaves those of a file that was copied
	// here.
	if found != nil && found.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return nil, errors.Join(explain(err), db.Close())
		}
	}
	// While Bolt waited for the lock, a compaction may have put another file in this one's
	// place.
	if now, err := os.Stat(path); found != nil && (err != nil || !os.SameFile(found, now)) {
		return nil, errors.Join(ErrHeld, db.Close())
	}
	if found != nil && found.Size() == 0 && opts.Log != nil { // a crash leaves such a file before there is anything in it, and may do so after
		opts.Log.Warn("the data file was empty, and is begun afresh: if a record should be in it, put a backup in its place", "data_file", path)
	}
	if size == 0 {
		syncFolder(filepath.Dir(path))
	}
	discardLeft(path)
	return db, nil
}

// Bolt cannot remap a file while it is being read, which includes checking, copying and
// exporting it; a write that needs more memory than is mapped has to wait. So twice the file's
// size is mapped, and at least leastRoom, which costs nothing. On disk the file grows in steps
// of growth.
const (
	leastRoom = 64 << 20
	growth    = 256 << 10
)

func openRoomy(path string, timeout time.Duration, size int64) (*bolt.DB, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: timeout, InitialMmapSize: int(min(max(2*size, leastRoom), math.MaxInt))})
	if err == nil {
		db.AllocSize = growth
	}
	return db, err
}

// inspect checks the outline of a file before Bolt maps it into memory, because Bolt trusts
// what it reads and may bring the process down. It returns size 0 if there is nothing to check
// yet: the file is missing or empty, or another process may be writing it.
func inspect(path string) (size int64, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%w: it is not a file", ErrUnreadable)
	case info.Size() == 0:
		return 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close() // which also releases the lock
	if lockShared(f) != nil {
		return 0, nil
	}
	return info.Size(), verifyOutline(f)
}

// syncFolder makes the name of a new file durable. Errors are ignored, because not every system
// can sync a folder, and those that cannot do not need to.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// explain turns an error of Bolt or the operating system into one of the package's own, which
// says what to do.
func explain(err error) error {
	switch {
	case errors.Is(err, ErrUnreadable):
		return err
	case errors.Is(err, bolt.ErrTimeout):
		return ErrHeld
	case errors.Is(err, bolt.ErrInvalid), errors.Is(err, bolt.ErrChecksum),
		errors.Is(err, bolt.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", ErrDenied, err)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%w: what its path takes for a folder is a file: correct the path", err)
	}
	return err
}

// guard, deferred as guard(&err)(), turns a panic of Bolt over a damaged file into an error.
// That includes a read that the disk fails.
func guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if p := recover(); p != nil {
			*err = fmt.Errorf("%w: %v", ErrUnreadable, p)
		}
	}
}
