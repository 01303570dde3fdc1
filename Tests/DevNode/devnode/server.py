# SPDX-License-Identifier: Apache-2.0
"""HTTP/1.1 around a node."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """One connection; kept alive."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1      # header and body leave together
    node = None

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_POST(self):
        body = self._body()
        kind = (self.headers.get("Content-Type") or "").split(";")[0].strip()
        if kind != "application/json":
            self._reply(415, b"invalid content type, only application/json is supported\n", "text/plain")
        else:  # any path: hosted nodes carry a token there
            self._reply(200, self.node.answer(body) or b"", "application/json")

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)

    def do_GET(self):
        self._reply(200, b"", "text/plain")

    def do_PUT(self):
        self.close_connection = True
        self._reply(405, b"method not allowed\n", "text/plain")

    do_DELETE = do_PUT

    def _reply(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    """Listens on the loopback interface only."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that went away in mid-sentence is no trouble of ours; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)
    request_queue_size = 64

    def __init__(self, node, port: int):
        super().__init__(("127.0.0.1", port), type("BoundHandler", (Handler,), {"node": node}))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"
