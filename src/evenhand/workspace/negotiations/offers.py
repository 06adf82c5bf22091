"""Offers as people send or write them: read in a folder of their own before anything is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from evenhand.contracts import Contract, read_offer
from evenhand.contracts.diff import Change, compare
from evenhand.contracts.gaps import find_offer_gaps
from evenhand.contracts.nodes import Fields, Scalar, read_document
from evenhand.contracts.reader import draft_offer
from evenhand.errors import Log, Problem
from evenhand.negotiation.offer_value import first_day_of_offer
from evenhand.negotiation.record.offers import amending
from evenhand.workspace.negotiations.reading import Reading

FILE = "offer.yaml"
CONTRACT = "contract"
_OFFERS = 128
#: Changes of single rates, and how many of them are shown.
_RATE, _RATES = "rate", 20


@dataclass(frozen=True, slots=True)
class Draft:
    """An offer as written: its text, the tables it names, and what it amends (``contract``, or a round's number)."""

    text: str
    amends: str = CONTRACT
    tables: Mapping[str, bytes] = field(default_factory=dict)
    name: str = FILE


@dataclass(frozen=True, slots=True)
class Read:
    """What a draft says: its problems, and what it changes against what it amends.

    Changes of single rates are many: ``rates`` holds the first of them, ``more`` counts the others.
    """

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    rates: tuple[Change, ...] = ()
    more: int = 0

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken as it is."""
        return any(one.severity == "error" for one in self.problems)


def check(given: Reading, draft: Draft) -> Read:
    """Read a draft; everything wrong with it at once.

    What it amends is chosen beside it and never read from it: a path in it could lead to somebody else's offer.
    """
    leads = [key.line for key in _keys(draft.text) if key.text == "amends"]
    if leads:
        what = "'amends:' is chosen above, not written"
        return Read((Problem(draft.name, leads[0], what, "leave the line out"),))
    base = base_of(given, draft.amends)
    with _laid_out(draft) as file:
        drafted = draft_offer(file, contract=base)
        found = drafted.contract
        if drafted.failed or found is None or drafted.entry is None:
            return Read(tuple(drafted.problems))
        gaps = find_offer_gaps(found, drafted.entry, draft.name, given.days.today)
    changes = compare(base, found, on=first_day_of_offer(found))
    rates = tuple(one for one in changes if one.kind == _RATE)
    others = tuple(one for one in changes if one.kind != _RATE)
    return Read((*drafted.problems, *gaps), others, rates[:_RATES], max(0, len(rates) - _RATES))


def _keys(text: str) -> list[Scalar]:
    node = read_document(text, Log(FILE))
    return [key for key, _ in node.entries] if isinstance(node, Fields) else []


@contextmanager
def ready(given: Reading, draft: Draft) -> Iterator[Path]:
    """A draft as a file that leads to what it amends, to be recorded as a round."""
    base = given.kept.contract_folder() if draft.amends == CONTRACT else _file(given, int(draft.amends))
    with _laid_out(Draft(amending(draft.text, str(base)), draft.amends, draft.tables, draft.name)) as file:
        yield file


def base_of(given: Reading, amends: str) -> Contract:
    """What an offer is laid over: the contract as signed, or a round's offer.

    Raises:
        SelectionError: there is no such round.
    """
    return given.contract if amends == CONTRACT else offer_of(given, int(amends))


def offer_of(given: Reading, number: int) -> Contract:
    """The contract as it would be with a round's offer.

    Raises:
        SelectionError: there is no such round.
        ContractError: its offer no longer reads.
    """
    file = _file(given, number)
    return _offer(file, file.stat().st_mtime_ns, given.contract.digest)


@lru_cache(_OFFERS)
def _offer(file: Path, at: int, digest: str) -> Contract:
    return read_offer(file)


def _file(given: Reading, number: int) -> Path:
    return given.kept.offer(given.found, number).resolve()


def copied(given: Reading, number: int) -> Draft:
    """A round's offer to be written on: its text without what it amends, and its tables."""
    file = _file(given, number)
    tables = {
        one.relative_to(file.parent).as_posix(): one.read_bytes()
        for one in file.parent.rglob("*")
        if one.is_file() and one != file
    }
    amends = next((str(one.answers) for one in given.found.rounds if one.number == number and one.answers), CONTRACT)
    return Draft(without_amends(file.read_text("utf-8-sig")), amends, tables)


def without_amends(text: str) -> str:
    r"""An offer's text without the line that says what it amends: the page asks for that.

    >>> without_amends("offer: Ours\namends: ../x\neffective: 2027-01-01")
    'offer: Ours\neffective: 2027-01-01'
    """
    return "\n".join(line for line in text.splitlines() if not line.startswith("amends:"))


def called(given: Reading, number: int) -> str:
    """What a round's offer calls itself."""
    file = given.kept.offer(given.found, number)
    return _called(file, file.stat().st_mtime_ns) if file.is_file() else ""


@lru_cache(_OFFERS)
def _called(file: Path, at: int) -> str:
    node = read_document(file.read_text("utf-8-sig", errors="replace"), Log(file.name))
    if not isinstance(node, Fields):
        return ""
    return next((value.text for key, value in node.entries if key.text == "offer" and isinstance(value, Scalar)), "")


@contextmanager
def _laid_out(draft: Draft) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="evenhand-offer-") as folder:
        for name, content in draft.tables.items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_bytes(content)
        file = Path(folder) / draft.name
        file.write_text(draft.text, encoding="utf-8", newline="")
        yield file
