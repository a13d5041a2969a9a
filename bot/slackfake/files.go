package slackfake

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// File is an uploaded file.
type File struct {
	ID, Name, Title string
	Content         []byte
}

type file struct {
	File
	length    int
	uploaded  bool
	completed bool
}

func (f File) wire() map[string]any {
	return map[string]any{
		"id": f.ID, "name": f.Name, "title": f.Title, "size": len(f.Content),
		"user": BotUserID, "mode": "hosted", "is_external": false,
	}
}

// https://docs.slack.dev/reference/methods/files.getUploadURLExternal
func (s *Server) getUploadURL(args arguments) answer {
	n, err := strconv.Atoi(args.str("length"))
	if args.str("filename") == "" || err != nil || n <= 0 {
		return answer{err: "invalid_arguments", messages: []string{"filename and a length above 0 are required"}}
	}
	f := &file{File: File{ID: s.nextID("F"), Name: args.str("filename")}, length: n}
	s.files[f.ID] = f
	return answer{body: map[string]any{"upload_url": s.base() + "/upload/" + f.ID, "file_id": f.ID}}
}

// serveUpload takes the bytes, as a multipart form's file or as the plain body.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	content, err := readUpload(r)
	call := s.arrive("upload", arguments{"file_id": id, "size": len(content)})
	s.respond(w, r, "upload", call, func() reply {
		s.mu.Lock()
		defer s.mu.Unlock()
		f, ok := s.files[id]
		switch {
		case err != nil || !ok || f.uploaded:
			return reply{status: http.StatusBadRequest, outcome: "bad_upload"}
		case len(content) != f.length:
			s.note("upload", "bad_upload", fmt.Sprintf("announced %d bytes, sent %d", f.length, len(content)))
			return reply{status: http.StatusBadRequest, outcome: "bad_upload"}
		}
		f.Content, f.uploaded = content, true
		h := http.Header{"Content-Type": {"text/plain"}}
		return reply{status: http.StatusOK, header: h, body: fmt.Appendf(nil, "OK - %d", len(content)), outcome: "ok"}
	})
}

func readUpload(r *http.Request) ([]byte, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return io.ReadAll(io.LimitReader(r.Body, maxBody))
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		p, err := parts.NextPart()
		if err != nil {
			return nil, err // io.EOF: no file among the fields
		}
		if p.FormName() == "file" || p.FormName() == "filename" {
			return io.ReadAll(io.LimitReader(p, maxBody))
		}
	}
}

// https://docs.slack.dev/reference/methods/files.completeUploadExternal
func (s *Server) completeUpload(args arguments) answer {
	list, ok := args.list("files")
	if !ok || len(list) == 0 {
		return answer{err: "invalid_arguments", messages: []string{"missing required field: files"}}
	}
	var done []File
	for _, item := range list {
		o, _ := item.(map[string]any)
		f, ok := s.files[str(o["id"])]
		if !ok || !f.uploaded || f.completed {
			return fail("file_not_found")
		}
		f.Title = str(o["title"])
		if f.Title == "" {
			f.Title = f.Name
		}
		done = append(done, f.File)
	}
	ids := args.str("channels")
	if ids == "" {
		ids = args.str("channel_id")
	}
	var rooms []*channel
	for id := range strings.SplitSeq(ids, ",") {
		if id == "" {
			continue
		}
		c, code := s.destination(id)
		if code != "" {
			return fail(code)
		}
		rooms = append(rooms, c)
	}
	var wire []any
	for _, f := range done {
		s.files[f.ID].completed = true
		wire = append(wire, map[string]any{"id": f.ID, "title": f.Title})
		if s.keep > 0 {
			delete(s.files, f.ID)
		}
	}
	for _, c := range rooms {
		m := &Message{
			Channel: c.ID, TS: s.nextTS(), ThreadTS: s.thread("files.completeUploadExternal", c, args.str("thread_ts")),
			User: BotUserID, BotID: BotID, Text: args.str("initial_comment"), Files: done, Subtype: "file_share",
		}
		s.notify(m)
		s.add(c, m)
	}
	return answer{body: map[string]any{"files": wire}}
}

// Files returns every completed upload, shared or private, in no order.
func (s *Server) Files() []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []File
	for _, f := range s.files {
		if f.completed {
			out = append(out, f.File)
		}
	}
	return out
}
