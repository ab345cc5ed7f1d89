// testapp: one small program with every behaviour the tests want from an application.
package main

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const usage = `testapp [COMMAND]
  serve                    the web server, also without a command; by environment:
                             PORT (3000)            VERSION (answered in / and in the header X-Version everywhere)
                             START_DELAY (0s)       waits before it listens
                             HEALTH                 /healthz: ok, fail (500), never (no answer), slow (after HEALTH_DELAY, 3s)
                             HEALTH_OK_AFTER        /healthz fails until this long after the start
                             EXIT_AFTER, EXIT_CODE  exits by itself; CRASH_MESSAGE goes to stderr first
                             TERM                   on SIGTERM: graceful (finish requests, exit 0), immediate, ignore
  worker                   no port: prints a line each WORKER_INTERVAL (1s); EXIT_AFTER, EXIT_CODE, TERM as above
  migrate                  prints MIGRATE_MESSAGE, sleeps MIGRATE_SLEEP, exits with MIGRATE_EXIT
  log N [TEXT]             prints N numbered lines to stdout and, every tenth, to stderr; then exits
  sleep DURATION           sleeps and exits
  exit CODE                exits at once
  env [NAME]               prints the environment, or one variable
  read FILE                prints a file
  write FILE TEXT          writes a file
  get URL                  prints the answer's body; exits 0 only for 2xx
  healthcheck              as get http://127.0.0.1:$PORT/healthz, for images without curl
`

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func duration(name, otherwise string) time.Duration {
	value, err := time.ParseDuration(env(name, otherwise))
	if err != nil {
		fail("%s: %v", name, err)
	}
	return value
}

func number(name string, otherwise int) int {
	value, err := strconv.Atoi(env(name, strconv.Itoa(otherwise)))
	if err != nil {
		fail("%s: %v", name, err)
	}
	return value
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "testapp: "+format+"\n", arguments...)
	os.Exit(2)
}

func argument(i int, otherwise string) string {
	if len(os.Args) > i {
		return os.Args[i]
	}
	return otherwise
}

func main() {
	switch command := argument(1, "serve"); command {
	case "serve":
		exitByItself()
		serve()
	case "worker":
		exitByItself()
		worker()
	case "migrate":
		fmt.Println(env("MIGRATE_MESSAGE", "migrated to version "+env("VERSION", "none")))
		time.Sleep(duration("MIGRATE_SLEEP", "0s"))
		os.Exit(number("MIGRATE_EXIT", 0))
	case "log":
		logLines()
	case "sleep":
		value, err := time.ParseDuration(argument(2, "1s"))
		if err != nil {
			fail("sleep: %v", err)
		}
		time.Sleep(value)
	case "exit":
		code, err := strconv.Atoi(argument(2, "0"))
		if err != nil {
			fail("exit: %v", err)
		}
		os.Exit(code)
	case "env":
		if len(os.Args) > 2 {
			fmt.Println(os.Getenv(os.Args[2]))
			return
		}
		all := os.Environ()
		sort.Strings(all)
		fmt.Println(strings.Join(all, "\n"))
	case "read":
		content, err := os.ReadFile(argument(2, ""))
		if err != nil {
			fail("%v", err)
		}
		os.Stdout.Write(content)
	case "write":
		if err := write(argument(2, ""), strings.NewReader(argument(3, ""))); err != nil {
			fail("%v", err)
		}
	case "get":
		get(argument(2, ""))
	case "healthcheck":
		get("http://127.0.0.1:" + env("PORT", "3000") + "/healthz")
	case "help", "--help", "-h":
		fmt.Print(usage)
	default:
		fail("unknown command %q\n%s", command, usage)
	}
}

func exitByItself() {
	if os.Getenv("EXIT_AFTER") == "" {
		return
	}
	crash := func() {
		if message := os.Getenv("CRASH_MESSAGE"); message != "" {
			fmt.Fprintln(os.Stderr, message)
		}
		os.Exit(number("EXIT_CODE", 0))
	}
	after := duration("EXIT_AFTER", "0s")
	if after <= 0 {
		crash()
	}
	time.AfterFunc(after, crash)
}

