"""A real SMTP server that keeps what it is sent, in a thread of its own."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


class _Caught(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    caught: list[EmailMessage]


class _Session(socketserver.StreamRequestHandler):
    """One sender, served as far as RFC 5321 asks for the least."""

    server: _Caught

    def handle(self) -> None:
        self._say("220 catcher")
        while line := self.rfile.readline():
            word = line.strip().upper()[:4]
            if word == b"DATA":
                self._say("354 go on")
                self.server.caught.append(message_from_bytes(self._message(), policy=default))
            self._say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


@contextmanager
def catching() -> Iterator[tuple[int, list[EmailMessage]]]:
    """Its port, and what it has caught so far."""
    with _Caught(("127.0.0.1", 0), _Session) as server:
        server.caught = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], server.caught
        finally:
            server.shutdown()
            thread.join()
