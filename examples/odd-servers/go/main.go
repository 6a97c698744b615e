// A chat server of profile core on the standard library alone. Its oddities: every open connection of a session gets
// every frame and none is closed for another; all answers are the same and echo nothing; a run says nothing on its way.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

const retained, maxPending, outbox = 1000, 100, 8 << 20

type object = map[string]any

type session struct {
	name       string
	mu         sync.Mutex
	open       []*socket
	kept       [][]byte
	overflowed bool
	pending    int
	runs       chan func()
}

var (
	sessions = map[string]*session{}
	lock     sync.Mutex
)

func frame(kind string, data object, replyTo any) []byte {
	made := object{"type": kind, "data": data, "timestamp": time.Now().UTC().Format("2006-01-02T15:04:05.000Z")}
	if replyTo != nil {
		made["reply_to"] = replyTo
	}
	text, _ := json.Marshal(made)
	return text
}

func fault(code, text string, replyTo any) []byte {
	return frame("error", object{"error": text, "code": code, "retryable": code == "busy"}, replyTo)
}

func sessionOf(id string) *session {
	lock.Lock()
	defer lock.Unlock()
	if sessions[id] == nil {
		s := &session{name: id, runs: make(chan func(), maxPending+1)}
		sessions[id] = s
		go func() {
			for run := range s.runs {
				run()
				s.mu.Lock()
				s.pending--
				s.mu.Unlock()
			}
		}()
	}
	return sessions[id]
}

func (s *session) emit(made []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, to := range s.open {
		deliver(to, made)
	}
	if len(s.open) == 0 {
		s.kept = append(s.kept, made)
		if len(s.kept) > retained {
			s.kept, s.overflowed = s.kept[1:], true
		}
	}
}

func deliver(to *socket, made []byte) {
	to.send(1, made)
	to.mu.Lock()
	full := to.queued > outbox && !to.closed
	to.mu.Unlock()
	if full {
		to.close(4002)
	}
}

func (s *session) attach(to *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	deliver(to, frame("status", object{"status": "connected", "session_id": s.name, "heartbeat_interval_ms": 30000, "message": "Hi"}, nil))
	if s.overflowed {
		deliver(to, fault("replay_overflow", "More was said than could be kept.", nil))
	}
	for _, made := range s.kept {
		deliver(to, made)
	}
	s.kept, s.overflowed = nil, false
	s.open = append(s.open, to)
}

func (s *session) detach(gone *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, to := range s.open {
		if to == gone {
			s.open = append(s.open[:i:i], s.open[i+1:]...)
			return
		}
	}
}

func (s *session) message(to *socket, received, data object, id any) {
	content, isText := data["content"].(string)
	other := func(name any) bool { return name != nil && name != s.name }
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !isText || content == "":
		deliver(to, fault("empty_content", "A message needs a text.", id))
	case other(received["session_id"]) || other(data["session_id"]):
		deliver(to, fault("session_mismatch", "This connection belongs to another session.", id))
	case s.pending >= maxPending:
		deliver(to, fault("busy", "Too many messages are waiting.", id))
	default:
		s.pending++
		s.runs <- func() { s.answer(content, id) }
	}
}

func (s *session) answer(content string, id any) {
	if strings.Contains(content, "#slow") {
		time.Sleep(2 * time.Second)
	}
	if strings.Contains(content, "#fail") {
		s.emit(fault("agent_failed", "The agent failed.", id))
		return
	}
	s.emit(frame("message", object{"content": "All is well."}, id))
}

// handle reports a bad frame, and says what is wrong with it.
func (s *session) handle(to *socket, text string) (code string, id any) {
	received, code := parse(text)
	if id, _ = received["id"].(string); id == "" {
		id = nil
	}
	if code != "" {
		return code, id
	}
	switch data, _ := received["data"].(object); received["type"] {
	case "message":
		s.message(to, received, data, id)
	case "ping":
		deliver(to, frame("pong", object{}, id))
	case "pong", "status", "tool_execution", "error":
	default:
		return "unknown_type", id
	}
	return "", nil
}

func (s *session) listen(to *socket) {
	defer s.detach(to)
	for bad := 0; ; {
		to.conn.SetReadDeadline(time.Now().Add(75 * time.Second))
		text, err := to.receive()
		if err != nil {
			to.close(4000) // where it ended, this reaches nothing
			to.mu.Lock()
			to.gone = true
			to.wake.Signal()
			to.mu.Unlock()
			return
		}
		code, id := s.handle(to, text)
		if bad++; code == "" {
			bad = 0
			continue
		}
		deliver(to, fault(code, "This frame is not good: "+strings.ReplaceAll(code, "_", " ")+".", id))
		if bad == 10 {
			to.close(4203)
		}
	}
}

func chat(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if status, code := refusal(query, r); status != 0 {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error": "This connection is refused.", "code": %q}`, code)
		return
	}
	id := query.Get("session_id")
	if id == "" {
		random := make([]byte, 16)
		rand.Read(random)
		id = hex.EncodeToString(random)
	}
	if to := accept(w, r); to != nil {
		s := sessionOf(id)
		s.attach(to)
		s.listen(to)
	}
}

func main() {
	port := os.Getenv("PORT")
	if len(os.Args) > 1 {
		port = os.Args[1]
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/ws/chat", chat)
	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { bytes.NewBufferString("{}").WriteTo(w) })
	fmt.Printf("listening on ws://%s/ws/chat\n", listener.Addr())
	http.Serve(listener, nil)
}
