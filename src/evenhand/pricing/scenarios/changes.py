"""What a scenario changes: numbers of a contract, each named by where it stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal

from evenhand.contracts.model import Contract, Rules, Version
from evenhand.errors import UsageError

Kind = Literal["schedule", "rule", "term"]
#: Schedules are changed before rules, rules before terms.
KINDS: tuple[Kind, ...] = ("schedule", "rule", "term")
#: More than this is no change anybody proposes, and no price may outgrow its column.
MOST, MOST_TIMES = Decimal(10) ** 9, Decimal(1000)
_VALUE = re.compile(r"(?P<times>[×x*]?)\s*\$?(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<percent>%?)")


@dataclass(frozen=True, slots=True)
class Change:
    """One number of a contract set to another value, or multiplied.

    Attributes:
        kind: whether ``name`` is that of a term, a schedule or a rule.
        name: the term, schedule or rule, as the contract writes it.
        key: which number of it: ``percent``, ``amount``, ``charge_over``…; for a schedule a code (``99213``, or
            ``73721-26`` with a modifier); empty for all its rates.
        value: the new value, percentages as they are written (45 for 45 %); or what to multiply by.
        times: multiply instead of set.
    """

    kind: Kind
    name: str
    key: str
    value: Decimal
    times: bool = False

    @property
    def target(self) -> str:
        """Where the number stands, as one writes it."""
        return f"{self.name}.{self.key}" if self.key else self.name

    def __str__(self) -> str:
        if self.times:
            return f"{self.target}={(self.value * 100).normalize():f}%"
        return f"{self.target}={self.value.normalize():f}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named set of changes, all made at once. Without any, it is the contract as it stands."""

    name: str
    changes: tuple[Change, ...] = ()

    def ordered(self) -> tuple[Change, ...]:
        """The changes in the order they are made: schedules, rules, terms; numbers are set, then multiplied."""
        return tuple(sorted(self.changes, key=lambda each: (KINDS.index(each.kind), each.times)))


def places(contract: Contract) -> Iterator[tuple[Kind, str]]:
    """Everything of a contract that has numbers: its terms, its schedules, its rules."""
    for kind in ("term", "schedule", "rule"):
        names = (name for version in contract.versions for name in _names(version, kind))
        yield from ((kind, name) for name in dict.fromkeys(names))


def _names(version: Version, kind: Kind) -> Iterator[str]:
    if kind == "term":
        yield from (term.name for term in version.terms)
    elif kind == "schedule":
        yield from version.schedules
    else:
        yield from (each.name for each in fields(Rules) if getattr(version.rules, each.name))


def place_of(contract: Contract, target: str) -> tuple[Kind, str, str]:
    """The kind, name and key that a written target such as ``Office visits.percent`` means.

    Raises:
        UsageError: the contract has no such term, schedule or rule.
    """
    wanted = target.strip()
    found = [(kind, name) for kind, name in places(contract) if _begins(wanted, name)]
    if not found:
        names = [name for _, name in places(contract)]
        near = difflib.get_close_matches(wanted, names, n=1)
        right = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(names)}"
        raise UsageError(f"'{wanted}': {contract.name} has no term, schedule or rule of that name; {right}")
    kind, name = max(found, key=lambda each: len(each[1]))
    return kind, name, wanted[len(name) + 1 :].strip()


def _begins(target: str, name: str) -> bool:
    start, rest = target[: len(name)].lower(), target[len(name) :]
    return start == name.lower() and rest[:1] in ("", ".")


def read_change(contract: Contract, text: str) -> Change:
    """A change as one writes it.

    ``Office visits=105%`` multiplies the rates of a term (``exhibit-a.csv=105%`` those of a schedule,
    ``exhibit-a.csv.99213=105%`` those of a code); ``Office visits.percent=130`` sets a number.

    Raises:
        UsageError: it cannot be understood, or names nothing of the contract.
    """
    target, equals, value = text.rpartition("=")
    if not equals:
        raise UsageError(f"'{text}': write what changes, '=', and to what: 'Office visits=105%'")
    return change_to(contract, target, value)


def change_to(contract: Contract, target: str, value: str) -> Change:
    """The change of one target to a written value.

    Raises:
        UsageError: it cannot be understood, or names nothing of the contract.
    """
    kind, name, key = place_of(contract, target)
    said = _VALUE.fullmatch(value.strip())
    if said is None:
        raise UsageError(f"'{target}={value}': '{value}' is no number; write 120.50, or 105% for 1.05 times")
    number = Decimal(said["number"].replace(",", ""))
    shares = bool(said["percent"]) and (not key or kind == "schedule")
    times = bool(said["times"]) or shares
    if not key and not times:
        raise UsageError(
            f"'{target}={value}': say which number, as in '{name}.amount={value}', or multiply: '{name}=105%'"
        )
    factor = number / 100 if times and said["percent"] else number
    if factor >= (MOST_TIMES if times else MOST):
        raise UsageError(f"'{target}={value}': that is more than any rate or share")
    return Change(kind, name, key, factor, times)
