"""A negotiation read from its file: everything wrong is found at once, each with its line."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from evenhand.contracts.nodes import Node, read_document
from evenhand.contracts.records import Entry
from evenhand.errors import ContractError, Log, Problem
from evenhand.negotiation.record import model
from evenhand.negotiation.record.language import NEGOTIATION
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.values import in_order

FILE = "negotiation.yaml"
_HEAD = "negotiation"
Made = TypeVar("Made")

#: What each key that holds keys is made into.
_PARTS: dict[str, type[Any]] = {
    "theirs": model.Belief,
    "issues": model.Issue,
    "people": model.Person,
    "value": model.Proof,
    "alternatives": model.Alternative,
    "zone": model.Zone,
    "rounds": model.Round,
    "worth": model.Valuation,
    "attachments": model.Attachment,
    "talks": model.Talk,
    "commitments": model.Commitment,
    "approvals": model.Approval,
    "notices": model.Notice,
    "escalation": model.EscalationSteps,
    "integration": model.Integration,
    "providers": model.Provider,
}


def read_negotiation(folder: Path | str) -> Negotiation:
    """Read the negotiation in a folder.

    Raises:
        ContractError: something is wrong; it carries every problem of the file.
    """
    found, problems = check_negotiation(folder)
    if found is None:
        raise ContractError(problem for problem in problems if problem.severity == "error")
    return found


def check_negotiation(folder: Path | str) -> tuple[Negotiation | None, list[Problem]]:
    """Read a negotiation and say everything wrong or doubtful about its file."""
    path = Path(folder)
    file = path / FILE if path.is_dir() else path
    log = Log(file.name)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        right = f"name a folder that holds a {FILE}"
        return None, [Problem(str(file), None, f"cannot be read ({problem.strerror})", right)]
    except UnicodeDecodeError:
        return None, [Problem(str(file), None, "this is not UTF-8 text", "save the file as UTF-8")]
    found = negotiation_of(text, log)
    return found, sorted(log.problems, key=lambda problem: problem.line or 0)


def negotiation_of(text: str, log: Log) -> Negotiation | None:
    """What a text says; ``None``, and why in the log, when it cannot be used."""
    node = read_document(text, log, "start with 'negotiation: NAME'")
    return None if node is None else _negotiation(node, log)


def _negotiation(node: Node, log: Log) -> Negotiation | None:
    entry = NEGOTIATION.read(node, log, "the negotiation")
    if entry is None:
        return None
    _twice(entry, "issues", "id", log)
    for key in ("rounds", "commitments"):
        _twice(entry, key, "number", log)
    _rounds(entry, log)
    if log.failed:
        return None
    found = _made(Negotiation, entry, {"name": entry.get(_HEAD)})
    _doubts(found, log)
    return found


def _made(kind: type[Made], entry: Entry, said: dict[str, Any]) -> Made:
    """An entry as the dataclass whose fields are its keys."""
    known = _fields(kind)
    given = {key: _part(key, value) for key, value in entry.values.items() if key in known}
    placed = {"line": entry.line} if "line" in known else {}
    return kind(**{**given, **placed, **said})


def _fields(kind: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind))


def _part(key: str, value: Any) -> Any:
    if isinstance(value, Entry):
        return _made(_PARTS[key], value, {})
    if isinstance(value, tuple):
        return tuple(_part(key, one) for one in value)
    return value


def _twice(entry: Entry, key: str, name: str, log: Log) -> None:
    """Things that are named must be named apart."""
    counts = Counter(one.get(name) for one in entry.get(key, ()))
    for one in entry.get(key, ()):
        if counts[one.get(name)] > 1:
            log.error(one.line, f"two {key} have the {name} '{one.get(name)}'", f"give each its own {name}")


def _rounds(entry: Entry, log: Log) -> None:
    """A round answers an earlier one."""
    numbers = {one.get("number") for one in entry.get("rounds", ())}
    for one in entry.get("rounds", ()):
        answers = one.get("answers")
        if answers is not None and (answers not in numbers or answers >= one.get("number", 0)):
            what = f"round {one.get('number')} answers {answers}, which is no earlier round"
            log.error(one.line_of("answers"), what, "name the number of the offer it answers, or drop the key")


def _doubts(found: Negotiation, log: Log) -> None:
    for issue in found.issues:
        if in_order(issue.opening, issue.target, issue.walk_away) is False:
            what = f"{issue.id}: the target {issue.target} is not between opening and walk-away"
            log.warn(issue.line, what, f"give a value from {issue.opening} to {issue.walk_away}")
        if issue.status == model.AGREED and not issue.agreed:
            log.warn(issue.line, f"{issue.id} is agreed, and no value says on what", "add 'agreed: VALUE'")
