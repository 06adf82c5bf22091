"""Deciding on differences: what is done about them, by whom, until when. Every decision is logged with what it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from evenhand.documents.words import counted
from evenhand.errors import ConflictError
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments.choosing import NOBODY, Chosen, differences, workers
from evenhand.workspace.payments.models import Difference, Matter, Status, Step, Worklist
from evenhand.workspace.payments.queries import known, now, sums
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded

KIND = "variance"
#: How many differences are decided on at once, and how many are read and written together.
MOST, _TOGETHER = 20_000, 1_000
KEEP = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided; what is empty stays as it is.

    Attributes:
        status: one of :class:`Status`.
        assigned: the number of a member who works on it, or ``nobody``.
        follow_up: when to look at it again; ``unset`` takes the day away.
        note: why, for those who come after.
        key: names the request, which is carried out once.
    """

    key: str
    status: str = KEEP
    assigned: str = KEEP
    follow_up: date | None = None
    unset: bool = False
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.status or self.assigned or self.follow_up or self.unset or self.note)


def settle_some(desk: Desk, versions: Mapping[int, int], decision: Decision) -> int:
    """Decide on these differences; how many they are.

    Args:
        desk: whose.
        versions: the numbers of the matters, with the version of each that was seen.
        decision: what is decided about all of them.

    Raises:
        DoneBeforeError: this request was carried out already.
        ConflictError: somebody else decided on one of them since; nothing was changed.
        RefusedError: there are none, or too many, or the member named does not work on differences here.
    """
    return _settle(desk, _named(desk, list(versions)), decision, Selection(list(versions), versions))


def settle_all(desk: Desk, chosen: Chosen, based_on: str, decision: Decision) -> int:
    """Decide on all differences that are chosen, as they were seen; how many they are.

    Raises:
        DoneBeforeError: this request was carried out already.
        ConflictError: others are chosen by now, or somebody decided on one of them since; nothing was changed.
        RefusedError: there are none, or too many, or the member named does not work on differences here.
    """
    worklist = known(desk).worklist
    if worklist is None:
        raise RefusedError("There is no worklist yet.")
    told = sums(worklist, chosen)
    words = chosen.without_claim.words({str(one.pk): str(one) for one in workers(desk)})
    name = f"{counted(told.count, 'difference')}: {words}"
    numbers = list(differences(worklist, chosen).order_by("pk").values_list("matter", flat=True)[: MOST + 1])
    return _settle(desk, name, decision, Selection(numbers, None, (worklist, chosen, based_on)))


@dataclass(frozen=True, slots=True)
class Selection:
    """Matters by number, and how they were seen: each in a version, or all that were chosen by a digest."""

    numbers: Sequence[int]
    versions: Mapping[int, int] | None
    seen: tuple[Worklist, Chosen, str] | None = None

    def check(self, held: Sequence[Matter]) -> None:
        """Refuse what somebody has changed since."""
        if self.versions is not None:
            changed = [one for one in held if self.versions[one.pk] != one.version]
            if changed or len(held) < len(self.versions):
                what = ", ".join(str(one) for one in changed[:3]) or "what was chosen"
                raise ConflictError(what, "", "; ".join(told(one) for one in changed[:3]))

    def check_all(self) -> None:
        """Refuse if others are chosen by now, or one of them was decided on."""
        if self.seen is not None:
            worklist, chosen, based_on = self.seen
            if sums(worklist, chosen).based_on != based_on:
                raise ConflictError("one of the differences chosen", "", "")


def _settle(desk: Desk, name: str, decision: Decision, selection: Selection) -> int:
    desk.require(May.WORK_VARIANCES)
    _check(selection.numbers, decision)
    person = _member(desk, decision.assigned)
    worklist = known(desk).worklist
    deed = Deed("decided", KIND, name[:300], desk.person, desk.organisation, why=decision.note, key=decision.key)
    with recorded(deed) as draft:
        selection.check_all()
        before, after = [], []
        for held in _held(desk, selection):
            steps = _decided(desk, worklist, held, decision, person)
            before += [f"{step.matter}: {step.before}" for step in steps]
            after += [f"{step.matter}: {step.after}" for step in steps]
        draft.before, draft.after = "\n".join(before), "\n".join(after)
    return len(before)


def _check(numbers: Sequence[int], decision: Decision) -> None:
    if decision.empty:
        raise RefusedError("Nothing was decided: choose a status, a member, a day, or write a note.")
    if not numbers:
        raise RefusedError("No difference was chosen.")
    if len(numbers) > MOST:
        raise RefusedError(f"More than {MOST:,} differences were chosen; narrow the filters and decide in parts.")


def _member(desk: Desk, assigned: str) -> Person | None:
    if assigned in (KEEP, NOBODY):
        return None
    found = next((one for one in workers(desk) if str(one.pk) == assigned), None)
    if found is None:
        raise RefusedError("Who is named does not work on differences here.")
    return found


def _held(desk: Desk, selection: Selection) -> Iterator[list[Matter]]:
    """The matters, locked until the transaction ends, some at a time, each as it was seen."""
    for begin in range(0, len(selection.numbers), _TOGETHER):
        some = selection.numbers[begin : begin + _TOGETHER]
        rows = Matter.objects.select_for_update().filter(organisation=desk.organisation, pk__in=some).order_by("pk")
        held = list(rows)
        if len(held) < len(some):
            raise ConflictError("what was chosen", "", "")
        selection.check(held)
        yield held


def _decided(
    desk: Desk, worklist: Worklist | None, held: list[Matter], decision: Decision, person: Person | None
) -> list[Step]:
    """Change the matters, and keep the step of each with the figures of its difference."""
    people = {str(one.pk): str(one) for one in workers(desk)}
    before = {one.pk: told(one, people) for one in held}
    figures = now(worklist, before)
    Matter.objects.filter(pk__in=list(before)).update(**_changes(worklist, decision, person))
    after = Matter.objects.filter(pk__in=list(before)).order_by("pk")
    return Step.objects.bulk_create(
        Step(
            matter=one,
            person=desk.person,
            before=before[one.pk],
            after=told(one, people),
            note=decision.note,
            expected=figures[one.pk].expected if one.pk in figures else one.expected,
            actual=figures[one.pk].actual if one.pk in figures else one.actual,
        )
        for one in after
    )


def _changes(worklist: Worklist | None, decision: Decision, person: Person | None) -> dict[str, Any]:
    changes: dict[str, Any] = {"version": F("version") + 1}
    if decision.status:
        here = Difference.objects.filter(worklist=worklist, matter=OuterRef("pk"))
        figures = {name: Subquery(here.values(name)[:1]) for name in ("expected", "actual", "amount")}
        changes |= {"status": Status(decision.status), "set_at": timezone.now(), "gone": None, **figures}
    if decision.assigned:
        changes["assigned"] = person
    if decision.follow_up or decision.unset:
        changes["follow_up"] = decision.follow_up
    if decision.note:
        changes["note"] = decision.note
    return changes


def told(matter: Matter, people: Mapping[str, str] | None = None) -> str:
    """How a matter stands, in words."""
    said = [str(matter.get_status_display())]
    if matter.assigned_id:
        said.append(f"with {(people or {}).get(str(matter.assigned_id)) or matter.assigned}")
    if matter.follow_up:
        said.append(f"look again on {matter.follow_up}")
    return ", ".join(said)


def _named(desk: Desk, numbers: Sequence[int]) -> str:
    if len(numbers) != 1:
        return counted(len(numbers), "difference")
    found = Matter.objects.filter(organisation=desk.organisation, pk=numbers[0]).first()
    return found.called if found else "1 difference"
