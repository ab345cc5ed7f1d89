"""A web application that says which version it is, and finishes its requests before it ends."""
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = "@VERSION@"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        healthz = self.path == "/healthz"
        body = f"{os.environ.get('GREETING', 'Hello')} from version {VERSION}\n".encode()
        self.send_response(@HEALTH@ if healthz else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 256


server = Server(("0.0.0.0", 3000), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
print(f"version {VERSION} listens on port 3000", flush=True)
server.serve_forever()
server.server_close()
