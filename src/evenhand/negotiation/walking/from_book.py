"""What a book says of one payer: a year's claims, their average allowed amount, emergencies, patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.contracts import Parties
from evenhand.engines import Engine, Step
from evenhand.errors import SelectionError
from evenhand.negotiation.offer_value import OfferQuestion, days_valued
from evenhand.negotiation.walking.stated import Basis, LineOfBusiness

#: No price is taken from fewer claims than this.
FEWEST = 30
#: A line of business with fewer patients than this is gathered with others.
SMALL = 11
_YEAR = 365


def basis_from(book: Book, payer: Parties | str, *, first: date | None = None, last: date | None = None) -> Basis:
    """What a book says of one payer, over the last twelve months of its claims or the days asked for.

    Args:
        book: settled or not; nothing needs to be priced.
        payer: the parties of a contract, whose payer is meant, or a payer's name or a part of it.
        first: claims that begin on this day or later.
        last: claims that begin on this day or earlier.

    Raises:
        SelectionError: no payer, or several, answer to the name; or it has fewer than 30 claims with an amount.
    """
    engine = book.settled()
    first_day, last_day = days_valued(engine, OfferQuestion(first, last))
    called = _put(engine, payer, first_day, last_day)
    engine.run([Step("walked_claims", _query("claims"), kept=True)])
    rows = {row["asked"]: row for row in engine.arrow(_query("volume")).to_pylist()}
    asked = rows.get(1, {"claims": 0})
    if asked["claims"] < FEWEST:
        raise SelectionError(
            f"{called} has fewer than {FEWEST} claims with an allowed amount from {first_day} to {last_day}; "
            "no price is taken from so few: ask for more days, or give the figures as assumptions"
        )
    found = _basis(asked, list(rows.values()), (first_day, last_day))
    by_line = engine.arrow(_query("lines")).to_pylist()
    return replace(found, payer=called, lines=_lines(by_line, found.units / asked["claims"]))


def _basis(asked: dict[str, Any], rows: Sequence[dict[str, Any]], days: tuple[date, date]) -> Basis:
    length = (days[1] - days[0] + timedelta(days=1)).days
    claims = int(asked["claims"])
    return Basis(
        units=claims * _YEAR / length if length not in (_YEAR, _YEAR + 1) else float(claims),
        price=float(asked["allowed"]) / claims,
        emergency=float(asked["emergencies"]) / claims,
        patients=float(asked["patients"]),
        daily_income=float(sum(row["allowed"] for row in rows)) / length,
        source=f"{claims:,} claims allowed that begin from {days[0]} to {days[1]}",
    )


def _lines(rows: Sequence[dict[str, Any]], yearly: float) -> tuple[LineOfBusiness, ...]:
    """Lines of business, the largest first; those with fewer than eleven patients, or too few claims, are one."""
    few = [row for row in rows if row["patients"] < SMALL or row["claims"] < FEWEST]
    many = sorted((row for row in rows if row not in few), key=lambda row: (-row["claims"], row["product"]))
    if few and many and (sum(row["patients"] for row in few) < SMALL or sum(row["claims"] for row in few) < FEWEST):
        few.append(many.pop())  # or the rest could be had by subtraction from all
    gathered = {key: sum(row[key] for row in few) for key in ("claims", "allowed", "emergencies")}
    others = [{"product": "other products", **gathered}] if few else []
    return tuple(_line(row, yearly) for row in (*many, *others))


def _line(row: dict[str, Any], yearly: float) -> LineOfBusiness:
    claims = int(row["claims"])
    return LineOfBusiness(
        row["product"], claims * yearly, float(row["allowed"]) / claims, float(row["emergencies"]) / claims
    )


def _put(engine: Engine, payer: Parties | str, first: date, last: date) -> str:
    """Put the payers' spellings and the days into the engine; the name of the payer that is meant."""
    seen, meant = spellings(engine, payer)
    engine.put(
        "walked_payers",
        pa.table(
            {
                "payer": pa.array([row["payer"] for row in seen], pa.string()),
                "payer_id": pa.array([row["payer_id"] for row in seen], pa.string()),
                "asked": pa.array([int((row["payer"], row["payer_id"]) in meant) for row in seen], pa.int32()),
            }
        ),
    )
    days = {"first_day": pa.array([first], pa.date32()), "last_day": pa.array([last], pa.date32())}
    engine.put("walked_days", pa.table(days))
    if isinstance(payer, Parties):
        return payer.payer
    return str(
        max((row for row in seen if (row["payer"], row["payer_id"]) in meant), key=lambda row: row["claims"])["payer"]
    )


def spellings(engine: Engine, payer: Parties | str) -> tuple[list[dict[str, Any]], set[tuple[str, str]]]:
    """Every payer claims name, with how many they are, and the spellings and identifiers of the one that is meant.

    Raises:
        SelectionError: no payer, or several, answer to a name.
    """
    seen = engine.arrow(_query("payers")).to_pylist()
    return seen, _meant(seen, payer)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _meant(seen: Sequence[dict[str, Any]], payer: Parties | str) -> set[tuple[str, str]]:
    """The spellings of one payer: those a contract recognises, or those a name means."""
    if isinstance(payer, Parties):
        names = {_plain(one) for one in (payer.payer, *payer.payer_aliases)}
        return {
            (r["payer"], r["payer_id"]) for r in seen if r["payer_id"] in payer.payer_ids or _plain(r["payer"]) in names
        }
    wanted = _plain(payer)
    exact = {_plain(row["payer"]) for row in seen if _plain(row["payer"]) == wanted}
    close = exact or {_plain(row["payer"]) for row in seen if wanted and wanted in _plain(row["payer"])}
    if len(close) != 1:
        known = ", ".join(sorted({row["payer"] for row in seen if row["payer"]})) or "none: the book holds no claims"
        what = "more than one payer" if close else "no payer in the book"
        raise SelectionError(f"'{payer}' is {what}; payers: {known}")
    return {(row["payer"], row["payer_id"]) for row in seen if _plain(row["payer"]) in close}


@cache
def _query(name: str) -> str:
    folder = files("evenhand.negotiation.walking") / "queries"
    return (folder / f"{name}.sql").read_text(encoding="utf-8").strip()
