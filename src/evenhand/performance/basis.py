"""What every report of this room starts from: settled and priced tables, and the steps laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.claims.reasons import labels, read_reasons
from evenhand.contracts import Contract
from evenhand.engines import Engine, Step, read_steps
from evenhand.errors import SelectionError, UsageError
from evenhand.money import MONEY
from evenhand.performance.names import payer_names, payment_terms
from evenhand.pricing import price_book

#: Differences up to this much are no variance: payers round, and a cent proves nothing.
TOLERANCE = Decimal("0.01")

_CHOICES = pa.schema(
    [("tolerance", MONEY), ("first_day", pa.date32()), ("last_day", pa.date32()), ("by_product", pa.bool_())]
)


@dataclass(frozen=True, slots=True)
class Basis:
    """An engine that holds the settled and the priced tables, and the contracts they were priced under.

    ``reason_labels`` are the words for adjustment reason codes (CARC).
    """

    engine: Engine
    contracts: tuple[Contract, ...] = ()
    reason_labels: Mapping[str, str] = field(default_factory=lambda: labels(read_reasons()))

    @classmethod
    def of(cls, book: Book) -> Basis:
        """A book's claims, settled, and priced under the book's contracts."""
        pricing = price_book(book)
        return cls(pricing.engine, pricing.contracts, labels(book.reasons()))


def basis_of(source: Book | Basis) -> Basis:
    """A book is settled and priced; what has been already is taken as it is."""
    return source if isinstance(source, Basis) else Basis.of(source)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a report is about: days of service (both ends inside), tolerance, products apart or together.

    Raises:
        UsageError: the last day is before the first.
    """

    first_day: date | None = None
    last_day: date | None = None
    tolerance: Decimal = TOLERANCE
    by_product: bool = False

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise UsageError(f"the last day, {self.last_day}, is before the first, {self.first_day}")


def lay_out(basis: Basis, choices: Choices) -> None:
    """Run this room's steps, so that `named_claims`, `named_lines`, `comparisons` and `variances` stand.

    Raises:
        SelectionError: no claim of the book begins on the days chosen.
    """
    engine = basis.engine
    _check_days(engine, choices)
    seen = engine.arrow(
        "select coalesce(payer, '') as payer, coalesce(payer_id, '') as payer_id, count(*) as claims "
        "from service_claims group by coalesce(payer, ''), coalesce(payer_id, '')"
    ).to_pylist()
    engine.put("payer_names", payer_names(((r["payer"], r["payer_id"], r["claims"]) for r in seen), basis.contracts))
    engine.put("payment_terms", payment_terms(basis.contracts))
    row = [choices.tolerance, choices.first_day, choices.last_day, choices.by_product]
    engine.put(
        "choices",
        pa.Table.from_arrays([pa.array([v], f.type) for v, f in zip(row, _CHOICES, strict=True)], schema=_CHOICES),
    )
    engine.run(_steps())


def _check_days(engine: Engine, choices: Choices) -> None:
    """An answer about days without claims would read as zeros."""
    if choices.first_day is None and choices.last_day is None:
        return
    chosen = [f"claim_start_date >= date '{choices.first_day}'"] if choices.first_day else []
    chosen += [f"claim_start_date <= date '{choices.last_day}'"] if choices.last_day else []
    (held,) = engine.arrow(
        "select min(claim_start_date) as first_day, max(claim_start_date) as last_day, "
        f"count(case when {' and '.join(chosen)} then 1 end) as claims from service_claims"
    ).to_pylist()
    if held["first_day"] is not None and not held["claims"]:
        raise SelectionError(
            "no claim begins on the days chosen; "
            f"the book's claims begin from {held['first_day']} to {held['last_day']}"
        )


@cache
def _steps() -> list[Step]:
    return read_steps(files("evenhand.performance") / "steps")


@cache
def query(name: str) -> str:
    """The text of one of this room's queries."""
    return (files("evenhand.performance") / "queries" / f"{name}.sql").read_text(encoding="utf-8").strip()


def ask(engine: Engine, name: str) -> list[dict[str, Any]]:
    """The rows of one of this room's queries."""
    rows: list[dict[str, Any]] = engine.arrow(query(name)).to_pylist()
    return rows


def find_payer(engine: Engine, name: str) -> str:
    """The payer as shown that a person means by ``name``: its name in any case, or the one name that holds it.

    Raises:
        SelectionError: no payer, or several, answer to the name.
    """
    found = engine.arrow("select distinct payer_shown from payer_names order by payer_shown").to_pylist()
    names = [row["payer_shown"] for row in found]
    wanted = name.casefold().strip()
    exact = [n for n in names if n.casefold() == wanted]
    close = exact or [n for n in names if wanted and wanted in n.casefold()]
    if len(close) == 1:
        return str(close[0])
    known = ", ".join(close or names) or "none: the book holds no claims"
    raise SelectionError(f"'{name}' is {'more than one payer' if close else 'no payer in the book'}; payers: {known}")
