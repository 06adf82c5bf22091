"""A publisher on this machine: pages and archives made here, over a real server."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.terminal import Done, typed

PFS = "/medicare/payment/fee-schedules/physician/pfs-relative-value-files"
HEADINGS = (
    "HCPCS,MOD,DESCRIPTION,STATUS CODE,WORK RVU,NON-FAC PE RVU,FACILITY PE RVU,MP RVU,NON-FACILITY TOTAL,"
    "FACILITY TOTAL,PCTC IND,GLOB DAYS,PRE OP,INTRA OP,POST OP,MULT PROC,BILAT SURG,ASST SURG,"
    "CO- SURG,TEAM SURG,CONV FACTOR\n"
)


def relative_values(rows: int, work: str = "1.00") -> bytes:
    """A made-up file of relative values for October 2025."""
    title = "2025 National Physician Fee Schedule Relative Value File October Release\n"
    total = f"{float(work) + 0.7:.2f},{float(work) + 0.3:.2f}"
    line = f"ours,A,{work},0.60,0.20,0.10,{total},0,XXX,0.00,0.00,0.00,0,0,0,0,0,32.3465\n"
    return (title + HEADINGS + "".join(f"{10000 + n},,{line}" for n in range(rows))).encode()


def packed(**members: bytes) -> bytes:
    """An archive; members are named by their stem."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return into.getvalue()


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Publisher:
    """Serves what a test puts on it, and notes what it was asked for."""

    host: str = ""
    pages: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, content: bytes, **headers: str) -> None:
        """Serve this at a path."""
        said = {"Content-Length": str(len(content))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.pages[path] = lambda: (200, said, content)

    def link(self, *addresses: str, page: str = PFS) -> None:
        """Serve a page with links."""
        anchors = "".join(f'<li><a href="{one}">a file<b></a>' for one in addresses)
        self.put(page, f"<!doctype html><html><p>Files{anchors}".encode(), Content_Type="text/html")

    def answer(self, path: str, code: int, **headers: str) -> None:
        """Answer a path by a code alone."""
        self.pages[path] = lambda: (code, {name.replace("_", "-"): value for name, value in headers.items()}, b"")


def _handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append(self.path)
            path = self.path.partition("?")[0]
            code, headers, content = publisher.pages.get(path, lambda: (404, {}, b"gone"))()
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # who asked may have left
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A publisher without any page."""
    made = Publisher()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    made.host = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    made.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Shell:
    """Types `evenhand schedules` in a folder."""

    folder: Path

    def __call__(self, *words: str) -> Done:
        """Run one command."""
        return typed(self.folder, "schedules", *words)

    def typing(self, answer: str, *words: str) -> Done:
        """Run one command at a terminal, on which an answer is typed."""
        master, terminal = pty.openpty()
        try:
            os.write(master, answer.encode() + b"\n")
            command = [sys.executable, "-c", "from evenhand.cli import main; main()", "schedules", *words]
            done = subprocess.run(
                command, capture_output=True, text=True, cwd=self.folder, timeout=120, stdin=terminal, check=False
            )
        finally:
            os.close(master)
            os.close(terminal)
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in an empty folder, with a library of its own to be made in it."""
    monkeypatch.setenv("EVENHAND_SCHEDULES", str(tmp_path / "library"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    return Shell(tmp_path)


@pytest.fixture
def rvu() -> Callable[..., bytes]:
    """Makes files of relative values."""
    return relative_values


@pytest.fixture
def pack() -> Callable[..., bytes]:
    """Makes archives."""
    return packed
