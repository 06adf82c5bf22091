"""What a negotiation states before any offer: goals, the value proposition, who takes part, the one message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from evenhand.contracts.shapes import suggest
from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation.record.model import Negotiation, Person, Proof
from evenhand.negotiation.record.shelf import Kept

One = TypeVar("One")


def add_goal(kept: Kept, goal: str) -> Negotiation:
    """Add something we want of the negotiation; one that is there already stays where it is.

    Raises:
        UsageError: it is empty.
    """
    said = _said(goal, "the goal")
    return kept.change(lambda before: replace(before, goals=tuple(dict.fromkeys((*before.goals, said)))))


def remove_goal(kept: Kept, goal: str) -> Negotiation:
    """Take a goal out.

    Raises:
        SelectionError: there is no such goal.
    """

    def without(before: Negotiation) -> Negotiation:
        _require(goal, before.goals, "goal")
        return replace(before, goals=tuple(one for one in before.goals if one != goal))

    return kept.change(without)


def add_proof(kept: Kept, proof: Proof) -> Negotiation:
    """Add a point of the value proposition; one of the same claim gives way to it.

    Raises:
        UsageError: it claims nothing.
    """
    made = replace(proof, claim=_said(proof.claim, "the claim"))
    names = _by_name(made, lambda one: one.claim)
    return kept.change(lambda before: replace(before, value=names(before.value)))


def remove_proof(kept: Kept, claim: str) -> Negotiation:
    """Take a point of the value proposition out.

    Raises:
        SelectionError: there is no such point.
    """

    def without(before: Negotiation) -> Negotiation:
        _require(claim, [one.claim for one in before.value], "point of the value proposition")
        return replace(before, value=tuple(one for one in before.value if one.claim != claim))

    return kept.change(without)


def add_person(kept: Kept, person: Person) -> Negotiation:
    """Add somebody who takes part; one of the same name gives way.

    Raises:
        UsageError: the name is empty.
    """
    made = replace(person, name=_said(person.name, "the name"))
    names = _by_name(made, lambda one: one.name)
    return kept.change(lambda before: replace(before, people=names(before.people)))


def remove_person(kept: Kept, name: str) -> Negotiation:
    """Take somebody out.

    Raises:
        SelectionError: nobody is called that.
    """

    def without(before: Negotiation) -> Negotiation:
        _require(name, [one.name for one in before.people], "person")
        return replace(before, people=tuple(one for one in before.people if one.name != name))

    return kept.change(without)


def give_message(kept: Kept, message: str) -> Negotiation:
    """Set the one message all of us give, in place of the one before.

    Raises:
        UsageError: it is empty.
    """
    said = _said(message, "the message")
    return kept.change(lambda before: replace(before, message=said))


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise UsageError(f"{what} is empty; write it in a few words")
    return text.strip()


def _by_name(made: One, name: Callable[[One], str]) -> Callable[[Sequence[One]], tuple[One, ...]]:
    """Puts one in the place of that of the same name, else at the end."""

    def placed(before: Sequence[One]) -> tuple[One, ...]:
        if any(name(one) == name(made) for one in before):
            return tuple(made if name(one) == name(made) else one for one in before)
        return (*before, made)

    return placed


def _require(wanted: str, known: Sequence[str], what: str) -> None:
    if wanted not in known:
        raise SelectionError(f"there is no {what} '{wanted}'; {suggest(wanted, list(known)) or 'none is stated'}")