// onTerm runs stop when the process is told to end; TERM may also make it deaf or rude.
func onTerm(stop func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	for {
		got := <-signals
		switch os.Getenv("TERM") {
		case "ignore":
			fmt.Println("testapp:", got, "ignored")
		case "immediate":
			os.Exit(0)
		default:
			fmt.Println("testapp:", got, "finishing")
			stop()
			return
		}
	}
}

func worker() {
	started := time.Now()
	ticker := time.NewTicker(duration("WORKER_INTERVAL", "1s"))
	done := make(chan struct{})
	go onTerm(func() { close(done) })
	for line := 1; ; line++ {
		fmt.Printf("worker %s line %d after %s\n", env("VERSION", "none"), line, time.Since(started).Round(time.Millisecond))
		select {
		case <-ticker.C:
		case <-done:
			fmt.Println("worker finished")
			return
		}
	}
}

func logLines() {
	count, err := strconv.Atoi(argument(2, "10"))
	if err != nil {
		fail("log: %v", err)
	}
	text := argument(3, "the quick brown fox jumps over the lazy dog")
	out := bufio.NewWriter(os.Stdout)
	for i := 1; i <= count; i++ {
		fmt.Fprintf(out, "line %d %s\n", i, text)
		if i%10 == 0 {
			out.Flush()
			fmt.Fprintf(os.Stderr, "error line %d %s\n", i, text)
		}
	}
	out.Flush()
}

func write(path string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err = io.Copy(file, content); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

func get(url string) {
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Get(url)
	if err != nil {
		fail("%v", err)
	}
	defer answer.Body.Close()
	io.Copy(os.Stdout, answer.Body)
	if answer.StatusCode/100 != 2 {
		fail("%s", answer.Status)
	}
}

func serve() {
	started := time.Now()
	time.Sleep(duration("START_DELAY", "0s"))

	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.Error(w, "not found: "+r.URL.Path, http.StatusNotFound)
			return
		}
		fmt.Fprintf(w, "testapp %s\n", env("VERSION", "none"))
	})
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { health(w, r, started) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		ms, _ := strconv.Atoi(r.URL.Query().Get("ms"))
		time.Sleep(time.Duration(ms) * time.Millisecond)
		fmt.Fprintf(w, "testapp %s slow %d\n", env("VERSION", "none"), ms)
	})
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", or(r.Header.Get("Content-Type"), "application/octet-stream"))
		io.Copy(w, r.Body)
	})
	mux.HandleFunc("/env", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, os.Getenv(r.URL.Query().Get("name")))
	})
	mux.HandleFunc("/headers", headers)
	mux.HandleFunc("/hostname", func(w http.ResponseWriter, r *http.Request) {
		name, _ := os.Hostname()
		fmt.Fprintln(w, name)
	})
	mux.HandleFunc("/bytes", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.ParseInt(r.URL.Query().Get("n"), 10, 64)
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
		block := []byte(strings.Repeat("0123456789abcdef", 4096))
		for n > 0 {
			part := block[:min64(n, int64(len(block)))]
			if _, err := w.Write(part); err != nil {
				return
			}
			n -= int64(len(part))
		}
	})
	mux.HandleFunc("/log", func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.URL.Query().Get("text"))
		fmt.Fprintln(w, "logged")
	})
	mux.HandleFunc("/file", file)
	mux.HandleFunc("/ws", websocket)
	mux.HandleFunc("/exit", func(w http.ResponseWriter, r *http.Request) {
		code, _ := strconv.Atoi(r.URL.Query().Get("code"))
		if message := os.Getenv("CRASH_MESSAGE"); message != "" {
			fmt.Fprintln(os.Stderr, message)
		}
		os.Exit(code)
	})

	server := &http.Server{Addr: ":" + env("PORT", "3000"), Handler: http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Version", env("VERSION", "none"))
			mux.ServeHTTP(w, r)
		})}
	listener, err := net.Listen("tcp", server.Addr)
	if err != nil {
		fail("%v", err)
	}
	fmt.Printf("testapp %s listening on %s\n", env("VERSION", "none"), server.Addr)

	finished := make(chan struct{})
	go onTerm(func() {
		server.Shutdown(context.Background()) // stops accepting, waits for the running requests
		close(finished)
	})
	if err := server.Serve(listener); err != http.ErrServerClosed {
		fail("%v", err)
	}
	<-finished
	fmt.Println("testapp: finished")
}

