"""Work divided among processes, with one count of the bytes done."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from evenhand.book.reading import Part, Piece, Progress, Share, read_share
from evenhand.claims.sources import Source, measure
from evenhand.errors import BookError, ReadError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

#: Less work than this is not worth starting a process for.
WORTH_A_PROCESS = 8 << 20
_TICK = 0.1

_done: Any = None


def _start(done: Any) -> None:
    global _done
    _done = done


def _count(size: int) -> None:
    with _done.get_lock():
        _done.value += size


def _read(share: Share) -> Part:
    return read_share(share, _count)


def look_at(source: Source) -> Piece:
    """Take the hash of a source's content; one that cannot be opened is a broken piece, named by its file's bytes."""
    try:
        return Piece(source, *measure(source))
    except ReadError as problem:
        outer = Source(source.path)
        if not source.members and not _is_there(source):
            raise
        what = problem.problem.what + (f" in {'!'.join(source.members)}" if source.members else "")
        return Piece(source, *_measure_raw(outer, source.members), broken=what)


def _is_there(source: Source) -> bool:
    return os.access(source.path, os.R_OK)


def _measure_raw(source: Source, members: tuple[str, ...]) -> tuple[str, int]:
    """The hash of a file as it lies there, told apart by the member that cannot be read."""
    import hashlib

    digest = hashlib.sha256("!".join(members).encode())
    with source.path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest(), source.path.stat().st_size


def survey(sources: Sequence[Source], jobs: int) -> list[Piece]:
    """Look at all sources."""
    sizes = sum(source.path.stat().st_size for source in sources)
    if jobs < 2 or sizes < 8 * WORTH_A_PROCESS:
        return [look_at(source) for source in sources]
    return in_processes(look_at, sources, jobs, lambda _: None)


def read_all(shares: Sequence[Share], progress: Progress) -> list[Part]:
    """Read all shares: one here, several in processes of their own."""
    if len(shares) == 1:
        return [read_share(shares[0], progress)]
    return in_processes(_read, shares, len(shares), progress)


def in_processes(work: Callable[[Task], Answer], tasks: Sequence[Task], jobs: int, progress: Progress) -> list[Answer]:
    """Do the work on each task in processes; ``progress`` is told the bytes they count."""
    context = multiprocessing.get_context("spawn")
    done = context.Value("q", 0)
    told = 0
    with ProcessPoolExecutor(jobs, context, _start, (done,)) as pool:
        waiting = [pool.submit(work, task) for task in tasks]
        left = set(waiting)
        try:
            while left:
                _, left = wait(left, _TICK, FIRST_COMPLETED)
                now = done.value
                progress(now - told)
                told = now
            return [future.result() for future in waiting]
        except BrokenProcessPool as problem:
            raise BookError(
                "a reading process ended early (out of memory, or a script without `if __name__ == '__main__':`?); "
                "nothing was changed; try --jobs 1, or Options(jobs=1)"
            ) from problem
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
