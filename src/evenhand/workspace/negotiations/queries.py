"""What the pages of negotiations show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.contracts import Contract
from evenhand.errors import EvenhandError
from evenhand.negotiation.record import Belief, Issue, Negotiation
from evenhand.negotiation.record.model import OPEN
from evenhand.workspace.contracts.reading import contract_in
from evenhand.workspace.negotiations.reading import Reading, reading
from evenhand.workspace.organisations.desk import Desk

#: Closed for good: nobody is to answer any more.
_OVER = "accepted"


@dataclass(frozen=True, slots=True)
class Listed:
    """One negotiation of the list; ``problem`` says why it cannot be read, if it cannot."""

    name: str
    reading: Reading | None
    problem: str = ""

    @property
    def answers(self) -> str:
        """Who is to answer."""
        return "" if self.reading is None else who_answers(self.reading.found)


@dataclass(frozen=True, slots=True)
class Row:
    """An issue as a page shows it; ``theirs`` is what we believe, in words."""

    issue: Issue
    theirs: str
    status: str
    state: str


def listed(desk: Desk) -> list[Listed]:
    """The negotiations this person may see."""
    return [_listed(desk, kept.name) for kept in desk.negotiations()]


def _listed(desk: Desk, name: str) -> Listed:
    try:
        return Listed(name, reading(desk.negotiation(name)))
    except EvenhandError as problem:
        return Listed(name, None, str(problem))


def opened(desk: Desk, name: str) -> Reading:
    """One negotiation as it stands today.

    Raises:
        Http404: there is none this person may see.
        ContractError: its file, or its contract, is refused.
    """
    return reading(desk.negotiation(name))


def contracts(desk: Desk) -> dict[str, Contract]:
    """The contracts of the book that can be read, by their folder's name."""
    found = {}
    for name, folder in desk.book().contract_folders().items():
        try:
            found[name] = contract_in(folder.resolve())
        except EvenhandError:
            continue  # the contract's own page says what is wrong with it
    return found


def who_answers(found: Negotiation) -> str:
    """Who is to answer: we, they or nobody, in words."""
    last = found.last_round
    if last is None:
        return "nobody has offered yet"
    if found.issues and not found.open_issues:
        return "nobody: all issues are settled"
    if last.state == _OVER:
        return f"round {last.number} is accepted"
    if last.state != OPEN:
        return f"round {last.number} is {last.state}: nobody has to answer"
    return "we are to answer" if last.by == "them" else "they are to answer"


def is_over(found: Negotiation) -> bool:
    """Whether it has come to an end: the last round is accepted."""
    return found.last_round is not None and found.last_round.state == _OVER


def rows(given: Reading) -> list[Row]:
    """The issues, those still open first."""
    made = [row(one) for one in given.found.issues]
    return sorted(made, key=lambda one: one.issue.status != OPEN)


def row(issue: Issue) -> Row:
    """One issue."""
    status = f"{issue.status}: {issue.agreed}" if issue.agreed else issue.status
    state = {"open": "open", "agreed": "good", "dropped": "closed"}[issue.status]
    return Row(issue, believed(issue.theirs), status, state)


def believed(theirs: Belief) -> str:
    """What we believe of their positions, in words."""
    said = [f"{word} {text}" for word, text in _positions(theirs) if text]
    if not said:
        return ""
    since = f", since {theirs.since}" if theirs.since else ""
    return f"{', '.join(said)} ({theirs.sure}{since})"


def _positions(theirs: Belief) -> tuple[tuple[str, str], ...]:
    return ("begin", theirs.opening), ("target", theirs.target), ("walk away at", theirs.walk_away)


def notice_days(given: Reading) -> tuple[date, int] | None:
    """The last day to give notice, and how many days that is from today; ``None`` where there is none."""
    by = given.days.ends.notice_by
    return None if by is None else (by, (by - given.days.today).days)
