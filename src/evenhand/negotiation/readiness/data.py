"""What the book and the library of schedules hold for a negotiation: how much, how complete, how recent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import pyarrow as pa

from evenhand.book import Book
from evenhand.contracts import Parties
from evenhand.negotiation.walking.from_book import spellings
from evenhand.periods import add_months
from evenhand.schedules import Library

#: Claims that began so long ago should have been answered.
RUN_OUT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class DataFacts:
    """A payer's claims of the last two years in the book, and the newest Medicare release at hand.

    Attributes:
        claims: how many.
        first_day, last_day: when they begin; ``None`` without any.
        due: of those, begun at least 90 days before ``last_day``.
        answered: of those, with a remittance.
        benchmark: the last day the newest release of the physician fee schedule holds for.
        benchmark_first: its first day.
        built_in: whether only the few codes that come with the program are there.
    """

    claims: int = 0
    first_day: date | None = None
    last_day: date | None = None
    due: int = 0
    answered: int = 0
    benchmark: date | None = None
    benchmark_first: date | None = None
    built_in: bool = True

    @property
    def days(self) -> int:
        """How many days the claims span."""
        if self.first_day is None or self.last_day is None:
            return 0
        return (self.last_day - self.first_day).days + 1


def data_facts(book: Book, payer: Parties, today: date, library: Library | None = None) -> DataFacts:
    """Look into the book and the library.

    Args:
        book: where the claims are.
        payer: the parties of the contract.
        today: the day it is seen from.
        library: the schedules; without it, those at hand.
    """
    engine = book.settled()
    seen, meant = spellings(engine, payer)
    listed = [row for row in seen if (row["payer"], row["payer_id"]) in meant]
    columns = {name: pa.array([row[name] for row in listed], pa.string()) for name in ("payer", "payer_id")}
    engine.put("ready_payers", pa.table(columns))
    first = add_months(today, -24)
    last = engine.arrow("select max(claim_start_date) as last_day from service_claims").to_pylist()[0]["last_day"]
    by = min(today, last or today) - RUN_OUT
    days = {"first_day": pa.array([first], pa.date32()), "complete_by": pa.array([by], pa.date32())}
    engine.put("ready_days", pa.table(days))
    (row,) = engine.arrow(_query("data")).to_pylist()
    return _with_benchmark(
        DataFacts(row["claims"], row["first_day"], row["last_day"], int(row["due"] or 0), int(row["answered"] or 0)),
        library or Library.open(),
    )


def _with_benchmark(facts: DataFacts, library: Library) -> DataFacts:
    held = [one for one in library.releases if one.kind_name.startswith("pfs") or library.built_in]
    newest = max(held, key=lambda one: one.last_day, default=None)
    if newest is None:
        return replace(facts, built_in=library.built_in)
    return replace(facts, benchmark=newest.last_day, benchmark_first=newest.first_day, built_in=library.built_in)


@cache
def _query(name: str) -> str:
    folder = files("evenhand.negotiation.readiness") / "queries"
    return (folder / f"{name}.sql").read_text(encoding="utf-8").strip()
