"""What is asked of a contract's language, and what the answer is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from evenhand.negotiation.assumptions import Assumptions
from evenhand.results import Result

_TEXT, _NUMBER = pa.string(), pa.float64()
CLAUSES = pa.schema(
    [
        ("provision", _TEXT),
        ("now", _TEXT),
        ("then", _TEXT),
        ("p10", _NUMBER),
        ("worth", _NUMBER),
        ("p90", _NUMBER),
        ("as_rates", _NUMBER),
        ("cost_now", _NUMBER),
        ("from_where", _TEXT),
        ("why_not", _TEXT),
    ]
)
EVIDENCE = pa.schema([("name", _TEXT), ("value", _NUMBER)])
FORMULAS = pa.schema([("provision", _TEXT), ("cost", _TEXT), ("says", _TEXT), ("rests_on", _TEXT), ("source", _TEXT)])


@dataclass(frozen=True, slots=True)
class ClauseQuestion:
    """What is asked of a contract's language.

    Attributes:
        first_day, last_day: claims that begin on these days; without them the last twelve months.
        changes: by provision, its value from and to; without any, those of the offer, else one tried for each.
        formulas: a YAML file of formulas laid over the program's.
        assumptions: a YAML file of assumptions.
        given: assumptions by name.
        draws, seed: how many futures, from which seed.
    """

    first_day: date | None = None
    last_day: date | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    formulas: Path | None = None
    assumptions: Path | None = None
    given: Mapping[str, float] = field(default_factory=dict)
    draws: int = 2000
    seed: int = 20_250_101


@dataclass(frozen=True, slots=True)
class ClauseReport:
    """What changes of provisions are worth to the provider, a year.

    Attributes:
        contract, payer, offer: names; ``offer`` is empty where none was given.
        first_day, last_day, claims, patients: the claims behind it.
        clauses: a row for each change: worth with p10 and p90, and as how much on rates; or why it is not valued.
        formulas: the formula of each, what it means, and the names it rests on.
        evidence: what the book shows.
        assumed: the assumptions.
        rate_point: what one percent on rates is worth a year, collected as the book is.
        notes: what else was noticed.
    """

    contract: str
    payer: str
    offer: str
    first_day: date
    last_day: date
    claims: int
    patients: int
    clauses: Result
    formulas: Result
    evidence: Result
    assumed: Assumptions
    rate_point: float
    notes: tuple[str, ...]
