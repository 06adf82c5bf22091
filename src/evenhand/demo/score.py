"""How well variance found the faults that were seeded, by kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.demo.generate import Truth
from evenhand.engines import Engine
from evenhand.performance import VarianceReport
from evenhand.results import Result


@dataclass(frozen=True, slots=True)
class KindScore:
    """Faults of one kind: how many were seeded, how many found, and how many to the cent."""

    kind: str
    seeded: int
    found: int
    exact: int


@dataclass(frozen=True, slots=True)
class Score:
    """Seeded faults against variances reported.

    Attributes:
        kinds: by kind, most seeded first.
        reported: variances reported.
        false: those of them that no fault explains.
        missed: faults not found.
        strays: the false variances' rows.
    """

    kinds: tuple[KindScore, ...]
    reported: int
    false: int
    missed: tuple[Truth, ...]
    strays: tuple[Mapping[str, Any], ...]

    @property
    def seeded(self) -> int:
        """All faults seeded."""
        return sum(kind.seeded for kind in self.kinds)

    @property
    def found(self) -> int:
        """All faults found."""
        return sum(kind.found for kind in self.kinds)


def read_truth(path: Path) -> tuple[Truth, ...]:
    """The faults a demo's ``truth.json`` lists."""
    return tuple(Truth(**row) for row in json.loads(path.read_text(encoding="utf-8")))


def score(engine: Engine, report: VarianceReport, truth: Iterable[Truth]) -> Score:
    """Match variances with faults: by line where both speak of a line, else by claim.

    Args:
        engine: holds the book's raw ``lines``.
        report: what variance found.
        truth: what was seeded.
    """
    faults = tuple(truth)
    amounts, strays = _match(report.detail, _control_numbers(engine, report.detail), faults)
    missed = tuple(fault for fault in faults if _key(fault) not in amounts)
    return Score(_by_kind(faults, amounts), len(report.detail), len(strays), missed, strays)


#: A claim and one of its lines; no line: the claim as a whole.
_Key = tuple[str, str]


def _key(fault: Truth) -> _Key:
    return fault.claim_id, fault.line_control_number


def _match(
    detail: Result, numbers: Mapping[int, str], faults: tuple[Truth, ...]
) -> tuple[dict[_Key, Decimal], tuple[Mapping[str, Any], ...]]:
    """The variance found for each fault, and the variances that belong to none."""
    keys = {_key(fault) for fault in faults}
    amounts: dict[_Key, Decimal] = {}
    strays = []
    for row in detail:
        line = (row["claim_id"], numbers.get(row["comparison_key"], "") if row["compared"] == "line" else "")
        key = line if line in keys else (row["claim_id"], "")
        if key in keys:
            amounts[key] = amounts.get(key, Decimal(0)) + row["variance_amount"]
        else:
            strays.append(row)
    return amounts, tuple(strays)


def _by_kind(faults: tuple[Truth, ...], amounts: Mapping[_Key, Decimal]) -> tuple[KindScore, ...]:
    counts: dict[str, Counter[str]] = {}
    for fault in faults:
        amount = amounts.get(_key(fault))
        wanted = Decimal(fault.paid_allowed) - Decimal(fault.correct_allowed)
        counts.setdefault(fault.kind, Counter()).update(seeded=1, found=amount is not None, exact=amount == wanted)
    scores = (KindScore(kind, count["seeded"], count["found"], count["exact"]) for kind, count in counts.items())
    return tuple(sorted(scores, key=_most_first))


def _most_first(kind: KindScore) -> tuple[int, str]:
    return -kind.seeded, kind.kind


def _control_numbers(engine: Engine, detail: Result) -> dict[int, str]:
    """Line key → the provider's number of the line, for the lines reported."""
    wanted = {row["comparison_key"] for row in detail if row["compared"] == "line"}
    rows = engine.arrow("select line_key, line_control_number from lines where line_control_number is not null")
    pairs = zip(rows["line_key"].to_pylist(), rows["line_control_number"].to_pylist(), strict=True)
    return {key: number for key, number in pairs if key in wanted}
