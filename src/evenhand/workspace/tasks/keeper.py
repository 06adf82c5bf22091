"""Keeping a worker beside the server: started with it, started again when it dies, stopped with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic

from evenhand.engines.duckdb import THREADS

#: The worker gives way to the pages.
NICE = 10
#: Seconds: between two starts of a worker that dies at once; for a worker to put its work down when it is stopped.
_APART, _PATIENCE = 5.0, 5.0


def command(beside: int) -> list[str]:
    """What starts a worker that ends when the process ``beside`` it does."""
    start = "from evenhand.cli.main import main; main()"
    return [sys.executable, "-c", start, "workspace", "worker", "--beside", str(beside)]


@contextmanager
def worker_beside(call: Sequence[str] | None = None) -> Iterator[None]:
    """Keep a worker while the block runs."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=(call or command(os.getpid()), stopping), name="keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join(_PATIENCE * 2)


def _keep(call: Sequence[str], stopping: threading.Event) -> None:
    while not stopping.is_set():
        begun = monotonic()
        worker = _started(call)
        while worker.poll() is None and not stopping.wait(0.2):
            pass
        _end(worker)
        stopping.wait(max(0.0, _APART - (monotonic() - begun)))


def _started(call: Sequence[str]) -> subprocess.Popen[bytes]:
    """A worker in a group of its own; the engine takes half of the cores there, unless somebody said otherwise."""
    share = str(max(1, (os.cpu_count() or 2) // 2))
    surroundings = {THREADS: share, **os.environ}
    return subprocess.Popen(call, env=surroundings, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - ours


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Stop it, and whatever it started: a worker that was killed leaves its reading processes behind."""
    if worker.poll() is None:
        worker.terminate()
        with suppress(subprocess.TimeoutExpired):
            worker.wait(_PATIENCE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
