"""Workers and servers of the workspace killed at random moments: nothing is lost or done twice, tasks resume.

Three real workers share a queue of loads, of figures worked out from the book, and of work in many steps. One of them
after another is killed (SIGKILL) at a random moment and replaced. A task whose worker was killed three times fails with
a plain sentence and is started again, as a person would. At the end every task is done, every file loaded lies in the
book once, and the book verifies. A quarter of the kills are of processes that save contracts and negotiations, as the
server does (``fault_savers.py``).

With ``--server`` it is the real ``evenhand serve`` that is killed, while people work at it (``fault_server.py``).

    python benchmarks/faults.py            # 200 kills, some five minutes
    python benchmarks/faults.py --server   # 200 kills of the server, some 40 minutes; --quick: 3
    python benchmarks/faults.py --quick    # 10 kills; the ordinary tests run this
    DATABASE_URL=postgres://… python benchmarks/faults.py    # the same on PostgreSQL

The last line is JSON: ``kills``, ``tasks``, ``resumed`` (tasks taken up after a kill), ``started_again`` (after three),
``saves``, ``saves_cut_off`` (those in which the kill fell), ``saves_untold`` (kept without an event in the log),
``lost``, ``doubled``, ``damaged`` (what the checks of book and log find); the last three must be 0. With ``--server``:
``kills``, ``requests``, ``done`` (answered so), ``cut_off`` (not answered), ``answered_wrong`` (by an error of the
server), ``lost``, ``doubled``, ``unfinished`` (tasks), ``damaged``; the last five must be 0.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import fault_savers  # type: ignore[import-not-found,unused-ignore]
import fault_server  # type: ignore[import-not-found,unused-ignore]

WORKERS, OPEN_TASKS = 3, 8
LEASE = timedelta(seconds=1.5)
STEPS = 40
#: Seconds after the last kill by which all must be done.
PATIENCE = 120
KINDS = ("faults.load", "faults.figures", "faults.steps")


def started(*, first: bool = False) -> None:
    """Start Django and name the kinds of work, in this process and in every worker's; the first makes the tables."""
    if first:
        from evenhand.workspace.running.server import prepare

        prepare()
    else:
        import django

        os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.workspace.settings"
        django.setup()
    from evenhand.workspace.tasks.registry import work

    for kind, function in zip(KINDS, (load, figures, steps), strict=True):
        work(kind)(function)


def load(job: Any) -> dict[str, Any]:
    """Load a file of its own."""
    from evenhand.book import Book, Options

    job.progress(0.1, "Reading")
    options = Options(progress=lambda _: job.progress(0.5, "Reading"))
    Book.open(job.organisation.folder).load([job.given["file"]], options)
    return {}


def figures(job: Any) -> dict[str, Any]:
    """Work something out from the book as it stands."""
    from evenhand.book import Book

    job.progress(0.1, "Settling")
    engine = Book.open(job.organisation.folder).settled()
    return {"claims": engine.arrow("select count(*) as claims from settled_claims")["claims"][0].as_py()}


def steps(job: Any) -> dict[str, Any]:
    """Many small steps, each of which can be done again."""
    folder = Path(job.given["file"]).with_suffix(".steps")
    folder.mkdir(exist_ok=True)
    for step in range(STEPS):
        (folder / f"{step}").write_text("done")
        job.progress(step / STEPS, f"Step {step + 1} of {STEPS}")
        time.sleep(0.03)
    return {"steps": STEPS}


def work() -> None:
    """A worker; runs until it is killed, or until who started it is gone, however early that is."""
    beside = os.getppid()
    started()
    from evenhand.workspace.tasks.worker import Worker

    Worker(lease=LEASE, beside=beside).run()


def save(slug: str, log: str, beside: str) -> None:
    """A saver; runs until it is killed, or until who started it is gone."""
    started()
    threading.Thread(target=_end_after, args=(int(beside),), daemon=True).start()
    fault_savers.saver(slug, Path(log).name, Path(log))


def _end_after(process: int) -> None:
    while os.getppid() == process:
        time.sleep(0.5)
    os._exit(1)


def desk_at(folder: Path) -> Any:
    """An organisation with an empty book, and somebody in it."""
    from evenhand.book import Book
    from evenhand.workspace.organisations.desk import desk_of
    from evenhand.workspace.organisations.models import Membership, Organisation, Role
    from evenhand.workspace.people.models import Person

    slug = folder.name.lower().replace("_", "-")
    Book.create(folder / "book")
    organisation = Organisation.objects.create(name="Cedar Ridge", slug=slug, book=str(folder / "book"))
    person = Person.objects.create_user(f"{slug}@cedar.example", name="Ada")
    Membership.objects.create(person=person, organisation=organisation, role=Role.LEAD)
    return desk_of(person, slug)


