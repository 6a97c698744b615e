package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"time"
	"unicode/utf8"
)

const maxBytes = 1 << 20

var (
	name  = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)
	local = regexp.MustCompile(`^https?://(127\.0\.0\.1|localhost)(:\d+)?$`)
)

// socket is one WebSocket of RFC 6455. Its writer empties a queue, so that no sender waits for a peer.
type socket struct {
	conn   net.Conn
	in     *bufio.Reader
	mu     sync.Mutex
	wake   *sync.Cond
	queue  [][]byte
	queued int
	closed bool // a close frame is queued: nothing follows it
	gone   bool
}

func accept(w http.ResponseWriter, r *http.Request) *socket {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	conn, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return nil
	}
	s := &socket{conn: conn, in: buffered.Reader}
	s.wake = sync.NewCond(&s.mu)
	s.push([]byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"))
	go s.write()
	return s
}

// refusal says with which status a handshake is refused; 0 accepts it.
func refusal(query url.Values, r *http.Request) (int, string) {
	for _, key := range []string{"session_id", "user_id"} {
		if query.Has(key) && !name.MatchString(query.Get(key)) {
			return 400, "bad_session_id"
		}
	}
	if origin := r.Header.Get("Origin"); origin != "" && !local.MatchString(origin) {
		return 403, "origin_forbidden"
	}
	return 0, ""
}

func (s *socket) push(bytes []byte) {
	s.queue = append(s.queue, bytes)
	s.queued += len(bytes)
	s.wake.Signal()
}

func (s *socket) send(opcode byte, payload []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	head := []byte{0x80 | opcode, byte(len(payload))}
	if len(payload) > 0xffff {
		head = binary.BigEndian.AppendUint64([]byte{0x80 | opcode, 127}, uint64(len(payload)))
	} else if len(payload) > 125 {
		head = binary.BigEndian.AppendUint16([]byte{0x80 | opcode, 126}, uint16(len(payload)))
	}
	s.closed = opcode == 8
	s.push(append(head, payload...))
}

// close says goodbye; a peer that reads nothing more is left after three seconds.
func (s *socket) close(code uint16) {
	s.send(8, binary.BigEndian.AppendUint16(nil, code))
	time.AfterFunc(3*time.Second, func() { s.conn.Close() })
}

func (s *socket) write() {
	for {
		s.mu.Lock()
		for len(s.queue) == 0 && !s.gone {
			s.wake.Wait()
		}
		if len(s.queue) == 0 {
			s.mu.Unlock()
			return
		}
		next := s.queue[0]
		s.queue = s.queue[1:]
		s.queued -= len(next)
		s.mu.Unlock()
		if _, err := s.conn.Write(next); err != nil {
			return
		}
	}
}

// receive returns the next text, or an error after which the connection has ended.
func (s *socket) receive() (string, error) {
	var message []byte
	for begun := false; ; {
		fin, opcode, payload, code := s.frame(maxBytes - len(message))
		switch {
		case code == 1006:
			return "", io.EOF
		case code != 0:
		case opcode == 9:
			s.send(10, payload)
			continue
		case opcode == 10:
			continue
		case opcode == 8:
			code = 1000
		case opcode == 2:
			code = 1003
		case begun != (opcode == 0):
			code = 1002
		default:
			message, begun = append(message, payload...), true
			if !fin {
				continue
			}
			if utf8.Valid(message) {
				return string(message), nil
			}
			code = 1007
		}
		s.close(code)
		io.Copy(io.Discard, s.in) // so that the close frame is not lost by a reset
		return "", errors.New("closed")
	}
}

func (s *socket) frame(room int) (fin bool, opcode byte, payload []byte, code uint16) {
	var head [8]byte
	if _, err := io.ReadFull(s.in, head[:2]); err != nil {
		return false, 0, nil, 1006
	}
	fin, opcode = head[0]&0x80 != 0, head[0]&15
	size := uint64(head[1] & 127)
	if head[0]&0x70 != 0 || head[1]&0x80 == 0 || (opcode > 2 && opcode < 8) || opcode > 10 || (opcode > 7 && size > 125) {
		return fin, opcode, nil, 1002
	}
	if extra := map[uint64]int{126: 2, 127: 8}[size]; extra > 0 {
		head = [8]byte{}
		if _, err := io.ReadFull(s.in, head[8-extra:]); err != nil {
			return fin, opcode, nil, 1006
		}
		size = binary.BigEndian.Uint64(head[:])
	}
	if opcode < 8 && size > uint64(room) {
		return fin, opcode, nil, 1009
	}
	masked := make([]byte, 4+size)
	if _, err := io.ReadFull(s.in, masked); err != nil {
		return fin, opcode, nil, 1006
	}
	for i := range masked[4:] {
		masked[4+i] ^= masked[i&3]
	}
	return fin, opcode, masked[4:], 0
}