func or(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}

func min64(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func health(w http.ResponseWriter, r *http.Request, started time.Time) {
	if time.Since(started) < duration("HEALTH_OK_AFTER", "0s") {
		http.Error(w, "not yet", http.StatusServiceUnavailable)
		return
	}
	switch env("HEALTH", "ok") {
	case "fail":
		http.Error(w, "unhealthy", http.StatusInternalServerError)
	case "never":
		<-r.Context().Done()
	case "slow":
		time.Sleep(duration("HEALTH_DELAY", "3s"))
		fmt.Fprintln(w, "ok, late")
	default:
		fmt.Fprintln(w, "ok")
	}
}

func headers(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s %s\nHost: %s\nRemote: %s\n", r.Method, r.URL.RequestURI(), r.Proto, r.Host, r.RemoteAddr)
	names := make([]string, 0, len(r.Header))
	for name := range r.Header {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, value := range r.Header[name] {
			fmt.Fprintf(w, "%s: %s\n", name, value)
		}
	}
}

// GET reads the file ?path=, PUT and POST write it: for tests of volumes.
func file(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Query().Get("path")
	if r.Method == http.MethodPut || r.Method == http.MethodPost {
		if err := write(path, r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
		return
	}
	content, err := os.ReadFile(path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Write(content)
}

// websocket echoes text and binary frames (RFC 6455); it answers ping and close.
func websocket(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Sec-WebSocket-Key")
	hijacker, can := w.(http.Hijacker)
	if key == "" || !can || !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		http.Error(w, "a websocket handshake was expected", http.StatusBadRequest)
		return
	}
	connection, stream, err := hijacker.Hijack()
	if err != nil {
		return
	}
	defer connection.Close()
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(stream, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: %s\r\nX-Version: %s\r\n\r\n", base64.StdEncoding.EncodeToString(sum[:]), env("VERSION", "none"))
	if stream.Flush() != nil {
		return
	}
	for {
		first, payload, err := readFrame(stream.Reader)
		if err != nil {
			return
		}
		opcode := first & 0x0f
		switch opcode {
		case 0x9: // ping
			first = 0x80 | 0xa
		case 0xa: // pong
			continue
		}
		if writeFrame(stream.Writer, first, payload) != nil || opcode == 0x8 {
			return
		}
	}
}

func readFrame(in *bufio.Reader) (byte, []byte, error) {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return 0, nil, err
	}
	length := uint64(head[1] & 0x7f)
	switch length {
	case 126:
		var more [2]byte
		if _, err := io.ReadFull(in, more[:]); err != nil {
			return 0, nil, err
		}
		length = uint64(binary.BigEndian.Uint16(more[:]))
	case 127:
		var more [8]byte
		if _, err := io.ReadFull(in, more[:]); err != nil {
			return 0, nil, err
		}
		length = binary.BigEndian.Uint64(more[:])
	}
	if length > 16<<20 {
		return 0, nil, fmt.Errorf("frame of %d bytes", length)
	}
	var mask [4]byte
	if head[1]&0x80 != 0 {
		if _, err := io.ReadFull(in, mask[:]); err != nil {
			return 0, nil, err
		}
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(in, payload); err != nil {
		return 0, nil, err
	}
	for i := range payload {
		payload[i] ^= mask[i%4]
	}
	return head[0], payload, nil
}

func writeFrame(out *bufio.Writer, first byte, payload []byte) error {
	out.WriteByte(first)
	switch {
	case len(payload) < 126:
		out.WriteByte(byte(len(payload)))
	case len(payload) < 1<<16:
		out.WriteByte(126)
		binary.Write(out, binary.BigEndian, uint16(len(payload)))
	default:
		out.WriteByte(127)
		binary.Write(out, binary.BigEndian, uint64(len(payload)))
	}
	out.Write(payload)
	return out.Flush()
}
