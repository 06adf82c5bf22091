"""Several processes load, undo, merge and read one book at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from evenhand.book import Book

Write = Callable[..., Path]

_LOAD = """
import json, sys, time
from evenhand.book import Book, Options
book = Book.create(sys.argv[1])
while time.time() < float(sys.argv[2]): pass
for path in sys.argv[3:]:
    report = book.load([path], Options(jobs=1))
    print(json.dumps({"loaded": [f.path for f in report.files], "skipped": [s.why for s in report.skipped]}))
"""
_READ = """
import json, os, sys
from evenhand.book import Book
seen, last = [], False
while not last:
    last = os.path.exists(sys.argv[2])
    book = Book.open(sys.argv[1])
    row, = book.relation('''select (select count(*) from remit_claims) as claims,
        (select count(distinct claim_id) from remit_claims) as numbers,
        (select count(*) from remit_lines) as lines, (select count(*) from remits) as remits''').rows()
    seen.append(list(row.values()))
print(json.dumps({"seen": seen}))
"""
_MERGE = """
import os, sys, time
from evenhand.book import Book
while not os.path.exists(sys.argv[2]):
    Book.open(sys.argv[1]).compact()
    time.sleep(0.05)
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process running a program."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(process: subprocess.Popen[str]) -> list[dict[str, list[str]]]:
    """What it printed, line by line."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_of_those_who_load_the_same_at_once_one_wins_and_the_others_say_so(tmp_path: Path, write: Write) -> None:
    import time

    book, files = tmp_path / "book", [write(number) for number in range(8)]
    Book.create(book)
    running = [start(_LOAD, book, time.time() + 2, *files) for _ in range(3)]
    told = [end(process) for process in running]
    for number, path in enumerate(files):
        answers = [lines[number] for lines in told]
        winners = [answer for answer in answers if answer["loaded"] == [str(path)]]
        assert len(winners) == 1, path
        assert all("already loaded in" in answer["skipped"][0] for answer in answers if answer not in winners)
    assert len(Book.open(book).table("remit_claims")) == 8
    assert Book.open(book).verify() == []


def test_readers_never_see_a_row_twice_or_half_a_load(tmp_path: Path, write: Write) -> None:
    """Every load here adds one claim of one line in one remittance; merging goes on all the while."""
    book = tmp_path / "book"
    Book.create(book)
    loaded, merged = tmp_path / "loaded", tmp_path / "merged"
    reader, merger = start(_READ, book, merged), start(_MERGE, book, loaded)
    loaders = [start(_LOAD, book, 0, *[write(n) for n in range(start_, start_ + 12)]) for start_ in (0, 12)]
    for loader in loaders:
        end(loader)
    loaded.touch()
    end(merger)
    merged.touch()
    (told,) = end(reader)
    seen = told["seen"]
    assert all(len(set(counts)) == 1 for counts in seen), seen
    claims = [int(counts[0]) for counts in seen]
    assert claims == sorted(claims)
    assert len(set(claims)) > 2
    assert claims[-1] == len(Book.open(book).table("remit_claims")) == 24
    assert Book.open(book).verify() == []
