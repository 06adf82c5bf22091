"""What kinds of work there are, and what a piece of work knows while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.people.models import Person


class CancelledError(Exception):
    """Somebody asked for the work to be given up; leave everything as it was before."""


@dataclass(frozen=True)
class Job:
    """A task at work: what was given, for whom, which attempt this is (1 is the first).

    ``progress(share, doing)`` tells how much is done (0 to 1) and what is being done. It costs next to nothing when it
    is called often, and raises :class:`CancelledError` when the work is to be given up: call it where that is safe.
    """

    given: dict[str, Any]
    organisation: Organisation
    person: Person | None
    attempt: int
    progress: Callable[[float, str], None]


Work = Callable[[Job], dict[str, Any]]

#: Kind → what does it.
KINDS: dict[str, Work] = {}


#: Kind → how soon: of tasks that wait, the highest is taken first. What is not named is 0.
PRIORITY: dict[str, int] = {}
#: Somebody looks at the screen until it is done.
AWAITED = 10


def work(kind: str, *, priority: int = 0) -> Callable[[Work], Work]:
    """Make a function the work of a kind, named by its room: ``@work("loading.load")``.

    ``priority`` says how soon it is begun: higher first, and of equals what was asked for first.

    The function returns what a page may want to know, as JSON. It may be started again after it was killed at any
    point, so doing it twice must come to the same as doing it once.
    """

    def register(function: Work) -> Work:
        if kind in KINDS and KINDS[kind].__module__ != function.__module__:
            raise ValueError(f"{kind} is the work of {KINDS[kind].__module__} already")
        KINDS[kind] = function
        PRIORITY[kind] = priority
        return function

    return register


Look = Callable[[], None]
HOUR = 3600.0
#: What every worker looks at, and seconds between two looks; each is quick, and doing it twice is doing it once.
LOOKS: dict[Look, float] = {}


def every(seconds: float) -> Callable[[Look], Look]:
    """Have a function called about so often, to see whether there is work that nobody asks for."""

    def register(function: Look) -> Look:
        LOOKS[function] = seconds
        return function

    return register
