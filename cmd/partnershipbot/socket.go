package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"partnershipbot/handlers/boltstore"
)

// While a program has the data file open, other processes reach the record through it, over
// a Unix socket that is beside the file and can be used only by the file's owner. An errand
// is posted as JSON; its output is the body of the response, and an error is the trailer.

const (
	errandPath    = "/errand"
	versionHeader = "Partnershipbot-Version"
	errorTrailer  = "Partnershipbot-Error" // escaped like a query parameter
)

// Bounds on one errand. The largest holds a protocol of one mebibyte, escaped; an error is
// a few sentences.
const (
	maxErrand = 4 << 20
	maxError  = 4 << 10
	readTime  = 10 * time.Second // for a whole errand to arrive
	writeTime = 30 * time.Second // for a client that does not read
	stopTime  = 2 * time.Second  // for errands in progress when the program stops
	replyTime = 10 * time.Second // for the process that has the file open to start on an errand
)

// maxSocketPath is the longest path of a socket that every system accepts: sun_path has 104
// bytes on macOS and the BSDs and 108 on Linux (unix(4), unix(7)), including the
// terminating zero.
const maxSocketPath = 103

// socketPath is the socket of the program that has a data file open.
func socketPath(db string) (string, error) {
	if real, err := filepath.EvalSymlinks(db); err == nil {
		db = real // one file has one socket, whatever it is called
	}
	path := db + ".sock"
	if len(path) > maxSocketPath {
		return "", fmt.Errorf("the name of the data file is too long for a socket beside it: %d bytes, at most %d: "+
			"set PARTNERSHIPBOT_DB to a shorter one", len(db), maxSocketPath-len(".sock"))
	}
	return path, nil
}

// takeErrands gives others access to the record of an open data file until ctx ends or stop
// is called; stop waits for errands in progress. It starts to stop as soon as ctx ends, so
// that everything else can stop at the same time.
func takeErrands(ctx context.Context, db string, store *boltstore.Store, log *slog.Logger) (stop func()) {
	run := func(ctx context.Context, r errand, w io.Writer) error { return r.run(ctx, record{store, db}, w) }
	stop = sync.OnceFunc(errandHandler{run: run, log: log, version: version(), patience: writeTime}.serve(db))
	context.AfterFunc(ctx, stop)
	return stop
}

// errandHandler runs errands that arrive at the socket.
type errandHandler struct {
	run     func(context.Context, errand, io.Writer) error
	log     *slog.Logger
	version string
	// patience is how long a client may go without reading.
	patience time.Duration
}

// serve takes errands until stop is called, which ends those in progress. The caller has
// the data file open, so a socket that already exists was left behind by a program that has
// ended. If there can be no socket, the program does without.
func (h errandHandler) serve(db string) (stop func()) {
	path, err := socketPath(db)
	var l net.Listener
	if err == nil {
		l, err = listenPrivately(path)
	}
	if err != nil {
		h.log.Warn("takes no commands about the record while it runs", "err", err)
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: readTime, MaxHeaderBytes: maxError,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(slog.DiscardHandler, slog.LevelWarn),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("takes no more commands about the record", "err", err)
		}
	}()
	return func() {
		cancel()
		waits, done := context.WithTimeout(context.Background(), stopTime)
		defer done()
		if server.Shutdown(waits) != nil {
			_ = server.Close()
		}
		<-ended
	}
}

// listenPrivately makes a socket that only its owner can use, replacing one that was left
// behind.
func listenPrivately(path string) (net.Listener, error) {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case info.Mode().Type() != fs.ModeSocket:
		return nil, fmt.Errorf("%q is in the way: move it elsewhere", path)
	default:
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	l, err := listenMasked(path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (h errandHandler) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	w.Header().Set(versionHeader, h.version)
	if req.Method != http.MethodPost || req.URL.Path != errandPath {
		http.Error(w, "the bot takes nothing but commands about the record here", http.StatusNotFound)
		return
	}
	conn := http.NewResponseController(w)
	_ = conn.SetReadDeadline(time.Now().Add(readTime))
	r, err := decodeErrand(http.MaxBytesReader(w, req.Body, maxErrand))
	// From now on, reading serves only to notice that the client has gone.
	_ = conn.SetReadDeadline(time.Time{})
	if err != nil {
		http.Error(w, fmt.Sprintf("the bot that is running cannot use this command: %v: "+
			"call the program that it was started from, or start it again", err), http.StatusBadRequest)
		return
	}
	w.Header().Set("Trailer", errorTrailer)
	_ = conn.SetWriteDeadline(time.Now().Add(h.patience))
	_ = conn.Flush() // tells the client that the errand has started; one that has gone is noticed below
	begun := time.Now()
	err = h.run(req.Context(), r, timedWriter{w, conn, h.patience})
	_ = conn.SetWriteDeadline(time.Now().Add(h.patience))
	if err != nil {
		w.Header().Set(errorTrailer, url.QueryEscape(err.Error()[:min(len(err.Error()), maxError)]))
		h.log.Warn("command failed", "command", r.Do, "reference", r.Reference, "took", time.Since(begun), "err", err)
		return
	}
	h.log.Info("command", "command", r.Do, "reference", r.Reference, "took", time.Since(begun))
}

// timedWriter gives up on a client that does not read.
type timedWriter struct {
	w        io.Writer
	conn     *http.ResponseController
	patience time.Duration
}

func (t timedWriter) Write(p []byte) (int, error) {
	if err := t.conn.SetWriteDeadline(time.Now().Add(t.patience)); err != nil {
		return 0, err
	}
	return t.w.Write(p)
}

// errNobody means that no program takes errands for the data file.
var errNobody = errors.New("it takes no commands")

// send has an errand run by the program that has the data file open, and copies its output.
// The error is [errNobody] if there is no such program.
func send(ctx context.Context, e environ, db string, r errand, w io.Writer) error {
	path, err := socketPath(db)
	if err != nil {
		return fmt.Errorf("%w: %w", errNobody, err)
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode command: %w", err)
	}
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
			if err != nil {
				err = fmt.Errorf("%w: %w", errNobody, err)
			}
			return conn, err
		},
		DisableKeepAlives: true, ResponseHeaderTimeout: replyTime,
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://socket"+errandPath, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("encode command: %w", err)
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return errors.Unwrap(err) // net/http's wrapping would only add a made-up address
	}
	defer resp.Body.Close()
	return receive(e, resp, w)
}

// receive copies a response, which is complete only if it was read to its end.
func receive(e environ, resp *http.Response, w io.Writer) error {
	if theirs := resp.Header.Get(versionHeader); theirs != version() {
		fmt.Fprintf(e.stderr, "partnershipbot: the bot that is running is version %s, and this program %s. The bot does this; "+
			"start it again to have both the same.\n", clean(theirs), version())
	}
	if resp.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(resp.Body, maxError))
		return errors.New(strings.TrimSpace(clean(string(said))))
	}
	if _, err := io.Copy(w, answer{resp.Body}); err != nil {
		return err
	}
	if said := resp.Trailer.Get(errorTrailer); said != "" {
		text, err := url.QueryUnescape(said)
		if err != nil {
			text = said
		}
		return errors.New(clean(text))
	}
	return nil
}

// answer is the body of the response. Its errors tell a response that broke off from output
// that cannot be written here.
type answer struct{ r io.Reader }

func (a answer) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("the bot has stopped in the middle, and this is not the whole: %w", err)
	}
	return n, err
}
