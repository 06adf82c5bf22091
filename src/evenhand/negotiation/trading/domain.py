"""What is on the table, as data: issues, their options, and what each option is worth to each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, prod
from pathlib import Path

from evenhand.contracts.nodes import read_yaml
from evenhand.contracts.records import Entry, Key, Record, named_once
from evenhand.contracts.shapes import TEXT, Sequenced, Value
from evenhand.errors import ContractError, Log, UsageError

#: More outcomes than this are not listed one by one.
MOST_OUTCOMES = 500_000

_NUMBER = Value("a number, 0 or more", "0.45", r"(\d{1,9}(\.\d{1,9})?|\.\d{1,9})", float)
_SIDES = (
    Key("ours", _NUMBER, "Ours.", required=True, example="0.45"),
    Key("theirs", _NUMBER, "Theirs, as we believe.", required=True, example="0.5"),
)
_OPTION = Record("option", (Key("name", TEXT, "What is agreed.", required=True, example="3 years"), *_SIDES))
_ISSUE = Record(
    "issue",
    (
        Key("name", TEXT, "What is negotiated.", required=True, example="Term"),
        Key("weights", Record("weights", _SIDES), "What its swing from worst to best weighs.", required=True),
        Key("options", Sequenced(_OPTION), "What can be agreed.", required=True, example="…"),
    ),
)
_DOMAIN = Record(
    "domain",
    (
        Key("domain", TEXT, "Its name.", required=True, example="Summit Health 2027"),
        Key("walk_away", Record("walk_away", _SIDES), "The score below which a side walks away, 0 to 1."),
        Key("issues", Sequenced(_ISSUE), "What is on the table.", required=True, example="…"),
    ),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an issue: its worth to us and to them, 0 for the worst and 1 for the best there is."""

    name: str
    ours: float
    theirs: float


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is negotiated.

    Attributes:
        name: what it is.
        options: how it can be settled.
        our_weight, their_weight: what its swing from worst to best weighs beside the swings of the others.
    """

    name: str
    options: tuple[Option, ...]
    our_weight: float
    their_weight: float


@dataclass(frozen=True, slots=True)
class Domain:
    """Everything on the table. A side's score of an outcome is the weighted sum of the worths, weights adding up to 1.

    Attributes:
        name: what is negotiated.
        issues: the issues.
        our_walk_away, their_walk_away: the scores below which a side is better off without a deal.

    Raises:
        UsageError: there is no issue, a number makes no sense, or there are too many outcomes to list.
    """

    name: str
    issues: tuple[Issue, ...]
    our_walk_away: float = 0.0
    their_walk_away: float = 0.0

    def __post_init__(self) -> None:
        for wrong in _wrong(self):
            raise UsageError(f"{self.name}: {wrong}")

    @property
    def outcomes(self) -> int:
        """How many outcomes there are."""
        return prod(len(issue.options) for issue in self.issues)

    @property
    def our_weights(self) -> tuple[float, ...]:
        """Ours, adding up to 1."""
        return _shares([issue.our_weight for issue in self.issues])

    @property
    def their_weights(self) -> tuple[float, ...]:
        """Theirs, adding up to 1."""
        return _shares([issue.their_weight for issue in self.issues])

    @classmethod
    def read(cls, file: Path | str) -> Domain:
        """Read a domain from a YAML file.

        Raises:
            ReadError: the file cannot be read.
            ContractError: it is refused; every problem with its line.
        """
        node, log = read_yaml(Path(file), "give a YAML file that starts with 'domain:'")
        entry = None if node is None else _DOMAIN.read(node, log, "a domain")
        issues = () if entry is None else tuple(one for each in entry.get("issues", ()) if (one := _issue(each, log)))
        if entry is not None:
            named_once(entry.get("issues", ()), [issue.name for issue in issues], "issues", log)
        if log.failed or entry is None:
            raise ContractError(log.problems)
        walk: Entry = entry.get("walk_away", Entry(entry.line))
        try:
            return cls(entry.values["domain"], issues, walk.get("ours", 0.0), walk.get("theirs", 0.0))
        except UsageError as wrong:
            log.error(entry.line, str(wrong), "see the manual: trade and package")
            raise ContractError(log.problems) from None


def _issue(entry: Entry, log: Log) -> Issue | None:
    weights: Entry | None = entry.get("weights")
    options = tuple(_option(one) for one in entry.get("options", ()) if {"name", "ours", "theirs"} <= set(one.values))
    if weights is None or not {"ours", "theirs"} <= set(weights.values) or "name" not in entry.values:
        return None
    named_once(entry.get("options", ()), [option.name for option in options], "options", log)
    for one in entry.get("options", ()):
        for side in ("ours", "theirs"):
            if one.get(side, 0.0) > 1:
                log.error(one.line_of(side), f"a worth of {one.get(side):g}", "0 is the worst option, 1 the best")
    return Issue(entry.values["name"], options, weights.values["ours"], weights.values["theirs"])


def _option(entry: Entry) -> Option:
    return Option(entry.values["name"], entry.values["ours"], entry.values["theirs"])


def _shares(weights: Sequence[float]) -> tuple[float, ...]:
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)


def _wrong(domain: Domain) -> list[str]:
    """What makes no sense about a domain."""
    issues = domain.issues
    if not issues:
        return ["there is no issue on the table; give at least one with two options"]
    found = [
        f"{issue.name} has {len(issue.options)} options; give two or more" for issue in issues if len(issue.options) < 2
    ]
    numbers = [option for issue in issues for option in issue.options]
    if any(not (isfinite(value) and 0 <= value <= 1) for option in numbers for value in (option.ours, option.theirs)):
        found.append("a worth is not from 0 (the worst option) to 1 (the best)")
    for whose, weights in (
        ("our", [issue.our_weight for issue in issues]),
        ("their", [issue.their_weight for issue in issues]),
    ):
        if any(not isfinite(weight) or weight < 0 for weight in weights) or sum(weights) <= 0:
            found.append(f"{whose} weights must be 0 or more, and not all 0")
    if not all(0 <= score <= 1 for score in (domain.our_walk_away, domain.their_walk_away)):
        found.append("a walk-away is a score from 0 to 1")
    if not found and domain.outcomes > MOST_OUTCOMES:
        found.append(f"{domain.outcomes:,} outcomes are too many to list; {MOST_OUTCOMES:,} are the most")
    return found
