"""People clicking through the workspace: how long pages take, on SQLite and PostgreSQL, and while claims are priced.

Fifty people (one of each role, in turn) sign in at a running `evenhand serve` and open pages of the demo's practice,
each after a moment's thought, for two minutes: portfolio, the executive's page, contracts with their rates,
negotiations with the what-if table, talks, payments, tasks. Before the clock starts every figure has been worked out
once. Then they do the same while offers are compared again and again in the background, which prices the book.

    python benchmarks/workspace.py            # 50 people, two minutes, a book of a million lines
    python benchmarks/workspace.py --quick    # 10 people, five seconds, a small book, SQLite; with --demo under 50 s

The last line is JSON: ``p95_ms_sqlite``, ``p95_ms_postgres`` (null where PostgreSQL is missing, and in brief) and
``p95_ms_busy``: the 95th percentile of the milliseconds a page took; ``errors``: answers that were not as they should
be.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.postgres import is_there, served  # noqa: E402

START = [sys.executable, "-c", "from evenhand.cli import main; main()"]
HOME = "/o/cedar-ridge/"
ANYBODY = [
    *(HOME, f"{HOME}executive/", f"{HOME}contracts/", f"{HOME}contracts/summit-health/"),
    *(f"{HOME}contracts/summit-health/rates/?code=9921", f"{HOME}negotiations/", f"{HOME}negotiations/summit/"),
    *(f"{HOME}payments/", f"{HOME}tasks/"),
]
TEAM = [f"{HOME}negotiations/summit/{part}/" for part in ("what-if", "preparation", "escalation")]
#: Who may open what: those who see positions open three pages more.
PEOPLE = {
    "dana@cedarridge.example": [*ANYBODY, *TEAM],
    "mei@cedarridge.example": [*ANYBODY, *TEAM],
    "omar@cedarridge.example": [*ANYBODY, *TEAM],
    "ruth@cedarridge.example": [*ANYBODY, *TEAM],
    "iris@cedarridge.example": ANYBODY,
}

#: A part of a page that asks again until its figure is there.
_POLLS = re.compile(r'hx-trigger="[^"]*every ')


@dataclass(frozen=True)
class Size:
    """How much there is: people, seconds, claims in the book, processes that answer."""

    people: int
    seconds: float
    claims: int
    workers: int = 4


FULL, QUICK = Size(50, 120, 415_000), Size(10, 5, 2_000, 2)


@dataclass
class Visitor:
    """Somebody who is signed in; ``took`` holds the seconds of each page."""

    port: int
    email: str
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.ask("GET", "/enter/")
        status, _ = self.ask("POST", "/enter/", {"email": self.email})
        assert status == 302, f"{self.email} could not come in: {status}"
        self._line.close()  # until the others are in, it would stay unused for longer than the server keeps it

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of one answer."""
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": told, "Host": f"127.0.0.1:{self.port}", "Referer": f"http://127.0.0.1:{self.port}/"}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies["csrftoken"]}
        self._line.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self._line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, text

    def click(self, path: str) -> None:
        """Open a page and note how long it took."""
        begun = time.perf_counter()
        status, _ = self.ask("GET", path)
        self.took[path].append(time.perf_counter() - begun)
        if status != 200:
            self.wrong.append(f"{path}: {status}")

    def work(self, until: float, seed: int) -> None:
        """Click about until then."""
        chance = random.Random(seed)
        time.sleep(chance.uniform(0, 1.5))
        while time.monotonic() < until:
            try:
                self.click(chance.choice(PEOPLE[self.email]))
            except (OSError, http.client.HTTPException) as problem:
                self.wrong.append(repr(problem))
                self._line.close()
            time.sleep(chance.uniform(0.5, 1.5))