def ask(desk: Any, folder: Path, number: int) -> None:
    """One more task, of one of the kinds."""
    from evenhand.workspace.tasks.actions import enqueue
    from generate_835 import write_835  # type: ignore[import-not-found,unused-ignore]

    file = folder / f"{number}.835"
    kind = KINDS[number % len(KINDS)]
    if kind == "faults.load":
        write_835(file, 0.2, seed=number)
    enqueue(desk, kind, {"file": str(file)}, title=f"Task {number}")


def killed(desk: Any, folder: Path, kills: int, chance: random.Random) -> int:
    """Kill workers while the queue is kept full; how many tasks were asked for."""
    from evenhand.workspace.tasks.models import OPEN, Task

    workers = [_worker() for _ in range(WORKERS)]
    asked = 0
    try:
        for _ in range(kills):
            while Task.objects.filter(state__in=OPEN).count() < OPEN_TASKS:
                ask(desk, folder, asked)
                asked += 1
            _wait_until_at_work(workers)
            time.sleep(chance.uniform(0, 0.8))
            place = _victim(workers, chance)
            workers[place].kill()
            workers[place].wait()
            workers[place] = _worker()
        _wait_until_done(desk)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    return asked


def _victim(workers: list[subprocess.Popen[bytes]], chance: random.Random) -> int:
    """Which to kill: mostly one that is at work, sometimes one that starts or waits."""
    busy = _at_work(workers)
    return chance.choice(busy) if busy and chance.random() < 0.8 else chance.randrange(WORKERS)


def _at_work(workers: list[subprocess.Popen[bytes]]) -> list[int]:
    from evenhand.workspace.tasks.models import State, Task

    holders = Task.objects.filter(state=State.RUNNING).values_list("holder", flat=True)
    return [place for place in range(WORKERS) if any(f"-{workers[place].pid}-" in holder for holder in holders)]


def _wait_until_at_work(workers: list[subprocess.Popen[bytes]]) -> None:
    """A busy machine takes seconds to start a worker; a kill before that would try nothing."""
    until = time.monotonic() + PATIENCE
    while not _at_work(workers) and time.monotonic() < until:
        time.sleep(0.05)


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, "--worker"])


def _wait_until_done(desk: Any) -> None:
    from evenhand.workspace.tasks.actions import again
    from evenhand.workspace.tasks.models import OPEN, State, Task

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and Task.objects.exclude(state=State.DONE).exists():
        for task in Task.objects.filter(state=State.FAILED, problem__startswith="The worker was stopped"):
            again(desk, task)
        if not Task.objects.filter(state__in=OPEN).exists():
            return
        time.sleep(0.3)


def found(desk: Any, folder: Path, asked: int) -> dict[str, int]:
    """What came of it all."""
    from evenhand.workspace.tasks.models import State, Task
    from evenhand.workspace.trail.queries import events

    book = desk.book()
    held = Counter(Path(file.path).name for one in book.loads() for file in one.files)
    wanted = {f"{number}.835" for number in range(asked) if KINDS[number % len(KINDS)] == "faults.load"}
    whole = sum(len(list(place.iterdir())) == STEPS for place in folder.glob("*.steps"))
    stepped = sum(KINDS[number % len(KINDS)] == "faults.steps" for number in range(asked))
    undone = asked - Task.objects.filter(state=State.DONE).count()
    return {
        "tasks": asked,
        "resumed": Task.objects.filter(attempts__gt=1).count(),
        "started_again": events(desk.organisation, kind="task").count(),
        "lost": undone + len(wanted - held.keys()) + stepped - whole,
        "doubled": sum(count - 1 for count in held.values()),
        "damaged": len(book.verify()),
    }


def main() -> None:
    """Kill, look, tell."""
    parser = argparse.ArgumentParser(description="Workers killed at random moments.")
    parser.add_argument("--quick", action="store_true", help="10 kills; of the server 3")
    parser.add_argument("--server", action="store_true", help="kill the real server while people work at it")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--saver", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        work()
        return
    if asked.saver:
        save(*asked.saver)
        return
    kills = (3 if asked.server else 10) if asked.quick else asked.kills
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        folder = Path(place)
        os.environ["EVENHAND_WORKSPACE"] = str(folder / "workspace")
        os.environ.setdefault("EVENHAND_THREADS", "1")
        started(first=True)
        if asked.server:
            print(json.dumps(fault_server.run(folder, kills, asked.seed)))
            return
        desk = desk_at(folder)
        began = time.monotonic()
        chance, of_savers = random.Random(asked.seed), kills // 4
        fault_savers.begun(desk)
        fault_savers.killed(folder, of_savers, chance)
        saved = Counter(fault_savers.found(desk, folder))
        saved.update(found(desk, folder, killed(desk, folder, kills - of_savers, chance)))
        told = {"kills": kills, **saved, "seconds": round(time.monotonic() - began)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
