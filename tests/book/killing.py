"""Run as a program: does things to a book in processes that are killed at random moments, and looks at it after each.

Arguments: the book, a folder with files to load, a seed, the number of kills. Prints one line of JSON. The processes
are forked from one that has not started a thread, so each costs milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from evenhand.book import Book, Options
from evenhand.book.loads import current_loads
from evenhand.book.verify import verify
from evenhand.errors import EvenhandError

_ONE = Options(jobs=1)


def work(book_path: Path, files: list[Path], chance: random.Random) -> None:
    """Load, unload, restore and merge without end."""
    while True:
        book = Book.create(book_path)
        try:
            act = chance.random()
            loads = [part.id for load in book.loads() for part in (load.parts or (load,))]
            if act < 0.6 or not loads:
                book.load(chance.sample(files, 3), _ONE)
            elif act < 0.75:
                book.unload(chance.choice(loads))
            elif act < 0.85 and book.unloaded():
                book.restore(chance.choice(book.unloaded()).id)
            else:
                book.compact()
        except EvenhandError:
            continue


def start(book_path: Path, files: list[Path], seed: int) -> int:
    """A process that works; its id."""
    pid = os.fork()
    if pid == 0:
        try:
            sys.stderr = open(book_path.parent / f"stderr-{seed}", "w")  # noqa: SIM115
            work(book_path, files, random.Random(seed))
        finally:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
    return pid


def main() -> None:
    """Kill again and again; after each kill the book must be whole."""
    book_path, files = Path(sys.argv[1]), sorted(Path(sys.argv[2]).iterdir())
    chance, kills = random.Random(int(sys.argv[3])), int(sys.argv[4])
    Book.create(book_path.parent / "warm").load(files[:1], _ONE)  # what is imported late is imported before the forks
    problems, deaths, most = [], [], 0
    for number in range(kills):
        pid = start(book_path, files, number)
        time.sleep(chance.uniform(0.02, 0.4))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        deaths.append(os.WIFSIGNALED(status))
        problems += [str(problem) for problem in verify(book_path)]
        most = max(most, len(current_loads(book_path / "loads")))
    book = Book.create(book_path)
    book.load(files, _ONE)
    left = [p.name for p in (book_path / "loads").iterdir() if p.name.startswith(".")]
    claims = sorted(row["claim_id"] for row in book.table("remit_claims"))
    print(json.dumps({"problems": problems, "killed": sum(deaths), "most": most, "left": left, "claims": claims}))


if __name__ == "__main__":
    main()