@contextmanager
def running(demo: Path, size: Size, database: str) -> Iterator[int]:
    """The site on a copy of the demo; its port."""
    own = ("EVENHAND_", "DJANGO_", "DATABASE_URL")
    told = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    told |= {"DATABASE_URL": database} if database else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [*START, "serve", "--demo", str(demo), "--port", str(port), "--workers", str(size.workers)]
    log = demo.with_name("server.log")
    with log.open("wb") as out, subprocess.Popen(command, env=told, stdout=out, stderr=out) as server:
        try:
            assert _answers(port, server), f"the site ended before it answered:\n{log.read_text()[-2000:]}"
            yield port
        finally:
            server.terminate()
            server.wait(60)
            shutil.rmtree(demo / "workspace", ignore_errors=True)


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Wait until it answers: at the first start it works out before what the pages show."""
    while server.poll() is None:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/")
            if line.getresponse().status == 200:
                return True
        except OSError:
            time.sleep(0.2)
    return False


def warmed(port: int, patience: float = 900) -> None:
    """Open every page until nothing on it is in the making."""
    visitor, until = Visitor(port, "dana@cedarridge.example"), time.monotonic() + patience
    waiting = PEOPLE[visitor.email]
    while waiting and time.monotonic() < until:
        waiting = [path for path in waiting if _POLLS.search(visitor.ask("GET", path)[1])]
        time.sleep(0.5)
    assert not waiting, f"still in the making after {patience} s: {waiting}"


def busy(port: int, until: float) -> None:
    """Have offers compared again and again, which prices the book for each."""
    visitor = Visitor(port, "dana@cedarridge.example")
    while time.monotonic() < until:
        _, page = visitor.ask("GET", f"{HOME}negotiations/summit/")
        key = re.search(r'name="key" value="([^"]+)"', page)
        visitor.ask("POST", f"{HOME}negotiations/summit/rounds/compare/", {"key": key[1] if key else ""})
        time.sleep(2)


def clicked(port: int, size: Size, *, pricing: bool = False) -> list[Visitor]:
    """All people at once."""
    emails = list(PEOPLE)
    visitors = [Visitor(port, emails[number % len(emails)]) for number in range(size.people)]
    until = time.monotonic() + size.seconds
    threads = [threading.Thread(target=one.work, args=(until, seed)) for seed, one in enumerate(visitors)]
    threads += [threading.Thread(target=busy, args=(port, until))] if pricing else []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return visitors


def p95(name: str, visitors: list[Visitor]) -> float:
    """The 95th percentile over all clicks, in milliseconds; pages one by one on the screen."""
    pages: dict[str, list[float]] = defaultdict(list)
    for visitor in visitors:
        for path, took in visitor.took.items():
            pages[path] += took
    whole = sorted(one for took in pages.values() for one in took)
    for path, took in sorted(pages.items(), key=lambda one: -max(one[1])):
        print(f"{name:9} {path:52} {len(took):5} clicks, middle {statistics.median(took) * 1000:6.0f} ms, ", end="")
        print(f"95th {_at(sorted(took), 0.95) * 1000:6.0f} ms, slowest {max(took) * 1000:6.0f} ms")
    return round(_at(whole, 0.95) * 1000, 1)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="few people, a small book, SQLite alone")
    options.add_argument("--demo", type=Path, help="a demo made before, of which a copy is served")
    told = options.parse_args()
    size = QUICK if told.quick else FULL
    with tempfile.TemporaryDirectory() as name:
        demo = Path(name) / "demo"
        if told.demo:
            shutil.copytree(told.demo, demo, ignore=shutil.ignore_patterns("workspace"))
        else:
            make = [*START, "demo", "--out", str(demo), "--claims", str(size.claims)]
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=name)
        runs = [*measured(demo, size, ("sqlite", "busy")), *([] if told.quick else _on_postgres(demo, size))]
        figures = {"p95_ms_postgres": None} | {f"p95_ms_{name}": p95(name, visitors) for name, visitors in runs}
        wrong = [one for _, visitors in runs for visitor in visitors for one in visitor.wrong]
        print(*sorted(set(wrong))[:10], sep="\n")
        counts = {"errors": len(wrong), "people": size.people, "claims": size.claims}
        print(json.dumps(figures | counts | {"clicks": sum(map(_clicks, runs))}))


def measured(demo: Path, size: Size, names: tuple[str, ...], database: str = "") -> list[tuple[str, list[Visitor]]]:
    """One server; people click about once for each name, while claims are priced where the name is ``busy``."""
    with running(demo, size, database) as port:
        warmed(port)
        return [(name, clicked(port, size, pricing=name == "busy")) for name in names]


def _on_postgres(demo: Path, size: Size) -> list[tuple[str, list[Visitor]]]:
    if not is_there():
        return []
    with served() as folder:
        return measured(demo, size, ("postgres",), f"postgres://evenhand@{quote(str(folder), safe='')}/postgres")


def _clicks(run: tuple[str, list[Visitor]]) -> int:
    return sum(len(took) for visitor in run[1] for took in visitor.took.values())


if __name__ == "__main__":
    main()
