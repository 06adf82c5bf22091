"""The worker: takes one task after another and does it.

It may be killed at any moment. Then its lease runs out, and the next worker does the task again from the start.
"""

from __future__ import annotations

import logging
import os
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from evenhand.errors import EvenhandError
from evenhand.workspace.tasks.holding import LEASE, give_back, let_go, renew, take, tell
from evenhand.workspace.tasks.models import OPEN, State, Task
from evenhand.workspace.tasks.registry import KINDS, LOOKS, CancelledError, Job, Look

log = logging.getLogger(__name__)

#: Seconds between two looks for work, between two writes of progress, between two sweeps of old tasks.
_PAUSE, _TELL, _SWEEP = 0.5, 0.25, 3600.0
#: Tasks that ended are shown this long.
KEPT = timedelta(days=30)


class _StoppedError(Exception):
    """The worker is being stopped."""


class _TakenAwayError(Exception):
    """The lease ran out while we could not renew it; somebody else does the task."""


class Worker:
    """Does tasks until it is stopped, or until the process ``beside`` it is gone."""

    def __init__(self, *, lease: timedelta = LEASE, beside: int | None = None) -> None:
        self._lease, self._beside = lease, beside
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Stop: a task at work is given back where it next says how far it is."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped. A database that cannot be reached is asked again later."""
        swept, looked = -_SWEEP, dict[Look, float]()
        while not self._stopping.is_set() and not self._is_alone():
            try:
                close_old_connections()
                if monotonic() - swept > _SWEEP:
                    swept = monotonic()
                    sweep()
                look_for_work(looked)
                if (task := take(self._lease)) is not None:
                    with self._renewed(task):
                        do(task, stopped=self._stopping.is_set)
                    continue
            except DatabaseError as problem:
                log.warning("The worker cannot reach the database: %s", type(problem).__name__)
                connection.close()
            self._stopping.wait(_PAUSE)

    def _is_alone(self) -> bool:
        return self._beside is not None and os.getppid() != self._beside

    @contextmanager
    def _renewed(self, task: Task) -> Iterator[None]:
        """Renew the lease from a thread of its own while the work goes on."""
        ended = threading.Event()

        def keep() -> None:
            while not ended.wait(self._lease.total_seconds() / 4):
                with suppress(DatabaseError):
                    renew(task, self._lease)
            connection.close()

        thread = threading.Thread(target=keep, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def run_waiting() -> int:
    """Do all that waits, in this process; how many tasks it were."""
    count = 0
    while (task := take(timedelta(hours=1))) is not None:
        do(task)
        count += 1
    return count


def do(task: Task, *, stopped: Callable[[], bool] = lambda: False) -> None:
    """Do one task that was taken, and write down how it ended."""
    job = Job(task.given, task.organisation, task.person, task.attempts, _progress(task, stopped))
    try:
        result = KINDS[task.kind](job)
    except CancelledError:
        let_go(task, State.CANCELLED)
    except _StoppedError:
        give_back(task)
    except _TakenAwayError:
        log.warning("Task %s went on elsewhere: its lease ran out here", task.pk)
    except EvenhandError as problem:
        let_go(task, State.FAILED, problem=_without_places(str(problem), task))
    except OSError as problem:
        let_go(task, State.FAILED, problem=_of_the_machine(problem))
    except Exception as problem:
        let_go(task, State.FAILED, problem=_noted(task, problem))
    else:
        let_go(task, State.DONE, result=result)


def _progress(task: Task, stopped: Callable[[], bool]) -> Callable[[float, str], None]:
    last, said = -_TELL, ""

    def progress(share: float, doing: str) -> None:
        nonlocal last, said
        if stopped():
            raise _StoppedError
        if monotonic() - last < _TELL and doing == said:
            return
        asked = tell(task, share, doing)
        if asked is None:
            raise _TakenAwayError
        if asked:
            raise CancelledError
        last, said = monotonic(), doing

    return progress


def _without_places(text: str, task: Task) -> str:
    """What went wrong, without the folders of the server, which help nobody at a desk."""
    folder = str(task.organisation.folder)
    for place in (f" at {folder}", f"{folder}/", f"{settings.CONFIGURATION.folder}/"):
        text = text.replace(place, "")
    return text


def _of_the_machine(problem: OSError) -> str:
    words = problem.strerror or type(problem).__name__
    return f"The machine could not read or write a file ({words}). Nothing was changed; mend that and start it again."


def _noted(task: Task, problem: Exception) -> str:
    """Where it went wrong goes to the server's log, without what the data said; the page gets a reference to it."""
    reference = uuid.uuid4().hex[:8]
    places = "".join(traceback.format_tb(problem.__traceback__))
    log.error("%s: task %s (%s) failed with %s\n%s", reference, task.pk, task.kind, type(problem).__name__, places)
    return f"This went wrong for a reason the program does not know. The server's log tells where, under {reference}."


def look_for_work(looked: dict[Look, float]) -> None:
    """Look for the work that nobody asks for, where it is time; what goes wrong with one leaves the others alone.

    ``looked`` remembers when each look was.
    """
    for look, seconds in LOOKS.items():
        if monotonic() - looked.get(look, -seconds) < seconds:
            continue
        looked[look] = monotonic()
        try:
            look()
        except (EvenhandError, OSError) as problem:
            log.warning("Looking for work went wrong: %s", problem)


def sweep() -> int:
    """Remove tasks that ended long ago; how many."""
    gone, _ = Task.objects.exclude(state__in=OPEN).filter(ended__lt=timezone.now() - KEPT).delete()
    return gone
