"""What an event changed, line by line, as far as a role may read it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.models import Event

#: Kinds whose text holds neither positions nor claims; that of all others is for those who may see our positions.
OPEN_KINDS = frozenset({"contract", "history", "load", "member", "organisation", "person", "task", "token"})
#: Kinds whose text may hold claims: that is for those who may see claims.
CLAIM_KINDS = frozenset({"claim", "findings", "variance", "variances"})
_AROUND = 2
_MOST = 400
#: Events of the same wording, one after the other, that are too many to be shown one by one.
_MANY = 4


class Line(NamedTuple):
    """A line of a difference: ``+`` new, ``−`` gone, a space as before, ``…`` where lines were left out."""

    sign: str
    text: str


class Told(NamedTuple):
    """An event as the page shows it."""

    event: Event
    lines: list[Line]
    readable: bool


class Run(NamedTuple):
    """What one did to one thing, time after time: the newest events, and those that are folded away behind them."""

    shown: list[Told]
    folded: list[Told]


def runs(events: Iterable[Told]) -> Iterator[Run]:
    """Events in their order, those of the same wording together; of many, the first stands for all."""
    for _, same in groupby(events, key=_wording):
        listed = list(same)
        shown = len(listed) if len(listed) < _MANY else 1
        yield Run(listed[:shown], listed[shown:])


def _wording(told: Told) -> tuple[str, ...]:
    event = told.event
    return event.by, event.what, event.kind, event.name


def told(desk: Desk, event: Event) -> Told:
    """An event with what changed; without the text where the role may not read it."""
    readable = may_read(desk, event)
    return Told(event, list(lines(event.before, event.after)) if readable else [], readable)


def may_read(desk: Desk, event: Event) -> bool:
    """Whether what the event says of before, after and why is for this role."""
    if event.kind in OPEN_KINDS:
        return True
    return desk.may(May.SEE_CLAIMS if event.kind in CLAIM_KINDS else May.SEE_POSITIONS)


def lines(before: str, after: str) -> Iterator[Line]:
    r"""The difference of two texts, with two lines around each change.

    >>> [f"{sign} {text}" for sign, text in lines("Analyst", "Analyst\nCounsel")]
    ['  Analyst', '+ Counsel']
    """
    if before == after:
        return
    old, new = before.splitlines(), after.splitlines()
    found = difflib.unified_diff(old, new, n=_AROUND, lineterm="")
    for number, line in enumerate(found):
        if number < 2 or (number == 2 and line.startswith("@@")):
            continue
        if number > _MOST:
            yield Line("…", "more lines changed than are shown here")
            return
        yield Line("…", "") if line.startswith("@@") else Line(line[0].replace("-", "−"), line[1:])
